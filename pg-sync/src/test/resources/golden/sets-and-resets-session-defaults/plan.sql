-- role "app": session defaults differ: work_mem, statement_timeout
ALTER ROLE "app" RESET "statement_timeout";
ALTER ROLE "app" SET "work_mem" TO '8MB';
