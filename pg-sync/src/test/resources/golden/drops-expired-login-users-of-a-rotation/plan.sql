-- role "foo250101": an expired login user of "foo"
DROP ROLE "foo250101";
