#!/usr/bin/env bash
# Makes a server of an empty machine: packages, user, folders, firewall, clock, PostgreSQL, certificate, nginx, units. Usage:
#
#   deploy/provision.sh --domain wits.example [options]     the first time
#   deploy/provision.sh [options]                           again, at any time: what is as it should be stays
#
#   --domain NAME        the site's one name
#   --also NAMES         other names that lead there, with commas: www.wits.example,old.example
#   --email ADDRESS      whom the certificate authority writes to
#   --repository ADDRESS where the commits come from; without it, the one that this checkout came from
#   --hsts SECONDS       300 at first; 86400 when a day went well; 31536000 when nothing will ever need plain HTTP
#   --staging            a certificate of the authority's rehearsal, which no browser trusts
#   --certificate FOLDER use fullchain.pem and privkey.pem in this folder instead of certbot
#   --no-certbot         make a certificate of our own and ask nobody
#   --dry-run            say what would be changed, and change nothing
#   --help               this page
#
# For Debian 12 and Ubuntu 24.04, or later. Run it as root. deploy/README.md leads from here to a site that is live.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source-path=SCRIPTDIR source=site.sh
. "$here/site.sh"
# shellcheck source-path=SCRIPTDIR source=machine.sh
. "$here/machine.sh"
# shellcheck source-path=SCRIPTDIR source=installing.sh
. "$here/installing.sh"

DOMAIN="" ALSO="" CONTACT="" HSTS=300 CERTIFICATE="certbot" repository=""
if [ -r "$SITE_SERVER" ]; then read_environment "$SITE_SERVER"; fi
while [ $# -gt 0 ]; do
  case "$1" in
    --domain) DOMAIN="$2"; shift ;;
    --also) ALSO="$2"; shift ;;
    --email) CONTACT="$2"; shift ;;
    --repository) repository="$2"; shift ;;
    --hsts) HSTS="$2"; shift ;;
    --certificate) CERTIFICATE="$2"; shift ;;
    --staging) CERTIFICATE="staging" ;;
    --no-certbot) CERTIFICATE="own" ;;
    --dry-run) dry_run=1 ;;
    --help | -h) help_of "$0"; exit 0 ;;
    *) help_of "$0" >&2; exit 2 ;;
  esac
  shift
done
[ -n "$DOMAIN" ] || { help_of "$0" >&2; exit 2; }
[[ "$DOMAIN,$ALSO" =~ ^[a-z0-9.,-]+$ ]] || die "A name has small letters, digits, dots and hyphens: $DOMAIN $ALSO"
[[ "$HSTS" =~ ^[0-9]+$ ]] || die "--hsts takes seconds."

need_root
install_packages
make_user_and_folders
file "$SITE_SERVER" 0644 root:root < <(printf '%s\n' "DOMAIN=$DOMAIN" "ALSO=$ALSO" "CONTACT=$CONTACT" "HSTS=$HSTS" \
  "CERTIFICATE=$CERTIFICATE")
keep_time
keep_up_to_date
keep_logs_short
make_swap
raise_firewall
make_database
make_repository
make_environment
make_first_certificate
install_release_files
switch_on
get_certificate

if [ "$changes" = 0 ]; then
  say "Nothing to change: the machine is as it should be"
else
  say "$changes things changed"
fi
if still="$(unfilled)"; then say "Fill in $SITE_ENV next: $still"; fi
