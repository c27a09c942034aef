-- role "app": the role is missing
CREATE ROLE "app" CREATEDB LOGIN ENCRYPTED PASSWORD '***';
