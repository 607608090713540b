#!/usr/bin/env bash
# Looks at everything the site needs to stay alive, and says in plain words what is not well.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source-path=SCRIPTDIR source=site.sh
. "$here/site.sh"
# shellcheck source-path=SCRIPTDIR source=keeping.sh
. "$here/keeping.sh"

help() {
  cat <<'HELP'
Usage: deploy/doctor.sh [--once-a-day | --help]

One line for each thing it looked at: "ok" or "RED", what was found, and for what is red the section of
docs/RUNBOOK.md that says what to do. It changes nothing.

  --once-a-day  end with 1 only when something is red that was not red within the last day: for the timer, whose
                failure is mailed

Ends with: 0 all is well; 1 something is red; 2 called wrongly.
HELP
}

once=""
case "${1:-}" in
  "") ;;
  --once-a-day) once=yes ;;
  --help | -h) help; exit 0 ;;
  *) help >&2; exit 2 ;;
esac

[ ! -r "${CREDENTIALS_DIRECTORY:-}/backup.env" ] || BACKUP_ENV="$CREDENTIALS_DIRECTORY/backup.env"
SECRETS_SEAL="${SECRETS_SEAL:-$(secrets_seal 2>/dev/null || true)}"
export SECRETS_SEAL
become_site_user "$0" "$@"
now="$(date +%s)"
reds=()

# found ok|red NAME WORDS SECTION
found() {
  if [ "$1" = ok ]; then
    printf 'ok   %-12s %s\n' "$2" "$3"
  else
    printf 'RED  %-12s %s. See docs/RUNBOOK.md, "%s".\n' "$2" "$3" "$4"
    reds+=("$2")
  fi
}
# judge NAME WORDS SECTION CONDITION…: ok when the condition holds.
judge() {
  local name="$1" words="$2" section="$3"
  shift 3
  if "$@"; then found ok "$name" "$words"; else found red "$name" "$words" "$section"; fi
}

clock() {
  local offset
  if command -v chronyc >/dev/null && offset="$(chronyc -c tracking 2>/dev/null | cut -d , -f 5)" && [ -n "$offset" ]; then
    judge clock "off by $offset seconds" "The clock is wrong" awk -v o="$offset" 'BEGIN { exit !(o < 2 && o > -2) }'
  elif command -v timedatectl >/dev/null && [ "$(timedatectl show -p NTPSynchronized --value 2>/dev/null)" = yes ]; then
    found ok clock "set by the network"
  else
    found red clock "nothing sets it: Stripe's messages are refused once it is five minutes off" "The clock is wrong"
  fi
}

disk() {
  local used inodes
  used="$(df -P "$SITE_STATE" | awk 'NR == 2 { print $5 + 0 }')"
  inodes="$(df -Pi "$SITE_STATE" | awk 'NR == 2 { print $5 + 0 }')"
  judge disk "$used % full" "The disk is full" [ "$used" -lt "${DOCTOR_DISK_PERCENT:-85}" ]
  judge inodes "$inodes % used" "The disk is full" [ "$inodes" -lt 85 ]
}

memory() {
  local free
  free="$(awk '/^MemAvailable/ { available = $2 } /^SwapFree/ { swap = $2 } END { print int((available + swap) / 1024) }' /proc/meminfo)"
  judge memory "$free MB left" "Memory is short" [ "$free" -ge "${DOCTOR_LEAST_MEMORY_MB:-150}" ]
}

# What a visitor would get, not what lies in a folder: nginx may still have the old one.
certificate() {
  local host="${SITE_URL#https://}" end days
  host="${host%%[:/]*}"
  end="$(openssl s_client -connect "${DOCTOR_TLS:-127.0.0.1:443}" -servername "$host" </dev/null 2>/dev/null |
    openssl x509 -noout -enddate 2>/dev/null | cut -d = -f 2 || true)"
  if [ -z "$end" ]; then
    found red certificate "nothing answers over TLS" "The site does not answer"
    return
  fi
  days=$((($(date -d "$end" +%s) - now) / 86400))
  judge certificate "ends in $days days" "The certificate is about to end" [ "$days" -gt 14 ]
}

website() {
  local answer commit
  answer="$(site_health)" || true
  commit="$(sed -n 's/.*"commit": *"\([^"]*\)".*/\1/p' <<<"$answer")"
  case "$answer" in
    *'"status": "ok"'*) found ok website "it answers" ;;
    "") found red website "it does not answer" "The site does not answer" ;;
    *) found red website "it says: $(sed -n 's/.*"status": *"\([^"]*\)".*/\1/p' <<<"$answer")" "The site does not answer" ;;
  esac
  [ -z "$answer" ] || judge release "${commit:-unknown} answers" "A deploy was broken off" [ "$commit" = "$(commit_of "$SITE_CURRENT")" ]
}

services() {
  local unit stopped=()
  for unit in $SITE_UNITS; do
    systemctl is-active --quiet "$unit" || stopped+=("$unit")
  done
  judge services "$([ "${#stopped[@]}" -eq 0 ] && echo all run || echo "not running: ${stopped[*]}")" "A service has stopped" \
    [ "${#stopped[@]}" -eq 0 ]
}

# age FILE WHAT DAYS SECTION: when something that must happen regularly last went well.
lately() {
  local name="$1" what="$2" hours="$3" section="$4" file="$SITE_STATE/$5" at
  at="$(cut -f 1 "$file" 2>/dev/null || true)"
  if [ -z "$at" ]; then
    found red "$name" "there has never been a $what" "$section"
  else
    judge "$name" "the last $what was $(((now - at) / 3600)) hours ago" "$section" [ $((now - at)) -lt $((hours * 3600)) ]
  fi
}

secrets() {
  local name missing=()
  for name in SECRET_KEY ALLOWED_HOSTS SITE_URL DATABASE_URL STATIC_ROOT MEDIA_ROOT EMAIL_URL DEFAULT_FROM_EMAIL \
    ALERT_EMAILS STRIPE_SECRET_KEY STRIPE_WEBHOOK_SECRET HUBSPOT_ACCESS_TOKEN; do
    [ -n "${!name:-}" ] || missing+=("$name")
  done
  judge secrets "$([ "${#missing[@]}" -eq 0 ] && echo all are there || echo "missing: ${missing[*]}")" "A secret is missing" \
    [ "${#missing[@]}" -eq 0 ]
  judge "their copy" "$(sealed_words)" "The copy of the secrets is old" sealed
}
sealed() { [ -s "$SITE_STATE/sealed" ] && [ "$SECRETS_SEAL" = "$(cat "$SITE_STATE/sealed")" ]; }
sealed_words() {
  if [ ! -s "$SITE_STATE/sealed" ]; then
    echo "nobody has said that there is one"
  elif sealed; then
    echo "it is that of $(date -u -r "$SITE_STATE/sealed" +%F)"
  else
    echo "the secrets were changed after the copy of $(date -u -r "$SITE_STATE/sealed" +%F)"
  fi
}

leftovers() {
  local copy old="" limit
  # The name tells when it was put aside; the folder itself is as old as the last picture in it.
  limit="$(date -u -d "14 days ago" +%Y%m%d%H%M%S)"
  for copy in "${MEDIA_ROOT:-/nowhere/media}".before-* "${MEDIA_ROOT:-/nowhere/media}-private".before-*; do
    if [ -e "$copy" ] && [[ "${copy##*.before-}" < "$limit" ]]; then old="$copy"; fi
  done
  judge leftovers "${old:-none of an earlier restore}" "Old copies of a restore are left" [ -z "$old" ]
}

from_the_database() {
  local state name words section answer
  answer="$(manage_on "${DATABASE_URL:-}" "${MEDIA_ROOT:-}" doctor 2>/dev/null)" || {
    found red database "the site's own commands cannot run" "The site does not answer"
    return
  }
  while IFS=$'\t' read -r state name words section; do found "$state" "$name" "$words" "$section"; done <<<"$answer"
}

clock
disk
memory
services
website
certificate
from_the_database
lately backup "backup" 26 "The backup failed" last-backup
lately drill "drill" 192 "The drill failed" last-drill
lately retention "letting go of old backups" 192 "The backup failed" last-let-go
secrets
leftovers

[ "${#reds[@]}" -gt 0 ] || { rm -f "$SITE_STATE/doctor-said"; exit 0; }
[ -n "$once" ] || exit 1
said="$(printf '%s\n' "${reds[@]}")"
if [ -n "$(find "$SITE_STATE/doctor-said" -mmin -1380 2>/dev/null)" ] && [ "$said" = "$(cat "$SITE_STATE/doctor-said")" ]; then
  echo "All of this was said within the last day."
  exit 0
fi
printf '%s\n' "$said" >"$SITE_STATE/doctor-said"
exit 1
