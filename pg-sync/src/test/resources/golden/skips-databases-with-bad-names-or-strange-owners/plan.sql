-- role "app": the role is missing
CREATE ROLE "app" PASSWORD NULL;
-- skipped database "bad-name": the name is not made of letters, digits and underscores
-- skipped database "orphan": its owner "stranger" is not a role that we manage
