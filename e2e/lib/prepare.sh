# shellcheck shell=bash
# What e2e/demo and e2e/run have in common: a Kubernetes to work on, and an operator that is built.

checkout=$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")
bed=$checkout/e2e/bed
for part in settings progress requirements holder processes packages build; do
  # shellcheck source=/dev/null
  source "$bed/$part.sh"
done
# shellcheck source=e2e/lib/install.sh
source "$checkout/e2e/lib/install.sh"

voice=$(basename "$0")
say() { printf '%s: %s\n' "$voice" "$*" >&2; }

# Asked before anything is touched; the bed's own question comes first, because it also shows the ways around.
require_tools() {
  require_this_machine
  require_maven
  refuse_foreign_holder
}

require_maven() { command -v mvn >/dev/null || cannot 'it builds the operator, and there is no Maven here (apt-get install maven)'; }

# bring_bed_up: builds everything that takes long at the same time, then the bed finds it all in its cache.
bring_bed_up() {
  install_packages
  local jobs=() job failed=0
  # The names are told apart by the caches: a build that is not needed takes no time.
  if operator_is_stale; then step 'building the operator' build_operator & jobs+=($!); fi
  build_kube & jobs+=($!)
  "$checkout/e2e/images/build" postgres pooler >/dev/null & jobs+=($!)
  # shellcheck disable=SC2064
  trap "kill ${jobs[*]} 2>/dev/null; exit 130" INT TERM
  for job in "${jobs[@]}"; do wait "$job" || failed=1; done
  trap - INT TERM
  [ "$failed" = 0 ] || exit 1
  "$checkout/e2e/cluster" up
  KUBECONFIG=$("$checkout/e2e/cluster" kubeconfig)
  PGOPERATOR_AUDIT_LOG=$("$checkout/e2e/cluster" audit)
  export KUBECONFIG PGOPERATOR_AUDIT_LOG
}

kubectl() { "$checkout/e2e/cluster" kubectl "$@"; }

# Stale when a source is newer than the last build that ended well.
operator_is_stale() {
  local stamp=$checkout/operator/target/built
  [ -f "$stamp" ] && [ -f "$checkout/operator/target/image/runtime/release" ] || return 0
  (cd "$checkout" && find pom.xml {operator,pg-sync,patroni-client}/{pom.xml,src/main} operator/image -newer "$stamp" -print -quit) | grep -q .
}

build_operator() {
  cd "$checkout"
  mkdir -p operator/target
  local begun
  begun=$(mktemp)
  # Maven makes the Java runtime only where there is none, and operator/pom.xml says which modules are in it.
  [ ! operator/pom.xml -nt operator/target/image/runtime/release ] || rm -rf operator/target/image/runtime
  mvn -B -q -Dmaven.test.skip=true -pl operator -am package || return
  touch -r "$begun" operator/target/built # sources that changed meanwhile are newer than this
  rm -f "$begun"
}
