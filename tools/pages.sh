# Checks the HTML of the pages with html-validate. Part of build.sh.

# Checks the pages that the tests in Chromium have written to build/pages.
check_pages() {
    local each
    for each in node npm; do
        command -v $each >/dev/null || die "$each is not on the path; make check-pages needs Node.js"
    done
    compgen -G 'build/pages/*.html' >/dev/null ||
        die "build/pages has no pages; make test-faults writes them, where Chromium is installed"
    install_node_modules pages
    build/pages/node/node_modules/.bin/html-validate --config tools/pages/htmlvalidate.mjs --max-warnings 0 \
        build/pages/*.html
    say "$(ls build/pages/*.html | wc -l) pages are valid"
}
