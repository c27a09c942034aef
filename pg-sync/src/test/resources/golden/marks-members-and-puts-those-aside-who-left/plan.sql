-- role "back": its member is back
ALTER ROLE "back_deleted" RENAME TO "back";
ALTER ROLE "back" LOGIN;
-- role "carl": the role is missing
CREATE ROLE "carl" LOGIN IN ROLE "zalandos" PASSWORD NULL;
-- role "bert": not yet marked as a member's
COMMENT ON ROLE "bert" IS 'head of sales
team member';
-- role "carl": not yet marked as a member's
COMMENT ON ROLE "carl" IS 'team member';
-- role "gone": its member has left
ALTER ROLE "gone" NOLOGIN;
ALTER ROLE "gone" RENAME TO "gone_deleted";
