"""A major upgrade in place: the leader with pg_upgrade, its replicas copied anew from it."""
