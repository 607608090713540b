"""What follows a failure: backoff, patience, death."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from outbox.errors import TransportError
from outbox.outcomes import LONGEST_WAIT_SECONDS, MAX_SURPRISES, PATIENCE, judge, trail, wait_before, where

NOW = datetime(2026, 9, 15, 16, tzinfo=UTC)
SECRET = "mary.anne@example.com"


def judged(error, *, attempts=1, surprises=0, age=timedelta(0)):
    return judge(
        error, attempts=attempts, surprises=surprises, trying_since=NOW - age, now=NOW, source=random.Random(7)
    )


def test_a_permanent_refusal_is_dead_at_once():
    assert judged(TransportError("No such thing.", permanent=True)).dead


def test_a_transient_failure_waits_and_dies_after_seven_days():
    assert not judged(TransportError("Busy."), attempts=500, age=PATIENCE - timedelta(seconds=1)).dead
    assert judged(TransportError("Busy."), attempts=2, age=PATIENCE).dead


def test_a_surprise_dies_at_the_eighth():
    assert [judged(ValueError(), surprises=before).dead for before in range(8)] == [False] * 7 + [True]


def test_a_refusal_that_pauses_the_channel_never_dies():
    outcome = judged(TransportError("Key refused.", pauses=True), attempts=900, age=timedelta(days=90))
    assert not outcome.dead
    assert outcome.pauses


def test_retry_after_is_honoured_and_holds_the_whole_channel():
    outcome = judged(TransportError("Too many.", retry_after=120))
    assert outcome.channel_waits_until == NOW + timedelta(seconds=120)
    assert NOW + timedelta(seconds=120) <= outcome.due_at <= NOW + timedelta(seconds=121)


def test_an_absurd_retry_after_is_a_day_at_most_and_never_in_the_past():
    assert judged(TransportError("Wait.", retry_after=1e12)).channel_waits_until == NOW + timedelta(days=1)
    assert judged(TransportError("Wait.", retry_after=-5)).channel_waits_until == NOW


def test_our_own_database_being_away_is_no_surprise():
    outcome = judged(OperationalError("server closed the connection"), surprises=7)
    assert not outcome.dead
    assert not outcome.surprise


def test_an_unexpected_error_is_kept_as_type_and_place_without_its_message():
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        outcome = judged(error)
        path = trail(error)
    assert outcome.error.startswith("ValueError at outbox.tests.test_outcomes:")
    assert SECRET not in outcome.error
    assert "outbox.tests.test_outcomes:" in path
    assert SECRET not in path


def test_the_place_is_ours_even_when_a_library_raised():
    with pytest.raises(ValueError, match="larger than population") as caught:
        random.sample([], 3)
    assert where(caught.value).startswith("ValueError at outbox.tests.test_outcomes:")


@given(attempt=st.integers(1, 10_000), seed=st.integers())
def test_waits_double_up_to_an_hour_and_spread_by_half(attempt, seed):
    wait = wait_before(attempt, random.Random(seed)).total_seconds()
    middle = min(LONGEST_WAIT_SECONDS, 3.0 * 2 ** min(attempt - 1, 20))
    assert 0.5 * middle <= wait <= 1.5 * middle


ERRORS = st.sampled_from(
    [
        TransportError("busy"),
        TransportError("wait", retry_after=30),
        TransportError("key", pauses=True),
        TransportError("no", permanent=True),
        ValueError("surprise"),
    ]
)


@given(
    errors=st.lists(st.tuples(ERRORS, st.integers(0, 100_000)), min_size=1, max_size=60),
    seed=st.integers(),
)
def test_any_sequence_of_failures_dies_for_a_reason_or_is_tried_again_later(errors, seed):
    """Replays a delivery's life: it is dead exactly when a rule says so, and else due in the future."""
    source, now, surprises = random.Random(seed), NOW, 0
    for attempts, (error, later) in enumerate(errors, start=1):
        outcome = judge(error, attempts=attempts, surprises=surprises, trying_since=NOW, now=now, source=source)
        surprise = isinstance(error, ValueError)
        surprises += surprise
        assert outcome.surprise == surprise
        if surprise:
            expected = surprises >= MAX_SURPRISES
        elif error.pauses:
            expected = False
        else:
            expected = error.permanent or now - NOW >= PATIENCE
        assert outcome.dead == expected
        assert outcome.due_at >= now
        if outcome.dead:
            return
        if not outcome.pauses:
            assert outcome.due_at > now
        now = outcome.due_at + timedelta(seconds=later)
