#!/usr/bin/env bash
# Installs a release on a bare Debian: tools/bare-debian.sh ARCHIVE [FOLDER]. Needs root and debootstrap. The root file
# system is made in FOLDER, and kept there for the next run; without FOLDER it is removed.
#
# It has no systemd, no curl, no Java and no locale. dealbrain must start there as its own user, and respond to
# /health/ready within ten seconds, the first start included.
set -euo pipefail
archive=$(readlink -f "${1:?the archive of a release}")
root=${2:-$(mktemp -d /tmp/bare-debian.XXXXXX)}
chmod 755 "$root" # mktemp allows root only, but the user dealbrain must reach its files
port=${PORT:-8080}

leave() {
    [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
    wait
    umount "$root/proc" "$root/dev" 2>/dev/null || true
    [ -n "${2:-}" ] || rm -rf --one-file-system "$root"
}
trap 'leave "$@"' EXIT

[ -e "$root/bin/bash" ] || debootstrap --variant=minbase bookworm "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"

rm -rf "$root/root/release" "$root/opt/dealbrain" "$root/var/lib/dealbrain" "$root/etc/dealbrain"
mkdir "$root/root/release"
tar -xzf "$archive" -C "$root/root/release" --strip-components=1
chroot "$root" /root/release/install.sh
echo "--- a second run:"
chroot "$root" /root/release/install.sh
sed -i "s/^PORT=.*/PORT=$port/" "$root/etc/dealbrain/dealbrain.env"

started=$(date +%s%N)
chroot "$root" /usr/local/bin/dealbrain > "$root/root/log" 2>&1 &
server=$!
ready() {
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return
    printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    head -1 <&3 | grep -q ' 200 '
} 2>/dev/null
until ready; do
    kill -0 "$server" || { cat "$root/root/log"; exit 1; }
    sleep 0.1
done
elapsed=$((($(date +%s%N) - started) / 1000000))
echo "--- ready after $elapsed ms, as the user $(chroot "$root" stat -c %U "/proc/$server")"
chroot "$root" /usr/local/bin/dealbrain doctor
[ $elapsed -lt 10000 ]
