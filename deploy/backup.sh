#!/usr/bin/env bash
# Writes the database and everything that was uploaded into an encrypted backup on another machine, and reads it back.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source-path=SCRIPTDIR source=site.sh
. "$here/site.sh"
# shellcheck source-path=SCRIPTDIR source=keeping.sh
. "$here/keeping.sh"

help() {
  cat <<'HELP'
Usage: deploy/backup.sh [--init | --sealed | --dry-run | --help]

Dumps the database, writes the dump and all uploads (media and media-private) to the encrypted repository that
RESTIC_REPOSITORY names, reads back what it wrote, and lets go of what is too old. It runs every night, and before
each deploy.

  --init     make the repository, once; refuses where there is one
  --sealed   say that a copy of both secrets files was just put in the club's password manager
  --dry-run  check that everything is there, and write nothing
  --help     this page

The secrets are NOT in the backup: whoever finds it must not find the key beside it. Their copy belongs in the club's
password manager, which two executives can open: /etc/wits_site/env and /etc/wits_site/backup.env, whole. Without
backup.env no backup can ever be read. After each change of either file: put the new one there, then run
deploy/backup.sh --sealed. doctor.sh is red until somebody did.

Uploads that lie in buckets (MEDIA_BUCKET) are not in it: switch on versions there, and it says so each time.

From /etc/wits_site/backup.env: RESTIC_REPOSITORY (s3:…, sftp:… or a folder), RESTIC_PASSWORD, what the place needs
(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), BACKUP_PING_URL (told of success; with /fail at its end, of failure),
BACKUP_KEEP_DAILY, BACKUP_KEEP_WEEKLY, BACKUP_KEEP_MONTHLY (14, 8, 6).

Ends with: 0 written and read back; 1 not written; 2 not set up, or called wrongly; 3 written, but what was read back
is something else; 4 another backup is running.
HELP
}

action="write"
case "${1:-}" in
  "") ;;
  --init | --sealed | --dry-run) action="${1#--}" ;;
  --help | -h) help; exit 0 ;;
  *) help >&2; exit 2 ;;
esac

if [ "$action" = sealed ]; then
  make_state
  secrets_seal >"$SITE_STATE/sealed.new"
  mv "$SITE_STATE/sealed.new" "$SITE_STATE/sealed"
  echo "Noted: the copy in the password manager is that of $(date -u +%F)."
  exit 0
fi

become_site_user "$0" "$@"
need_tools restic psql pg_dump sha256sum flock || exit 2
need_names RESTIC_REPOSITORY RESTIC_PASSWORD DATABASE_URL MEDIA_ROOT || exit 2
MEDIA_ROOT="$(realpath -m "$MEDIA_ROOT")"
uploads=("$MEDIA_ROOT" "$MEDIA_ROOT-private")

exec 9>"$SITE_STATE/backup.lock"
flock -n 9 || { warn "Another backup is running."; exit 4; }

if [ "$action" = init ]; then
  said="$(restic init 2>&1)" || { warn "No repository was made. restic: $said"; exit 1; }
  echo "The repository is made. Put /etc/wits_site/backup.env in the password manager, then run: deploy/backup.sh --sealed"
  exit 0
fi

if [ "$action" = dry-run ]; then
  said="$(restic cat config 2>&1 >/dev/null)" || { explain_restic "$said"; exit 1; }
  ask "$DATABASE_URL" "SELECT 1" >/dev/null
  echo "The repository and the database answer; $(room_left "$SITE_STATE") MB are free here. Nothing was written."
  exit 0
fi

work="$SITE_STATE/backup" # always the same name: restic then finds the last one, and sends only what is new
back="$SITE_STATE/read-back"
finish() {
  local code=$?
  rm -rf "$work" "$back"
  [ "$code" -ne 0 ] || return 0
  remember last-backup-failure failed "it ended with $code"
  ping_watchman "${BACKUP_PING_URL:+${BACKUP_PING_URL%/}/fail}"
  warn "There is no new good backup. docs/RUNBOOK.md, \"The backup failed\", says what to do."
}
at_the_end finish
rm -rf "$work" "$back"
(umask 077 && mkdir "$work")
hold_repository
[ "$(room_left "$SITE_STATE")" -ge "$KEEPING_LEAST_FREE_MB" ] || {
  warn "The disk is full: less than $KEEPING_LEAST_FREE_MB MB are left for the dump."; exit 1; }

# The counts and the dump must be of one moment, while the site goes on writing: both read the same snapshot.
dump_database() {
  local moment line
  coproc MOMENT { psql -XqAt -F $'\t' -v ON_ERROR_STOP=1 -d "$DATABASE_URL"; }
  echo "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_export_snapshot();" >&"${MOMENT[1]}"
  read -r -t 60 moment <&"${MOMENT[0]}" || { warn "The database does not answer."; exit 1; }
  pg_dump -Fc --no-owner --no-privileges --snapshot="$moment" -f "$work/database.dump" -d "$DATABASE_URL" || {
    warn "The database could not be dumped."; exit 1; }
  { count_tables; printf '%s\n' '\echo end'; } >&"${MOMENT[1]}"
  tables=""
  while read -r -t 600 line <&"${MOMENT[0]}" && [ "$line" != end ]; do tables+="$line"$'\n'; done
  printf '%s\n' '\q' >&"${MOMENT[1]}"
  [[ "$tables" == table* ]] || { warn "The tables could not be counted."; exit 1; }
}

write_manifest() {
  {
    printf 'version\t1\n'
    printf 'made\t%s\n' "$made"
    printf 'commit\t%s\n' "$(commit_of "$SITE_CURRENT")"
    printf 'media-root\t%s\n' "$MEDIA_ROOT"
    printf 'database-sha256\t%s\n' "$(sha256sum "$work/database.dump" | cut -d ' ' -f 1)"
    printf '%s' "$tables"
    files_of media "${uploads[0]}"
    files_of media-private "${uploads[1]}"
  } >"$work/MANIFEST"
}

upload() {
  local said folders=("$work")
  for folder in "${uploads[@]}"; do [ ! -d "$folder" ] || folders+=("$folder"); done
  said="$(restic backup --json --host "$KEEPING_TAG" --tag "$KEEPING_TAG" "${folders[@]}" 2>&1)" || {
    explain_restic "$said"; exit 1; }
  snapshot="$(sed -n 's/.*"message_type":"summary".*"snapshot_id":"\([0-9a-f]*\)".*/\1/p' <<<"$said" | tail -n 1)"
  [ -n "$snapshot" ] || { warn "restic did not name what it wrote: $said"; exit 1; }
}

read_back() {
  local said
  said="$(restic restore "$snapshot" --target "$back" --include "$work" 2>&1)" || { explain_restic "$said"; exit 3; }
  { cmp -s "$work/MANIFEST" "$back$work/MANIFEST" && cmp -s "$work/database.dump" "$back$work/database.dump"; } || {
    warn "What was read back is not what was written: the repository is damaged."; exit 3; }
}

looks() { find "${uploads[@]}" -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort | sha256sum; }

[ -z "${MEDIA_BUCKET:-}" ] || warn "Uploads lie in buckets: they are not in this backup."
restic unlock --quiet >/dev/null 2>&1 || true # of a run that was killed; of others' locks, only what is stale
# Before the dump: what is deleted while it is written still stands in it, and a restore has to delete it again.
made="$(date -u +%Y-%m-%dT%H:%M:%SZ)"
dump_database
# Whoever uploads or deletes while it runs makes another round necessary: the list must be true of what is written.
for round in 1 2 3; do
  before="$(looks || true)"
  write_manifest
  upload
  [ "$before" != "$(looks || true)" ] || break
  [ "$round" -lt 3 ] || warn "Uploads changed while the backup ran, three times: the drill may miss one of them."
done
read_back

{ restic forget --quiet --tag "$KEEPING_TAG" --group-by tags --keep-within 3d --keep-daily "${BACKUP_KEEP_DAILY:-14}" \
  --keep-weekly "${BACKUP_KEEP_WEEKLY:-8}" --keep-monthly "${BACKUP_KEEP_MONTHLY:-6}" --prune >/dev/null &&
  remember last-let-go ok "what was too old"; } ||
  warn "The new backup is good, but old ones could not be let go of."

remember last-backup ok "$snapshot"
ping_watchman "${BACKUP_PING_URL:-}"
awk -F '\t' -v id="$snapshot" '/^table/ { tables++; rows += $3 } /^file/ { files++ }
  END { printf "Backup %s: %d rows in %d tables and %d uploads, written and read back.\n", id, rows, tables, files }' \
  "$work/MANIFEST"
