-- database "fresh": the database is missing
CREATE DATABASE "fresh" OWNER "web";
-- database "theirs": the database belongs to "stranger"
ALTER DATABASE "theirs" OWNER TO "app";
