# shellcheck shell=bash
# In place of the node: nodes and pods that only seem to run, played by kwok. For benches with thousands of clusters.

fake_nodes=8 # room for 5,000 pods each, see kwok/stages.yaml

start_fleet() {
  mkdir -p "$state/volumes"
  # Addresses of pods are this machine's own: whoever listens on all of them can answer for the whole fleet. They are not
  # of 127.0.0.0/8, which Endpoints refuse.
  ip route replace local "$fleet_range" dev lo
  start kwok "$kwok" --kubeconfig="$kubeconfig" --config="$bed/kwok/stages.yaml" --cidr="$fleet_range" --node-ip=127.0.0.1 \
    --manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake --node-lease-duration-seconds=40 \
    --server-address=127.0.0.1:10247
  start volumes "$state/kube" volumes --kubeconfig="$kubeconfig" --folder="$state/volumes" --class=standard --sized-class=sized
  step 'waiting for the controllers' await_part controller-manager 30 await 30 serviceaccount default default
  step 'making the storage classes' apply_storage_classes
  step 'making the nodes' make_fake_nodes
  step 'waiting for the nodes' await_part kwok 60 await 60 node fake-1
  local part
  for part in $parts; do lives "$part" || step "checking $part" await_part "$part" 0 false; done
}

make_fake_nodes() {
  local number
  for ((number = 1; number <= fake_nodes; number++)); do
    printf -- '---\n{apiVersion: v1, kind: Node, metadata: {name: fake-%s, annotations: {kwok.x-k8s.io/node: fake}}}\n' "$number"
  done | "$state/kube" kubectl --kubeconfig "$kubeconfig" apply -f -
}

# A bed has one form or the other for as long as it is up.
choose_form() {
  local wanted=${1:-node} has
  if bed_lives; then
    has=$(cat "$state/form" 2>/dev/null || echo node)
    [ "$has" = "$wanted" ] || die "the bed that is up has another form ($has); take it down first: e2e/cluster down"
  fi
  form=$wanted
  parts=$(parts_of "$form")
}

keep_form() { keep "$state/form" <<<"$form"; }
