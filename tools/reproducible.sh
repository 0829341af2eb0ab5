#!/usr/bin/env bash
# Builds the release of a commit twice, in folders of different names, with different times and umasks, and compares the
# archives: tools/reproducible.sh [COMMIT]. The libraries that are here already are not fetched again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
commit=$(git rev-parse --verify "${1:-HEAD}")
work=$(mktemp -d /tmp/reproducible.XXXXXX)
trap 'rm -rf "$work"' EXIT

# Builds in a copy of the commit: build FOLDER UMASK.
build() (
    umask "$2"
    mkdir -p "$1"
    git archive "$commit" | tar -xf - -C "$1"
    [ ! -e lib/main/.fetched ] || cp -r lib/main lib/test "$1/lib/"
    touch "$1"/lib/*/.fetched 2>/dev/null || true
    cd "$1"
    SOURCE_DATE_EPOCH=$3 ./build.sh dist
)

time=$(git log -1 --format=%ct "$commit")
build "$work/first" 022 "$time"
sleep 2 # the times of files differ by more than their resolution
build "$work/another folder" 077 "$time"
cd "$work"
cat first/build/dist/SHA256SUMS
if ! cmp first/build/dist/*.tar.gz "another folder"/build/dist/*.tar.gz; then
    mkdir a b
    tar -xzf first/build/dist/*.tar.gz -C a
    tar -xzf "another folder"/build/dist/*.tar.gz -C b
    diff -rq a b || true
    exit 1
fi
diff first/build/dist/SHA256SUMS "another folder/build/dist/SHA256SUMS"
echo "two builds of $commit are equal"
