# shellcheck shell=bash
# What deploy.sh and rollback.sh do with releases: build one, let it run, ask whether it is the one that answers.

# The site's user reads a release, and nginx its static files, whatever root's own habit is.
umask 022

# build_release COMMIT : its own folder with its own virtual environment. READY is written last: what has none was
# interrupted, and is taken away by the next deploy. UNTRIED goes when its smoke test has gone well for the first time.
build_release() {
  local release="$SITE_RELEASES/$1"
  if [ -e "$release/READY" ]; then
    say "This commit was built before"
    return 0
  fi
  say "Building the release"
  mkdir "$release"
  touch "$release/UNTRIED"
  git -C "$SITE_REPOSITORY" archive "$1" | tar -x -C "$release"
  printf '%s\n' "$1" >"$release/COMMIT"
  install_requirements "$release"
  install -d -m 0755 "$release/static-root"
  if [ "$(id -u)" = 0 ]; then chown "$SITE_USER:" "$release/static-root"; fi
  manage "$release" check --deploy --fail-level WARNING >/dev/null
  manage "$release" collectstatic --noinput --verbosity 0
  touch "$release/READY"
}

# From locked hashes only, the tool that installs them too. Files lie in one cache, so that releases share them.
install_requirements() {
  local tools="$SITE_ROOT/tools" wanted
  wanted="$(sha256sum "$1/deploy/tools.txt")"
  if [ "$(cat "$tools/locked" 2>/dev/null)" != "${wanted%% *}" ]; then
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1/deploy/tools.txt"
    printf '%s\n' "${wanted%% *}" >"$tools/locked"
  fi
  python3 -m venv --without-pip "$1/.venv"
  UV_CACHE_DIR="${UV_CACHE_DIR:-$SITE_ROOT/cache}" VIRTUAL_ENV="$1/.venv" \
    "$tools/bin/uv" pip sync --quiet --system-certs --compile-bytecode --require-hashes "$1/requirements.txt"
}

clean_half_finished() {
  local release
  for release in "$SITE_RELEASES"/*/; do
    if [ ! -d "$release" ] || [ -e "$release/READY" ]; then continue; fi
    say "Taking away ${release%/}: its deploy did not end"
    run rm -rf "${release%/}"
  done
}

# good_before RELEASE : where to go back to when it does not work: what runs now or, where that never proved itself (a
# switch that was broken off), the newest that did. Nothing where RELEASE itself runs and was well: it is not at fault.
good_before() {
  local running release
  running="$(readlink -f "$SITE_CURRENT" || true)"
  if [ "${running##*/}" = "${1##*/}" ] && [ ! -e "$1/UNTRIED" ]; then return 0; fi
  while IFS= read -r release; do
    if [ ! -e "$release/READY" ] || [ -e "$release/UNTRIED" ] || [ "${release##*/}" = "${1##*/}" ]; then continue; fi
    printf '%s\n' "$release"
    return 0
  done < <(printf '%s\n' "$running" && newest_first)
}

newest_first() { find "$SITE_RELEASES" -mindepth 2 -maxdepth 2 -name READY -printf '%T@ %h\n' | sort -rn | cut -d ' ' -f 2; }

# need_database RELEASE : said before anything else about it, in a word.
need_database() {
  local said
  said="$(manage "$1" showmigrations wagtailcore 2>&1 >/dev/null)" && return 0
  said="${said##*$'\n'}"
  [[ "$said" != *ImproperlyConfigured:* ]] || die "${said#*ImproperlyConfigured: } ($SITE_ENV) Nothing was switched."
  die "The database does not answer: systemctl status postgresql. Nothing was switched."
}

# refuse_breaking RELEASE : migrations that the release still running could not live with are refused.
refuse_breaking() {
  local said
  if said="$(manage "$1" lintmigrations --unapplied-migrations --quiet ok ignore warning 2>&1)"; then return 0; fi
  printf '%s\n' "$said" | sed 's/^/    /' >&2
  if [ -n "$second_half" ]; then
    warn "Going on: you said that the running release can live with these."
    return 0
  fi
  die "These migrations would break the release that runs until the new one does, and a rollback to it. Deploy in two
    halves: first a release that no longer uses what goes, then, with --second-half, the one that takes it away."
}

migrate() {
  local release="$1" attempt
  for attempt in 1 2 3 4 5; do
    # Whoever waits for a lock holds up everybody behind it: four seconds at most, then it lets them pass.
    if PGOPTIONS="-c lock_timeout=4s" manage "$release" migrate --noinput --verbosity 0; then return 0; fi
    [ "$attempt" = 5 ] || { warn "The migration did not get through (attempt $attempt of 5). Trying again."; sleep "$attempt"; }
  done
  die "The migrations did not get through. Nothing was switched: the release that runs goes on."
}

back_up() {
  if [ -n "${SITE_BACKUP_OFF:-}" ]; then return 0; fi
  if [ -x "$1/deploy/backup.sh" ] && grep -qs '^RESTIC_REPOSITORY=.' "$BACKUP_ENV"; then
    say "Backing up before the migrations"
    "$1/deploy/backup.sh" || die "The backup before the migrations failed, so nothing was migrated. --without-backup goes on without."
    rm -f "$SITE_DUMPS"/before-*.dump # of the time before there were backups: nobody's deletion reaches them
    return 0
  fi
  warn "NO BACKUPS ARE SET UP. A dump on this machine alone is taken instead: docs/RUNBOOK.md says how to set them up."
  local file
  file="$SITE_DUMPS/before-$(date -u +%Y%m%dT%H%M%SZ).dump"
  (
    read_environment "$SITE_ENV"
    hide_password
    case "$DATABASE_URL" in
      postgres*) as_site pg_dump -Fc --file "$file" "$DATABASE_URL" ;;
      *) warn "This is no PostgreSQL: no dump." ;;
    esac
  )
  find "$SITE_DUMPS" -maxdepth 1 -name 'before-*.dump' | sort | head -n -5 | xargs -r rm -f
}

# publish_static RELEASE : each file appears at once and whole; those of older releases stay for pages that are open.
publish_static() {
  rsync --recursive --checksum --times --exclude staticfiles.json "$1/static-root/" "$SITE_STATIC/"
}

point_current() {
  ln -sfn "releases/${1##*/}" "$SITE_CURRENT.new"
  mv -T "$SITE_CURRENT.new" "$SITE_CURRENT"
}

# From here to the end of the switch nothing breaks off: a worker that was stopped would stay so, and nobody would hear.
undisturbed() { trap '' HUP INT TERM PIPE; }

# let_run RELEASE : the worker ends what it does; the link changes; the socket keeps what comes while gunicorn starts.
let_run() {
  "${SITE_SYSTEMCTL:-systemctl}" stop wits_site-worker || return 1
  point_current "$1" || return 1
  "$1/deploy/install.sh" | { sed 's/^/    /' || true; } || return 1
  # A release that crashes uses up the starts that systemd allows in five minutes: the one that comes after it, or back,
  # would be refused. What is not loaded yet has none to give back, and says so.
  "${SITE_SYSTEMCTL:-systemctl}" reset-failed wits_site.socket wits_site.service wits_site-worker.service 2>/dev/null || true
  "${SITE_SYSTEMCTL:-systemctl}" restart wits_site
}

start_worker() { "${SITE_SYSTEMCTL:-systemctl}" start wits_site-worker; }

# answered PATH : what the site answers on its socket, as nginx would ask it.
answered() {
  local host
  host="$(sed -n 's/^DOMAIN=//p' "$SITE_SERVER")"
  curl -sS --max-time 10 --unix-socket "$SITE_SOCKET" -H "Host: $host" -H "X-Forwarded-Proto: https" "${@:2}" "http://site$1"
}

# smoke RELEASE : within 30 seconds the release's own commit answers, the database too, and pages are pages.
smoke() {
  local commit until=$((SECONDS + 30)) said="nothing" path status
  commit="$(commit_of "$1")"
  while ! { said="$(answered /healthz 2>&1)" && [[ "$said" == *"\"$commit\""* && "$said" == *'"database": "ok"'* ]]; }; do
    [ "$SECONDS" -lt "$until" ] || { warn "/healthz: $said"; return 1; }
    sleep 0.5
  done
  for path in / /join/ /admin/login/; do
    status="$(answered "$path" -o /dev/null -w '%{http_code}')" || status=none
    [[ "$status" =~ ^(200|30[12])$ ]] || { warn "$path answers $status"; return 1; }
  done
  say "Commit ${commit:0:12} answers"
}

# keep_five : the five newest releases stay, and the one that runs; with the others go the static files that no
# release that stays has.
keep_five() {
  local release running
  running="$(readlink -f "$SITE_CURRENT")"
  newest_first | tail -n +6 |
    while IFS= read -r release; do
      if [ "$release" = "$running" ]; then continue; fi
      say "Letting go of ${release##*/}"
      rm -rf "$release"
    done
  LC_ALL=C comm -13 <(find "$SITE_RELEASES"/*/static-root -type f -printf '%P\n' | LC_ALL=C sort -u) \
    <(find "$SITE_STATIC" -type f -printf '%P\n' | LC_ALL=C sort -u) | (cd "$SITE_STATIC" && xargs -r -d '\n' rm -f)
}
