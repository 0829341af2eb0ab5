# Links the image: a Java runtime with the application in it and an ahead-of-time cache. Part of build.sh.

# The image's folder, an absolute path: the ahead-of-time cache is valid in this place only.
IMAGE=${IMAGE:-$PWD/build/image}
# The modules of the JDK that the application and the libraries use. jlink does not add the providers of services.
IMAGE_MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
IMAGE_MODULES+=,jdk.httpserver,jdk.jcmd,jdk.management,jdk.unsupported

# Only the JDK is linked: jlink refuses automatic modules, so the jars stay jars in app/.
image() {
    [ ! -e "$IMAGE" ] || [ -e "$IMAGE/release" ] || die "$IMAGE exists and is not an image; set IMAGE to another folder"
    rm -rf "$IMAGE"
    "$JDK/bin/jlink" --add-modules "$IMAGE_MODULES" --compress zip-6 --no-header-files --no-man-pages \
        --release-info "add:DEALBRAIN_VERSION=$VERSION" --output "$IMAGE"
    mkdir -p "$IMAGE/app"
    cp build/modules/*.jar lib/main/*.jar "$IMAGE/app/"
    install -m 755 launcher.sh "$IMAGE/bin/dealbrain"
    train
    say "$IMAGE/bin/dealbrain: dealbrain $VERSION, $(du -sm "$IMAGE" | cut -f1) MB"
}

# True when no source of the image changed after the image was made.
image_is_fresh() {
    fresh "$IMAGE/lib/dealbrain.aot.place" src sql VERSION lib/checksums.txt launcher.sh tools/image.sh
}

# Makes the ahead-of-time cache in a training run. The JVM records the classes that a start and the first requests load,
# and writes them, loaded, linked and profiled, to the cache when the run ends normally. The run has its own database.
# There is no Redis at REDIS_URL; the variable is set so that the classes of the Redis client are recorded too.
train() {
    local folder=build/training port="" pid
    say "training the ahead-of-time cache ..."
    rm -rf "$folder"
    mkdir -p "$folder"
    : > "$folder/log" # sed below reads it before the background process may have created it
    env -i PATH="$PATH" PORT=0 REDIS_URL=redis://127.0.0.1:1 DEALBRAIN_DATA_DIR="$PWD/$folder" \
        DEALBRAIN_JAVA_OPTIONS="-XX:AOTCacheOutput=$IMAGE/lib/dealbrain.aot" "$IMAGE/bin/dealbrain" \
        > "$folder/log" 2>&1 &
    pid=$!
    while [ -z "$port" ]; do
        kill -0 $pid 2>/dev/null || die "the image does not start: $(cat "$folder/log")"
        port=$(sed -n 's|^dealbrain runs at http://127.0.0.1:\([0-9]*\).*|\1|p' "$folder/log")
        sleep 0.1
    done
    for path in /health/ready /docs /openapi.json /api/v1/collections/1 '/api/v1/listings?limit=5' /nothing; do
        request "$port" "$path" "$(sed -n 's/^ *export TOKEN=//p' "$folder/log")"
    done
    kill $pid
    wait $pid || die "the training run failed: $(cat "$folder/log")"
    [ -s "$IMAGE/lib/dealbrain.aot" ] || die "the training run wrote no cache: $(cat "$folder/log")"
    printf '%s' "$IMAGE" > "$IMAGE/lib/dealbrain.aot.place"
    rm -rf "$folder"
}

# Sends one GET request five times: request PORT PATH TOKEN. Uses bash only, because curl may not be installed.
request() {
    for _ in 1 2 3 4 5; do
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n' "$2" "$3" >&3
        printf 'Connection: close\r\n\r\n' >&3
        cat <&3 >/dev/null
        exec 3>&-
    done
}
