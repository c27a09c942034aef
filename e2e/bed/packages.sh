# shellcheck shell=bash
# The Debian packages. Not kubernetes-client: Debian's is years behind, and it fights over /usr/bin/kubectl.

packages='containerd runc containernetworking-plugins buildah debootstrap iptables conntrack socat openssl iproute2 procps psmisc ca-certificates'

install_packages() {
  local missing
  missing=$(missing_packages)
  [ -z "$missing" ] || step "installing Debian packages:$missing" apt_install "$missing"
}

missing_packages() {
  local package
  for package in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf ' %s' "$package"
  done
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  # A package's own daemon would be a second containerd that nobody asked for.
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    # shellcheck disable=SC2064
    trap "rm -f $policy" EXIT
  fi
  # An earlier run that was killed may have left packages unpacked but not configured.
  dpkg --configure -a
  # shellcheck disable=SC2086
  apt_get install -y --no-install-recommends $1 && return
  apt_get update
  # shellcheck disable=SC2086
  apt_get install -y --no-install-recommends $1
}

apt_get() { apt-get -q -o DPkg::Lock::Timeout=300 "$@"; }
