#!/usr/bin/env bash
# The build: fetches the libraries, compiles, packs, tests and links. `make help` lists the targets, main() below the
# commands.
set -euo pipefail
unset CDPATH
cd "$(dirname "${BASH_SOURCE[0]}")"
# Java encodes paths in the character set of the locale, which is ASCII for C, for POSIX, and without any locale.
case $(locale charmap 2>/dev/null) in
    "" | ANSI_X3.4-1968) export LC_ALL=C.UTF-8 ;;
esac

JDK_NEEDED=25
VERSION=$(cat VERSION)
# The serial collector and compact object headers measured best on two cores (docs/decisions/0006-collector.md).
JVM=(-XX:+UseSerialGC -XX:+UseCompactObjectHeaders)
# With the options of the user, which are separated by blanks, for the application and its tests.
read -ra OPTIONS <<< "${DEALBRAIN_JAVA_OPTIONS:-}"
OPTIONS=("${JVM[@]}" ${OPTIONS[@]+"${OPTIONS[@]}"})
JAVAC=(-Xlint:all,-requires-automatic,-requires-transitive-automatic,-classfile,-missing-explicit-ctor -Werror
    -encoding UTF-8 -parameters --module-version "$VERSION")
# The date of each entry of a jar: the same jar follows from the same sources, whenever they are compiled.
ENTRY_DATE=1980-02-01T00:00:00Z
# Where the SQL migrations go, below the folder of the compiled modules.
MIGRATIONS=dealbrain.database/dealbrain/database/migrations

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# Stops the build in a folder that nothing can be written to.
require_writable() {
    [ -w . ] || die "$PWD is not writable: copy it to a folder of yours, and build there"
}

# Prints the modules below the folders: modules FOLDER...
modules() { ls "$@" | grep '^dealbrain\.' | sort -u; }
join() { local IFS=$1; shift; echo "$*"; }

. tools/libraries.sh
. tools/stale.sh
. tools/image.sh
. tools/licences.sh
. tools/dist.sh
. tools/checks.sh
. tools/node.sh
. tools/openapi.sh
. tools/pages.sh
. tools/ide.sh
. tools/eclipse.sh
. tools/intellij.sh

java_version() { "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'; }

# Prints the folder of a JDK: JAVA_HOME or the JDK on the path if it is new enough, else the newest in the usual
# folders.
find_jdk() {
    local home found="" best=0 version on_path=""
    ! command -v javac >/dev/null || on_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    for home in "${JAVA_HOME:-}" "$on_path"; do
        [ -x "$home/bin/javac" ] || continue
        version=$(java_version "$home") || continue
        if [ "${version:-0}" -ge $JDK_NEEDED ]; then echo "$home"; return; fi
    done
    for home in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -x "$home/bin/javac" ] || continue
        version=$(java_version "$home")
        [ "${version:-0}" -gt "$best" ] && best=$version found=$home
    done
    [ "$best" -ge $JDK_NEEDED ] ||
        die "dealbrain needs JDK $JDK_NEEDED or newer; the newest found is ${best/#0/none}." \
            "Install one, such as https://adoptium.net/temurin/releases/?version=25, and set JAVA_HOME to it."
    echo "$found"
}

# True when no file below the folders changed after the stamp was written: fresh STAMP FOLDER...
fresh() {
    local stamp=$1; shift
    [ -e "$stamp" ] && [ -z "$(find "$@" -newer "$stamp" -print -quit)" ]
}

# Java writes the loaded classes to a file at the end of a run, which takes a second, and reads them at the next start,
# which is faster by a third. It writes the file again when the jars have changed, and only then, and reports problems
# with it on the standard output unless that is switched off.
SHARED_CLASSES=(-XX:+AutoCreateSharedArchive "-Xlog:cds*=off" "-Xlog:aot*=off")

# The compiler runs for seconds: code that is optimised further would not pay off (docs/decisions/0046-fast-builds.md).
JAVAC_VM=(-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC "${SHARED_CLASSES[@]/#/-J}"
    -J-XX:SharedArchiveFile=build/javac.jsa)

# Copies the files of modules that javac does not copy: pages, styles, scripts and the migrations: copy_resources OUT
# MODULE...
copy_resources() {
    mkdir -p "$1/$MIGRATIONS"
    (cd src && find . -type f ! -name '*.java' | in_modules "${@:2}" | tar -cf - -T -) | tar -xf - -C "$1"
    cp sql/*.sql "$1/$MIGRATIONS/"
}

# Compiles the application into build/classes and packs one jar for each module into build/modules.
compile() {
    if compiled build/classes.stamp; then return; fi
    require_writable
    discard_stale build/classes src
    [ -d build/classes ] || rm -rf build/modules build/tools
    rm -f build/run.jsa
    say "compiling ${#STALE[@]} modules ..."
    "$JDK/bin/javac" "${JAVAC_VM[@]}" -d build/classes --module-source-path src --module "$(join , "${STALE[@]}")" \
        -p lib/main "${JAVAC[@]}"
    copy_resources build/classes "${STALE[@]}"
    [ -e build/tools/Jars.class ] || "$JDK/bin/javac" "${JAVAC_VM[@]}" -d build/tools tools/Jars.java
    "$JDK/bin/java" "${JVM[@]}" -cp build/tools Jars build/classes build/modules "$ENTRY_DATE" dealbrain.app.Main \
        "${STALE[@]}"
    echo "$SOURCES" > build/classes.stamp
}

# Runs the application: run [OPTION OF JAVA...] -m dealbrain.app [COMMAND...].
run() {
    exec "$JDK/bin/java" "${OPTIONS[@]}" -p build/modules:lib/main "$@"
}

# Compiles src, perf and test together into build/tests. A test is in the module and package of the class that it
# tests, so that it can use what is package-private there.
compile_tests() {
    if compiled build/tests.stamp test perf/dealbrain.perf; then return; fi
    local selected
    if only_tests_changed; then
        selected=($(changed_since build/tests.stamp))
        forget build/tests.stamp
        say "compiling ${#selected[@]} tests ..."
    else
        discard_stale build/tests src perf test
        copy_resources build/tests "${STALE[@]}"
        selected=(--module "$(join , "${STALE[@]}")")
        say "compiling ${#STALE[@]} modules and their tests ..."
    fi
    "$JDK/bin/javac" "${JAVAC_VM[@]}" -d build/tests --module-source-path './{src,perf,test}' "${selected[@]}" \
        -p lib/main --class-path "$(join : lib/test/*.jar)" --add-modules "$(join , $(modules test)),java.net.http" \
        $(test_reads) "${JAVAC[@]}" -Xlint:-exports
    echo "$SOURCES" > build/tests.stamp
}

# True when only test classes were changed or added, on which no other class depends.
only_tests_changed() {
    [ -e build/tests.stamp ] || return 1
    local file
    for file in $(changed_since build/tests.stamp); do
        [[ $file == test/*Test.java && -e $file ]] || return 1
    done
}

# What tests use and their modules do not require; ALL-UNNAMED is the class path with JUnit.
TEST_READS=ALL-UNNAMED,dealbrain.testing,dealbrain.recording,java.net.http,jdk.httpserver,jdk.jfr
TEST_READS+=,com.networknt.schema,org.jsoup,org.postgresql.jdbc
test_reads() { for module in $(modules test); do echo --add-reads "$module=$TEST_READS"; done; }
test_opens() { for module in $(modules test); do echo --add-opens "$module/$module=ALL-UNNAMED"; done; }
test_modules() { for module in $(modules test); do echo --select-module "$module"; done; }

# Runs the tests that the options of JUnit's console launcher select: junit REPORTS --select-class CLASS ...
junit() {
    rm -rf "$1"
    mkdir -p "$1"
    "$JDK/bin/java" "${OPTIONS[@]}" -ea \
        -p build/tests:lib/main --class-path "$(join : lib/test/*.jar)" \
        --add-modules "$(join , $(modules test)),java.net.http" $(test_reads) $(test_opens) \
        org.junit.platform.console.ConsoleLauncher execute "${@:2}" --fail-if-no-tests \
        --details "${TEST_DETAILS:-summary}" --disable-ansi-colors --disable-banner --reports-dir "$1" |
        tee "$1/console.txt"
}

# Prints what failed, and the numbers of all runs as the last line: tally REPORTS...
tally() {
    local files=("${@/%//console.txt}") each
    for each in "$@"; do
        [ ! -e "$each/TEST-junit-jupiter.xml" ] || files+=("$each/TEST-junit-jupiter.xml")
    done
    awk -f tools/tally.awk "${files[@]}"
}

run_tests() {
    local status=0
    junit build/reports "$@" || status=$?
    tally build/reports || status=1
    return $status
}

# Runs all tests but the slow ones in two processes, since one process uses one processor most of the time.
run_fast_tests() {
    local status=0
    rm -rf build/reports
    set -m # in a process group of its own, which `interrupt` ends
    junit build/reports/app --select-module dealbrain.app --exclude-tag faults < /dev/null & BACKGROUND=$!
    set +m
    junit build/reports/others $(test_modules | grep -vw dealbrain.app) --exclude-tag faults || status=$?
    wait $BACKGROUND || status=$?
    tally build/reports/{app,others} || status=1
    return $status
}

# Runs the slow tests. In CI, up to three classes that failed run again, without the others
# (docs/decisions/0042-flaky-tests.md).
run_slow_tests() {
    if run_tests "$@"; then return; fi
    [ "${CI:-}" = true ] || return 1
    local failed
    failed=$(awk -f tools/failed.awk build/reports/console.txt) || return 1
    [ -n "$failed" ] && [ "$(wc -l <<< "$failed")" -le 3 ] || return 1
    say "These classes failed. They run again, because other tests may have disturbed them:"
    say "$failed"
    run_tests $(printf -- '--select-class %s ' $failed)
}

# Compiles the module of `make perf`, which is not part of the application.
compile_perf() {
    if compiled build/perf.stamp perf/dealbrain.perf; then return; fi
    say "compiling the measurements ..."
    rm -rf build/perf/classes
    rm -f build/perf.stamp
    "$JDK/bin/javac" "${JAVAC_VM[@]}" -d build/perf/classes --module-source-path perf --module dealbrain.perf \
        -p build/modules:lib/main "${JAVAC[@]}"
    cp perf/dealbrain.perf/dealbrain/perf/*.{sql,css} build/perf/classes/dealbrain.perf/dealbrain/perf/
    echo "$SOURCES" > build/perf.stamp
}

measure() {
    "$JDK/bin/java" "${JVM[@]}" -p build/perf/classes:build/modules:lib/main \
        --add-opens dealbrain.collections/dealbrain.collections=dealbrain.perf \
        --add-opens dealbrain.shares/dealbrain.shares=dealbrain.perf -m dealbrain.perf/dealbrain.perf.Main "$@"
}

# Measures how many nanoseconds the profiler adds to a statement.
profiler_cost() {
    "$JDK/bin/java" "${JVM[@]}" -p build/modules:lib/main \
        --add-modules dealbrain.database,dealbrain.postgres,dealbrain.profiling,ch.qos.logback.classic \
        perf/ProfilerCost.java
}

# Ends the build after Ctrl-C, when the program that it waits for has ended. `run` replaces this shell by Java, which
# says itself that it was stopped.
interrupt() {
    trap - INT
    [ -z "${BACKGROUND:-}" ] || kill -- -$BACKGROUND 2>/dev/null || true
    say "interrupted"
    exit 130
}

main() {
    local command=${1:-help}
    [ $# -eq 0 ] || shift
    trap interrupt INT
    case "$command" in
        help) exec make help ;;
        clean) rm -rf build; exit ;;
    esac
    JDK=$(find_jdk)
    export JAVA_HOME=$JDK
    # Hides warnings of the JDK about the libraries of Maven itself.
    export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
    case "$command" in
        run) fetch; compile; run "${SHARED_CLASSES[@]}" -XX:SharedArchiveFile=build/run.jsa -m dealbrain.app ;;
        doctor) fetch; compile; run -m dealbrain.app doctor ;;
        backup | restore)
            [ -n "${1:-}" ] || die "usage: make $command FILE=dealbrain.zip"
            fetch; compile; run -m dealbrain.app "$command" "$1" ;;
        test)
            fetch; compile_tests
            if [ $# -gt 0 ]; then run_tests "$@"; else run_fast_tests; fi ;;
        test-faults)
            [ $# -gt 0 ] || set -- $(test_modules) --include-tag faults
            fetch; compile; compile_tests; run_slow_tests "$@" ;;
        format) fetch_tools format; format ;;
        check) fetch; fetch_tools check; fetch_tools format; check_format; lint; check_licences ;;
        check-openapi) fetch; fetch_tools openapi; compile; check_openapi ;;
        check-pages) check_pages ;;
        perf) fetch; compile; image_is_fresh || image; compile_perf; measure "$@" ;;
        image) fetch; compile; image ;;
        dist) fetch; compile; dist ;;
        release-dump) fetch; compile_tests; release_dump "$@" ;;
        ide) fetch; ide ;;
        compile) fetch; compile ;;
        fetch) fetch ;;
        checksums) checksums ;;
        profiler-cost) fetch; compile; profiler_cost ;;
        *) die "unknown command: $command" ;;
    esac
}

main "$@"
