#!/bin/bash
# The container's first program under dumb-init: lays out the data volume, writes the configuration, runs the services.
set -euo pipefail

user=postgres
if [ "$(id -u)" -ne 0 ]; then
  # Under any other user, that user is `postgres` from here on.
  entry="postgres:x:$(id -u):$(id -g)::$PGHOME:/bin/bash"
  others=$(grep -v -e '^postgres:' -e "^[^:]*:[^:]*:$(id -u):" /etc/passwd)
  printf '%s\n%s\n' "$others" "$entry" >/etc/passwd
fi

mkdir -p "$PGROOT" "$PGLOG" "$RW_DIR/postgresql" "$RW_DIR/certs" "$WALE_ENV_DIR"
touch "$PGLOG"/postgresql-{0..7}.csv
chmod 02775 "$RW_DIR/postgresql" 2>/dev/null || true
if [ "$(id -u)" -eq 0 ]; then
  chown "$user:$user" "$PGROOT" "$PGLOG" "$PGLOG"/postgresql-*.csv "$RW_DIR/postgresql" "$RW_DIR/certs" "$WALE_ENV_DIR"
  [ ! -d "$PGDATA" ] || chown -R "$user:$user" "$PGDATA"
fi

# Status 1 says "no archive configured", which is not an error.
python3 /scripts/configure_spilo.py all || [ $? -eq 1 ]

if [ -n "${SSL_CERTIFICATE_FILE:-}" ] && [ -n "${SSL_PRIVATE_KEY_FILE:-}" ] && [ "${SSL_TEST_RELOAD:-true}" = true ]; then
  mkdir -p /etc/service/certificates
  printf '#!/bin/bash\nexec /scripts/test_reload_ssl.sh\n' >/etc/service/certificates/run
  chmod 0755 /etc/service/certificates/run
fi

# A shell lets what it starts in the background ignore SIGINT, and whoever starts like that cannot take it back; Patroni
# uses it to stop a server that is still starting, which then would never hear of it.
env --default-signal=INT,QUIT runsvdir -P /etc/service &
services=$!

# Patroni first and with all the time it wants: it ends Postgres with a fast shutdown and gives the leader lock away.
stop() {
  trap '' TERM INT QUIT
  sv -w 86400 stop /etc/service/patroni >/dev/null || true
  kill -HUP "$services"          # ends the remaining services
}
trap stop TERM INT QUIT
wait "$services" || true       # returns early when a signal was handled
wait "$services" || true
