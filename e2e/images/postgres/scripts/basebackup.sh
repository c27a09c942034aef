#!/bin/bash
# Makes a replica's data from the leader. Patroni calls it with --datadir=, --connstring= and the leader's password in PGPASSFILE.
set -euo pipefail
extra=()
for argument in "$@"; do
  case $argument in
    --datadir=*) data=${argument#*=} ;;
    --connstring=*) source=${argument#*=} ;;
    --no-sync) extra+=("$argument") ;;
  esac
done
# `fast`: the leader writes its checkpoint at once in place of spreading it over minutes.
exec "$(sed -n 's/^ *bin_dir: *//p' /run/postgres.yml | head -n 1)/pg_basebackup" --pgdata="$data" --dbname="$source" \
  --wal-method=stream --checkpoint=fast "${extra[@]}"
