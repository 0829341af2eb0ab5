# Prints what failed, one line each, and the numbers of one or more test runs as the last line, from what JUnit's console
# launcher printed and from its reports: awk -f tools/tally.awk CONSOLE... [REPORT...]. Reports end in .xml. The summary
# does not name the classes that were aborted by an assumption; the report does, at each of their tests.

function print_line(line) {
    printed++
    if (printed <= 50) print (length(line) > 200 ? substr(line, 1, 197) "..." : line)
}

# A message may begin with a line break.
function print_failure(line) {
    print_line("failed: " name ": " line)
    message = ""
}

function count(number, singular, plural) {
    return number ? ", " number " " (number == 1 ? singular : plural) : ""
}

FNR == 1 { report = FILENAME ~ /\.xml$/; in_failures = summary = 0; message = "" }

!report && /^Failures \([0-9]+\):$/ { in_failures = 1; next }
!report && /^Test run finished after / { in_failures = 0; summary = 1; summaries++; next }
!report && message != "" { sub(/^ +/, ""); print_failure(message " " $0); next }
!report && in_failures && /^  [^ ]/ { name = $0; sub(/^  (JUnit Jupiter:)?/, "", name); next }
!report && in_failures && /^    => / {
    line = $0
    sub(/^    => /, "", line)
    sub(/^([a-z][A-Za-z0-9_]*\.)+/, "", line) # the package of the exception
    if (line ~ /: *$/) message = line; else print_failure(line)
    next
}
!report && summary && /^\[ +[0-9]+ (containers|tests) [a-z]+ +\]$/ { number[$3 " " $4] += $2 }

report && /^<testcase / { class = $0; sub(/.* classname="/, "", class); sub(/".*/, "", class) }
report && /^<skipped><!\[CDATA\[parent was skipped: org\.opentest4j\.TestAbortedException/ && !(class in aborted) {
    aborted[class] = 1
    sub(/.*TestAbortedException(: (Assumption failed: )?)?/, "")
    print_line("aborted: " class ": " $0)
}

END {
    if (printed > 50) print "... and " printed - 50 " more"
    for (i = 1; i < ARGC; i++) runs += ARGV[i] !~ /\.xml$/
    if (summaries < runs) {
        print "the test run ended before its summary"
        exit 1
    }
    print number["tests successful"] " passed, " number["tests failed"] " failed" \
        count(number["containers failed"], "class failed", "classes failed") \
        count(number["containers aborted"], "class aborted", "classes aborted") \
        count(number["containers skipped"], "class skipped", "classes skipped") \
        count(number["tests found"] - number["tests started"] + number["tests aborted"], "test not run", \
            "tests not run")
}
