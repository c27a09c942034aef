# The builder and the base image. Sourced by build; uses step, fail and $cache.

suite=trixie
base_reference=docker.io/library/debian:$suite-slim

# Our own image store, so that nothing of the user's Docker, Podman or buildah is touched.
buildah_() { buildah --root "$cache/store" --runroot "$cache/store-run" --storage-driver "$(storage_driver)" "$@"; }

# overlay where the kernel lets us stack on the cache's filesystem, else plain copies.
storage_driver() {
  if [ ! -f "$cache/storage-driver" ]; then
    local trial
    trial=$(mktemp -d -p "$cache")
    mkdir "$trial"/{lower,upper,work,merged}
    if mount -t overlay overlay -o "lowerdir=$trial/lower,upperdir=$trial/upper,workdir=$trial/work" "$trial/merged" 2>/dev/null; then
      umount "$trial/merged"
      echo overlay
    else
      echo vfs
    fi >"$cache/storage-driver"
    rm -rf "$trial"
  fi
  cat "$cache/storage-driver"
}

ensure_builder() {
  [ "$(uname -s)" = Linux ] || fail "images can be built on Linux only"
  [ "$(id -u)" = 0 ] || fail "images must be built as root"
  command -v buildah >/dev/null && command -v debootstrap >/dev/null && return
  command -v apt-get >/dev/null || fail "please install buildah and debootstrap"
  step "install buildah and debootstrap" install_builder
}

install_builder() {
  export DEBIAN_FRONTEND=noninteractive
  local apt=(apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends buildah debootstrap debian-archive-keyring)
  "${apt[@]}" || { apt-get update && "${apt[@]}"; }
}

# The machine's Debian mirror. Empty on other distributions: debootstrap then takes its own default.
debian_mirror() {
  grep -qs '^ID=debian' /etc/os-release || return 0
  grep -hsoE '^(deb|URIs:) .*' /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources |
    grep -oE 'https?://[^ ]+/debian/?( |$)' | tr -d ' ' | head -n 1 || true
}

# What the machine needs to reach its mirrors, for the time of a build: a folder mounted at /run/build, no part of an image.
# `apt.conf` carries proxy, retry and date settings; `ca.crt` the machine's certificates, for mirrors or proxies with their own.
build_settings() {
  local folder=$cache/settings
  mkdir -p "$folder"
  apt-config dump 2>/dev/null | grep -E '^Acquire::(http|https|Retries|Check-)' | grep -v Auto-Detect >"$folder/apt.conf" || true
  if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    cp /etc/ssl/certs/ca-certificates.crt "$folder/ca.crt"
    echo 'Acquire::https::CAInfo "/run/build/ca.crt";' >>"$folder/apt.conf"
  fi
  echo "$folder"
}

# The base has no inputs but its recipe: it is made again when that changes, or when it is gone.
base_key() { { echo "$suite"; declare -f make_base; } | sha256sum | cut -c1-16; }

ensure_base() {
  local has
  has=$(buildah_ inspect --type image --format '{{index .OCIv1.Config.Labels "dev.pgoperator.base"}}' "$base_reference" 2>/dev/null || true)
  [ "$has" = "$(base_key)" ] || step "base image debian:$suite-slim" make_base
}

make_base() {
  local container root proxy
  proxy=$(apt-config shell proxy Acquire::http::Proxy 2>/dev/null) && eval "$proxy"
  [ -z "${proxy:-}" ] || export http_proxy="${http_proxy:-$proxy}"
  buildah_ rm --all >/dev/null 2>&1 || true   # what a killed build left
  container=$(buildah_ from scratch)
  root=$(buildah_ mount "$container")
  # shellcheck disable=SC2046 — no mirror means no argument
  debootstrap --variant=minbase "$suite" "$root" $(debian_mirror)
  rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/usr/share/{doc,man,info,locale}/*
  buildah_ umount "$container" >/dev/null
  buildah_ config --cmd bash --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    --label dev.pgoperator.base="$(base_key)" "$container"
  buildah_ commit --rm "$container" "$base_reference"
}
