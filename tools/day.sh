#!/usr/bin/env bash
# An operator's day with a release: tools/day.sh ARCHIVE. It installs the archive into a temporary folder as a
# user without rights, invites a person, backs up, restores, upgrades, disables and deletes a user. Needs curl.
set -euo pipefail
unset CDPATH
archive=$(readlink -f "${1:?the archive of a release}")

# As root, continues as the user nobody: the release must not need rights, and PostgreSQL refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    work=$(mktemp -d /tmp/dealbrain-day.XXXXXX)
    trap 'rm -rf "$work"' EXIT
    cp "$archive" "${BASH_SOURCE[0]}" "$work/"
    chown -R 65534:65534 "$work"
    setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$work" TMPDIR="$work" \
        bash "$work/day.sh" "$work/$(basename "$archive")"
    exit
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/day.XXXXXX")
prefix=$work/prefix
dealbrain=$prefix/usr/local/bin/dealbrain
configuration=$prefix/etc/dealbrain/dealbrain.env
server=""

say() { printf -- '--- %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; [ ! -e "$work/log" ] || tail -n 30 "$work/log" >&2; exit 1; }

stop() {
    [ -n "$server" ] || return 0
    local status=0
    kill "$server"
    wait "$server" || status=$?
    # Releases up to 0.1 exit with 0.
    [ $status -eq 143 ] || [ $status -eq 0 ] || die "the server stopped with exit status $status"
    server=""
}
trap '[ -z "$server" ] || kill "$server" || true; wait; rm -rf "$work"' EXIT

# Starts the server, and waits until it is ready.
start() {
    "$dealbrain" > "$work/log" 2>&1 &
    server=$!
    until curl -sf "$URL/health/ready" > /dev/null; do
        kill -0 "$server" 2>/dev/null || die "the server did not start"
        sleep 0.1
    done
}

# Prints a port that is free now.
free_port() {
    local port
    while port=$((20000 + RANDOM % 10000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# Sends a request and prints the body: request TOKEN METHOD PATH [BODY]. The status is in $work/status.
request() {
    curl -s -X "$2" -H "Authorization: Bearer $1" ${4:+-H "Content-Type: application/json" -d "$4"} \
        -o "$work/body" -w '%{http_code}' "$URL$3" > "$work/status"
    cat "$work/body"
}

# Fails unless the last request had this status: expect STATUS.
expect() { [ "$(cat "$work/status")" = "$1" ] || die "status $(cat "$work/status"), not $1: $(cat "$work/body")"; }

# Prints a member of the JSON object on the input, without quotes: member NAME.
member() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

# Signs in, and prints the token: sign_in USERNAME PASSWORD.
sign_in() {
    request none POST /api/v1/tokens "{\"username\": \"$1\", \"password\": \"$2\"}" | member token
    expect 201
}

# Fails unless the public page of the listing has this price: assert_price PRICE.
assert_price() {
    local price
    price=$(curl -sf "$URL/api/v1/deals/$listing/$link" | member price_usd)
    [ "$price" = "$1" ] || die "the price is $price, not $1"
}

say "install"
mkdir "$work/release"
tar -xzf "$archive" -C "$work/release" --strip-components=1
"$work/release/install.sh" --prefix "$prefix"
before=$(cksum "$configuration")
"$work/release/install.sh" --prefix "$prefix" > "$work/second"
! grep -E '^(installed|wrote|created|made)' "$work/second" || die "a second run changed something"
[ "$(cksum "$configuration")" = "$before" ] || die "a second run changed the configuration"
PORT=$(free_port)
URL=http://127.0.0.1:$PORT
sed -i "s/^PORT=.*/PORT=$PORT/" "$configuration"
"$dealbrain" doctor > "$work/doctor" || die "doctor finds a problem: $(cat "$work/doctor")"

say "start, and sign in as the administrator"
start
# Parts of the day that a release without them leaves out.
curl -sf "$URL/openapi.json" > "$work/openapi.json"
INVITES=$(grep -o '/api/v1/invites"' "$work/openapi.json" || true)
ADMINISTRATION=$(grep -o '/api/v1/admin/users"' "$work/openapi.json" || true)
BACKUP=$(cd "$prefix/opt/dealbrain/current/app" && compgen -G dealbrain.backup.jar || true)
password=$(sed -n 's/^DEALBRAIN_ADMIN_PASSWORD=//p' "$configuration")
admin=$(sign_in admin "$password")

say "let a person in, who enters a listing and shares it"
if [ -n "$INVITES" ]; then
    code=$(request "$admin" POST /api/v1/invites '{"note": "Eve"}' | member code)
    expect 201
    request none POST /api/v1/users '{"username": "mallory", "password": "correct horse battery"}' > /dev/null
    expect 403
    request none POST /api/v1/users \
        "{\"username\": \"eve\", \"password\": \"correct horse battery\", \"invite\": \"$code\"}" > "$work/eve"
    expect 201
    request none POST /api/v1/users \
        "{\"username\": \"mallory\", \"password\": \"correct horse battery\", \"invite\": \"$code\"}" > /dev/null
    expect 403
else
    request none POST /api/v1/users '{"username": "eve", "password": "correct horse battery"}' > "$work/eve"
    expect 201
fi
eve=$(sign_in eve "correct horse battery")
eve_id=$(member id < "$work/eve")
request "$eve" POST /api/v1/listings '{"title": "ThinkCentre M720q", "price_usd": 189.50}' > "$work/listing"
expect 201
listing=$(sed 's/^{"id":\([0-9]*\).*/\1/' "$work/listing")
link=$(request "$eve" POST "/api/v1/listings/$listing/shares" '{}' | member share_token)
expect 201
assert_price 189.50

if [ -n "$BACKUP" ]; then
    say "back up while the server runs"
    "$dealbrain" backup "$work/backup"
    request "$eve" PATCH "/api/v1/listings/$listing" '{"price_usd": 1.25}' > /dev/null
    expect 200
    assert_price 1.25
    stop

    say "restore into an empty folder"
    mv "$prefix/var/lib/dealbrain" "$work/lost"
    mkdir -m 700 "$prefix/var/lib/dealbrain"
    "$dealbrain" restore "$work/backup"
    start
    assert_price 189.50
fi
stop

say "upgrade: another version is installed beside this one, and reads the data"
old=$(cat "$work/release/VERSION")
echo "$old-next" > "$work/release/VERSION"
rm "$work/release/SHA256SUMS"
(cd "$work/release" && find . -type f -printf '%P\0' | xargs -0 sha256sum) > "$work/sums"
mv "$work/sums" "$work/release/SHA256SUMS"
"$work/release/install.sh" --prefix "$prefix" --no-training
[ "$(readlink "$prefix/opt/dealbrain/current")" = "$old-next" ] || die "the new version is not the current one"
[ -x "$prefix/opt/dealbrain/$old/bin/dealbrain" ] || die "the old version is gone"
start
assert_price 189.50

if [ -n "$ADMINISTRATION" ]; then
    say "disable a user: the next request is refused"
    request "$eve" GET /api/v1/users/me > /dev/null
    expect 200
    request "$admin" PATCH "/api/v1/admin/users/$eve_id" '{"disabled": true}' > /dev/null
    expect 200
    request "$eve" GET /api/v1/users/me > /dev/null
    expect 403

    say "delete the user with the listing and its link"
    request "$admin" DELETE "/api/v1/admin/users/$eve_id" > /dev/null
    expect 204
    request none GET "/api/v1/deals/$listing/$link" > /dev/null
    expect 404
fi
stop
say "the day is over"
