# shellcheck shell=bash
# What the bed builds itself, each under a name made from everything that goes into it, so that it is built once.

build_kube() {
  local key
  key=$(key_of "$bed/kube/build-kube" "$bed"/kube/*.go "$bed/kube/go.mod" "$bed/kube/go.sum")
  kube=$cache/kube/$key/kube
  [ -x "$kube" ] || step 'building Kubernetes from source (once, some minutes)' compile kube "$key"
}

build_pause() {
  local key
  key=$(key_of "$bed/kube/build-kube" "$bed/build.sh" "$bed"/kube/pause/*.go)
  pause_image=$cache/pause/$key/pause.tar
  [ -f "$pause_image" ] || step 'building the pause image' compile pause "$key"
}

build_kwok() {
  local key
  key=$(key_of "$bed/build.sh" "$bed/kwok/go.mod" "$bed/kwok/go.sum")
  kwok=$cache/kwok/$key/kwok
  [ -x "$kwok" ] || step 'building kwok from source (once, two minutes)' compile kwok "$key"
}

# The toolchain counts too: another Go makes another binary.
key_of() { { go env GOVERSION GOARCH && cat "$@"; } | sha256sum | cut -c1-16; }

# compile WHAT KEY: into a folder beside, then renamed into place, so that a kill leaves nothing half done behind.
compile() {
  local target=$cache/$1/$2 draft=$cache/$1/.draft
  mkdir -p "$cache/$1"
  exec 8>"$cache/$1/.lock"
  flock 8
  [ ! -d "$target" ] || return 0
  rm -rf "$draft"
  mkdir "$draft"
  "compile_$1" "$draft"
  mv "$draft" "$target"
  find "$cache/$1" -mindepth 1 -maxdepth 1 -type d -mtime +14 ! -path "$target" -exec rm -rf {} +
}

compile_kube() { "$bed/kube/build-kube" "$kubernetes_version" . "$1/kube"; }

compile_kwok() {
  cd "$bed/kwok" || return
  GOFLAGS='-mod=readonly -buildvcs=false' GOWORK=off CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$1/kwok" sigs.k8s.io/kwok/cmd/kwok
}

compile_pause() {
  "$bed/kube/build-kube" "$kubernetes_version" ./pause "$1/pause"
  pack_pause "$1"
}

# An image archive is three files; with one static binary inside, no tool is needed to make it.
pack_pause() (
  cd "$1" || exit
  tar -c --owner=0 --group=0 --mtime=@0 -f layer.tar pause
  local config
  printf '{"architecture":"%s","os":"linux","config":{"Entrypoint":["/pause"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$(go env GOARCH)" "$(sha256sum <layer.tar | cut -d' ' -f1)" >config
  config=$(sha256sum <config | cut -d' ' -f1).json
  mv config "$config"
  printf '[{"Config":"%s","RepoTags":["docker.io/pgoperator/pause:bed"],"Layers":["layer.tar"]}]' "$config" >manifest.json
  tar -cf pause.tar manifest.json "$config" layer.tar
  rm pause layer.tar "$config" manifest.json
)
