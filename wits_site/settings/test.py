"""The tests: SQLite in a file, or the PostgreSQL that `wits_site.postgres_for_tests` started."""

import atexit
import shutil
import tempfile
from pathlib import Path

from wits_site.settings.base import *  # noqa: F403
from wits_site.settings.base import content_security_policy, database, env

# Made anew for each process, so that two runs at once on one machine do not meet.
SCRATCH = Path(tempfile.mkdtemp(prefix="wits-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

SECRET_KEY = "only-for-tests"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SITE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = SITE_URL
DATABASES = {"default": database(env.str("DATABASE_URL", default=f"sqlite:///{SCRATCH / 'site.sqlite3'}"))}
if DATABASES["default"]["ENGINE"] == "wits_site.sqlite":
    # In memory, SQLite has one connection: tests with threads need a file.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = SCRATCH / "media"
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "home.forms.uploads.PrivateFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LOOK_AT_OTHER_SITES = False

STRIPE_SECRET_KEY = "sk_test_tests"  # noqa: S105
STRIPE_WEBHOOK_SECRETS = ["whsec_tests"]
STRIPE_TEST_MODE = True
STRIPE_API_BASE = "http://127.0.0.1:1/stripe"  # nothing listens there: a test that forgot its stand-in fails
HUBSPOT_ACCESS_TOKEN = "pat-na1-tests"  # noqa: S105
HUBSPOT_CALLS_IN_TEN_SECONDS = 100_000  # the stand-in has no limit
HUBSPOT_API_BASE = "http://127.0.0.1:1/hubspot"
CONTENT_SECURITY_POLICY = content_security_policy("https://checkout.stripe.com")

SMTP = env.email_url_config("smtp://127.0.0.1:1")
DEFAULT_FROM_EMAIL = "WITS <hello@wits.example>"
ALERT_EMAILS = ["executives@wits.example"]
DEMO_SIGN_INS = False
