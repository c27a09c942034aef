#!/bin/bash
# Installs PostgreSQL 15, 17 and 18 side by side, Patroni and the tools of the contract. Runs once, while the image is built.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
# Where the building machine hands over its proxy and certificates; absent when another builder is used.
[ ! -f /run/build/apt.conf ] || export APT_CONFIG=/run/build/apt.conf

# One release per PostgreSQL: each suite has exactly one. They come from the mirror that the base image came from.
mirror=$(grep -hsoE 'https?://[^ ]+' /etc/apt/sources.list /etc/apt/sources.list.d/*.sources | grep -v security | head -n 1 || true)
for suite in bookworm forky; do
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
done >/etc/apt/sources.list.d/more-postgres.list

# Everything is trixie's, except what only the other suites have. PostgreSQL 18 needs the C library and libpq that it was built with.
cat >/etc/apt/preferences.d/more-postgres <<'P'
Package: *
Pin: release n=bookworm
Pin-Priority: 100

Package: *
Pin: release n=forky
Pin-Priority: 90

Package: libc6 libc-bin libc-l10n libc-gconv-modules-extra locales libpq5 postgresql-18 postgresql-client-18 postgresql-18-*
Pin: release n=forky
Pin-Priority: 990
P

# No cluster and no service on installation; no manuals, and no just-in-time compiler, whose libraries are half of a PostgreSQL's size.
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod +x /usr/sbin/policy-rc.d
cat >/etc/dpkg/dpkg.cfg.d/small-and-quick <<'D'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/lib/postgresql/*/lib/llvmjit*
path-exclude=/usr/lib/postgresql/*/lib/bitcode/*
D
# Empty packages stand in for LLVM. PostgreSQL finds no llvmjit.so then, and does without compiling.
for llvm in 14 19; do
  mkdir -p /tmp/empty/DEBIAN
  printf 'Package: libllvm%s\nVersion: 1:99\nArchitecture: %s\nMaintainer: none\nDescription: empty\n' \
    "$llvm" "$(dpkg --print-architecture)" >/tmp/empty/DEBIAN/control
  dpkg-deb --build /tmp/empty "/tmp/libllvm$llvm.deb" >/dev/null
done
dpkg --install /tmp/libllvm*.deb

# The numbers that the operator's documentation gives for spilo_runasuser, spilo_runasgroup and spilo_fsgroup.
groupadd --gid 103 postgres
useradd --uid 101 --gid 103 --home-dir /home/postgres --create-home --shell /bin/bash postgres

apt-get update -qq -o Acquire::Languages=none
apt-get install -y -qq --no-install-recommends \
  postgresql-{15,17,18} postgresql-{15,17,18}-cron postgresql-{15,17,18}-set-user \
  patroni python3-yaml python3-psycopg2 python3-psutil pgbouncer \
  dumb-init runit rsync curl jq procps openssl e2fsprogs locales
localedef -i en_US -f UTF-8 en_US.UTF-8

rm -rf /tmp/* /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/* \
  /usr/share/i18n /usr/share/{doc,man,locale}/* /etc/apt/sources.list.d/more-postgres.list
