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
exec "$home/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders ${DEALBRAIN_JAVA_OPTIONS:-} -p "$home/app" -m dealbrain.app "$@"
