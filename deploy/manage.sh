#!/usr/bin/env bash
# The site's own commands on the server, as its own user and with its secrets. Usage:
#
#   deploy/manage.sh COMMAND …    for example: deploy/manage.sh reconcile --days 8
#   deploy/manage.sh help         which there are
#   deploy/manage.sh --help       this page
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source-path=SCRIPTDIR source=site.sh
. "$here/site.sh"

case "${1:---help}" in
  --help | -h) help_of "$0" ;;
  -*) help_of "$0" >&2; exit 2 ;;
  *) manage "$SITE_CURRENT" "$@" ;;
esac
