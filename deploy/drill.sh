#!/usr/bin/env bash
# Reads the newest backup as if everything were lost, into a database and a folder that are thrown away afterwards.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source-path=SCRIPTDIR source=site.sh
. "$here/site.sh"
# shellcheck source-path=SCRIPTDIR source=keeping.sh
. "$here/keeping.sh"

help() {
  cat <<'HELP'
Usage: deploy/drill.sh [--help]

A backup that nobody has read is a hope. Every week this takes the newest one, restores it into a scratch database and
a scratch folder, counts every table and compares it with what the backup counted, asks whether the release that runs
could work with it (migrate --check), compares the hash of every upload, has a tenth of the repository checked, and
cleans up. The site is not touched.

Ends with: 0 all of it is there; 1 the backup cannot be read, or is not what it says; 2 not set up.
HELP
}

case "${1:-}" in
  "") ;;
  --help | -h) help; exit 0 ;;
  *) help >&2; exit 2 ;;
esac

become_site_user "$0" "$@"
need_tools restic psql pg_restore createdb dropdb sha256sum flock || exit 2
need_names RESTIC_REPOSITORY RESTIC_PASSWORD DATABASE_URL || exit 2
exec 9>"$SITE_STATE/drill.lock"
flock -n 9 || { warn "Another drill is running."; exit 2; }

work="$SITE_STATE/drill"
scratch="$(database_name)_drill"
finish() {
  local code=$?
  rm -rf "$work"
  drop_database "$scratch" || true
  [ "$code" -ne 0 ] || return 0
  remember last-drill-failure failed "it ended with $code"
  warn "THE BACKUP CANNOT BE RESTORED. docs/RUNBOOK.md, \"The drill failed\", says what to do, today."
}
at_the_end finish
rm -rf "$work"
(umask 077 && mkdir "$work")
hold_repository

said="$(restic check --read-data-subset=10% 2>&1)" || { explain_restic "$said"; exit 1; }
restore_files "$work/files" latest
check_files "$work"
new_database "$scratch"
check_database "$(database_named "$scratch")" "$work"
manage_on "$(database_named "$scratch")" "$MEDIA" migrate --check >"$work/migrate" 2>&1 || {
  # Between a deploy with migrations and the next backup, a backup is older than the code: that is no fault of it.
  if [ "$(value_of commit)" = "$(commit_of "$SITE_CURRENT")" ]; then
    warn "The release that made the backup could not work with it:"
    tail -n 5 "$work/migrate" >&2
    exit 1
  fi
  echo "The backup is of another release; restore.sh would migrate it."
}

remember last-drill ok "$MADE"
awk -F '\t' -v made="$MADE" '/^table/ { tables++; rows += $3 } /^file/ { files++ }
  END { printf "The backup of %s can be restored: %d rows in %d tables and %d uploads are as they were.\n", made, rows, tables, files }' \
  "$MANIFEST"
