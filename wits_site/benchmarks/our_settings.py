"""The site as it runs in production, on a throw-away database."""

import environ

from wits_site.settings.base import env
from wits_site.settings.test import *  # noqa: F403
from wits_site.settings.test import DATABASES

# The process that measures looks into both databases; the site only uses its own.
DATABASES["stock"] = environ.Env.db_url_config(env.str("STOCK_DATABASE_URL", default="sqlite://:memory:"))


class NoMigrations:
    """Tables are made from the models at once: running every migration takes eleven seconds."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = NoMigrations()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
}
