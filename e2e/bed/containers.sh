# shellcheck shell=bash
# containerd, and the images in it.

ctr=(ctr --address "$containerd_socket" --namespace k8s.io)

start_containers() {
  mkdir -p "$state/containerd" "$state/cni" "$logs" "$containerd_root"
  keep_kube
  write_containerd_config "$state/containerd"
  write_cni_config
  start containerd containerd --config "$state/containerd/containerd.toml"
  step 'starting containerd' await_part containerd 30 containerd_answers
  [ -e "$state/fresh" ] || { forget_containers && touch "$state/fresh"; }
  step 'importing the pause image' import_new "$pause_image"
}

containerd_answers() {
  local part=${1:-containerd} tries=300
  until [ -S "$containerd_socket" ] && "${ctr[@]}" version >/dev/null 2>&1; do
    [ $((tries -= 1)) -gt 0 ] && lives "$part" || return 1
    sleep 0.1
  done
}

# Images are kept from one bed to the next, containers are not: those of a bed that was killed are only names by now.
forget_containers() {
  "${ctr[@]}" containers ls -q | xargs -r "${ctr[@]}" containers rm >/dev/null 2>&1 || true
}

# restrict_oom_score_adj: on a machine that may not lower it, runc would fail with an error that says nothing about it.
# write_containerd_config FOLDER: everything that containerd would put elsewhere by default is put into that folder.
write_containerd_config() {
  local folder=$1
  keep "$folder/containerd.toml" <<TOML
version = 2
root = "$containerd_root"
state = "$folder/state"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
  address = "$containerd_socket"
[plugins."io.containerd.internal.v1.opt"]
  path = "$folder/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/pgoperator/pause:bed"
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$state/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      Root = "$folder/runc"
TOML
}

# hairpinMode: a pod reaches itself through its own Service.
write_cni_config() {
  keep "$state/cni/10-bed.conflist" <<JSON
{"cniVersion": "0.4.0", "name": "$network", "plugins": [
  {"type": "bridge", "bridge": "$bridge", "isGateway": true, "ipMasq": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$state/leases", "ranges": [[{"subnet": "$pod_range"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
JSON
}

# The images are built while Kubernetes is: the one mostly waits for the network, the other computes.
start_image_builds() {
  local names="postgres pooler"
  image_builder=
  if [ ! -x "$checkout/e2e/images/build" ]; then
    say 'no e2e/images/build in this checkout: the node will have no images'
    return
  fi
  if [ -d "$checkout/operator/target/image" ]; then names="$names operator"; else
    say 'operator/target/image is not there yet (mvn package makes it): the operator image is left out'
  fi
  mkdir -p "$cache/log"
  # In a process group of its own, so that it can be ended with all its children when `up` ends early.
  # shellcheck disable=SC2086
  setsid "$checkout/e2e/images/build" $names >"$cache/log/images.list" 9>&- &
  image_builder=$!
  trap 'kill -- "-$image_builder" 2>/dev/null || true' EXIT
}

import_images() {
  [ -n "$image_builder" ] || return 0
  wait "$image_builder" || die 'building the images failed; the node is up, and e2e/cluster up can be run again'
  local name path
  while read -r name path; do
    step "importing the $name image" import_new "$path"
    [ "$name" != postgres ] || also_known_as_next
  done <"$cache/log/images.list"
}

# The same content under a second name: what a cluster is told when it gets another image.
also_known_as_next() {
  "${ctr[@]}" images tag --force docker.io/pgoperator/spilo:bed docker.io/pgoperator/spilo:bed-next >/dev/null
}

# import_new TAR: unless the image it holds has been imported under its name already. An archive's manifest names the
# image's configuration and layers by their hashes, so equal manifests mean equal images.
import_new() {
  local tar=$1 manifest image mark
  manifest=$(tar -xOf "$tar" manifest.json)
  image=$(sed -E 's/.*"RepoTags": ?\["([^"]+)".*/\1/' <<<"$manifest")
  mark=$containerd_root/imported/${image//[^A-Za-z0-9]/_}
  if [ "$(cat "$mark" 2>/dev/null)" = "$manifest" ] && [ -n "$("${ctr[@]}" images ls -q "name==$image")" ]; then return; fi
  mkdir -p "${mark%/*}"
  "${ctr[@]}" images import "$tar"
  echo "$manifest" >"$mark"
}

load_images() {
  take_lock
  local tar
  [ $# -gt 0 ] || die 'load needs at least one image archive'
  for tar in "$@"; do
    [ -f "$tar" ] || die "no such file: $tar"
    step "importing $tar" import_new "$tar"
  done
}

list_images() { "${ctr[@]}" images ls -q | grep -v '^sha256:'; }
