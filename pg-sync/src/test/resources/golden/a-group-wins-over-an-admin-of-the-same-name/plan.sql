-- role "app": the role is missing
CREATE ROLE "app" IN ROLE "admin" PASSWORD NULL;
-- skipped admin "admin" of role "app": role "app" is itself a member of "admin"
