#!/usr/bin/env bash
# Installs this release of dealbrain, or upgrades an installation to it. A second run changes nothing that is right.
#
#   ./install.sh                  as root: for systemd, below /opt, /etc and /var/lib, with a user of its own
#   ./install.sh --prefix FOLDER  as any user: everything below FOLDER, without user and service
#   ./install.sh --dry-run        says what it would do; together with --prefix too
#   ./install.sh --no-training    without the ahead-of-time cache: dealbrain starts more slowly
#
# What it creates, each with FOLDER in front of it:
#
#   /opt/dealbrain/VERSION              this release; /opt/dealbrain/current is a link to it
#   /etc/dealbrain/dealbrain.env        the configuration, with a generated password; an upgrade leaves it alone
#   /var/lib/dealbrain                  the data
#   /usr/local/bin/dealbrain            runs dealbrain with that configuration, as the user of the service
#   /etc/systemd/system/dealbrain.service
set -euo pipefail
unset CDPATH
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

say() { printf '%s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

prefix="" dry_run="" training=yes
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) prefix=${2:?--prefix needs a folder}; shift 2 ;;
        --dry-run) dry_run=yes; shift ;;
        --no-training) training=""; shift ;;
        *) sed -n '2,/^set/{s/^# \{0,1\}//p}' install.sh; exit 2 ;;
    esac
done
[ -z "$prefix" ] || prefix=$(readlink -m "$prefix")

version=$(cat VERSION)
programs=$prefix/opt/dealbrain
program=$programs/$version
configuration=$prefix/etc/dealbrain/dealbrain.env
data=$prefix/var/lib/dealbrain
command=$prefix/usr/local/bin/dealbrain
unit=$prefix/etc/systemd/system/dealbrain.service

# Does something and says so: step TEXT COMMAND [ARGUMENT]...
step() {
    [ -n "$dry_run" ] || "${@:2}"
    say "${dry_run:+dry run, not done: }$1"
}

check() {
    sha256sum --quiet --check SHA256SUMS || die "this copy of the release is damaged; unpack it again"
    ./bin/java -version >/dev/null 2>&1 || die "the Java runtime of this release does not run here:" \
        "it is for $(sed -n 's/^OS_ARCH="\(.*\)"/\1/p' release), this machine is $(uname -m); it needs glibc"
    [ -n "$prefix" ] || [ "$(id -u)" = 0 ] || die "run this as root, or with --prefix FOLDER as you"
    case "$prefix" in *[:\ ]*) die "the path of a prefix can have neither a colon nor a blank: $prefix" ;; esac
}

create_user() {
    if [ -n "$prefix" ] || getent passwd dealbrain >/dev/null; then return; fi
    step "created the user dealbrain" \
        useradd --system --user-group --home-dir "$data" --no-create-home --shell /usr/sbin/nologin dealbrain
}

# True when nothing is to be copied: the same release is installed.
is_installed() { cmp -s SHA256SUMS "$program/SHA256SUMS"; }

copy_program() {
    if is_installed; then
        say "$program is this release already"
        return
    fi
    # Another build of the same version is replaced. A server that runs from it must not find half of it.
    [ ! -e "$program" ] || stop_service
    step "installed dealbrain $version in $program" replace_program
}

replace_program() {
    mkdir -p "$programs"
    rm -rf "$program" "$program.new"
    mkdir "$program.new"
    cp -a . "$program.new"
    [ -n "$prefix" ] || chown -R root:root "$program.new"
    mv -T "$program.new" "$program"
}

write_configuration() {
    if [ -e "$configuration" ]; then
        say "$configuration stays as it is"
        return
    fi
    step "wrote $configuration, with the password of the user admin" create_configuration
}

create_configuration() {
    local password
    password=$(head -c 18 /dev/urandom | base64 | tr '+/' '-_')
    mkdir -p "$(dirname "$configuration")"
    (umask 077 && sed "s|@PASSWORD@|$password|; s|@DATA@|$data|" dealbrain.env > "$configuration")
}

create_data() {
    if [ -e "$data" ]; then return; fi
    if [ -n "$prefix" ]; then
        step "created $data for the data" install -d -m 700 "$data"
    else
        step "created $data for the data" install -d -m 700 -o dealbrain -g dealbrain "$data"
    fi
}

# The ahead-of-time cache halves the time of a start, and is made for this place. The training runs as the user of the
# service, who may write to lib meanwhile. Without the cache dealbrain starts too, so a failure is not the end.
train() {
    local as_service=()
    if [ "$(cat "$program/lib/dealbrain.aot.place" 2>/dev/null)" = "$program" ]; then return; fi
    if [ -n "$dry_run" ]; then
        say "dry run, not done: made the ahead-of-time cache in $program/lib"
        return
    fi
    say "making the ahead-of-time cache, which takes some seconds ..."
    if [ -z "$prefix" ]; then
        as_service=(setpriv --reuid=dealbrain --regid=dealbrain --init-groups)
        chown dealbrain "$program/lib"
    fi
    if ${as_service[@]+"${as_service[@]}"} "$program/bin/dealbrain-train"; then
        say "made $program/lib/dealbrain.aot"
    else
        say "the cache could not be made, so that dealbrain starts more slowly; try $program/bin/dealbrain-train"
    fi
    [ -n "$prefix" ] || chown -R root:root "$program/lib"
}

switch() {
    local before
    before=$(readlink "$programs/current" || true)
    if [ "$before" != "$version" ]; then
        step "made it the current version${before:+ in place of $before, which is still in $programs/$before}" \
            ln -sfn "$version" "$programs/current"
    fi
    install_file "$command" 755 dealbrain.sh
}

# Copies a file and sets its paths, if it changed: install_file TARGET MODE SOURCE
install_file() {
    local text
    text=$(sed "s|@CONFIGURATION@|$configuration|; s|@PROGRAMS@|$programs|" "$3")
    if [ "$text" = "$(cat "$1" 2>/dev/null)" ]; then return; fi
    step "wrote $1" write_file "$1" "$2" "$text"
}

write_file() {
    mkdir -p "$(dirname "$1")"
    printf '%s\n' "$3" > "$1"
    chmod "$2" "$1"
}

systemd_runs() { [ -z "$prefix" ] && [ -d /run/systemd/system ]; }

stop_service() {
    if systemd_runs && systemctl is-active --quiet dealbrain; then
        step "stopped the service" systemctl stop dealbrain
    fi
}

start_service() {
    if [ -n "$prefix" ]; then
        say "start it with $command"
        return
    fi
    install_file "$unit" 644 dealbrain.service
    if systemd_runs; then
        step "reloaded the units of systemd" systemctl daemon-reload
        step "started the service, now and at each boot" systemctl enable --quiet dealbrain
        [ -n "$dry_run" ] || systemctl restart dealbrain
        say "its log: journalctl -u dealbrain"
    else
        say "systemd does not run here: start dealbrain with $command, which changes to the user dealbrain"
    fi
}

check
create_user
copy_program
write_configuration
create_data
[ -z "$training" ] || train
switch
start_service
say "dealbrain $version: http://127.0.0.1:8080, unless $configuration says otherwise. The user is admin," \
    "the password is in that file. INSTALL.md says how to go on."
