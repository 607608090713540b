"""What holds for all weather."""

import pytest
from django.db import connection

from wits_site.tests.weather.length import LONG


@pytest.fixture(autouse=True)
def on_one_database(db):
    """A little weather is enough on one database."""
    if connection.vendor == "postgresql" and not LONG:
        pytest.skip("the same few lives were lived on SQLite; `make weather` lives many on PostgreSQL")
