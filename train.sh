#!/usr/bin/env bash
# Makes the ahead-of-time cache of the image that this script is in, for the place where the image is now. A training
# run records the classes that a start and the first requests load; a second run writes them, loaded and linked, to the
# cache, without profiles of methods: with them, the JIT compiler compiles hundreds of methods during the start, which
# delays the first response by a sixth, and the next hundred are not faster (docs/profile.md).
#
# The training run has its own database. There is no Redis at REDIS_URL; the variable is set so that the classes of the
# Redis client are recorded too. The paths in the options are relative, because the launcher splits
# DEALBRAIN_JAVA_OPTIONS at blanks. The option that does both runs in one, AOTCacheOutput, fails if the path of the
# image has a blank.
set -euo pipefail
unset CDPATH
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)
folder=training # in lib/
profiles="-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining"

die() { echo "error: $*" >&2; exit 1; }

# Starts the launcher with these options for Java only: launch OPTIONS
launch() {
    exec env -i PATH="$PATH" PORT=0 REDIS_URL=redis://127.0.0.1:1 DEALBRAIN_DATA_DIR=$folder \
        DEALBRAIN_JAVA_OPTIONS="-XX:AOTConfiguration=$folder/classes $1" "$home/bin/dealbrain"
}

# Sends one GET request five times: request PORT PATH TOKEN. Uses bash only, because curl may not be installed.
request() {
    for _ in 1 2 3 4 5; do
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n' "$2" "$3" >&3
        printf 'Connection: close\r\n\r\n' >&3
        cat <&3 >/dev/null
        exec 3>&-
    done
}

[ -w "$home/lib" ] || die "$home/lib is not writable: run this as the owner of the image"
cd "$home/lib"
trap 'rm -rf "$folder"' EXIT
rm -rf dealbrain.aot dealbrain.aot.place "$folder"
mkdir "$folder"
: > $folder/log # sed below reads it before the background process may have created it
(launch "-XX:AOTMode=record $profiles") > $folder/log 2>&1 &
pid=$!
port=""
while [ -z "$port" ]; do
    kill -0 $pid 2>/dev/null || die "the image does not start: $(cat $folder/log)"
    port=$(sed -n 's|^dealbrain runs at http://127.0.0.1:\([0-9]*\).*|\1|p' $folder/log)
    sleep 0.1
done
for path in /health/ready /docs /openapi.json /api/v1/collections/1 '/api/v1/listings?limit=5' /nothing; do
    request "$port" "$path" "$(sed -n 's/^ *export TOKEN=//p' $folder/log)"
done
kill $pid
wait $pid || [ $? -eq 143 ] || die "the training run failed: $(cat $folder/log)"
(launch "-XX:AOTMode=create -XX:AOTCache=$folder/dealbrain.aot") >> $folder/log 2>&1 || true # the next line reports it
[ -s $folder/dealbrain.aot ] || die "the training run wrote no cache: $(cat $folder/log)"
mv $folder/dealbrain.aot dealbrain.aot
printf '%s' "$home" > dealbrain.aot.place
