"""Production's settings, with what nginx does in front of it: compressed pages, uploads, and TLS left out."""

from wits_site.settings.production import *  # noqa: F403
from wits_site.settings.production import MIDDLEWARE as PRODUCTIONS

# Nothing of this knows a secret: no page that is measured has a form token beside what a visitor typed.
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *PRODUCTIONS]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
