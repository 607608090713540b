# shellcheck shell=bash
# Units and nginx's configuration, from this release to where systemd and nginx read them. A configuration that nginx
# refuses is taken back. Reads DOMAIN, ALSO and HSTS.
# shellcheck disable=SC2154

# filled FILE : a piece of nginx's configuration with this server's names and folders.
filled() {
  local brotli="# brotli_static: its module is not installed"
  if compgen -G "$NGINX_FOLDER/modules-enabled/*brotli*static*" >/dev/null; then brotli="brotli_static on;"; fi
  sed -e "s|@DOMAIN@|$DOMAIN|g; s|@ALSO@|${ALSO//,/ }|g; s|@HSTS@|$HSTS|g; s|@TLS@|$SITE_TLS|g" \
    -e "s|@SOCKET@|$SITE_SOCKET|g; s|@LOGS@|$SITE_LOGS|g; s|@ACME@|$SITE_ACME|g; s|@STATIC@|$SITE_STATIC|g" \
    -e "s|@MEDIA@|$SITE_MEDIA|g; s|@MEDIA_PARENT@|${SITE_MEDIA%/*}|g; s|@PAGES@|$SITE_PAGES|g; s|@BROTLI@|$brotli|g" \
    -e "s|@INCLUDES@|$NGINX_FOLDER/snippets|g; s|@HTTPS@|${NGINX_HTTPS:-443}|g; s|@HTTP@|${NGINX_HTTP:-80}|g" "$1"
}

site_file() {
  local others=/dev/null
  [ -z "$ALSO" ] || others="$here/nginx/other-names.conf"
  filled <(sed -e "/^@OTHER_NAMES@$/{r $others" -e 'd}' "$here/nginx/site.conf")
}

install_units() {
  local unit before="$changes"
  file "$SITE_ROOT/alert.py" 0644 root:root <"$here/alert.py"
  for unit in "$here"/systemd/*; do
    file "$UNITS_FOLDER/${unit##*/}" 0644 root:root <"$unit"
  done
  if [ "$changes" != "$before" ] && systemd_runs; then run systemctl daemon-reload; fi
}

install_nginx() {
  local piece before="$changes" kept
  kept="$(mktemp -d)"
  cp -p "$NGINX_FOLDER/snippets"/wits_site-*.conf "$NGINX_FOLDER/sites-available/wits_site" "$kept" 2>/dev/null || true
  for piece in tls headers proxy; do
    file "$NGINX_FOLDER/snippets/wits_site-$piece.conf" 0644 root:root < <(filled "$here/nginx/$piece.conf")
  done
  file "$NGINX_FOLDER/sites-available/wits_site" 0644 root:root < <(site_file)
  if [ "$(readlink "$NGINX_FOLDER/sites-enabled/wits_site" || true)" != ../sites-available/wits_site ]; then
    change "Switching the nginx site wits_site on" ln -sfn ../sites-available/wits_site "$NGINX_FOLDER/sites-enabled/wits_site"
  fi
  if [ -e "$NGINX_FOLDER/sites-enabled/default" ]; then
    change "Switching nginx's own page off" rm -f "$NGINX_FOLDER/sites-enabled/default"
  fi
  if [ "$changes" != "$before" ] && [ -z "$dry_run" ]; then
    nginx -q -t -c "$NGINX_FOLDER/nginx.conf" || take_back "$kept"
    if systemd_runs; then systemctl reload-or-restart nginx; fi
  fi
  rm -rf "$kept"
}

take_back() {
  cp -p "$1"/wits_site-*.conf "$NGINX_FOLDER/snippets/" 2>/dev/null || true
  cp -p "$1/wits_site" "$NGINX_FOLDER/sites-available/" 2>/dev/null || rm -f "$NGINX_FOLDER/sites-enabled/wits_site"
  rm -rf "$1"
  die "nginx refuses its new configuration, for the reason above. The old one is back, and it goes on with that."
}

install_release_files() {
  install_units
  install_nginx
}
