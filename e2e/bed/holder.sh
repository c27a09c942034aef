# shellcheck shell=bash
# One bed per machine, and who has it: $state/holder, two lines, the checkout's path and since when.

holder() { sed -n 1p "$state/holder" 2>/dev/null; }
held_since() { sed -n 2p "$state/holder" 2>/dev/null; }

hold() {
  [ "$(holder)" = "$checkout" ] && return
  mkdir -p "$state"
  printf '%s\n%s\n' "$checkout" "$(date '+%F %T %Z')" >"$state/holder.new"
  mv "$state/holder.new" "$state/holder"
}

held_elsewhere() { [ -n "$(holder)" ] && [ "$(holder)" != "$checkout" ] && bed_lives; }

refuse_foreign_holder() {
  held_elsewhere || return 0
  cat >&2 <<TEXT
bed: refused: the bed of this machine is held by another checkout
  checkout  $(holder)
  since     $(held_since)
Take it down there:            $(holder)/e2e/cluster down
or, if that checkout is gone:  $checkout/e2e/cluster down --force
TEXT
  exit 1
}

# For the commands that use a bed: there must be one, and it must be ours.
require_own_bed() {
  refuse_foreign_holder
  if [ ! -x "$state/kube" ] || [ ! -f "$kubeconfig" ] || ! bed_lives; then
    die 'there is no bed here; bring it up with: e2e/cluster up'
  fi
}

# Two commands that change the bed wait for each other, unless another checkout is at it. File descriptor 9 is the
# lock, and the file says who has it; whatever outlives this command (the bed's own processes) is started without it.
take_lock() {
  exec 9>>"$lock_file"
  if ! flock -n 9; then
    refuse_foreign_holder
    [ "$(sed -n 1p "$lock_file")" = "$checkout" ] || die "another checkout is at work on the bed of this machine: $(paste -sd' ' "$lock_file")"
    say "another e2e/cluster is at work here since $(sed -n 2p "$lock_file"); waiting for it"
    flock -w 900 9 || die 'it has been at work for 15 minutes; giving up'
  fi
  printf '%s\n%s\n' "$checkout" "$(date '+%F %T %Z')" >"$lock_file"
}
