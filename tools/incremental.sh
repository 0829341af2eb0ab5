#!/usr/bin/env bash
# Compares builds after changes of many kinds with full builds: tools/incremental.sh [COMMIT]. The jars and the classes
# of the tests must be equal. The libraries that are here already are not fetched again. Takes some minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d /tmp/incremental.XXXXXX)
trap 'rm -rf "$work"' EXIT
git archive "${1:-HEAD}" | tar -xf - -C "$work"
[ ! -e lib/main/.fetched ] || cp -r lib/main lib/test "$work/lib/"
touch "$work"/lib/*/.fetched 2>/dev/null || true
cd "$work"

# Changes a file: edit FILE SED-EXPRESSION.
edit() { sed -i.old "$2" "$1"; ! cmp -s "$1" "$1.old" || { echo "$1 has no such line" >&2; exit 1; }; rm "$1.old"; }

# Compiles after a change: build CHANGE.
build() {
    echo "--- $1"
    ./build.sh compile
    ./build.sh test --select-class dealbrain.json.JsonTest
}

# Compares what is built with a full build.
compare() {
    rm -rf incremental
    mkdir incremental
    mv build incremental/
    build "a full build"
    diff -r incremental/build/modules build/modules
    diff -r incremental/build/tests build/tests
    echo "=== equal"
}

json=src/dealbrain.json/dealbrain/json
web=src/dealbrain.web/dealbrain/web
build "the commit"
edit $json/TextPatterns.java 's/a text that is not blank/a text with a character/'
build "a constant that other modules have copied"
edit $web/Notice.java 's/^}/    static final Supplier<String> NONE = () -> "";\n}/; s/^import/import java.util.function.Supplier;\n&/'
build "a line"
edit $web/app.css '1s/^/\/* changed *\/\n/'
build "a style sheet"
echo "SELECT 1;" >> "$(ls sql/*.sql | tail -n 1)"
build "a migration"
edit test/dealbrain.inbox/dealbrain/inbox/UserShareFixture.java 's/^}/    static final int UNUSED = 1;\n}/'
build "a class that tests use"
compare

echo 'package dealbrain.json; class Fresh { interface Nested {} }' > $json/Fresh.java
build "a new class"
mv $json/Fresh.java $json/Other.java
edit $json/Other.java 's/Fresh/Other/'
build "a renamed class"
mkdir -p src/dealbrain.extra/dealbrain/extra
echo 'module dealbrain.extra { requires dealbrain.csv; exports dealbrain.extra; }' > src/dealbrain.extra/module-info.java
echo 'package dealbrain.extra; public class Extra {}' > src/dealbrain.extra/dealbrain/extra/Extra.java
build "a new module"
edit src/dealbrain.web/module-info.java 's/^    requires dealbrain.json;/&\n    requires dealbrain.extra;/'
edit $web/Notice.java 's/^}/    static final dealbrain.extra.Extra EXTRA = new dealbrain.extra.Extra();\n}/'
build "a module that requires another one"
edit src/dealbrain.extra/dealbrain/extra/Extra.java 's/ {}/ { public Extra(int... numbers) {} }/'
build "a constructor whose callers must be compiled again"
cp $web/Notice.java kept
echo "syntax error" >> $web/Notice.java
echo "--- an error"
! ./build.sh compile || exit 1
mv kept $web/Notice.java
build "the error is undone"
rm $json/Other.java test/dealbrain.inbox/dealbrain/inbox/UserShareImportTest.java
build "a deleted class and a deleted test"
compare

edit src/dealbrain.web/module-info.java '/dealbrain.extra/d'
edit $web/Notice.java '/EXTRA/d'
rm -r src/dealbrain.extra
build "a deleted module"
for left in build/modules/dealbrain.extra.jar build/tests/dealbrain.extra; do
    [ ! -e $left ] || { echo "$left is left" >&2; exit 1; }
done
echo "all builds are equal to full builds"
