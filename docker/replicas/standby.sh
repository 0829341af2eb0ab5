#!/usr/bin/env bash
# Copies the primary at the first start, then runs as its hot standby. PGPASSWORD is also used by the replication.
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    pg_basebackup --pgdata="$PGDATA" --dbname="host=postgres user=dealbrain" --wal-method=stream --checkpoint=fast \
        --write-recovery-conf
fi
exec postgres
