# Links the image: a Java runtime with the application in it and an ahead-of-time cache. Part of build.sh.

# The image's folder, as an absolute path: the ahead-of-time cache is valid in this place only (train.sh).
IMAGE=${IMAGE:-build/image}
[[ "$IMAGE" = /* ]] || IMAGE=$(pwd -P)/$IMAGE
# The modules of the JDK that the application and the libraries use. jlink does not add the providers of services.
IMAGE_MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
IMAGE_MODULES+=,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,jdk.unsupported

# Links the image without its ahead-of-time cache into a folder that does not exist: link_image FOLDER. Only the JDK is
# linked: jlink refuses automatic modules, so the jars stay jars in app/.
link_image() {
    "$JDK/bin/jlink" --add-modules "$IMAGE_MODULES" --compress zip-6 --no-header-files --no-man-pages \
        --release-info "add:DEALBRAIN_VERSION=$VERSION" --output "$1"
    mkdir -p "$1/app"
    cp build/modules/*.jar lib/main/*.jar "$1/app/"
    install -m 755 launcher.sh "$1/bin/dealbrain"
    install -m 755 train.sh "$1/bin/dealbrain-train"
}

image() {
    [[ "$IMAGE" != *:* ]] || die "the image cannot be in $IMAGE: Java separates paths by colons;" \
        "set IMAGE to a folder without a colon in its path, or rename this one"
    [ ! -e "$IMAGE" ] || [ -e "$IMAGE/release" ] || die "$IMAGE exists and is not an image; set IMAGE to another folder"
    rm -rf "$IMAGE"
    link_image "$IMAGE"
    say "training the ahead-of-time cache ..."
    "$IMAGE/bin/dealbrain-train"
    say "$IMAGE/bin/dealbrain: dealbrain $VERSION, $(du -sm "$IMAGE" | cut -f1) MB"
}

# True when no source of the image changed after the image was made.
image_is_fresh() {
    fresh "$IMAGE/lib/dealbrain.aot.place" src sql VERSION lib/checksums.txt launcher.sh train.sh tools/image.sh
}
