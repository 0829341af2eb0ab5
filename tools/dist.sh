# Builds a release: one archive with the image, what installs it and what it contains. Part of build.sh. The same commit
# and the same JDK give the same bytes; tools/reproducible.sh proves it.

DIST=build/dist

# Prints the platform in the name of a release.
release_platform() {
    case "$(platform)" in
        linux-amd64) echo linux-x64 ;;
        linux-arm64v8) echo linux-arm64 ;;
        *) die "releases are built on Linux" ;;
    esac
}

# The time of each file in the archive: that of the commit, in seconds since 1970.
release_time() { echo "${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date -d "$ENTRY_DATE" +%s)}"; }

dist() {
    local name folder
    name=dealbrain-$VERSION-$(release_platform)
    folder=$DIST/$name
    check_licences
    say "building $name ..."
    rm -rf $DIST
    mkdir -p $DIST
    link_image "$folder"
    add_release_files "$folder"
    (cd "$folder" && find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum) > $DIST/SHA256SUMS
    mv $DIST/SHA256SUMS "$folder"
    pack "$name"
    cp $LICENCES/sbom.json "$DIST/$name.sbom.json"
    rm -rf "$folder"
    (cd $DIST && sha256sum "$name.sbom.json" "$name.tar.gz" > SHA256SUMS)
    say "$DIST/$name.tar.gz: $(du -m "$DIST/$name.tar.gz" | cut -f1) MB"
}

# Adds everything beside the image: add_release_files FOLDER.
add_release_files() {
    cp -r release/. VERSION CHANGELOG.md $LICENCES/sbom.json $LICENCES/THIRD-PARTY.txt "$1"
    mkdir "$1/docs"
    cp docs/configuration.md docs/operations.md docs/upgrading.md "$1/docs"
    "$JDK/bin/java" tools/LicenceTexts.java lib/main "$1/licences"
}

# Packs a folder of $DIST: order, times, owners and modes depend on nothing but the commit.
pack() {
    tar -C $DIST --sort=name --format=gnu --mtime="@$(release_time)" --owner=0 --group=0 --numeric-owner \
        --mode=u=rwX,go=rX -cf - "$1" | gzip -9n > "$DIST/$1.tar.gz"
}

# Keeps a small database of this version and its responses for ReleasesTest: release_dump NAME.
release_dump() {
    local work
    work=$(mktemp -d)
    trap "rm -rf '$work'" EXIT
    "$JDK/bin/java" "${JVM[@]}" -p build/tests:lib/main --class-path "$(join : lib/test/*.jar)" \
        --add-modules "$(join , $(modules test)),java.net.http" $(test_reads) \
        -m dealbrain.app/dealbrain.app.ReleaseRecorder "${1:-$VERSION}" "$work"
}
