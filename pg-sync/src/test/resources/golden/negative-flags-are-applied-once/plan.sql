-- role "app": missing NOSUPERUSER
ALTER ROLE "app" NOSUPERUSER;
