# Progress on stderr: a step that lasts longer than two seconds says so, and how long it took.

say() { echo "images: $*" >&2; }

fail() { say "$*"; exit 1; }

# step TEXT COMMAND…: runs the command with its output in a log; on failure shows the log's end and stops.
step() {
  local text=$1 log started=$SECONDS status=0 ticker
  shift
  log=$(mktemp)
  # `read` on a pipe that never speaks is a sleep without a process: a killed ticker leaves no child that holds our lock or output.
  ( exec 8>&- 9<> <(:)
    read -rt 2 -u 9 || say "$text …"
    while ! read -rt 15 -u 9; do say "$text … $((SECONDS - started)) s"; done ) &
  ticker=$!
  "$@" >"$log" 2>&1 8>&- || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  if [ "$status" -ne 0 ]; then
    tail -n 25 "$log" >&2
    rm -f "$log"
    fail "$text: failed with status $status after $((SECONDS - started)) s"
  fi
  rm -f "$log"
  [ $((SECONDS - started)) -le 2 ] || say "$text: $((SECONDS - started)) s"
}
