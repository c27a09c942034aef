#!/bin/bash
# Patroni's callback: on_role_change.sh HUMAN_ROLE COMMAND… on_role_change ROLE SCOPE
# After a promotion the roles and schemas of post_init are brought up to date, which may need up to 30 s until recovery has ended.
set -uo pipefail
human_role=$1
shift
"$@" || true
role=${*: -2:1}
[ "$role" = primary ] || [ "$role" = master ] || exit 0
superuser=$(sed -n '/^ *superuser:/,/username:/s/.*username: *//p' /run/postgres.yml)
connection="host=/run/postgresql user=$superuser dbname=postgres"
for _ in {1..150}; do
  [ "$(psql -XAtqc 'SELECT pg_is_in_recovery()' "$connection" 2>/dev/null)" = f ] && exec /scripts/post_init.sh "$human_role" "$connection"
  sleep 0.2
done
echo "on_role_change: recovery did not end within 30 s" >&2
exit 1
