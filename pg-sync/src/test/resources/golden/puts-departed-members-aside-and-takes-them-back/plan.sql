-- role "back": its member is back
ALTER ROLE "back_deleted" RENAME TO "back";
ALTER ROLE "back" LOGIN;
-- role "gone": its member has left
ALTER ROLE "gone" NOLOGIN;
ALTER ROLE "gone" RENAME TO "gone_deleted";
-- role "twice": its member has left
ALTER ROLE "twice" NOLOGIN;
-- skipped renaming of role "twice": role "twice_deleted" already exists
