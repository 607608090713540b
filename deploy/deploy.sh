#!/usr/bin/env bash
# Lets a commit run, without losing a request; takes it back by itself when it is bad. Usage:
#
#   deploy/deploy.sh [COMMIT] [options]
#
#   COMMIT            a commit, branch or tag; without it, the newest of the main branch
#   --second-half     the migrations take away what the running release no longer uses, and I mean it
#   --without-backup  migrate without a backup before; only where the backup itself is what is broken
#   --dry-run         say what would be done, and change nothing
#   --help            this page
#
# One at a time: a second one ends with a clear word. Ends with 0: the commit runs; 1: it does not, and what ran before
# goes on. The steps: build, backup and migrations, static files, the switch, a smoke test of the commit that answers.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source-path=SCRIPTDIR source=site.sh
. "$here/site.sh"
# shellcheck source-path=SCRIPTDIR source=releases.sh
. "$here/releases.sh"

commit="" second_half="" switched=0
while [ $# -gt 0 ]; do
  case "$1" in
    --second-half) second_half=1 ;;
    --without-backup) SITE_BACKUP_OFF=1 ;;
    --dry-run) dry_run=1 ;;
    --help | -h) help_of "$0"; exit 0 ;;
    -*) help_of "$0" >&2; exit 2 ;;
    *) commit="$1" ;;
  esac
  shift
done

# In one piece, so that bash has read all of it before the release it belongs to may go.
main() {
  need_root
  [ -d "$SITE_REPOSITORY" ] || die "$SITE_REPOSITORY is not there: run deploy/provision.sh first."
  [ -r "$SITE_ENV" ] || die "$SITE_ENV is not there: run deploy/provision.sh first."
  only_one "a deploy of ${commit:-the newest commit}"

  run git -C "$SITE_REPOSITORY" fetch --quiet --prune --tags origin '+refs/heads/*:refs/heads/*'
  commit="$(git -C "$SITE_REPOSITORY" rev-parse --verify --quiet "${commit:-HEAD}^{commit}")" ||
    die "No commit of that name in $SITE_REPOSITORY."
  local release="$SITE_RELEASES/$commit" before
  before="$(good_before "$release")"
  say "Commit ${commit:0:12}: $(git -C "$SITE_REPOSITORY" log -1 --format=%s "$commit"); now runs $(commit_of "$SITE_CURRENT" | cut -c 1-12)"
  if [ -n "$dry_run" ]; then
    clean_half_finished
    say "Would build $release, check it, back up and migrate where there are new migrations, switch, and ask which commit answers"
    return 0
  fi

  clean_half_finished
  build_release "$commit"
  need_database "$release"
  if ! manage "$release" migrate --check >/dev/null 2>&1; then
    if [ -L "$SITE_CURRENT" ]; then
      refuse_breaking "$release"
      back_up "$release"
    fi
    say "Migrating"
    migrate "$release"
  fi
  publish_static "$release"

  say "Switching"
  switched="$SECONDS"
  undisturbed
  if let_run "$release" && smoke "$release" && start_worker; then
    touch "$release/READY"
    rm -f "$release/UNTRIED"
    keep_five
    say "Done: ${commit:0:12} runs"
    return 0
  fi
  take_back "$release" "$before"
}

# take_back RELEASE BEFORE : a bad release ends, and does not count as built: it is looked at anew when it comes again.
# One that was well before is not at fault.
take_back() {
  warn "The new release does not work. What its web process last said:"
  if systemd_runs; then journalctl -u wits_site -n 8 -o cat --no-pager | cut -c 1-300 >&2 || true; fi
  [ -n "$2" ] || [ -e "$1/UNTRIED" ] ||
    die "It was well before, so look for what changed beside it: keys, disk, database. docs/RUNBOOK.md, \"The site does not answer\"."
  if [ -z "$2" ]; then
    rm -f "$1/READY"
    die "There is nothing to go back to: this was the first."
  fi
  local back=""
  if let_run "$2" && smoke "$2" && start_worker; then back=1; fi
  if [ -e "$1/UNTRIED" ]; then rm -f "$1/READY"; fi # only now: until here the site may run from it
  if [ -n "$back" ]; then
    die "Went back to $(commit_of "$2" | cut -c 1-12), which answers again, after $((SECONDS - switched)) seconds. ${1##*/} is not live."
  fi
  die "Going back to $(commit_of "$2" | cut -c 1-12) DID NOT WORK EITHER: the site is down. docs/RUNBOOK.md, \"The site does not answer\"."
}

main
