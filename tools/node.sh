# Tools of others that run on Node.js. Part of build.sh.

# Installs the versions of tools/NAME/package-lock.json, whose checksums npm compares, into build/NAME/node:
# install_node_modules NAME.
install_node_modules() {
    local source=tools/$1 target=build/$1/node
    if cmp -s $source/package-lock.json $target/.installed; then return; fi
    say "fetching the tools of make check-$1 for Node.js ..."
    rm -rf $target
    mkdir -p $target
    cp $source/package.json $source/package-lock.json $source/.npmrc $target/
    (cd $target && npm ci --loglevel=error >&2)
    cp $source/package-lock.json $target/.installed
}
