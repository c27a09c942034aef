-- role "app": the password differs
ALTER ROLE "app" ENCRYPTED PASSWORD '***';
