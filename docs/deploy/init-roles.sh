#!/bin/sh
# The database and its roles, made once as the superuser. psql's own variables (PGHOST and so on) say where.
#   iap_owner   owns the tables and migrates; row security binds it too
#   iap_app     what the site and the workers run as; it owns nothing
#   iap_backup  reads everything and writes nothing: a dump needs a role that row security does not bind
set -eu
: "${IAP_OWNER_PASSWORD:?}" "${IAP_APP_PASSWORD:?}" "${IAP_BACKUP_PASSWORD:?}"

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner IAP_OWNER_PASSWORD
\getenv app IAP_APP_PASSWORD
\getenv backup IAP_BACKUP_PASSWORD
CREATE ROLE iap_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'owner';
CREATE ROLE iap_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'app';
CREATE ROLE iap_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'backup';
GRANT pg_read_all_data TO iap_backup;
CREATE DATABASE iap OWNER iap_owner TEMPLATE template0 ENCODING 'UTF8'
  LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE iap FROM PUBLIC;
GRANT CONNECT ON DATABASE iap TO iap_app, iap_backup;
\connect iap
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
SQL
