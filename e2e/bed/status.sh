# shellcheck shell=bash
# What there is, for people and (by its exit code) for scripts.

status() {
  local part pid running=0 all=0
  [ "$(id -u)" = 0 ] || die 'only root sees whose processes are the bed'
  if ! bed_lives; then
    echo "no bed on this machine"
    exit 3
  fi
  echo "held by  $(holder)"
  echo "since    $(held_since)"
  printf '%-20s %-8s %-12s %s\n' PART PID RUNNING MEMORY
  for part in $parts; do
    all=$((all + 1))
    pid=$(marked "$part" | head -n 1)
    if [ -z "$pid" ]; then
      printf '%-20s %s\n' "$part" '-        not running'
      continue
    fi
    running=$((running + 1))
    printf '%-20s %-8s %-12s %s\n' "$part" "$pid" "$(ps -o etime= -p "$pid" | tr -d ' ')" \
      "$(($(ps -o rss= -p "$pid") / 1024)) MB"
  done
  [ "$running" = "$all" ] || exit 1
  await 5 node "$([ "$form" = fleet ] && echo fake-1 || echo "$node")" && echo "node     ready" || exit 1
}

show_log() {
  if [ $# -eq 0 ]; then echo "$logs"; else
    [ -f "$logs/$1.log" ] || die "no log of $1; there are: $(cd "$logs" && echo *.log)"
    cat "$logs/$1.log"
  fi
}
