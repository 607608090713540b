"""Whatever happens, in whatever order it is heard of: in the end the lists agree with the money.

A few lives in `make test`, always the same ones, on one database. `make weather` lives through many, new ones each
time; `WEATHER_LIVES` says how many, of `WEATHER_STEPS` steps each.
"""

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from wits_site.tests.weather.rules import Weather

pytestmark = pytest.mark.django_db

LONG = "WEATHER_LIVES" in os.environ
LIVES = int(os.environ.get("WEATHER_LIVES", "12"))
STEPS = int(os.environ.get("WEATHER_STEPS", "30"))


@pytest.fixture(autouse=True)
def _on_one_database():
    if connection.vendor == "postgresql" and not LONG:
        pytest.skip("its few lives were lived on SQLite; `make weather` lives many on PostgreSQL")


def test_in_every_weather_all_sides_agree_in_the_end():
    run_state_machine_as_test(
        Weather,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            derandomize=not LONG,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
            print_blob=True,
        ),
    )
