# shellcheck shell=bash
# A second node on the same machine, for what one node cannot show, such as a drain. It has a containerd and a kubelet of
# its own and shares everything else, and only pods that tolerate its taint are put there.

second=$node-2
second_state=$state/second
second_socket=$second_state/containerd.sock
second_root=$cache/containerd-second
second_port=10350        # the first kubelet has 10250
second_health_port=10348 # and 10248

second_node() {
  local started=$SECONDS
  take_lock
  [ "$form" = node ] || die 'a fleet has no nodes of its own, so there is no second one either'
  mkdir -p "$second_state/pod-logs" "$second_root"
  build_pause # which says where its image is
  make_cgroup "$cgroup/second"
  start_second_containerd
  start_second_kubelet
  step 'waiting for the second node' await_part kubelet-second 60 await 60 node "$second"
  say "the second node, $second, is up after $((SECONDS - started)) s"
}

# Whatever asks for `ctr` or imports below here means the second containerd.
start_second_containerd() {
  local ctr=(ctr --address "$second_socket" --namespace k8s.io) containerd_root=$second_root containerd_socket=$second_socket
  write_containerd_config "$second_state"
  start containerd-second containerd --config "$second_state/containerd.toml"
  step 'starting the second containerd' await_part containerd-second 30 containerd_answers containerd-second
  [ -e "$second_state/fresh" ] || { forget_containers && touch "$second_state/fresh"; }
  step 'importing the pause image' import_new "$pause_image"
  local name path
  while read -r name path; do
    step "importing the $name image" import_new "$path"
    [ "$name" != postgres ] || also_known_as_next
  done < <("$checkout/e2e/images/build" postgres)
}

start_second_kubelet() {
  sed -E "s|^containerRuntimeEndpoint: .*|containerRuntimeEndpoint: unix://$second_socket|
    s|^cgroupRoot: .*|cgroupRoot: /$cgroup/second|
    s|^podLogsDir: .*|podLogsDir: $second_state/pod-logs|" "$state/kubelet.yaml" | keep "$second_state/kubelet.yaml"
  cat >>"$second_state/kubelet.yaml" <<YAML
port: $second_port
healthzPort: $second_health_port
registerWithTaints: [{key: bed.pgoperator.dev/second, effect: NoSchedule}]
YAML
  start kubelet-second "$state/kube" kubelet --config="$second_state/kubelet.yaml" --kubeconfig="$kubeconfig" \
    --root-dir="$second_state/kubelet" --cert-dir="$second_state/certificates" --hostname-override="$second" --node-ip="$address"
}
