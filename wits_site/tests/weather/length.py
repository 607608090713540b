"""How much weather there is: a little in `make test`, always the same, and as much as one likes in `make weather`."""

import os

from hypothesis import HealthCheck, settings

LONG = "WEATHER_LIVES" in os.environ
LIVES = int(os.environ.get("WEATHER_LIVES", "6"))
STEPS = int(os.environ.get("WEATHER_STEPS", "30"))


def as_long_as(examples: int, **more: int) -> settings:
    """Hypothesis's settings for so many examples: new ones each time where there are many, else always the same."""
    return settings(
        max_examples=examples,
        derandomize=not LONG,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        **more,
    )
