#!/bin/bash
# Makes Postgres read its certificate again when the mounted files have changed: Kubernetes replaces them under a running pod.
# Spilo looks every five minutes; tests would rather not wait that long.
files=("$SSL_CERTIFICATE_FILE" "$SSL_PRIVATE_KEY_FILE" ${SSL_CA_FILE:+"$SSL_CA_FILE"} ${SSL_CRL_FILE:+"$SSL_CRL_FILE"})
digest() { cat "${files[@]}" 2>/dev/null | sha256sum; }
known=$(digest)
while sleep 2; do
  found=$(digest)
  [ "$found" != "$known" ] || continue
  postmaster=$(head -n 1 "$PGROOT/data/postmaster.pid" 2>/dev/null) && kill -HUP "$postmaster" && known=$found
done
