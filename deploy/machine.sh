# shellcheck shell=bash
# The steps of provision.sh. Each looks first, and changes only what is not as it should be. They read what it was told:
# DOMAIN, ALSO, CONTACT, CERTIFICATE, repository, and from site.sh the paths, changes and dry_run.
# shellcheck disable=SC2154

PACKAGES=(
  nginx libnginx-mod-http-brotli-static   # the web server, and pre-compressed files
  postgresql postgresql-client            # the database
  python3 python3-venv                    # the site
  git rsync curl ca-certificates openssl  # deploys
  restic                                  # backups
  certbot                                 # certificates
  ufw unattended-upgrades chrony          # firewall, security updates, clock
)

install_packages() {
  local package missing=()
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || ! command -v python3 >/dev/null ||
    die "The site needs Python 3.11 or newer: take Debian 12 or Ubuntu 24.04, or later."
  for package in "${PACKAGES[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  change "Installing ${missing[*]}" apt_install "${missing[@]}"
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

make_user_and_folders() {
  getent passwd "$SITE_USER" >/dev/null ||
    change "Making the user $SITE_USER, who cannot sign in" \
      useradd --system --user-group --home-dir "$SITE_ROOT" --no-create-home --shell /usr/sbin/nologin "$SITE_USER"
  local owner="$SITE_USER:$SITE_USER"
  folder "$SITE_ROOT" 0755 root:root
  folder "$SITE_RELEASES" 0755 root:root
  folder "$SITE_STATIC" 0755 root:root
  folder "$SITE_PAGES" 0755 "$owner"
  folder "$SITE_MEDIA" 0755 "$owner"
  folder "$SITE_MEDIA-private" 0700 "$owner"
  folder "$SITE_ETC" 0750 "root:$SITE_USER"
  folder "$SITE_DUMPS" 0700 "$owner"
  folder "$SITE_ACME" 0755 root:root
}

keep_time() {
  # A container has its host's clock.
  if systemd-detect-virt -q --container; then return 0; fi
  enabled chrony
}

keep_up_to_date() {
  file /etc/apt/apt.conf.d/20auto-upgrades 0644 root:root <<'APT'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
APT
  file /etc/apt/apt.conf.d/52wits_site 0644 root:root <<'APT'
// A new kernel counts from the next start: at night, when the site is away for a minute.
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-Time "05:30";
APT
}

# nginx's own logs: Debian's rule keeps them for two weeks. The journal is kept for a month, and never fills the disk.
keep_logs_short() {
  local before="$changes"
  folder /etc/systemd/journald.conf.d 0755 root:root
  file /etc/systemd/journald.conf.d/wits_site.conf 0644 root:root <<'JOURNAL'
[Journal]
Storage=persistent
SystemMaxUse=500M
SystemKeepFree=1G
MaxRetentionSec=30day
JOURNAL
  if [ "$changes" != "$before" ] && systemd_runs; then run systemctl restart systemd-journald; fi
}

make_swap() {
  local memory
  memory="$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)"
  if [ "$memory" -ge 2500 ] || [ -n "$(swapon --show --noheadings)" ] || systemd-detect-virt -q --container; then return 0; fi
  change "Making a swap file of 2 GB beside $memory MB of memory" swap_file
}

swap_file() {
  fallocate -l 2G /swapfile
  chmod 0600 /swapfile
  mkswap -q /swapfile
  swapon /swapfile
  grep -q '^/swapfile ' /etc/fstab || echo '/swapfile none swap sw 0 0' >>/etc/fstab
}

raise_firewall() {
  local said port
  said="$(ufw status 2>/dev/null || true)"
  if [[ "$said" == *"Status: active"* ]]; then
    # Somebody raised it before, and may have let in SSH alone.
    for port in 80/tcp 443/tcp; do
      [[ $'\n'"$said" == *$'\n'"$port "*ALLOW* ]] || change "Letting in $port" ufw allow "$port"
    done
    return 0
  fi
  change "Raising the firewall: SSH, HTTP and HTTPS come in, nothing else" firewall
}

firewall() {
  local port
  for port in 22/tcp 80/tcp 443/tcp; do ufw allow "$port" >/dev/null; done
  ufw default deny incoming >/dev/null
  ufw --force enable >/dev/null
  systemctl -q enable ufw
}

make_database() {
  local folder memory
  enabled postgresql
  folder="$(find "$POSTGRESQL_FOLDER" -mindepth 2 -maxdepth 2 -name main 2>/dev/null | sort -V | tail -n 1 || true)"
  if [ -z "$folder" ] && [ -z "$dry_run" ]; then
    die "PostgreSQL has no cluster: pg_lsclusters shows them, pg_createcluster makes one."
  fi
  if [ -z "$folder" ] || { [ -n "$dry_run" ] && ! getent passwd postgres >/dev/null; }; then
    change "Making PostgreSQL's settings, the role and the database $SITE_USER, once it is installed" make_database
    return 0
  fi
  memory="$(awk '/^MemTotal/ { m = int($2 / 1024 / 8); print (m > 512 ? 512 : m) }' /proc/meminfo)"
  local before="$changes"
  file "$folder/conf.d/wits_site.conf" 0644 postgres:postgres <<SETTINGS
# On this machine, for this machine. A committed payment is on the disk: synchronous_commit stays on.
listen_addresses = ''
max_connections = 60
shared_buffers = ${memory}MB
effective_cache_size = $((memory * 3))MB
work_mem = 8MB
maintenance_work_mem = 64MB
random_page_cost = 1.1
# Nobody's transaction may hold up the others for long.
idle_in_transaction_session_timeout = 5min
# No line of a log names a person: neither statements, nor the values in them.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_duration_statement = -1
SETTINGS
  if [ "$changes" != "$before" ] && systemd_runs; then run systemctl restart postgresql; fi
  # It may make databases: the drill restores into one of its own.
  [ "$(as_postgres "SELECT rolcreatedb FROM pg_roles WHERE rolname = '$SITE_USER'")" = t ] ||
    change "Making the database role $SITE_USER" as_postgres "CREATE ROLE $SITE_USER LOGIN CREATEDB"
  [ "$(as_postgres "SELECT 1 FROM pg_database WHERE datname = '$SITE_USER'")" = 1 ] ||
    change "Making the database $SITE_USER" as_postgres \
      "CREATE DATABASE $SITE_USER OWNER $SITE_USER TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
}

as_postgres() { (cd / && runuser -u postgres -- psql -XqAt -v ON_ERROR_STOP=1 -d postgres -c "$1"); }

make_repository() {
  local from="$repository"
  if [ -d "$SITE_REPOSITORY" ]; then
    if [ -n "$from" ] && [ "$(git -C "$SITE_REPOSITORY" remote get-url origin)" != "$from" ]; then
      change "Taking commits from $from" git -C "$SITE_REPOSITORY" remote set-url origin "$from"
    fi
    return 0
  fi
  if [ -z "$from" ]; then
    from="$(git -C "$here" -c safe.directory='*' remote get-url origin 2>/dev/null || git -C "$here" -c safe.directory='*' rev-parse --show-toplevel 2>/dev/null || true)"
  fi
  [ -n "$from" ] || die "Say where the commits come from: --repository ADDRESS"
  change "Copying the repository from $from" git clone -q --bare "$from" "$SITE_REPOSITORY"
}

# The names of deploy/env.example, with a new SECRET_KEY and what can be known. What only people know stays empty.
make_environment() {
  [ -e "$BACKUP_ENV" ] || change "Writing $BACKUP_ENV, for you to fill in" put_file "$here/backup.env.example" "$BACKUP_ENV" 0600 root:root
  if [ -e "$SITE_ENV" ]; then return 0; fi
  change "Writing $SITE_ENV, for you to fill in" first_environment
}

first_environment() {
  local key
  key="$(openssl rand -base64 60 | tr -d '\n/+=')"
  sed -e "s|^SECRET_KEY=.*|SECRET_KEY=$key|; s|^ALLOWED_HOSTS=.*|ALLOWED_HOSTS=$DOMAIN|" \
    -e "s|^SITE_URL=.*|SITE_URL=https://$DOMAIN|; s|^DATABASE_URL=.*|DATABASE_URL=postgresql:///$SITE_USER|" \
    -e "s|^STATIC_ROOT=.*|STATIC_ROOT=static-root|; s|^MEDIA_ROOT=.*|MEDIA_ROOT=$SITE_MEDIA|" \
    "$here/env.example" | put_file /dev/stdin "$SITE_ENV" 0640 "root:$SITE_USER"
}

# unfilled : the names without which the site does not start, and which are still empty. False when there is none.
unfilled() {
  local name found=()
  [ -r "$SITE_ENV" ] || return 1
  for name in EMAIL_URL DEFAULT_FROM_EMAIL ALERT_EMAILS STRIPE_SECRET_KEY STRIPE_WEBHOOK_SECRET HUBSPOT_ACCESS_TOKEN; do
    grep -q "^$name=..*" "$SITE_ENV" || found+=("$name")
  done
  [ "${#found[@]}" -gt 0 ] && printf '%s' "${found[*]}"
}

# Until there is a better one, so that nginx can start: a certificate that no browser trusts.
make_first_certificate() {
  local own="$SITE_ETC/tls-own"
  case "$CERTIFICATE" in
    certbot | staging | own) ;;
    *)
      [ -r "$CERTIFICATE/fullchain.pem" ] || die "$CERTIFICATE/fullchain.pem is not there."
      point_certificate "$CERTIFICATE"
      return 0
      ;;
  esac
  for_all_names "$own" || change "Making a first certificate of our own" own_certificate "$own"
  if [ ! -e "$SITE_TLS" ] || [ "$CERTIFICATE" = own ]; then point_certificate "$own"; fi
}

# for_all_names FOLDER : whether there is a certificate, for each of our names.
for_all_names() {
  local name
  [ -e "$1/fullchain.pem" ] || return 1
  for name in "$DOMAIN" ${ALSO//,/ }; do
    [[ "$(openssl x509 -noout -checkhost "$name" -in "$1/fullchain.pem" 2>/dev/null)" == *"does match"* ]] || return 1
  done
}

own_certificate() {
  install -d -m 0700 "$1"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$DOMAIN" \
    -addext "subjectAltName=DNS:${DOMAIN}${ALSO:+,DNS:${ALSO//,/,DNS:}}" \
    -keyout "$1/privkey.pem" -out "$1/fullchain.pem" 2>/dev/null
}

point_certificate() {
  [ "$(readlink "$SITE_TLS" || true)" != "$1" ] || return 0
  change "Using the certificate in $1" ln -sfn "$1" "$SITE_TLS"
  if [ -z "$dry_run" ] && systemd_runs && systemctl -q is-active nginx && nginx -q -t 2>/dev/null; then systemctl reload nginx; fi
}

switch_on() {
  local unit
  enabled nginx
  enabled wits_site.socket
  for unit in wits_site.service wits_site-worker.service; do
    # They are started by the first deploy: there is nothing to run before.
    systemctl -q is-enabled "$unit" 2>/dev/null || change "Starting $unit with the machine" systemctl -q enable "$unit"
  done
  for unit in "$here"/systemd/*.timer; do
    [ ! -e "$unit" ] || enabled "${unit##*/}"
  done
}

enabled() {
  if systemctl -q is-enabled "$1" 2>/dev/null && systemctl -q is-active "$1"; then return 0; fi
  change "Starting $1, now and with the machine" systemctl -q enable --now "$1"
}

get_certificate() {
  case "$CERTIFICATE" in certbot | staging) ;; *) return 0 ;; esac
  local kept="/etc/letsencrypt/live/$DOMAIN"
  folder /etc/letsencrypt/renewal-hooks/deploy 0755 root:root
  file /etc/letsencrypt/renewal-hooks/deploy/wits_site 0755 root:root <<'HOOK'
#!/bin/sh
exec systemctl reload nginx
HOOK
  for_all_names "$kept" || change "Asking for a certificate for $DOMAIN${ALSO:+,$ALSO}" ask_certbot
  if [ -e "$kept/fullchain.pem" ]; then point_certificate "$kept"; fi
}

ask_certbot() {
  local words=(certonly --quiet --non-interactive --agree-tos --webroot -w "$SITE_ACME" --cert-name "$DOMAIN" -d "$DOMAIN${ALSO:+,$ALSO}"
    --renew-with-new-domains)
  if [ "$CERTIFICATE" = staging ]; then words+=(--staging); fi
  if [ -n "$CONTACT" ]; then words+=(-m "$CONTACT"); else words+=(--register-unsafely-without-email); fi
  certbot "${words[@]}" || warn "No certificate yet. Do all names lead to this machine? Run provision.sh again when they do; until then browsers warn."
}
