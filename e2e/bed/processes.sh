# shellcheck shell=bash
# The bed's own processes. Each carries PGOPERATOR_BED in its environment: that, not a file that a kill may have
# kept from being written, is how the next run knows them.

declare -A part_pids=() # the process ids of the parts that this command has started
form=$(cat "$state/form" 2>/dev/null || echo node)

# parts_of FORM: with a node of its own, or with the fleet that kwok plays.
parts_of() {
  case $1 in
    fleet) echo 'etcd apiserver controller-manager scheduler volumes kwok' ;;
    *) echo 'containerd etcd apiserver controller-manager scheduler kubelet proxy dns volumes' ;;
  esac
}
parts=$(parts_of "$form")
[ ! -d "$state/second" ] || parts="$parts containerd-second kubelet-second"

# marked [PART]: the process ids that carry the mark (of that part).
# The shims of containerd carry it too, as its children; they count for the bed but not as the part.
marked() {
  local file pid
  for file in $(grep -lszE "^PGOPERATOR_BED=${1:-}${1:+$}" /proc/[0-9]*/environ || true); do
    pid=${file#/proc/}
    pid=${pid%/environ}
    if [ -n "${1:-}" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = containerd-shim ]; then continue; fi
    echo "$pid"
  done
}

bed_lives() { [ -n "$(marked)" ]; }

# Between fork and the end of exec a process shows no environment, and with a cold disk that takes a second: whoever
# this command has started itself is known by its process id as well.
lives() { runs "${part_pids[$1]:-}" || [ -n "$(marked "$1")" ]; }

# runs PID: a process that has ended stays for its parent to see, as a zombie.
runs() { [ -n "$1" ] && grep -qsE '^State:[[:space:]]+[^ZX]' "/proc/$1/status"; }

# keep FILE: standard input becomes the file, which is left alone where it says that already: the proxy ends itself
# when its configuration is written to.
keep() {
  cat >"$1.new"
  if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}

# start PART COMMAND…: unless it runs already. The log is kept from one start to the next.
start() {
  local part=$1
  shift
  lives "$part" && return
  PGOPERATOR_BED=$part setsid "$@" >>"$logs/$part.log" 2>&1 </dev/null 9>&- &
  part_pids[$part]=$!
}

# Says how those of them ended that did: a part that was killed leaves nothing in its log.
exits() {
  local part code
  for part in "${!part_pids[@]}"; do
    if runs "${part_pids[$part]}"; then continue; fi
    code=0
    wait "${part_pids[$part]}" || code=$?
    echo "$part ended with exit code $code"
  done
}

# await_part PART SECONDS COMMAND…: the command waits until the part answers; when it gives up, or the part ends
# meanwhile, the part's log says why.
await_part() {
  local part=$1 seconds=$2 asking watching failed=0
  shift 2
  "$@" 9>&- &
  asking=$!
  (while sleep 0.5 && kill -0 "$asking"; do lives "$part" || pkill -P "$asking"; done) >/dev/null 2>&1 9>&- &
  watching=$!
  wait "$asking" || failed=1
  kill "$watching" 2>/dev/null || true
  if [ "$failed" = 0 ] && lives "$part"; then return; fi
  if lives "$part"; then echo "$part does not answer within $seconds s"; else echo "$part has ended"; fi
  echo "the end of $logs/$part.log:"
  grep -vE '^I[0-9]{4} ' "$logs/$part.log" | tail -n 12 | cut -c1-400
  return 1
}
