-- role "app": missing REPLICATION
ALTER ROLE "app" REPLICATION;
-- role "app": not yet a member of "writers"
GRANT "writers" TO "app";
