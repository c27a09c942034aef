# shellcheck shell=bash
# The operator on the cluster that kubectl reaches.

bed_operator_image=docker.io/pgoperator/postgres-operator:bed
bed_postgres_image=docker.io/pgoperator/spilo:bed

# install_operator CONTENT: from manifests/, with the bed's images or the given ones; CONTENT names what is in them.
install_operator() {
  local rendered content
  rendered=$(mktemp)
  kubectl kustomize "$checkout/e2e/overlay" |
    sed -e "s#$bed_operator_image#${PGOPERATOR_IMAGE:-$bed_operator_image}#" \
      -e "s#$bed_postgres_image#${PGOPERATOR_POSTGRES_IMAGE:-$bed_postgres_image}#" >"$rendered"
  # The operator reads its configuration when it starts, so another configuration is another content too.
  content=$1-$(sha256sum <"$rendered" | cut -c1-12)
  sed -i "s#pgoperator.dev/content: unknown#pgoperator.dev/content: $content#" "$rendered"
  kubectl apply --filename "$rendered"
  rm -f "$rendered"
  kubectl wait --for=condition=Established --timeout=30s crd/postgresqls.acid.zalan.do
  kubectl --namespace default rollout status deployment/postgres-operator --timeout=120s ||
    { operator_state && return 1; }
}

operator_state() {
  kubectl --namespace default get pods --selector name=postgres-operator --output wide
  kubectl --namespace default logs deployment/postgres-operator --tail 20
}

# The name that the cache gives to the operator's image is made from its content.
operator_content() { basename "$("$checkout/e2e/images/build" operator | cut -d' ' -f2)" .tar; }
