# shellcheck shell=bash
# What backup.sh, restore.sh, drill.sh and doctor.sh share. Sourced after site.sh; changes nothing by itself.

# Set before by site.sh or the environment; each of these can be moved, so that tests keep to a throw-away folder.
SITE_STATE="${SITE_STATE:-/var/lib/wits_site}"       # what was backed up and drilled when, and room to work
KEEPING_TAG="wits_site"                                    # of every snapshot, whatever machine made it
KEEPING_LEAST_FREE_MB="${KEEPING_LEAST_FREE_MB:-500}"      # less than this is no room for a dump
export RESTIC_CACHE_DIR="${RESTIC_CACHE_DIR:-$SITE_STATE/restic-cache}"

need_tools() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { warn "$tool is missing: run deploy/provision.sh, or apt-get install it."; return 2; }
  done
}

need_names() {
  local name
  for name in "$@"; do
    [ -n "${!name:-}" ] || { warn "$name is not set: see deploy/backup.env.example."; return 2; }
  done
}

# remember NAME VERDICT WORDS: one line that doctor.sh reads, written in one piece.
remember() {
  local file="$SITE_STATE/$1"
  printf '%s\t%s\t%s\n' "$(date -u +%s)" "$2" "$3" >"$file.new"
  mv "$file.new" "$file"
}

# at_the_end COMMAND: run it however the script ends. Bash alone would let it believe that a script which was stopped by
# a signal (systemd's time limit, a lost connection) had ended with 0.
at_the_end() {
  # shellcheck disable=SC2064 # it is the command's name
  trap "$1" EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# hold_repository: wait until nobody else works in it: restic refuses a backup while the drill checks, and the other way.
hold_repository() {
  exec 8>"$SITE_STATE/repository.lock"
  flock -n 8 || {
    echo "Waiting for the backup or the drill that is running."
    flock -w "${KEEPING_PATIENCE:-3600}" 8 || { warn "A backup or a drill has not ended for long."; return 1; }
  }
}

# ping ADDRESS: tell the dead-man service; that it cannot be reached is said, and stops nothing.
ping_watchman() {
  [ -n "$1" ] || return 0
  curl -fsS -m 10 --retry 2 -o /dev/null "$1" || warn "The dead-man service could not be reached."
}

# database_named NAME: DATABASE_URL with another database's name in it.
database_named() {
  local query=""
  case "$DATABASE_URL" in *\?*) query="?${DATABASE_URL#*\?}" ;; esac
  local address="${DATABASE_URL%%\?*}"
  printf '%s/%s%s' "${address%/*}" "$1" "$query"
}

database_name() {
  local address="${DATABASE_URL%%\?*}"
  printf '%s' "${address##*/}"
}

ask() { psql -XqAt -v ON_ERROR_STOP=1 -d "$1" -c "$2"; }

# A database of the site's own user, empty; whatever stood in one of that name before is gone.
new_database() {
  drop_database "$1"
  createdb --maintenance-db="$(database_named postgres)" --template=template0 --encoding=UTF8 "$1" || {
    warn "No scratch database can be made. The role needs that right: deploy/provision.sh gives it."; return 1; }
}

drop_database() { dropdb --maintenance-db="$(database_named postgres)" --if-exists "$1" 2>/dev/null; }

# One row for each table: its name, how many rows it has, and a fingerprint of all that stands in them.
count_tables() {
  cat <<'SQL'
SET DateStyle = 'ISO'; SET TimeZone = 'UTC'; SET extra_float_digits = 3; SET IntervalStyle = 'postgres';
SELECT format(
  'SELECT ''table'', %L, count(*), coalesce(md5(string_agg(line, '''' ORDER BY line)), ''-'') '
  'FROM (SELECT md5(t::text) COLLATE "C" AS line FROM %I.%I t) lines', table_name, table_schema, table_name)
FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
ORDER BY table_name COLLATE "C" \gexec
SQL
}

tables_of() { count_tables | psql -XqAt -F $'\t' -v ON_ERROR_STOP=1 -d "$1"; }

# files_of NAME FOLDER: one row for each file below it, with its hash. A folder that is not there has none.
files_of() {
  [ -d "$2" ] || return 0
  (cd "$2" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum) |
    sed "s/^/file\t$1\t/; s/  \.\//\t/"
}

# differences MANIFEST FOUND: what stands in one of two lists of rows and not in the other, at most ten.
differences() {
  LC_ALL=C diff <(LC_ALL=C sort "$1") <(LC_ALL=C sort "$2") |
    sed -n 's/^</  in the backup:  /p; s/^>/  found instead:  /p' | head -n 10
}

# restore_files FOLDER ID: read one snapshot back, and set DUMP, MANIFEST, MEDIA and PRIVATE to where it lies now.
restore_files() {
  local folder="$1" id="$2" said
  said="$(restic restore "$id" --tag "$KEEPING_TAG" --host "$KEEPING_TAG" --target "$folder" 2>&1)" || { explain_restic "$said"; return 1; }
  MANIFEST="$(find "$folder" -name MANIFEST -path '*/backup/MANIFEST' -print -quit)"
  [ -n "$MANIFEST" ] || { warn "The backup has no MANIFEST: it is not one of ours, or was broken off."; return 1; }
  DUMP="$(dirname "$MANIFEST")/database.dump"
  MEDIA="$folder$(value_of media-root)"
  PRIVATE="$MEDIA-private"
  # shellcheck disable=SC2034 # read by those who source this file
  MADE="$(value_of made)"
}

value_of() { sed -n "s/^$1\t//p" "$MANIFEST" | head -n 1; }

# check_files WORK: the dump and every upload against what the backup wrote down.
check_files() {
  local work="$1" hash
  hash="$(sha256sum "$DUMP" | cut -d ' ' -f 1)"
  [ "$hash" = "$(value_of database-sha256)" ] || { warn "The dump of the database is not what the backup wrote."; return 1; }
  grep '^file' "$MANIFEST" >"$work/files.expected" || true
  { files_of media "$MEDIA"; files_of media-private "$PRIVATE"; } >"$work/files.found"
  # A file that came while the backup ran is in it and not in the list: that is no fault.
  LC_ALL=C comm -23 <(LC_ALL=C sort "$work/files.expected") <(LC_ALL=C sort "$work/files.found") >"$work/files.missing"
  [ ! -s "$work/files.missing" ] || {
    warn "$(wc -l <"$work/files.missing") uploaded files are missing or not what they were:"
    head -n 10 "$work/files.missing" | cut -f 2,4 >&2
    return 1
  }
}

# check_database ADDRESS WORK: the dump into an empty database; every table must then hold what it held.
check_database() {
  local address="$1" work="$2"
  pg_restore --exit-on-error --no-owner --no-privileges -d "$address" "$DUMP" || {
    warn "PostgreSQL could not read the dump."; return 1; }
  grep '^table' "$MANIFEST" >"$work/tables.expected"
  tables_of "$address" >"$work/tables.found"
  cmp -s "$work/tables.expected" "$work/tables.found" || {
    warn "The tables do not hold what they held:"
    differences "$work/tables.expected" "$work/tables.found" >&2
    return 1
  }
}

# What restic means, for somebody who has never heard of it.
explain_restic() {
  case "$1" in
    *"wrong password"*) warn "The backup's password is wrong: RESTIC_PASSWORD is not the one it was made with." ;;
    *"Is there a repository"* | *"does not exist"* | *"no such file"*)
      warn "There is no backup at RESTIC_REPOSITORY. A new one is made by: deploy/backup.sh --init" ;;
    *"no snapshot found"*) warn "There is no backup yet at RESTIC_REPOSITORY." ;;
    *) warn "The backup could not be read or written." ;;
  esac
  printf '%s\n' "$1" | tail -n 5 | sed 's/^/  restic: /' >&2
}

# What the site and the backup read from their environment: systemd has set it already, where it started the script.
read_both() {
  [ ! -r "$SITE_ENV" ] || read_environment "$SITE_ENV"
  [ ! -r "$BACKUP_ENV" ] || read_environment "$BACKUP_ENV"
  hide_password
}

# The folder for state, on a machine where no unit has made it yet.
make_state() {
  if [ "$(id -u)" = 0 ]; then install -d -o "$SITE_USER" -g "$SITE_USER" -m 0750 "$SITE_STATE"; else mkdir -p "$SITE_STATE"; fi
}

# Called by root, the rest of the script runs as the site's own user, who may do no more than it needs.
become_site_user() {
  read_both
  make_state
  if [ "$(id -u)" = 0 ] && [ "$SITE_USER" != root ]; then
    exec runuser -u "$SITE_USER" -- "$@"
  fi
}

# The fingerprints of both files of secrets, to tell whether their copy elsewhere is the newest.
secrets_seal() { sha256sum "$SITE_ENV" "$BACKUP_ENV" | cut -d ' ' -f 1; }

# manage_on DATABASE MEDIA COMMAND…: the running release's manage.py, on another database and other uploads.
manage_on() {
  local -x DATABASE_URL="$1" MEDIA_ROOT="$2" DJANGO_SETTINGS_MODULE=wits_site.settings.production PYTHONDONTWRITEBYTECODE=1
  shift 2
  as_site env -C "$SITE_CURRENT" "$SITE_CURRENT/.venv/bin/python" manage.py "$@"
}

room_left() { df -Pm "$1" | awk 'NR == 2 { print $4 }'; }

# What /healthz says, asked at nginx as a visitor would, or nothing.
site_health() {
  local host="${SITE_URL#*://}"
  curl -s -m 15 -k --resolve "${host%%[:/]*}:443:127.0.0.1" "$SITE_URL/healthz"
}
SITE_UNITS="${SITE_UNITS:-nginx.service postgresql.service wits_site.service wits_site-worker.service}"
