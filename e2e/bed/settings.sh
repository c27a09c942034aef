# shellcheck shell=bash disable=SC2034
# Where things are and what they are called. Everything the bed leaves on the machine carries one of these names,
# so that `down` finds it without having been told.

state=/var/tmp/pgoperator-bed          # one bed per machine: a fixed place is what makes a second checkout see the first
lock_file=/run/pgoperator-bed.lock     # not inside the state, because `down` removes that
cache=${PGOPERATOR_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/pgoperator}
containerd_root=$cache/containerd      # images stay imported from one bed to the next

node=bed
bridge=pgbed0
network=pgoperator-bed                 # of the CNI plugins; names their chains and their files
cgroup=pgoperator-bed                  # every pod runs below it
pod_range=10.77.0.0/16
address=10.77.0.1                      # of the bridge: the node, the API server and the name server
service_range=10.97.0.0/16
fleet_range=10.78.0.0/16 # of pods that only seem to run
fleet_service_range=10.112.0.0/12 # so many that copies find addresses of the same length (NamespaceCopy)
first_service=10.97.0.1
api_port=16443
etcd_port=12379

kubeconfig=$state/admin.kubeconfig
logs=$state/log
audit_log=$logs/audit.log
containerd_socket=$state/containerd/containerd.sock

go_minimum=1.24                        # what kube/go.mod asks for
kubernetes_version=v1.34.4
