#!/bin/sh
# Starts dealbrain with the Java runtime of the image. Works from any folder and through symbolic links.
set -f # the options below are split at blanks, but no * in them names files
unset CDPATH
self=$0
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=$(dirname "$self")/$link ;;
    esac
done
home=$(cd "$(dirname "$self")/.." && pwd -P)
case $home in
    *:*)
        echo "dealbrain cannot start from $home: Java separates paths by colons; move it to a path without one" >&2
        exit 1
        ;;
esac
# Java encodes paths in the character set of the locale, which is ASCII for C, for POSIX, and without any locale.
case $(locale charmap 2>/dev/null) in
    "" | ANSI_X3.4-1968) export LC_ALL=C.UTF-8 ;;
esac
# The ahead-of-time cache holds loaded and linked classes. It contains the path of the jars and their times, and is
# invalid in another folder. If it is invalid for another reason, Java says so in several lines at each start; that is
# switched off, because it starts nevertheless.
cache=""
place=$(cat "$home/lib/dealbrain.aot.place" 2>/dev/null)
if [ "$place" = "$home" ]; then
    cache="-XX:AOTCache=$home/lib/dealbrain.aot"
elif [ -n "$place" ]; then
    echo "dealbrain was moved from $place: it starts slowly until $home/bin/dealbrain-train was run" >&2
fi
exec "$home/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders ${cache:+"$cache" "-Xlog:aot*=off"} \
    ${DEALBRAIN_JAVA_OPTIONS:-} -p "$home/app" -m dealbrain.app "$@"
