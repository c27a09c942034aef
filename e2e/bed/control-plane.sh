# shellcheck shell=bash
# etcd, the API server, the controllers, the scheduler.

# A running bed keeps the binary it was started with.
keep_kube() { [ -e "$state/kube" ] || ln -sfn "$kube" "$state/kube"; }

start_control_plane() {
  write_kubeconfig
  write_audit_policy
  # 10,000 clusters have to find room: without a limit, half of what these keep is garbage.
  [ "$form" = node ] || export GOMEMLIMIT=8GiB
  start_etcd
  start_apiserver
  step 'starting the API server' await_part apiserver 60 await 60 api
  start_controllers
}

# await SECONDS WHAT…: asks from inside one process, see kube/await.go.
await() {
  local seconds=$1
  shift
  "$state/kube" await --kubeconfig "$kubeconfig" --timeout "${seconds}s" "$@"
}

# Without fsync: what this etcd holds need not survive the machine. With room for 10,000 clusters.
start_etcd() {
  local clients=http://127.0.0.1:$etcd_port peers=http://127.0.0.1:$((etcd_port + 1))
  start etcd "$state/kube" etcd --data-dir "$state/etcd" --unsafe-no-fsync --log-level warn --quota-backend-bytes 8589934592 \
    --listen-client-urls "$clients" --advertise-client-urls "$clients" \
    --listen-peer-urls "$peers" --initial-advertise-peer-urls "$peers" --initial-cluster "default=$peers"
}

start_apiserver() {
  local folder=$state/certificates services=$service_range
  [ "$form" = node ] || services=$fleet_service_range
  (umask 077 && echo "$(cat "$folder/token"),admin,admin,system:masters" >"$folder/tokens.csv")
  AUDIT_LOG=$audit_log start apiserver "$state/kube" apiserver \
    --etcd-servers="http://127.0.0.1:$etcd_port" --bind-address="$address" --secure-port="$api_port" --advertise-address="$address" \
    --tls-cert-file="$folder/server.crt" --tls-private-key-file="$folder/server.key" \
    --client-ca-file="$folder/ca.crt" --token-auth-file="$folder/tokens.csv" \
    --kubelet-client-certificate="$folder/kubelet-client.crt" --kubelet-client-key="$folder/kubelet-client.key" \
    --kubelet-preferred-address-types=InternalIP \
    --service-cluster-ip-range="$services" --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$folder/accounts.pub" --service-account-signing-key-file="$folder/accounts.key" \
    --authorization-mode=RBAC --allow-privileged=true \
    --max-requests-inflight=2000 --max-mutating-requests-inflight=1000 \
    --audit-policy-file="$state/audit.yaml" --audit-log-path=-
}

# Every ServiceAccount but Kubernetes' own; kube/audit.go keeps the operator's, whatever namespace it is in.
write_audit_policy() {
  keep "$state/audit.yaml" <<'YAML'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived, ResponseStarted]
rules:
- {level: None, userGroups: ["system:serviceaccounts:kube-system"]}
- {level: Metadata, userGroups: ["system:serviceaccounts"]}
- {level: None}
YAML
}

# The client limits are raised because their defaults make a fleet of 10,000 clusters take an hour.
# In a fleet nobody is evicted, and the budgets' controller would warn of each that has no pods, for a quarter of an hour.
start_controllers() {
  local folder=$state/certificates controllers='*'
  [ "$form" = node ] || controllers='*,-disruption-controller'
  [ "$form" = node ] || export GOMEMLIMIT=4GiB
  start controller-manager "$state/kube" controller-manager --kubeconfig="$kubeconfig" --leader-elect=false --controllers="$controllers" \
    --bind-address=127.0.0.1 --use-service-account-credentials=true \
    --service-account-private-key-file="$folder/accounts.key" --root-ca-file="$folder/ca.crt" \
    --kube-api-qps=2000 --kube-api-burst=4000 --concurrent-statefulset-syncs=50 \
    --concurrent-service-endpoint-syncs=20 --concurrent-endpoint-syncs=20 \
    --flex-volume-plugin-dir="$state/plugins"
  start scheduler "$state/kube" scheduler --kubeconfig="$kubeconfig" --leader-elect=false \
    --bind-address=127.0.0.1 --kube-api-qps=2000 --kube-api-burst=4000 \
    --pod-max-in-unschedulable-pods-duration=5s # a pod whose volume was bound unnoticed would wait for five minutes
}
