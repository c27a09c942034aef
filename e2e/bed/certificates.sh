# shellcheck shell=bash
# Keys and certificates, made anew for every bed and worth nothing after it.

make_certificates() {
  local folder=$state/certificates
  [ -f "$folder/complete" ] || step 'making certificates' issue_certificates "$folder"
}

issue_certificates() (
  rm -rf "$1"
  mkdir -p "$1"
  chmod 0700 "$1"
  cd "$1" || exit
  openssl genrsa -out accounts.key 2048
  openssl rsa -in accounts.key -pubout -out accounts.pub
  openssl req -x509 "${new_key[@]}" ca.key -subj /CN=pgoperator-bed -days 365 -addext keyUsage=critical,keyCertSign,cRLSign -out ca.crt
  issue server /CN=kube-apiserver serverAuth \
    "subjectAltName=IP:$address,IP:127.0.0.1,IP:$first_service,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
  issue kubelet-client /O=system:masters/CN=kube-apiserver clientAuth subjectAltName=DNS:kube-apiserver
  openssl rand -hex 20 >token
  touch complete
)

new_key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout)

# issue NAME SUBJECT USAGE ALTERNATIVE_NAMES: NAME.key and NAME.crt, signed by our own authority.
issue() {
  openssl req -new "${new_key[@]}" "$1.key" -subj "$2" -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -out "$1.crt" \
    -extfile <(printf 'extendedKeyUsage=%s\n%s\n' "$3" "$4")
}

# The administrator's way in: a token that only root of this machine can read.
write_kubeconfig() {
  local folder=$state/certificates draft=$kubeconfig.new
  [ -f "$kubeconfig" ] && return
  (umask 077 && cat >"$draft") <<YAML
apiVersion: v1
kind: Config
current-context: bed
contexts:
- {name: bed, context: {cluster: bed, user: admin}}
clusters:
- name: bed
  cluster:
    server: https://$address:$api_port
    certificate-authority-data: $(base64 -w0 "$folder/ca.crt")
users:
- {name: admin, user: {token: $(cat "$folder/token")}}
YAML
  mv "$draft" "$kubeconfig"
}
