-- role "Robert""); DROP TABLE students;--": the role is missing
CREATE ROLE "Robert""); DROP TABLE students;--" LOGIN ENCRYPTED PASSWORD '***';
-- role "new\nline": the role is missing
CREATE ROLE "new
line" PASSWORD NULL;
-- role "new\nline": session defaults differ: my.weird " name
ALTER ROLE "new
line" SET "my"."weird "" name" TO  E'o''brien\\';
