-- role "app": the role is missing
CREATE ROLE "app" LOGIN PASSWORD NULL;
-- skipped admin "nobody" of role "app": role "nobody" does not exist
