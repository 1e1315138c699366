#!/bin/bash
# Makes the machine the PostgreSQL server that its settings describe. Runs at every boot and every five minutes; a run
# that finds everything in place changes nothing.
# Sources: https://manpages.debian.org/trixie/postgresql-common/pg_createcluster.1.en.html (an existing data directory
# is taken over), https://www.postgresql.org/docs/17/ssl-tcp.html (certificate)
set -Eeuo pipefail
shopt -s inherit_errexit

HERE=/usr/local/lib/veeam-postgresql
# shellcheck source=/dev/null
. "$HERE/settings"
# shellcheck source=/dev/null
. "$HERE/common.sh"
# shellcheck source=/dev/null
. "$HERE/packages.sh"
# shellcheck source=/dev/null
. "$HERE/data-disk.sh"
# shellcheck source=/dev/null
. "$HERE/sizing.sh"

readonly CLUSTER=veeam
readonly SIZING=/run/veeam-postgresql-sizing.conf
CONFIG=/etc/postgresql/$POSTGRESQL_VERSION/$CLUSTER
DATA=$DATA_DISK_MOUNT/$POSTGRESQL_VERSION/$CLUSTER
UNFINISHED=$DATA_DISK_MOUNT/$POSTGRESQL_VERSION.unfinished
TAKING_OVER=$HERE/taking-over

# as_postgres DATABASE: runs the SQL of standard input as the local administrator.
as_postgres() {
  runuser -u postgres -- psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 \
    --port="$POSTGRESQL_PORT" --dbname="$1"
}

is_running() {
  pg_ctlcluster "$POSTGRESQL_VERSION" "$CLUSTER" status >/dev/null 2>&1
}

# Data of another version is the same repository: a new, empty cluster beside it would hide it.
refuse_other_versions() {
  local other
  for other in "$DATA_DISK_MOUNT"/*/"$CLUSTER"/PG_VERSION; do
    if [ -f "$other" ] && [ "$(cat "$other")" != "$POSTGRESQL_VERSION" ] && [ ! -f "$DATA/PG_VERSION" ]; then
      refuse "the data disk holds a cluster of PostgreSQL $(cat "$other"), but $POSTGRESQL_VERSION is asked for." \
        "Go back to that version, or upgrade the cluster by hand with pg_upgradecluster."
    fi
  done
}

# A cluster that the image brought stays as it is, but our port is ours.
stand_others_down() {
  local version cluster port status _
  pg_lsclusters --no-header | while read -r version cluster port status _; do
    if [ "$version/$cluster" = "$POSTGRESQL_VERSION/$CLUSTER" ] || [ "$port" != "$POSTGRESQL_PORT" ]; then continue; fi
    say "cluster $version/$cluster has port $port too: it is stopped and no longer started at boot"
    printf 'manual\n' >"/etc/postgresql/$version/$cluster/start.conf"
    tell_systemd daemon-reload
    case $status in online*) pg_ctlcluster "$version" "$cluster" stop ;; esac
  done
}

# What a run left behind that was cut off while it made the cluster: it never held data, and is kept all the same.
set_unfinished_aside() {
  local when
  if [ -e "$TAKING_OVER" ]; then
    say "an earlier run was cut off while it took the cluster over: it is taken over again"
    rm --recursive --force "$CONFIG" "$TAKING_OVER"
  fi
  if [ ! -e "$UNFINISHED" ]; then return 0; fi
  when=$(date --utc +%Y%m%dT%H%M%S)
  say "an earlier run was cut off while it made the cluster: what it left is set aside under the name unfinished-$when"
  if is_running; then pg_ctlcluster "$POSTGRESQL_VERSION" "$CLUSTER" stop; fi
  if [ -e "$DATA" ]; then mv "$DATA" "$DATA_DISK_MOUNT/unfinished-$when"; fi
  if [ -e "$CONFIG" ]; then mv "$CONFIG" "/etc/postgresql/unfinished-$when"; fi
  rm --force "$UNFINISHED"
}

ensure_cluster() {
  set_unfinished_aside
  refuse_other_versions
  stand_others_down
  if [ -d "$CONFIG" ] && [ -f "$DATA/PG_VERSION" ]; then return 0; fi
  if [ -d "$CONFIG" ]; then
    refuse "$CONFIG is there, but $DATA is not: this is not the disk that the cluster was made on"
  fi
  install --directory --owner=postgres --group=postgres --mode=755 "$DATA_DISK_MOUNT/$POSTGRESQL_VERSION"
  if [ -f "$DATA/PG_VERSION" ]; then take_over_cluster; else make_cluster; fi
}

make_cluster() {
  say "making a cluster of PostgreSQL $POSTGRESQL_VERSION in $DATA"
  touch "$UNFINISHED"
  sync --file-system "$DATA_DISK_MOUNT"
  create_cluster -- --data-checksums
  sync --file-system "$DATA_DISK_MOUNT"
  rm --force "$UNFINISHED"
}

# The data is on the disk of an earlier machine; its configuration was on that machine's own.
take_over_cluster() {
  say "taking over the cluster that is on the data disk"
  touch "$TAKING_OVER"
  printf "include_dir = 'conf.d'\n" >"$DATA/postgresql.conf"
  cp "$HERE/pg_hba.conf" "$DATA/pg_hba.conf"
  : >"$DATA/pg_ident.conf"
  # The account's number may be another one on a new machine.
  chown --recursive postgres:postgres "$DATA"
  create_cluster
  rm --force "$TAKING_OVER"
}

# This script starts the server: a boot does not wait for a disk that is missing.
create_cluster() {
  pg_createcluster --port="$POSTGRESQL_PORT" --datadir="$DATA" --encoding=UTF8 --locale=C.UTF-8 --start-conf=manual \
    "$POSTGRESQL_VERSION" "$CLUSTER" "$@"
}

# The certificate stays on the disk with the data, so that a new machine shows the same one while its address is the
# same. Prints "changed" when it is a new one.
ensure_certificate() {
  local directory=$DATA_DISK_MOUNT/tls
  install --directory --owner=postgres --group=postgres --mode=700 "$directory"
  if [ -s "$directory/server.crt" ] && ! openssl x509 -in "$directory/server.crt" -noout -checkip "$TLS_NAME" |
    grep --quiet 'does match'; then
    say "the certificate is not for $TLS_NAME, this machine's address: it is set aside" >&2
    mv --force "$directory/server.crt" "$directory/server.crt.$(date --utc +%Y%m%dT%H%M%S)"
  fi
  if [ ! -s "$directory/server.key" ] || [ ! -s "$directory/server.crt" ]; then
    say "making a certificate for $TLS_NAME" >&2
    (
      umask 077
      openssl req -x509 -newkey rsa:3072 -sha256 -nodes -days 3650 -subj "/CN=$TLS_NAME" \
        -addext "subjectAltName=$TLS_ALTERNATIVE_NAMES" -keyout "$directory/server.key.new" \
        -out "$directory/server.crt.new" 2>/dev/null
    )
    mv --force "$directory/server.crt.new" "$directory/server.crt"
    mv --force "$directory/server.key.new" "$directory/server.key"
    printf 'changed'
  fi
  # On the disk of an earlier machine, the account's number may be another one.
  chown postgres:postgres "$directory/server.crt" "$directory/server.key"
  if ! openssl x509 -in "$directory/server.crt" -noout -checkend $((60 * 24 * 3600)) >/dev/null; then
    say "the certificate $directory/server.crt ends within 60 days: remove it and its key, and run this again" >&2
  fi
  fact certificate_expires "$(openssl x509 -in "$directory/server.crt" -noout -enddate -dateopt iso_8601 | cut -d= -f2)"
}

write_sizing() {
  local disk
  disk=$(df --output=size --block-size=1M "$DATA_DISK_MOUNT" | tail --lines=1)
  postgresql_sizing "$(memory_mib)" "$(nproc)" "$disk" "$MAX_CONNECTIONS" >"$SIZING"
}

# Prints "changed" for each file that was not in place.
write_configuration() {
  install --directory --owner=postgres --group=postgres --mode=755 "$CONFIG/conf.d"
  replace_file "$HERE/server.conf" "$CONFIG/conf.d/10-veeam.conf" postgres:postgres 644
  replace_file "$SIZING" "$CONFIG/conf.d/20-sizing.conf" postgres:postgres 644
  replace_file "$HERE/pg_hba.conf" "$CONFIG/pg_hba.conf" postgres:postgres 640
}

# Asks the running server whether it understood, and what waits for a restart.
take_in_configuration() {
  local mistakes waiting
  pg_ctlcluster "$POSTGRESQL_VERSION" "$CLUSTER" reload
  # The server reads its files a moment after the signal.
  sleep 2
  mistakes=$(as_postgres postgres <<<"
    SELECT 'pg_hba.conf line ' || line_number || ': ' || error FROM pg_hba_file_rules WHERE error IS NOT NULL
    UNION ALL SELECT sourcefile || ': ' || name || ': ' || error FROM pg_file_settings
      WHERE error IS NOT NULL AND error <> 'setting could not be applied';")
  if [ -n "$mistakes" ]; then fail "the server does not understand its configuration: $mistakes"; fi
  waiting=$(as_postgres postgres <<<"SELECT string_agg(name, ', ' ORDER BY name) FROM pg_settings WHERE pending_restart;")
  if [ -n "$waiting" ]; then
    say "restarting the server, since these settings only change at a start: $waiting"
    pg_ctlcluster "$POSTGRESQL_VERSION" "$CLUSTER" restart
  fi
}

# A server on a full disk may answer, and keeps nothing more.
refuse_full_disk() {
  if has_disk_space; then return 0; fi
  is_running || pg_ctlcluster "$POSTGRESQL_VERSION" "$CLUSTER" start || true
  fail "the data disk is full. Make it larger (the file system grows with it), or remove data."
}

ensure_running() {
  local changed=$1
  if ! is_running; then
    say "starting the server"
    pg_ctlcluster "$POSTGRESQL_VERSION" "$CLUSTER" start
    ensure_database
  else
    ensure_database
    if [ -n "$changed" ]; then
      say "the configuration changed: the server takes it in"
      take_in_configuration
    fi
  fi
}

# Veeam wants the database postgres to exist.
ensure_database() {
  if [ -z "$(as_postgres template1 <<<"SELECT 1 FROM pg_database WHERE datname = 'postgres';")" ]; then
    say "making the database postgres"
    as_postgres template1 <<<'CREATE DATABASE postgres TEMPLATE template0;'
  fi
}

# Veeam documents a minor version for the appliance. An older one gets a warning, since a package update mends it.
check_minor_version() {
  local number
  number=$(as_postgres postgres <<<"SHOW server_version_num;")
  if [ "$POSTGRESQL_VERSION" = 17 ] && [ "$number" -lt 170006 ]; then
    if [ "$(state_now)" != ready ]; then
      say "WARNING: this is PostgreSQL 17.$((number - 170000)); Veeam's Linux appliance wants 17.6 or newer"
    fi
  fi
  fact server_version "$(as_postgres postgres <<<"SHOW server_version;" | cut -d' ' -f1)"
}

# Veeam wants a superuser; its databases it makes itself.
ensure_superuser() {
  if [ -z "$(as_postgres postgres <<<"SELECT 1 FROM pg_roles WHERE rolname = '$SUPERUSER' AND rolsuper AND rolcanlogin;")" ]; then
    say "making the role $SUPERUSER a superuser"
    if [ -z "$(as_postgres postgres <<<"SELECT 1 FROM pg_roles WHERE rolname = '$SUPERUSER';")" ]; then
      as_postgres postgres <<<"CREATE ROLE \"$SUPERUSER\";"
    fi
    as_postgres postgres <<<"ALTER ROLE \"$SUPERUSER\" LOGIN SUPERUSER;"
  fi
  ensure_one_superuser
  if [ -z "$(as_postgres postgres <<<"SELECT 1 FROM pg_extension WHERE extname = 'pg_stat_statements';")" ]; then
    as_postgres postgres <<<'CREATE EXTENSION pg_stat_statements;'
  fi
}

# The account of an earlier configuration keeps what it owns, and loses its rights.
ensure_one_superuser() {
  local mark="'the account of Veeam, made by $SERVICE'" earlier
  as_postgres postgres <<<"
    SELECT format('COMMENT ON ROLE %I IS %L', rolname, $mark) FROM pg_roles
      WHERE rolname = '$SUPERUSER' AND shobj_description(oid, 'pg_authid') IS DISTINCT FROM $mark \\gexec"
  earlier=$(as_postgres postgres <<<"SELECT rolname FROM pg_roles WHERE rolname <> '$SUPERUSER'
    AND shobj_description(oid, 'pg_authid') = $mark AND (rolsuper OR rolcanlogin);")
  if [ -z "$earlier" ]; then return 0; fi
  say "the role $earlier was Veeam's account before: it keeps its objects, but can no longer sign in and is no longer a superuser"
  as_postgres postgres <<<"
    SELECT format('ALTER ROLE %I NOLOGIN NOSUPERUSER', rolname) FROM pg_roles WHERE rolname <> '$SUPERUSER'
      AND shobj_description(oid, 'pg_authid') = $mark \\gexec"
}

ensure_password() {
  local code=0
  working "reading secret '$SECRET_NAME' from the key vault"
  "$HERE/set-password.py" --imds-url "$IMDS_URL" --vault-url "$VAULT_URL" --secret "$SECRET_NAME" \
    --client-id "$IDENTITY_CLIENT_ID" --role "$SUPERUSER" --port "$POSTGRESQL_PORT" \
    --patience "$SECRET_PATIENCE_SECONDS" || code=$?
  case $code in
    0) ;;
    "$NEEDS_A_PERSON") refuse "the password could not be set: the line above says why" ;;
    *) fail "the password could not be set: the line above says why" ;;
  esac
}

main() {
  local changed
  trap 'say_what_failed $? $LINENO "$BASH_COMMAND"' ERR
  # shellcheck disable=SC2086 # a list of names without spaces
  install_packages $PACKAGES
  close_metadata
  prepare_data_disk
  ensure_cluster
  changed=$(ensure_certificate)
  write_sizing
  changed+=$(write_configuration)
  refuse_full_disk
  ensure_running "$changed"
  check_minor_version
  ensure_superuser
  ensure_password
  report_updates
  ready "PostgreSQL $POSTGRESQL_VERSION is ready on port $POSTGRESQL_PORT"
}

run_logged /var/log/veeam-postgresql.log
