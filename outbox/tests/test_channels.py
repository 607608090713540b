"""A partner that refuses everything, or asks for time: its whole channel waits, and nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import channels, claims
from outbox.errors import TransportError
from outbox.models import Alert, ChannelPause, Delivery
from outbox.worker import run_once

pytestmark = pytest.mark.django_db

REFUSED = TransportError("HubSpot refuses our key (401).", pauses=True)


def run_all() -> int:
    made = 0
    while run_once():
        made += 1
    return made


def test_a_refused_channel_pauses_with_one_alert_and_nothing_dies(kind, clock):
    kind.always = REFUSED
    for number in range(20):
        kind.promise(str(number))
    for _ in range(200):
        run_all()
        clock.shift(timedelta(hours=1))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
    assert Alert.objects.filter(kind="channel.paused").count() == 1
    assert not Alert.objects.filter(kind="delivery.dead").exists()


def test_while_it_is_paused_others_go_on(kind, make_kind, clock):
    mail = make_kind("test.mail", channel="mail")
    kind.always = REFUSED
    for number in range(5):
        kind.promise(str(number))
        mail.promise(str(number))
    run_all()
    assert len(kind.seen) == 1
    assert len(mail.made) == 5


def test_one_delivery_probes_after_a_growing_wait_of_ten_minutes_at_most(kind, clock):
    kind.always = REFUSED
    for number in range(5):
        kind.promise(str(number))
    run_all()
    waits = []
    for _ in range(9):
        pause = ChannelPause.objects.get()
        waits.append(round((pause.waits_until - timezone.now()).total_seconds()))
        clock.move_to(pause.waits_until - timedelta(seconds=1))
        assert run_all() == 0
        clock.shift(1)
        assert run_all() == 1
    assert waits == [15, 30, 60, 120, 240, 480, 600, 600, 600]


def test_when_a_probe_gets_through_everything_goes_out_and_the_pause_counts_against_nobody(kind, clock):
    kind.always = REFUSED
    for number in range(5):
        kind.promise(str(number))
    run_all()
    clock.shift(timedelta(days=8))
    kind.always = None
    kind.answers = [None, TransportError("Busy.")]
    assert run_all() == 5
    assert len(kind.made) == 4
    row = Delivery.objects.exclude(state="done").get()
    assert row.state == "waiting"
    assert ChannelPause.objects.get().refused_since is None


def test_a_request_that_is_refused_for_good_shows_that_the_channel_works(kind, clock):
    kind.answers = [REFUSED]
    kind.promise("one")
    kind.promise("two")
    run_all()
    clock.shift(15)
    kind.answers = [TransportError("No such contact.", permanent=True)]
    run_all()
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["dead", "done"]


def test_a_probe_that_meets_a_mistake_of_ours_resumes_nothing_and_another_row_probes_next(kind, clock):
    kind.answers = [REFUSED, ValueError("poison")]
    kind.promise("one")
    kind.promise("two")
    run_all()
    clock.shift(15)
    assert run_all() == 1
    assert ChannelPause.objects.get().refused_since is not None
    clock.shift(30)
    run_all()
    assert len(kind.made) == 2


def test_only_one_of_two_workers_probes(kind, clock):
    kind.answers = [REFUSED]
    kind.promise("one")
    kind.promise("two")
    run_all()
    clock.shift(15)
    first = claims.claim()
    assert first.probe
    assert claims.claim() is None


def test_a_second_pause_is_told_again(kind, clock):
    kind.promise("one")
    kind.answers = [REFUSED, None, REFUSED]
    run_all()
    clock.shift(15)
    run_all()
    kind.promise("two")
    run_all()
    assert Alert.objects.filter(kind="channel.paused").count() == 2


def test_too_many_requests_holds_the_whole_channel_for_as_long_as_asked(kind, clock):
    kind.answers = [TransportError("Too many.", retry_after=90)]
    kind.promise("one")
    kind.promise("two")
    assert run_all() == 1
    clock.shift(89)
    assert run_all() == 0
    clock.shift(1)
    assert run_all() == 1
    clock.shift(1)
    assert run_all() == 1
    assert len(kind.made) == 2
    assert not Alert.objects.exists()


def test_a_shorter_wait_does_not_shorten_a_longer_one(clock):
    now = timezone.now()
    channels.wait("hubspot", now + timedelta(seconds=60))
    channels.wait("hubspot", now + timedelta(seconds=5))
    assert channels.closed(now + timedelta(seconds=30)) == ["hubspot"]
