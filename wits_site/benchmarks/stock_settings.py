"""The same site with Django's own settings for its database: the measure to beat."""

import environ

from wits_site.benchmarks.our_settings import *  # noqa: F403
from wits_site.settings.base import env

# No options but what the address itself says, a new connection for each request, and SQLite as it comes.
DATABASES = {"default": environ.Env.db_url_config(env.str("STOCK_DATABASE_URL"))}
