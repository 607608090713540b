"""Production: everything comes from the environment, and what is missing or wrong stops the start by name."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from wits_site import sentry
from wits_site.settings.base import *  # noqa: F403
from wits_site.settings.base import (
    BASE_DIR,
    LOGGING,
    STORAGES,
    content_security_policy,
    database,
    env,
    origin,
    several,
)

REQUIRED = [
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "STATIC_ROOT",
    "MEDIA_ROOT",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "ALERT_EMAILS",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "HUBSPOT_ACCESS_TOKEN",
]
missing = [name for name in REQUIRED if not env.str(name, default="").strip(", ")]
if missing:
    raise ImproperlyConfigured(f"The site cannot start without: {', '.join(missing)}. See deploy/env.example.")

DEBUG = False
if env.str("DEMO_SIGN_INS", default="").strip().lower() not in ("", "0", "false", "no", "off"):
    raise ImproperlyConfigured("DEMO_SIGN_INS is only for one's own machine: it lets a password alone sign in.")
DEMO_SIGN_INS = False
SECRET_KEY = env.str("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters: make a random one.")
ALLOWED_HOSTS = several("ALLOWED_HOSTS")
SITE_URL = env.str("SITE_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = SITE_URL
DATABASES = {"default": database(env.str("DATABASE_URL"))}
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
# On the server each release has its own, beside its code: so an old one finds its files when it comes back.
STATIC_ROOT = str(BASE_DIR / env.str("STATIC_ROOT"))
MEDIA_ROOT = env.str("MEDIA_ROOT")
PICTURE_ORIGINS = []
if env.str("MEDIA_BUCKET", default=""):
    from wits_site.settings import buckets

    STORAGES |= buckets.storages()
    PICTURE_ORIGINS = [f"https://{env.str('MEDIA_DOMAIN')}"]

STRIPE_TEST_MODE = env.bool("STRIPE_TEST_MODE", default=False)
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRETS = several("STRIPE_WEBHOOK_SECRET")
if not STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_", "sk_test_", "rk_test_")):
    raise ImproperlyConfigured("STRIPE_SECRET_KEY is no secret key: it begins with sk_live_ or, better, rk_live_.")
if "_live_" not in STRIPE_SECRET_KEY and not STRIPE_TEST_MODE:
    raise ImproperlyConfigured("STRIPE_SECRET_KEY is not a live key. For a rehearsal, set STRIPE_TEST_MODE=1.")
if "_live_" in STRIPE_SECRET_KEY and STRIPE_TEST_MODE:
    raise ImproperlyConfigured("STRIPE_SECRET_KEY is a live key, but STRIPE_TEST_MODE=1 asks for test mode.")
if not STRIPE_WEBHOOK_SECRETS or not all(secret.startswith("whsec_") for secret in STRIPE_WEBHOOK_SECRETS):
    raise ImproperlyConfigured("STRIPE_WEBHOOK_SECRET holds what is no signing secret: each begins with whsec_.")
SEARCH_ENGINES = env.bool("SEARCH_ENGINES") if env.str("SEARCH_ENGINES", default="") else not STRIPE_TEST_MODE
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="")
HUBSPOT_ACCESS_TOKEN = env.str("HUBSPOT_ACCESS_TOKEN")
if not HUBSPOT_ACCESS_TOKEN.startswith("pat-"):
    raise ImproperlyConfigured("HUBSPOT_ACCESS_TOKEN is no token of a private app: it begins with pat-.")
CHECKOUT_ORIGIN = origin(STRIPE_API_BASE) if STRIPE_API_BASE else "https://checkout.stripe.com"
CONTENT_SECURITY_POLICY = content_security_policy(CHECKOUT_ORIGIN, *PICTURE_ORIGINS)

SMTP = env.email_url("EMAIL_URL")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
ALERT_EMAILS = several("ALERT_EMAILS")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked on the machine itself, without TLS
# nginx alone sends HSTS, in steps.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W005", "security.W021"]

# journald keeps one JSON object a line: `journalctl -u wits_site -o cat | jq`.
LOGGING["formatters"]["json"] = {"()": "wits_site.logs.JsonFormatter"}
LOGGING["handlers"]["console"]["formatter"] = "json"

STATE_FOLDER = Path("/var/lib/wits_site")

# Each of these is watched only where its variable is set.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
if METRICS_TOKEN and len(METRICS_TOKEN) < 32:
    raise ImproperlyConfigured("METRICS_TOKEN is shorter than 32 characters: make a random one.")
PING_WORKER_URL = env.str("PING_WORKER_URL", default="")
PING_RECONCILE_URL = env.str("PING_RECONCILE_URL", default="")
for name, url in {"PING_WORKER_URL": PING_WORKER_URL, "PING_RECONCILE_URL": PING_RECONCILE_URL}.items():
    if url and not url.startswith("https://"):
        raise ImproperlyConfigured(f"{name} is no address that begins with https://.")
try:
    sentry.begin(env.str("SENTRY_DSN", default=""))
except ValueError as error:
    raise ImproperlyConfigured(f"SENTRY_DSN is no address of a project at Sentry: {error}") from error
