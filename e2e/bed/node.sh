# shellcheck shell=bash
# The node: kubelet, kube-proxy, the name server and the volumes.

start_node() {
  mkdir -p "$state/volumes" "$state/plugins" "$state/pod-logs"
  keep_volumes_in_memory
  make_cgroup "$cgroup"
  write_kubelet_config
  write_proxy_config
  write_corefile
  start kubelet "$state/kube" kubelet --config="$state/kubelet.yaml" --kubeconfig="$kubeconfig" --root-dir="$state/kubelet" \
    --cert-dir="$state/kubelet-certificates" --hostname-override="$node" --node-ip="$address"
  start proxy "$state/kube" proxy --config="$state/proxy.yaml" --hostname-override="$node"
  start dns "$state/kube" dns -conf "$state/Corefile"
  start volumes "$state/kube" volumes --kubeconfig="$kubeconfig" --folder="$state/volumes" --class=standard --sized-class=sized
  step 'waiting for the node' await_part kubelet 60 await 60 node "$node"
  step 'waiting for the name server' await_part dns 30 await 30 dns "$address" kubernetes.default.svc.cluster.local
  step 'waiting for the controllers' await_part controller-manager 30 await 30 serviceaccount default default
  step 'making the storage classes' apply_storage_classes
  local part
  for part in $parts; do lives "$part" || step "checking $part" await_part "$part" 0 false; done
}

# All volumes are on one disk here, which no cluster of a user's has: a database waits for it while another one is copied.
# Nothing is lost with the machine that the bed would not lose anyway. See docs/bed.md.
keep_volumes_in_memory() {
  if mountpoint -q "$state/volumes" || [ "$(awk '$1 == "MemAvailable:" {print int($2 / 1048576)}' /proc/meminfo)" -lt 8 ]; then return; fi
  mount -t tmpfs -o mode=755,size=50% pgoperator-bed "$state/volumes"
}

# make_cgroup NAME: all pods run below one, so that `down` finds every process of theirs, whatever became of containerd.
make_cgroup() {
  local hierarchy
  for hierarchy in $(cgroup_hierarchies); do
    mkdir -p "$hierarchy/$1"
    # The pods together would otherwise get no more of a busy machine than any single process beside them.
    if [ -f "$hierarchy/$1/cpu.shares" ]; then echo 20480 >"$hierarchy/$1/cpu.shares"; fi
    if [ -f "$hierarchy/$1/cpu.weight" ]; then echo 800 >"$hierarchy/$1/cpu.weight"; fi
  done
}

# One for version 2; for version 1 one per controller, and often the one of version 2 beside them.
cgroup_hierarchies() { awk '$3 == "cgroup" || $3 == "cgroup2" {print $2}' /proc/mounts | sort -u; }

# failSwapOn, enforceNodeAllocatable, localStorageCapacityIsolation: this machine is shared, and the bed takes it as it is.
write_kubelet_config() {
  keep "$state/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $address
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: $state/certificates/ca.crt}}
authorization: {mode: AlwaysAllow}
containerRuntimeEndpoint: unix://$containerd_socket
cgroupDriver: cgroupfs
cgroupRoot: /$cgroup
enforceNodeAllocatable: []
failSwapOn: false
localStorageCapacityIsolation: false
evictionHard: {nodefs.available: "1%", imagefs.available: "1%", memory.available: "100Mi"}
imageGCHighThresholdPercent: 100
clusterDNS: [$address]
clusterDomain: cluster.local
maxPods: 250
podLogsDir: $state/pod-logs
volumePluginDir: $state/plugins
serializeImagePulls: false
registryPullQPS: 0
kubeAPIQPS: 500
kubeAPIBurst: 1000
eventRecordQPS: 0
YAML
}

# minSyncPeriod: how long a new primary's Service may lag behind its Endpoints.
write_proxy_config() {
  keep "$state/proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: {kubeconfig: $kubeconfig, qps: 500, burst: 1000}
clusterCIDR: $pod_range
mode: iptables
iptables: {minSyncPeriod: 100ms}
conntrack: {maxPerCore: 0}
nodePortAddresses: [$pod_range]
YAML
}

write_corefile() {
  keep "$state/Corefile" <<CONF
.:53 {
  bind $address
  errors
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $kubeconfig bed
    pods insecure
    ttl 1
  }
  cache 1
}
CONF
}

apply_storage_classes() {
  "$state/kube" kubectl --kubeconfig "$kubeconfig" apply -f - <<'YAML'
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: bed.pgoperator.dev/folder
allowVolumeExpansion: true
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: sized}
provisioner: bed.pgoperator.dev/folder
allowVolumeExpansion: true
YAML
}
