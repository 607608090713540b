# shellcheck shell=bash
# Where everything lies on the server, and the words and habits that all scripts here share. Sourced, never run.
# Each path can be moved by the environment, so that tests keep to a throw-away folder.

SITE_USER="${SITE_USER:-wits_site}"
SITE_ROOT="${SITE_ROOT:-/srv/wits_site}"
SITE_ETC="${SITE_ETC:-/etc/wits_site}"
SITE_ENV="${SITE_ENV:-$SITE_ETC/env}"           # what the site reads from its environment
SITE_SERVER="${SITE_SERVER:-$SITE_ETC/server}"  # what provision.sh was told: names, steps of HSTS
BACKUP_ENV="${BACKUP_ENV:-$SITE_ETC/backup.env}"
SITE_TLS="${SITE_TLS:-$SITE_ETC/tls}"           # a link to the folder with fullchain.pem and privkey.pem
SITE_REPOSITORY="${SITE_REPOSITORY:-$SITE_ROOT/repository.git}"
SITE_RELEASES="${SITE_RELEASES:-$SITE_ROOT/releases}"
SITE_CURRENT="${SITE_CURRENT:-$SITE_ROOT/current}"
SITE_STATIC="${SITE_STATIC:-$SITE_ROOT/static}" # the static files of all kept releases, for nginx
SITE_MEDIA="${SITE_MEDIA:-$SITE_ROOT/media}"
SITE_PAGES="${SITE_PAGES:-$SITE_ROOT/pages}"
SITE_SOCKET="${SITE_SOCKET:-/run/wits_site/web.sock}"
SITE_DUMPS="${SITE_DUMPS:-/var/backups/wits_site}"
SITE_LOGS="${SITE_LOGS:-/var/log/nginx}"
SITE_ACME="${SITE_ACME:-/var/www/acme}"
UNITS_FOLDER="${UNITS_FOLDER:-/etc/systemd/system}"
NGINX_FOLDER="${NGINX_FOLDER:-/etc/nginx}"
POSTGRESQL_FOLDER="${POSTGRESQL_FOLDER:-/etc/postgresql}"

dry_run="${dry_run:-}"
changes=0

# Where nobody listens any more (a lost connection), the work goes on.
say() { printf '==> %s\n' "$*" || true; }
warn() { printf '!!  %s\n' "$*" >&2 || true; }
die() { printf 'xx  %s\n' "$*" >&2 || true; exit 1; }

# The comment at the top of a script is its help.
help_of() { sed -n '2,/^[^#]/{/^#/!q;s/^# \{0,1\}//p}' "$1"; }

# run WHAT… : do it, or with --dry-run say that it would be done.
run() {
  if [ -n "$dry_run" ]; then printf '    would run: %s\n' "$*"; else "$@"; fi
}

# change WORDS COMMAND… : something is not as it should be; say so, count it, mend it.
change() {
  local words="$1"
  shift
  changes=$((changes + 1))
  say "$words"
  run "$@"
}

need_root() {
  [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || die "Only root may do this: sudo $0"
}

systemd_runs() { [ -d /run/systemd/system ]; }

# file PATH MODE OWNER : what stands on the standard input stands in PATH, whole or not at all.
file() {
  local path="$1" mode="$2" owner="$3" wanted
  wanted="$(mktemp)"
  cat >"$wanted"
  if cmp -s "$wanted" "$path" && [ "$(stat -c '%a' "$path")" = "${mode#0}" ]; then
    rm -f "$wanted"
    return 0
  fi
  change "Writing $path" put_file "$wanted" "$path" "$mode" "$owner"
  rm -f "$wanted"
}

put_file() {
  local new
  new="$(mktemp "$2.XXXXXX")"
  cat "$1" >"$new"
  chmod "$3" "$new"
  if [ "$(id -u)" = 0 ]; then chown "$4" "$new"; fi
  mv -f "$new" "$2"
}

# folder PATH MODE OWNER
folder() {
  if [ -d "$1" ] && [ "$(stat -c '%a %U:%G' "$1")" = "${2#0} $3" ]; then return 0; fi
  change "Making $1" install -d -m "$2" -o "${3%%:*}" -g "${3##*:}" "$1"
}

# read_environment FILE : set and export what systemd's EnvironmentFile would. Quotes around a value go, and what the
# two could read differently is refused by the number of its line.
read_environment() {
  local line name value number=0
  [ -r "$1" ] || die "$1 cannot be read."
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    [[ "$line" =~ ^[[:space:]]*([#\;].*)?$ ]] && continue
    [[ "$line" =~ ^([A-Z][A-Z0-9_]*)=(.*)$ ]] || die "$1, line $number: write NAME=value, with nothing before NAME."
    name="${BASH_REMATCH[1]}" value="${BASH_REMATCH[2]}"
    value="${value#"${value%%[![:space:]]*}"}" value="${value%"${value##*[![:space:]]}"}"
    case "$value" in
      *\\*) die "$1, line $number: $name holds a backslash, which systemd reads in its own way." ;;
      \"*\") value="${value:1:${#value}-2}"; [[ "$value" != *\"* ]] || die "$1, line $number: $name has a quote inside its quotes." ;;
      \'*\') value="${value:1:${#value}-2}"; [[ "$value" != *\'* ]] || die "$1, line $number: $name has a quote inside its quotes." ;;
      \"* | \'*) die "$1, line $number: $name has a quote that does not end." ;;
    esac
    export "$name=$value"
  done <"$1"
}

# hide_password : out of DATABASE_URL and into PGPASSWORD. The address stands on command lines, which every user reads.
hide_password() {
  [[ "${DATABASE_URL:-}" =~ ^([a-z]+://[^:/@]*):([^@/]*)@(.*)$ ]] || return 0
  printf -v PGPASSWORD '%b' "${BASH_REMATCH[2]//%/\\x}"
  DATABASE_URL="${BASH_REMATCH[1]}@${BASH_REMATCH[3]}"
  export DATABASE_URL PGPASSWORD
}

# as_site COMMAND… : as the user that the site runs as, never as root. Secrets pass by the environment, which other
# users cannot read, never by the command line.
as_site() {
  if [ "$(id -u)" = 0 ] && [ "$SITE_USER" != root ]; then runuser -u "$SITE_USER" -- "$@"; else "$@"; fi
}

# manage RELEASE COMMAND… : a release's own manage.py, with the site's environment.
manage() (
  local release="$1"
  shift
  read_environment "$SITE_ENV"
  export DJANGO_SETTINGS_MODULE=wits_site.settings.production PYTHONDONTWRITEBYTECODE=1
  cd "$release" || exit
  as_site "$release/.venv/bin/python" manage.py "$@"
)

commit_of() { cat "$1/COMMIT" 2>/dev/null || echo none; }

# only_one NAME : wait for nobody. Two deploys at once, or a restore beside one, would each undo the other.
only_one() {
  [ -z "$dry_run" ] || return 0
  exec 9>>"$SITE_ROOT/deploy.lock"
  flock --nonblock 9 || die "Another deploy, rollback or restore is running ($(cat "$SITE_ROOT/deploy.lock")). Wait until it has ended, then look at what it did."
  printf '%s, since %s\n' "$1" "$(date -u '+%H:%M:%S UTC')" >"$SITE_ROOT/deploy.lock"
}
