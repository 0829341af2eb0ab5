# Run by the image of PostgreSQL when it creates a database: lets standbys connect, which the rule for `all` databases
# does not.
echo "host replication $POSTGRES_USER all scram-sha-256" >> "$PGDATA/pg_hba.conf"
