#!/bin/bash
# Lays out the paths of the contract and opens them to whatever user the pod runs as. Runs once, while the image is built.
set -euo pipefail

ln -sf /run/postgres.yml /home/postgres/postgres.yml
ln -sf /run/etc /home/postgres/etc
ln -sf /run/pam.d-postgresql /etc/pam.d/postgresql
ln -sf /usr/bin/chpst /usr/bin/envdir
# Debian puts a Perl program in front of psql and its kin to choose a version: the newest client serves every server here, at once.
for program in /usr/lib/postgresql/18/bin/*; do
  [ ! -L "/usr/bin/${program##*/}" ] || ln -sf "$program" "/usr/bin/${program##*/}"
done
for home in /home/postgres /root; do
  mkdir -p "$home/.config/patroni"
  ln -sf /run/postgres.yml "$home/.config/patroni/patronictl.yaml"
done
mkdir -p /home/postgres/pgdata /run/certs /run/etc /run/postgresql
chown -R postgres:postgres /home/postgres /run/certs /run/etc /run/postgresql

# A pod may run as any user, with a group that only the pod knows: what must be written at run time is open to all.
# /etc/passwd too, because Postgres and ssh-like tools want a name for the user that they run as.
chmod 0777 /run /home/postgres /home/postgres/pgdata /run/certs /run/etc /etc/service /etc/service/*
chmod 2777 /run/postgresql
chmod 0666 /etc/passwd
chmod 0755 /launch.sh /scripts/*.sh /scripts/*.py /etc/service/*/run /etc/service/*/finish
python3 -m compileall -q /scripts
