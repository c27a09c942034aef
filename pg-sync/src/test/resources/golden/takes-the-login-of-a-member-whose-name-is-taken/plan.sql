-- role "tester": its member has left
ALTER ROLE "tester" NOLOGIN;
-- skipped renaming of role "quiet": role "quiet_deleted" already exists
-- skipped renaming of role "tester": role "tester_deleted" already exists
