-- role "staff": the role is missing
CREATE ROLE "staff" PASSWORD NULL;
-- role "zeta": the role is missing
CREATE ROLE "zeta" PASSWORD NULL;
-- role "boss": the role is missing
CREATE ROLE "boss" IN ROLE "zeta" PASSWORD NULL;
-- role "alice": the role is missing
CREATE ROLE "alice" LOGIN IN ROLE "staff" ADMIN "boss" PASSWORD NULL;
