# The formatter and the static checks, both run inside the compiler of the JDK. Part of build.sh.

# Prints the options that open the packages of the compiler, each with a prefix: compiler_exports PREFIX.
compiler_exports() {
    local each
    for each in api code comp file main model parser processing tree util; do
        echo "$1--add-exports=jdk.compiler/com.sun.tools.javac.$each=ALL-UNNAMED"
    done
}

# Formats all Java sources. With --check: prints the files that are not formatted, changes nothing, and fails if there
# are any. Long strings stay as they are: authors break SQL statements at clause boundaries.
format() {
    local mode=(--replace)
    [ "${1:-}" = --check ] && mode=(--dry-run --set-exit-if-changed)
    mkdir -p build
    find src test perf -name '*.java' > build/sources.txt
    "$JDK/bin/java" $(compiler_exports "") -cp "$(join : lib/format/*.jar)" com.palantir.javaformat.java.Main \
        --palantir --skip-reflowing-long-strings "${mode[@]}" @build/sources.txt >&2
}

check_format() { format --check || die "the files above are not formatted; run make format"; }

# Compiles with Error Prone and NullAway. NullAway checks the @NullMarked modules. All warnings are errors. No text may
# depend on the locale, the character set or the time zone of the machine.
lint() {
    local nullaway="-Xep:NullAway:ERROR -XepOpt:NullAway:OnlyNullMarked=true -XepOpt:NullAway:JSpecifyMode=true"
    local machine="-Xep:DefaultLocale:ERROR -Xep:StringCaseLocaleUsage:ERROR -Xep:DefaultCharset:ERROR"
    machine+=" -Xep:JavaTimeDefaultTimeZone:ERROR"
    say "checking ..."
    rm -rf build/checked
    "$JDK/bin/javac" $(compiler_exports -J) -J--add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED \
        -J--add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED \
        -d build/checked --module-source-path "./{src,perf}" --module "$(join , $(modules src)),dealbrain.perf" \
        -p lib/main "${JAVAC[@]}" --class-path "$(join : lib/check/checker-qual*.jar)" \
        -XDcompilePolicy=simple --should-stop=ifError=FLOW -XDaddTypeAnnotationsToSymbol=true \
        -processorpath "$(join : lib/check/*.jar)" \
        "-Xplugin:ErrorProne -XepDisableWarningsInGeneratedCode $nullaway $machine"
    say "no warnings"
}
