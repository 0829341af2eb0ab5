#!/bin/sh
# Starts dealbrain with the Java runtime of the image. Works from any folder and through symbolic links.
self=$0
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=$(dirname "$self")/$link ;;
    esac
done
home=$(cd "$(dirname "$self")/.." && pwd)
# The ahead-of-time cache holds loaded and linked classes. It contains the path of the jars and is invalid in another
# folder.
cache=""
[ "$(cat "$home/lib/dealbrain.aot.place" 2>/dev/null)" = "$home" ] && cache="-XX:AOTCache=$home/lib/dealbrain.aot"
exec "$home/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders ${cache:+"$cache"} ${DEALBRAIN_JAVA_OPTIONS:-} \
    -p "$home/app" -m dealbrain.app "$@"
