-- role "web": the password differs
ALTER ROLE "web" ENCRYPTED PASSWORD '***';
