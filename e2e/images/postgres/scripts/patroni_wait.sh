#!/bin/bash
# Waits until this member has a role, then becomes another command: patroni_wait.sh [-i SECONDS] [-r ROLE] [-t SECONDS] [-- COMMAND…]
# Exit status 2 when the time is over, 1 on wrong usage.
interval=60 role=primary timeout=0
while getopts 'i:r:t:' option; do
  case $option in
    i) interval=$OPTARG ;;
    r) role=$OPTARG ;;
    t) timeout=$OPTARG ;;
    *) exit 1 ;;
  esac
done
shift $((OPTIND - 1))
case $role in master | leader | primary | replica | standby_leader | standby-leader) ;; *) echo "unknown role: $role" >&2; exit 1 ;; esac
[[ $interval =~ ^[0-9.]+$ && $timeout =~ ^[0-9]+$ ]] || { echo "not a number: $interval $timeout" >&2; exit 1; }
until curl --silent --fail --output /dev/null "http://localhost:${APIPORT:-8008}/$role"; do
  [ "$timeout" -eq 0 ] || [ "$SECONDS" -lt "$timeout" ] || exit 2
  sleep "$interval"
done
[ $# -eq 0 ] || exec "$@"
