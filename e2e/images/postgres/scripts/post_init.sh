#!/bin/bash
# Leaves in the databases what the operator and its users expect to find: post_init.sh HUMAN_ROLE CONNECTION
# Runs at the first start and after every promotion; what is there already is left alone, so a second run is quick.
set -euo pipefail
human_role=$1 connection=$2
cd /scripts/post_init

sql() { psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --set=human_role="$human_role" "$@" >&2; }
databases() { psql -XAtqc 'SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname' "$connection"; }

export PGOPTIONS="${PGOPTIONS:-} -c client_min_messages=warning -c log_min_duration_statement=-1 -c log_statement=none"
sql --file=roles.sql --file=databases.sql --file=postgres.sql "$connection"
while read -r database; do
  [ "$database" = postgres ] || sql --file=databases.sql "$connection dbname='$database'"
done < <(databases)
