"""One machine, no accounts: `make run`. Stripe, HubSpot and the mailbox are the sandbox on the next two ports."""

from pathlib import Path
from tempfile import gettempdir
from typing import Any

from wits_site.settings.base import *  # noqa: F403
from wits_site.settings.base import BASE_DIR, content_security_policy, database, env, origin

PORT = env.int("PORT", default=8000)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = True
SECRET_KEY = "only-for-this-machine-and-never-for-production"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}")
WAGTAILADMIN_BASE_URL = SITE_URL
DATABASES = {"default": database(env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'site.sqlite3'}"))}
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True


def keep_what_came_with_packages(headers: Any, path: str, url: str) -> None:
    """Let browsers ask anew for our own files only: the forty of Wagtail do not change while somebody works."""
    if not path.startswith((str(BASE_DIR / "static"), gettempdir())):
        headers["Cache-Control"] = "max-age=3600, private"


WHITENOISE_ADD_HEADERS_FUNCTION = keep_what_came_with_packages
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "home.forms.uploads.PrivateFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Nothing leaves this machine by itself.
LOOK_AT_OTHER_SITES = env.bool("LOOK_AT_OTHER_SITES", default=False)

STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="sk_test_sandbox")
STRIPE_WEBHOOK_SECRETS = env.list("STRIPE_WEBHOOK_SECRET", default=["whsec_sandbox"])
STRIPE_TEST_MODE = True
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default=f"http://127.0.0.1:{PORT + 1}/stripe")
HUBSPOT_ACCESS_TOKEN = env.str("HUBSPOT_ACCESS_TOKEN", default="pat-sandbox")
HUBSPOT_API_BASE = env.str("HUBSPOT_API_BASE", default=f"http://127.0.0.1:{PORT + 1}/hubspot")
CONTENT_SECURITY_POLICY = content_security_policy(origin(STRIPE_API_BASE))

SMTP = env.email_url("EMAIL_URL", default=f"smtp://127.0.0.1:{PORT + 2}")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="WITS <hello@wits.example>")
ALERT_EMAILS = env.list("ALERT_EMAILS", default=["executives@wits.example"])

# The demo sign-ins need no second factor; production has no such switch.
DEMO_SIGN_INS = True
