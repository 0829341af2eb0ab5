# Prints the classes that failed, and those of the tests that failed, one a line, each once, from what JUnit's console
# launcher printed. Fails if a failure has no class.
/^Failures \([0-9]+\):$/ { failures = $2; gsub(/[():]/, "", failures); listed = 1; next }
/^Test run finished after / { listed = 0 }
listed && /^    (Class|Method)Source \[className = '/ {
    failures--
    split($0, part, "'")
    if (!(part[2] in printed)) print part[2]
    printed[part[2]]
}
END { exit failures != 0 }
