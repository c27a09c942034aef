# shellcheck shell=bash
# Taking the bed down, from any state: by what it has marked, not by what it remembers. See settings.sh for the marks.

down() {
  [ "${1:-}" = --force ] || [ $# -eq 0 ] || die "down knows only --force, not: $*"
  if [ "$(uname -s)" != Linux ] || [ "$(id -u)" != 0 ]; then die 'only root on Linux can have a bed to take down'; fi
  [ "${1:-}" = --force ] || refuse_foreign_holder
  take_lock
  [ "${1:-}" = --force ] || refuse_foreign_holder
  local started=$SECONDS
  step 'taking the bed down' clear_bed
  say "the bed is down after $((SECONDS - started)) s; images and builds stay in $cache"
}

# What a bed that was killed, or lost with the machine's last boot, has left must not leak into a new one.
take_over_remains() {
  if ! bed_lives && [ -d "$state" ]; then step 'clearing what an earlier bed has left' clear_bed; fi
}

clear_bed() {
  end_processes
  clear_mounts
  clear_network
  clear_cgroups
  clear_files
}

# The kubelet first, or it would start again what is killed after it. Nothing is asked to end nicely but containerd,
# whose images are kept: what the others know is thrown away with the bed.
end_processes() {
  local part
  for part in kubelet kubelet-second kwok controller-manager scheduler proxy dns volumes apiserver etcd; do
    kill_all KILL "$(marked "$part")"
  done
  kill_all KILL "$(pod_processes)"
  if lives containerd; then forget_tasks; fi
  if lives containerd-second; then forget_second_tasks; fi
  kill_all TERM "$(marked containerd) $(marked containerd-second)"
  gone 5 marked containerd || true
  kill_all KILL "$(marked)"
  kill_all KILL "$(pod_processes)"
  gone 20 everything || { echo "these would not end:" && everything | xargs -r ps -fp; return 1; }
}

everything() { marked && pod_processes; }

# kill_all SIGNAL PIDS: some may have ended meanwhile.
kill_all() {
  local pid
  for pid in $2; do kill -s "$1" "$pid" 2>/dev/null || true; done
}

# gone SECONDS COMMAND…: waits until the command lists nothing any more.
gone() {
  local tries=$(($1 * 10))
  shift
  while [ -n "$("$@")" ]; do
    [ $((tries -= 1)) -gt 0 ] || return 1
    sleep 0.1
  done
}

pod_processes() {
  local hierarchy
  for hierarchy in $(cgroup_hierarchies); do
    [ -d "$hierarchy/$cgroup" ] && find "$hierarchy/$cgroup" -name cgroup.procs -exec cat {} + 2>/dev/null
  done | sort -u
}

forget_tasks() {
  "${ctr[@]}" tasks ls -q | timeout 20 xargs -r "${ctr[@]}" tasks rm --force >/dev/null 2>&1 || true
  forget_containers
}

forget_second_tasks() {
  local ctr=(ctr --address "$second_socket" --namespace k8s.io)
  forget_tasks
}

# buildah leaves its store mounted on itself; that is ours to clear unless a build is under way.
clear_mounts() {
  unmount_below "$state"
  if [ -e "$cache/images/.lock" ]; then
    (flock -n 8 && unmount_below "$cache/images") 8>>"$cache/images/.lock" || true
  fi
}

# Deepest first; lazily, for a mount that a dying process still sits in.
unmount_below() {
  awk -v below="$1/" 'index($2, below) == 1 {print $2}' /proc/mounts | sort -r | while read -r mount; do
    umount -l "$(printf '%b' "$mount")" || true
  done
}

clear_cgroups() {
  local hierarchy
  for hierarchy in $(cgroup_hierarchies); do
    [ ! -d "$hierarchy/$cgroup" ] || find "$hierarchy/$cgroup" -depth -type d -exec rmdir {} +
  done
}

clear_files() {
  local socket
  # The shims' sockets are the one thing that containerd insists to have elsewhere.
  for socket in $(cat "$state"/{containerd,second}/state/io.containerd.runtime.v2.task/k8s.io/*/address 2>/dev/null || true); do
    rm -f "${socket#unix://}"
  done
  find /var/log/containers -lname "$state/*" -delete 2>/dev/null || true
  # Two places of the kubelet that no setting moves.
  rm -f /var/lib/kubelet/device-plugins/kubelet.sock
  rmdir /var/log/containers /var/lib/kubelet/device-plugins /var/lib/kubelet 2>/dev/null || true
  # Never through a mount: everything below would be gone from where it really is.
  if grep -q " $state/" /proc/mounts; then echo "still mounted below $state:" && grep " $state/" /proc/mounts && return 1; fi
  rm -rf --one-file-system "$state"
}
