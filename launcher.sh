#!/bin/sh
# Starts dealbrain with the Java runtime beside it, from any folder, also through a link.
self=$0
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=$(dirname "$self")/$link ;;
    esac
done
home=$(cd "$(dirname "$self")/.." && pwd)
# What a training run left: classes loaded and linked ahead of time. It knows where they were, and is of no use in another place.
cache=""
[ "$(cat "$home/lib/dealbrain.aot.place" 2>/dev/null)" = "$home" ] && cache="-XX:AOTCache=$home/lib/dealbrain.aot"
exec "$home/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders ${cache:+"$cache"} ${DEALBRAIN_JAVA_OPTIONS:-} -p "$home/app" -m dealbrain.app "$@"
