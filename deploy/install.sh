#!/usr/bin/env bash
# Puts the units and nginx's configuration of this release where systemd and nginx read them. Usage:
#
#   deploy/install.sh [--dry-run] [--help]
#
# deploy.sh and rollback.sh call it, each of the release that is to run. It says what it changed; what is as it should be
# stays.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source-path=SCRIPTDIR source=site.sh
. "$here/site.sh"
# shellcheck source-path=SCRIPTDIR source=installing.sh
. "$here/installing.sh"

for word in "$@"; do
  case "$word" in
    --dry-run) dry_run=1 ;;
    --help | -h) help_of "$0"; exit 0 ;;
    *) help_of "$0" >&2; exit 2 ;;
  esac
done
[ -r "$SITE_SERVER" ] || die "$SITE_SERVER is not there: run deploy/provision.sh first."
DOMAIN="" ALSO="" HSTS=300
read_environment "$SITE_SERVER"

need_root
install_release_files
if [ "$changes" = 0 ]; then say "Units and nginx are as this release wants them"; fi
