#!/bin/sh
# Runs dealbrain with the configuration of the service and as its user: dealbrain, dealbrain doctor …
# install.sh writes the two paths.
configuration=@CONFIGURATION@
programs=@PROGRAMS@

[ -r "$configuration" ] || { echo "$configuration is not readable: run this command as root" >&2; exit 1; }
set -a
. "$configuration"
set +a
if [ "$(id -u)" = 0 ] && [ "$(stat -c %U "$DEALBRAIN_DATA_DIR")" = dealbrain ]; then
    exec setpriv --reuid=dealbrain --regid=dealbrain --init-groups "$programs/current/bin/dealbrain" "$@"
fi
exec "$programs/current/bin/dealbrain" "$@"
