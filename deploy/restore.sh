#!/usr/bin/env bash
# Brings a backup back: beside the site first, checked, and only with --go in its place.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source-path=SCRIPTDIR source=site.sh
. "$here/site.sh"
# shellcheck source-path=SCRIPTDIR source=keeping.sh
. "$here/keeping.sh"

help() {
  cat <<'HELP'
Usage: deploy/restore.sh [--snapshot ID] [--dry-run | --go]
       deploy/restore.sh --list | --let-go | --help

Restores the newest backup (or the one named) into a scratch database and a scratch folder, and compares every table
and every upload with what the backup wrote down. Without --go it then says what would happen, throws the scratch away
and changes nothing.

  --go           put it in the site's place: the site stops for a minute or two, what stood there before is kept beside
                 it, the retention is applied again, what was deleted since is deleted again, everybody is signed
                 out, the site starts, and Stripe is asked for what was paid since
  --snapshot ID  another backup than the newest
  --list         which backups there are
  --let-go       throw away what earlier restores kept beside the site: do it within two weeks, for it holds what
                 people have asked us to delete
  --dry-run      the same as without --go
  --help         this page

On an empty machine: deploy/provision.sh, both secrets files from the password manager, deploy/deploy.sh, then this.

Ends with: 0 done (or, without --go, it could be done); 1 the backup cannot be read or is not what it says, and the
site is as it was; 2 not set up, or called wrongly; 3 the site is restored, and something after that needs a person.
HELP
}

id="latest" go="" action="restore"
while [ $# -gt 0 ]; do
  case "$1" in
    --snapshot) id="${2:?--snapshot needs an id: --list shows them}"; shift ;;
    --go) go=yes ;;
    --dry-run) go="" ;;
    --list | --let-go) action="${1#--}" ;;
    --help | -h) help; exit 0 ;;
    *) help >&2; exit 2 ;;
  esac
  shift
done

# Services and folders are root's to move; the database and the repository are the site's own user's to read.
for tool in psql pg_restore createdb dropdb restic; do
  eval "$tool() { as_site env $tool \"\$@\"; }"
done

read_both
need_tools restic psql pg_restore createdb dropdb sha256sum || exit 2
need_names RESTIC_REPOSITORY RESTIC_PASSWORD DATABASE_URL MEDIA_ROOT || exit 2
MEDIA_ROOT="$(realpath -m "$MEDIA_ROOT")"
name="$(database_name)"
work="$SITE_STATE/restore"
scratch="${name}_restore"
stamp="$(date -u +%Y%m%d%H%M%S)"

if [ "$action" = list ]; then
  restic snapshots --tag "$KEEPING_TAG"
  exit
fi

only_one "a restore"

if [ "$action" = let-go ]; then
  for old in $(ask "$(database_named postgres)" "SELECT datname FROM pg_database WHERE datname ~ '^${name}_before_[0-9]+$'"); do
    drop_database "$old" && echo "Database $old is gone."
  done
  rm -rf "$MEDIA_ROOT".before-* "$MEDIA_ROOT-private".before-*
  echo "Nothing of earlier restores is left."
  exit
fi

undo=() swapped=""
# shellcheck disable=SC2317 # it is called, by the trap
finish() {
  local code=$? step
  for ((step = ${#undo[@]} - 1; step >= 0; step--)); do
    eval "${undo[step]}" || warn "By hand, please: ${undo[step]}"
  done
  rm -rf "$work"
  drop_database "$scratch" || true
  [ "$code" -ne 0 ] && [ -z "$swapped" ] || return 0
  warn "Nothing was restored; the site is as it was."
  exit 1
}
at_the_end finish
rm -rf "$work"
make_state
as_site mkdir -p -m 0700 "$work"

echo "==> Reading the backup"
restore_files "$work/files" "$id"
check_files "$work"
new_database "$scratch"
check_database "$(database_named "$scratch")" "$work"
awk -F '\t' -v made="$MADE" '/^table/ { tables++; rows += $3 } /^file/ { files++ }
  END { printf "The backup of %s is whole: %d rows in %d tables, %d uploads.\n", made, rows, tables, files }' "$MANIFEST"

if [ -n "$go" ]; then
  # Before the question below: what somebody has deleted after it would come back.
  echo "==> Stopping the site"
  systemctl stop wits_site.socket wits_site.service wits_site-worker.service
  undo+=("systemctl start wits_site.socket wits_site.service wits_site-worker.service")
fi

echo "==> What people had deleted, hidden or stopped since"
# A database that is not of the same birth has other things under the same numbers: a new machine's, for one.
birth() { ask "$1" "SELECT min(applied) FROM django_migrations" 2>/dev/null || true; }
if [ "$(birth "$DATABASE_URL")" = "$(birth "$(database_named "$scratch")")" ] &&
  manage_on "$DATABASE_URL" "$MEDIA_ROOT" wishes --since "$MADE" >"$work/wishes" 2>/dev/null; then
  echo "$(wc -l <"$work/wishes") wishes; they will be done again."
else
  : >"$work/wishes"
  warn "The present database is another one (a new machine's), or cannot be read, so nobody knows. Afterwards, read the"
  warn "club's mail since $MADE: whoever asked to be deleted since then has to be deleted again."
fi

if [ -z "$go" ]; then
  echo "It could be restored. What the site took in after $MADE would be gone. To do it, add --go."
  exit 0
fi

echo "==> Making it fit: migrations, retention, deletions, signing everybody out"
as_site mkdir -p "$MEDIA" "$PRIVATE"
code=0
manage_on "$(database_named "$scratch")" "$MEDIA" after_restore \
  <"$work/wishes" || code=$?
[ "$code" -eq 0 ] || [ "$code" -eq 3 ] || exit 1

echo "==> Swapping"
everywhere="$(database_named postgres)"
rename() {
  ask "$everywhere" "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$1' AND usename = current_user" >/dev/null
  ask "$everywhere" "ALTER DATABASE \"$1\" RENAME TO \"$2\""
}
if [ -n "$(ask "$everywhere" "SELECT 1 FROM pg_database WHERE datname = '$name'")" ]; then
  rename "$name" "${name}_before_$stamp"
  undo+=("rename ${name}_before_$stamp $name")
fi
rename "$scratch" "$name"
undo+=("rename $name $scratch")
swap_folder() {
  if [ -e "$1" ]; then
    mv "$1" "$1.before-$stamp"
    undo+=("mv '$1.before-$stamp' '$1'")
  fi
  mv "$2" "$1"
  undo+=("mv '$1' '$2'")
}
swap_folder "$MEDIA_ROOT" "$MEDIA"
swap_folder "$MEDIA_ROOT-private" "$PRIVATE"
undo=() swapped=yes
systemctl start wits_site.socket wits_site.service wits_site-worker.service || {
  code=3
  warn "The services did not start: journalctl -u wits_site -n 50"
}

echo "==> Asking Stripe for what was paid since"
days=$((($(date -u +%s) - $(date -u -d "$MADE" +%s)) / 86400 + 2))
manage_on "$DATABASE_URL" "$MEDIA_ROOT" reconcile --days "$days" || {
  code=3
  warn "Stripe was not asked. Once it answers: manage.py reconcile --days $days"
}
remember last-restore ok "$MADE"
cat <<WORDS
The site is that of $MADE. Still to do, by a person:
  - Whoever paid since then is a case in the admin, with a button that makes them a member. Whoever joined free since
    then has to join again: say so where members read it.
  - Read the list of staff in the admin: who lost their access since then has it again.
  - Mails that were sent since then may be sent once more.
  - When all is well, within two weeks: deploy/restore.sh --let-go
WORDS
exit "$code"
