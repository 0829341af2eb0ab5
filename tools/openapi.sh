# Checks the OpenAPI document of a running server with the tools of others: the rules of Spectral, and the clients that
# generators make of it. Part of build.sh.

OPENAPI=build/openapi

# Runs every check. Takes about two minutes; most of it is spent by the generators.
check_openapi() {
    local each
    for each in node npm python3; do
        command -v $each >/dev/null || die "$each is not on the path; make check-openapi needs Node.js and Python"
    done
    install_node_modules openapi
    start_server
    save_document
    say "checking the rules of Spectral ..."
    node_tool spectral lint --fail-severity=hint --ruleset tools/openapi/spectral.yaml $OPENAPI/openapi.json
    generate_clients
    say "compiling the clients ..."
    compile_typescript
    compile_python
    compile_java_client
    "$JDK/bin/java" -cp "$OPENAPI/classes:$(client_libraries)" Walkthrough "$SERVER_URL"
}

node_tool() { "$OPENAPI/node/node_modules/.bin/$1" "${@:2}"; }

# Starts a server with the demo data, and stops it at the exit of the build. Sets SERVER_URL.
start_server() {
    say "starting a server ..."
    rm -rf $OPENAPI/data
    mkdir -p $OPENAPI
    env -u DATABASE_URL -u REDIS_URL -u HOST -u DEALBRAIN_PUBLIC_URL PORT=0 DEALBRAIN_ENV=development \
        DEALBRAIN_DEMO=on DEALBRAIN_DATA_DIR="$PWD/$OPENAPI/data" \
        "$JDK/bin/java" "${JVM[@]}" -p build/modules:lib/main -m dealbrain.app > $OPENAPI/server.log 2>&1 &
    SERVER=$!
    trap 'kill $SERVER; wait $SERVER || true' EXIT
    until SERVER_URL=$(sed -n 's/^dealbrain runs at \([^ ]*\).*/\1/p' $OPENAPI/server.log | grep .); do
        kill -0 $SERVER 2>/dev/null || die "the server did not start; see $OPENAPI/server.log"
        sleep 0.5
    done
}

save_document() {
    node -e "fetch('$SERVER_URL/openapi.json').then(response => response.text()).then(console.log)" \
        > $OPENAPI/openapi.json
}

generate_clients() {
    say "generating clients ..."
    rm -rf $OPENAPI/java $OPENAPI/python $OPENAPI/typescript-fetch
    "$JDK/bin/java" --sun-misc-unsafe-memory-access=allow -jar lib/openapi/openapi-generator-cli-*.jar batch \
        --fail-fast tools/openapi/{java,python,typescript-fetch}.yaml > $OPENAPI/generator.log 2>&1 ||
        die "the generator failed; see $OPENAPI/generator.log"
    node_tool openapi-typescript $OPENAPI/openapi.json --output $OPENAPI/openapi.ts > $OPENAPI/typescript.log 2>&1 ||
        die "openapi-typescript failed; see $OPENAPI/typescript.log"
}

compile_typescript() {
    node_tool tsc --noEmit --strict --target es2022 --module es2022 --moduleResolution bundler --lib es2022,dom \
        $OPENAPI/openapi.ts $OPENAPI/typescript-fetch/index.ts
}

# Imports the client only where its libraries are installed.
compile_python() {
    python3 -m compileall -q -f $OPENAPI/python/dealbrain_client
    if python3 -c 'import dateutil, pydantic, typing_extensions, urllib3' 2>/dev/null; then
        PYTHONPATH=$OPENAPI/python python3 -c 'import dealbrain_client'
    else
        say "the Python client was compiled but not imported, because its libraries are not installed"
    fi
}

# The generated Java client runs on the Jackson of the application.
client_libraries() { join : lib/main/jackson-*.jar lib/openapi/ja*.jar; }

compile_java_client() {
    rm -rf $OPENAPI/classes
    "$JDK/bin/javac" -d $OPENAPI/classes -proc:none -nowarn -XDsuppressNotes -cp "$(client_libraries)" \
        tools/openapi/Walkthrough.java $(find $OPENAPI/java/src/main/java -name '*.java')
}
