"""What every way of running the site shares. Nothing here has a default that is unsafe in production."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

INSTALLED_APPS = [
    "desk",
    "events",
    "membership",
    "home",
    "outbox",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "desk.accounts.apps.StaffAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_guid",
    "django_migration_linter",
    "wits_site",  # last: what a fresh site needs is made when all other rooms are migrated
]

MIDDLEWARE = [
    "django_guid.middleware.guid_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "wits_site.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "desk.accounts.gate.second_factor",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "desk.closed.keep_closed",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.old_paths.redirect_old_paths",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "wits_site.urls"
WSGI_APPLICATION = "wits_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# SQLite: only IMMEDIATE removes "database is locked" from a read-then-write transaction, and only FULL keeps an
# acknowledged webhook through a power loss: Stripe does not send it again.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for one database address (`sqlite:///…` or `postgresql://…`).

    Both keep their connections open: reconnecting costs PostgreSQL two thirds of its rate and SQLite half.
    """
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["ENGINE"] = "wits_site.sqlite"
        config["OPTIONS"] = SQLITE_OPTIONS
        config["CONN_MAX_AGE"] = None
    else:
        config["CONN_MAX_AGE"] = 600
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {"connect_timeout": 5, **config.get("OPTIONS", {})}
    return config


DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "desk.User"
AUTHENTICATION_BACKENDS = ["desk.accounts.backend.StaffBackend"]
# allauth makes and checks second factors; none of its pages has an address, see desk/accounts/factors.py.
MFA_ADAPTER = "desk.accounts.encryption.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en-ca"
TIME_ZONE = "America/Toronto"
USE_I18N = True
# A few of Wagtail's own words, said so that nobody has to know them.
LOCALE_PATHS = [BASE_DIR / "wits_site" / "locale"]
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "home.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Files that visitors send with a form. It lies beside the media, which the web server hands out.
    "private": {"BACKEND": "home.forms.uploads.PrivateFiles"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WAGTAIL_SITE_NAME = "WITS"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Who forgot a password gets a new invitation from an Owner, which asks for both factors anew: a mailbox that somebody
# else reads opens nothing that no person gave.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # the address is what somebody signs in with: an Owner changes it
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # the club's times are Toronto's, for everybody who reads them
WAGTAILREDIRECTS_AUTO_CREATE = True  # who renames or moves a page breaks no link to it
WAGTAILIMAGES_IMAGE_MODEL = "home.Picture"
# What is uploaded is written anew, as JPEG or PNG: see home/pictures/uploads.py.
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.pictures.uploads.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_WEBP_QUALITY = 76
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.documents.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# All are downloads: nothing that was uploaded opens on the site's own address.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILEMBEDS_FINDERS = [
    {
        "class": "wagtail.embeds.finders.oembed",
        "providers": [
            {
                "endpoint": "https://www.youtube.com/oembed",
                "urls": [r"^https?://(www\.)?youtube\.com/watch.+$"],
            },
            {"endpoint": "https://vimeo.com/api/oembed.json", "urls": [r"^https?://(www\.)?vimeo\.com/\d+$"]},
        ],
    }
]
TAGGIT_CASE_INSENSITIVE = True  # First job and first job are one tag
# The configuration is PostgreSQL's; SQLite's table is made to find the same (home.search.sqlite_table).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}}

# Whether search engines may come: a rehearsal with test keys is no second site of the club.
SEARCH_ENGINES = True

# Every mail is a promise in the outbox; the worker hands it to the server that EMAIL_URL names.
EMAIL_BACKEND = "outbox.mail_backend.PromiseBackend"
EMAIL_TIMEOUT = 10

# The one answer Stripe waits for is under 10 s; these are what we wait for others.
STRIPE_TIMEOUT_SECONDS = 10
HUBSPOT_TIMEOUT_SECONDS = 10
HUBSPOT_CALLS_IN_TEN_SECONDS = 90  # of the 100 that the smallest plan allows
STRIPE_API_VERSION = "2026-10-28.endive"
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="")  # empty: Stripe itself
HUBSPOT_API_BASE = env.str("HUBSPOT_API_BASE", default="")  # empty: HubSpot itself
HUBSPOT_PORTAL_ID = env.str("HUBSPOT_PORTAL_ID", default="")  # the number of the account, for links to its contacts
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)

# Watching from outside; production may set them.
# Whether links that lead to other sites are looked at every night.
LOOK_AT_OTHER_SITES = True
METRICS_TOKEN = ""
STATE_FOLDER: Path | None = None  # where the server's scripts write down when they last made a backup
PING_WORKER_URL = ""
PING_RECONCILE_URL = ""

SESSION_COOKIE_AGE = 12 * 60 * 60  # a long day's work; then both factors again
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# For browsers that know no frame-ancestors; Wagtail's preview sends its own header.
X_FRAME_OPTIONS = "DENY"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000


def several(name: str) -> list[str]:
    """What a variable of the environment names with commas between; spaces around a name belong to nobody."""
    return [one for one in map(str.strip, env.list(name, default=[])) if one]


def origin(url: str) -> str:
    """`https://host:port` of an address: what a Content-Security-Policy names."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def content_security_policy(checkout_origin: str, *pictures: str) -> dict[str, dict[str, list[str]]]:
    """The policy of every public page; `wits_site.middleware` loosens it for the admin only.

    `checkout_origin` is the origin of the payment page: Chromium blocks the redirect from the join form to it
    unless form-action names that host exactly. `pictures` are other origins that media come from.
    """
    return {
        "DIRECTIVES": {
            "default-src": ["'none'"],
            "script-src": ["'self'"],
            "style-src": ["'self'"],
            "img-src": ["'self'", *pictures],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "manifest-src": ["'self'"],
            "frame-src": ["https://www.youtube-nocookie.com"],
            "form-action": ["'self'", checkout_origin],
            "frame-ancestors": ["'self'"],
            "base-uri": ["'none'"],
        }
    }


CONTENT_SECURITY_POLICY = content_security_policy("https://checkout.stripe.com")

# nginx makes the id, writes it into its own log, and overwrites what a visitor sends.
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "EXPOSE_HEADER": False}

# deploy.sh asks `lintmigrations` what would break the release that still runs. How a migration of data is written is
# not its question.
MIGRATION_LINTER_OPTIONS = {
    "no_cache": True,
    "exclude_migration_tests": [
        "RUNPYTHON_REVERSIBLE",
        "RUNPYTHON_ARGS_NAMING_CONVENTION",
        "RUNPYTHON_MODEL_IMPORT",
        "RUNPYTHON_MODEL_VARIABLE_NAME",
    ],
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "django_guid.log_filters.CorrelationId"}},
    "formatters": {
        "line": {"()": "wits_site.logs.Formatter", "format": "{levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django_guid": {"level": "WARNING"},  # a line for each request
        # Each save of a page is three lines of these.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
