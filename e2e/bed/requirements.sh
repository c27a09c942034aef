# shellcheck shell=bash
# Can this machine carry a bed at all? Asked first, before anything is touched.

require_this_machine() {
  [ "$(uname -s)" = Linux ] || cannot "this is $(uname -s), and the bed needs Linux"
  [ "$(id -u)" = 0 ] || cannot "it makes bridges, mounts and cgroups, so it has to run as root (try: sudo -i)"
  command -v apt-get >/dev/null || cannot "it installs Debian packages, and there is no apt-get here"
  find_go || cannot "it builds Kubernetes, and there is no Go $go_minimum or newer (looked in PATH, /usr/local/go/bin and /usr/lib/go-*/bin)"
}

# A Go outside of PATH is common under sudo, whose PATH is its own.
find_go() {
  local folder
  for folder in '' /usr/local/go/bin /usr/lib/go-*/bin; do
    if new_enough "${folder:+$folder/}go"; then
      [ -z "$folder" ] || PATH=$folder:$PATH
      return 0
    fi
  done
  return 1
}

new_enough() {
  local version
  version=$("$1" env GOVERSION 2>/dev/null) || return 1
  [ "$(printf '%s\n' "$go_minimum" "${version#go}" | sort -V | head -n 1)" = "$go_minimum" ]
}

cannot() {
  cat >&2 <<TEXT
bed: the bed cannot run here: $1.

With a Kubernetes that you already have:
  export KUBECONFIG=/path/to/its/kubeconfig
  kubectl apply -k manifests
  kubectl apply -f manifests/minimal-postgres-manifest.yaml
  kubectl get postgresql --watch

Or with kind (needs Docker or Podman):
  kind create cluster --name pgoperator
  kind load docker-image YOUR-OPERATOR-IMAGE --name pgoperator
  kubectl apply -k manifests
  kubectl apply -f manifests/minimal-postgres-manifest.yaml
TEXT
  exit 1
}
