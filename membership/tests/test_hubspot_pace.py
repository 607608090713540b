"""HubSpot is never called faster than it allows, however many threads call."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from membership import hubspot_gateway
from membership.hubspot_gateway import client
from membership.hubspot_gateway.pace import SECONDS, Pace
from membership.tests.test_hubspot_gateway import ALICE, NOTHING_FOUND, batch, contact, hubspot  # noqa: F401


class Time:
    """A clock that only sleeping and `pass_` move."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def pass_(self, seconds):
        self.now += seconds


# Parts of 1,024 add up exactly in binary: what is compared below is the pace, not the rounding of the clock.
pauses_of_seconds = st.integers(0, 4096).map(lambda parts: parts / 1024)


@given(calls=st.integers(1, 20), pauses=st.lists(pauses_of_seconds, max_size=80))
def test_no_ten_seconds_hold_more_calls_than_allowed_and_nobody_waits_longer_than_that(calls, pauses):
    clock = Time()
    pace = Pace(calls, clock, clock.pass_)
    begun = []
    for pause in pauses:
        clock.pass_(pause)
        asked = clock.now
        pace.wait()
        assert clock.now - asked <= SECONDS
        begun.append(clock.now)
    for first, later in zip(begun, begun[calls:], strict=False):
        assert later - first >= SECONDS


def test_whoever_calls_seldom_never_waits():
    clock = Time()
    slept = []
    pace = Pace(3, clock, slept.append)
    for _ in range(50):
        pace.wait()
        clock.pass_(4)
    assert slept == []


def test_threads_share_one_pace():
    clock = Time()
    slept = []
    pace = Pace(4, clock, slept.append)
    threads = [threading.Thread(target=pace.wait) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(slept) == [10.0] * 4 + [20.0] * 4


def test_every_call_keeps_the_pace(hubspot, monkeypatch):  # noqa: F811
    waited = []
    monkeypatch.setattr(
        client, "_pace", lambda calls: type("Counted", (), {"wait": lambda self: waited.append(calls)})()
    )
    hubspot.says(NOTHING_FOUND, batch(contact("51")))
    hubspot_gateway.push_contact(ALICE)
    assert len(waited) == len(hubspot.asked) == 2
