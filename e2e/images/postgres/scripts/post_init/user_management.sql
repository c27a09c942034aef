-- Functions for people in the role `admin`, who may manage application roles without being superusers.
-- All run with the owner's rights and a fixed search_path; every name goes through %I, every password through %L.
CREATE SCHEMA user_management;
GRANT USAGE ON SCHEMA user_management TO admin;
SET LOCAL search_path = user_management;

CREATE FUNCTION random_password(length integer) RETURNS text LANGUAGE sql
SET search_path = pg_catalog AS $$
  SELECT substr(string_agg(translate(encode(uuid_send(gen_random_uuid()), 'base64'), '+/=', ''), ''), 1, length)
    FROM generate_series(1, length / 16 + 1)
$$;

CREATE FUNCTION create_application_user(username text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  password text := user_management.random_password(20);
BEGIN
  EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', username, password);
  RETURN password;
END
$$;

CREATE FUNCTION create_user(username text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE format('CREATE ROLE %I LOGIN IN ROLE admin', username);
  EXECUTE format('ALTER ROLE %I SET log_statement TO %L', username, 'all');
END
$$;

CREATE FUNCTION create_role(rolename text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE format('CREATE ROLE %I ADMIN admin', rolename);
END
$$;

CREATE FUNCTION create_application_user_or_change_password(username text, password text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = username AND (rolsuper OR rolreplication)) THEN
    RAISE EXCEPTION 'the password of % is not for administrators to change', username;
  ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = username) THEN
    EXECUTE format('ALTER ROLE %I PASSWORD %L', username, password);
  ELSE
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', username, password);
  END IF;
END
$$;

CREATE FUNCTION revoke_admin(username text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE format('REVOKE admin FROM %I', username);
END
$$;

CREATE FUNCTION drop_role(username text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = username AND (rolsuper OR rolreplication)) THEN
    RAISE EXCEPTION '% is not for administrators to drop', username;
  END IF;
  EXECUTE format('DROP ROLE %I', username);
END
$$;

CREATE FUNCTION drop_user(username text) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog AS $$
  SELECT user_management.drop_role(username)
$$;

CREATE FUNCTION terminate_backend(pid integer) RETURNS boolean LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog AS $$
  SELECT pg_terminate_backend(pid)
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA user_management FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA user_management TO admin;
