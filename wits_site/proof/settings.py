"""The site as the proof runs it: on its own PostgreSQL, beside its own sandbox, without the debug mode."""

from wits_site.settings.dev import *  # noqa: F403

DEBUG = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
}
