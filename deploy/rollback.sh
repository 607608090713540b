#!/usr/bin/env bash
# Goes back to a release that is still on the machine. Usage:
#
#   deploy/rollback.sh [COMMIT] [--dry-run] [--help]
#
#   COMMIT     the beginning of its name; without it, the one that was built before the one that runs
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
    case "$line" in *"$running") echo "$line  runs" ;; *) echo "$line" ;; esac
  done
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
  running="$(readlink -f "$SITE_CURRENT")"
  only_one "a rollback"
  if [ -n "$commit" ]; then
    chosen="$(releases | awk '{ print $NF }' | grep -m 1 "^$commit" || true)"
  else
    chosen="$(releases | awk '{ print $NF }' | awk -v running="${running##*/}" 'found { print; exit } $0 == running { found = 1 }')"
  fi
  [ -n "$chosen" ] || die "There is no such release on this machine: deploy/rollback.sh --list shows them."
  release="$SITE_RELEASES/$chosen"
  say "From $(commit_of "$running" | cut -c 1-12) to ${chosen:0:12}"
  if [ -n "$dry_run" ]; then return 0; fi
  publish_static "$release"
  if let_run "$release" && smoke "$release" && start_worker; then
    say "Done: ${chosen:0:12} runs"
    return 0
  fi
  die "${chosen:0:12} does not answer as it should. docs/RUNBOOK.md, \"The site is down\"."
}

main
