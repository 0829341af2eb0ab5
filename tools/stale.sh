# Which modules to compile. Part of build.sh. A stamp lists the hashes of the sources that were compiled, so that their
# content decides, not their dates.

# True when the stamp names the content that the sources have now: compiled STAMP FOLDER... Sets SOURCES, for the stamp
# after the compilation: what changes meanwhile is compiled by the next build.
compiled() {
    SOURCES=$(find "${@:2}" src sql VERSION lib/checksums.txt build.sh tools/Jars.java -type f | LC_ALL=C sort |
        tr '\n' '\0' | xargs -0 "${SHA256[@]}")
    [ "$SOURCES" = "$(cat "$1" 2>/dev/null)" ]
}

# Prints the files of SOURCES that are not as the stamp names them.
changed_since() {
    { cat "$1" 2>/dev/null || true; echo "$SOURCES"; } | LC_ALL=C sort | uniq -u |
        sed 's|^[0-9a-f]* [ *]||' | LC_ALL=C sort -u
}

# Prints the modules below the folders that must be compiled: those with changed files, and all that require one with a
# changed class, directly or not. If a file of no module has changed, or a module is gone, these are all modules, and so
# they are with dealbrain.testing, which all tests use without requiring it: stale_modules STAMP FOLDER...
stale_modules() {
    local changed all stale
    changed=$(changed_since "$1")
    all=$(modules "${@:2}")
    if owners <<< "$changed" | grep -qvxF "$all"; then echo "$all"; return; fi
    stale=$({ owners <<< "$changed"; requiring $(grep '\.java$' <<< "$changed" | owners); } | grep -xF "$all" | sort -u)
    if grep -qx dealbrain.testing <<< "$stale"; then echo "$all"; else echo "$stale"; fi
}

# Prints the module of each file of the input. The migrations are resources of dealbrain.database.
owners() { sed -E 's|^sql/|src/dealbrain.database/|; s|^[a-z]+/([^/]*)/.*|\1|' | sort -u; }

# Prints the modules and all that require one of them, directly or not: requiring MODULE...
requiring() {
    local before="" found=$*
    while [ "$found" != "$before" ]; do
        before=$found
        found=$({
            printf '%s\n' $found
            grep -lE "^ *requires .*($(join '|' $found));" {src,perf,test}/*/module-info.java | cut -d/ -f2
        } | sort -u)
    done
    echo "$found"
}

# Prints the lines of the input that name a file of one of the modules, or with -v the others: in_modules [-v] MODULE...
in_modules() {
    local invert=
    [ "${1:-}" != -v ] || { invert=-v; shift; }
    grep $invert -F "$(printf '/%s/\n' "$@")" || [ $? -eq 1 ]
}

# Sets STALE to the stale modules, and removes their classes: discard_stale CLASSES FOLDER... The stamp is beside CLASSES.
discard_stale() {
    STALE=($(stale_modules "$1.stamp" "${@:2}"))
    forget "$1.stamp" "${STALE[@]}"
    if [ "${#STALE[@]}" -eq "$(modules "${@:2}" | wc -l)" ]; then rm -rf "$1"; else rm -rf "${STALE[@]/#/$1/}"; fi
}

# Removes modules and what has changed from a stamp, before they are compiled: if that fails, the next build compiles
# them again, even if the change is undone: forget STAMP [MODULE...]
forget() {
    [ -e "$1" ] || return 0
    LC_ALL=C comm -12 <(LC_ALL=C sort "$1") <(LC_ALL=C sort <<< "$SOURCES") | in_modules -v "${@:2}" > "$1.new"
    mv "$1.new" "$1"
}
