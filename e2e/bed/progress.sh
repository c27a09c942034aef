# shellcheck shell=bash
# Saying what goes on: silent for what is quick, a line every few seconds for what is not.

say() { printf 'bed: %s\n' "$*" >&2; }

die() {
  printf 'bed: error: %s\n' "$*" >&2
  exit 1
}

# tick LABEL: says that LABEL is under way after 2 s, then every 10 s, for as long as its parent lives.
tick() {
  local started=$SECONDS parent=$$
  trap - EXIT
  sleep 2
  while kill -0 "$parent" 2>/dev/null; do
    say "$1 … $((SECONDS - started)) s"
    sleep 10
  done
}

# step LABEL COMMAND…: runs the command with its output in a log, and shows the log's end if it fails.
# The command runs in a process group of its own, so that an interrupt ends all of it.
step() {
  local label=$1 started=$SECONDS log job ticker failed=0
  shift
  mkdir -p "$cache/log"
  log=$cache/log/${1//[^a-z_]/}.log
  set -m
  (
    set +m
    set -euo pipefail
    "$@"
  ) >"$log" 2>&1 </dev/null &
  job=$!
  tick "$label" 9>&- &
  ticker=$!
  set +m
  # shellcheck disable=SC2064
  trap "kill -- -$job -$ticker 2>/dev/null; exit 130" INT TERM HUP
  wait "$job" || failed=$?
  trap - INT TERM HUP
  kill -- "-$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  if [ "$failed" -ne 0 ]; then
    printf 'bed: error: %s failed after %s s; the end of %s:\n' "$label" "$((SECONDS - started))" "$log" >&2
    if declare -F exits >/dev/null; then exits >>"$log"; fi
    tail -n 25 "$log" | sed 's/^/  | /' >&2
    exit 1
  fi
  if [ $((SECONDS - started)) -ge 2 ]; then say "$label: done in $((SECONDS - started)) s"; fi
}
