#!/usr/bin/env bash
# Goes back to a release that is still on the machine. Usage:
#
#   deploy/rollback.sh [COMMIT] [--dry-run] [--help]
#
#   COMMIT     the beginning of its name; without it, the last that worked before the one that runs
#   --list     which there are
#   --dry-run  say which it would be, and change nothing
#   --help     this page
#
# The database stays as it is: deploy.sh lets no migration through that the release before could not live with (but for
# --second-half: behind that, only forward).
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source-path=SCRIPTDIR source=site.sh
. "$here/site.sh"
# shellcheck source-path=SCRIPTDIR source=releases.sh
. "$here/releases.sh"

# Newest first: the time that each last began to run, its commit.
releases() {
  find "$SITE_RELEASES" -mindepth 2 -maxdepth 2 -name READY -printf '%T@ %TY-%Tm-%Td %TH:%TM %h\n' | sort -rn |
    sed 's|^[^ ]* ||; s|/[^ ]*/||'
}

list() {
  local running line
  running="$(commit_of "$SITE_CURRENT")"
  releases | while IFS= read -r line; do
    case "$line" in *"$running") line+="  runs" ;; esac
    [ ! -e "$SITE_RELEASES/$(cut -d ' ' -f 3 <<<"$line")/UNTRIED" ] || line+="  never proved that it works"
    echo "$line"
  done
}

# last_that_worked RUNNING : older than it; where it is no whole release itself, the newest of all.
last_that_worked() {
  local name passed=""
  [ -e "$SITE_RELEASES/$1/READY" ] || passed=1
  while IFS= read -r name; do
    if [ -n "$passed" ] && [ ! -e "$SITE_RELEASES/$name/UNTRIED" ] && [ "$name" != "$1" ]; then echo "$name"; return 0; fi
    if [ "$name" = "$1" ]; then passed=1; fi
  done < <(releases | awk '{ print $NF }')
}

commit=""
for word in "$@"; do
  case "$word" in
    --list) list; exit 0 ;;
    --dry-run) dry_run=1 ;;
    --help | -h) help_of "$0"; exit 0 ;;
    -*) help_of "$0" >&2; exit 2 ;;
    *) commit="$word" ;;
  esac
done

main() {
  need_root
  local running chosen release
  only_one "a rollback"
  running="$(readlink -f "$SITE_CURRENT")"
  if [ -n "$commit" ]; then
    chosen="$(releases | awk '{ print $NF }' | grep -m 1 "^$commit" || true)"
  else
    chosen="$(last_that_worked "${running##*/}")"
  fi
  [ -n "$chosen" ] || die "There is no such release on this machine: deploy/rollback.sh --list shows them."
  release="$SITE_RELEASES/$chosen"
  say "From $(commit_of "$running" | cut -c 1-12) to ${chosen:0:12}"
  if [ -n "$dry_run" ]; then return 0; fi
  publish_static "$release"
  undisturbed
  if let_run "$release" && smoke "$release" && start_worker; then
    rm -f "$release/UNTRIED"
    say "Done: ${chosen:0:12} runs"
    return 0
  fi
  warn "${chosen:0:12} does not answer as it should. Going on with what ran."
  if let_run "$running" && smoke "$running" && start_worker; then
    die "$(commit_of "$running" | cut -c 1-12) runs, as before. deploy/rollback.sh --list shows the others."
  fi
  die "Neither of the two answers. docs/RUNBOOK.md, \"The site does not answer\"."
}

main
