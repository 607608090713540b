"""Whatever happens, in whatever order it is heard of: in the end the lists agree with the money."""

from hypothesis.stateful import run_state_machine_as_test

from wits_site.tests.weather.length import LIVES, STEPS, as_long_as
from wits_site.tests.weather.rules import Weather


def test_in_every_weather_all_sides_agree_in_the_end():
    run_state_machine_as_test(Weather, settings=as_long_as(LIVES, stateful_step_count=STEPS))
