"""Signs of life: sent while the worker delivers, quiet when it does not, and no trouble to anybody else."""

from datetime import timedelta

import pytest
import requests
import responses
from django.utils import timezone

from outbox import pings
from outbox.models import ChannelPause, Delivery

URL = "https://watchman.invalid/worker"


@pytest.fixture
def watchman():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.mark.django_db
class TestTheWorker:
    @pytest.fixture(autouse=True)
    def watched(self, settings):
        settings.PING_WORKER_URL = URL

    def test_it_pings_while_it_delivers(self, watchman):
        watchman.get(URL)
        pings.worker_is_well()
        assert len(watchman.calls) == 1

    def test_it_is_quiet_when_the_queue_stands_still(self, watchman):
        late = timezone.now() - timedelta(minutes=11)
        Delivery.objects.create(kind="site.nothing", channel="site", key="one", due_at=late)
        pings.worker_is_well()
        assert len(watchman.calls) == 0

    @pytest.mark.parametrize("state", ["waiting", "running", "dead"])
    def test_it_is_quiet_when_what_the_club_must_be_told_does_not_get_out(self, watchman, state):
        """Mail that is refused or away tells of everything but of itself."""
        since, now = timezone.now() - timedelta(hours=2), timezone.now()
        ChannelPause.objects.create(channel="mail", refused_since=since, waits_until=now)
        Delivery.objects.create(
            kind="mail.alert", channel="mail", key="one", state=state, trying_since=since, due_at=now
        )
        pings.worker_is_well()
        assert len(watchman.calls) == 0

    def test_it_pings_while_only_a_mail_to_somebody_else_waits(self, watchman):
        watchman.get(URL)
        since, later = timezone.now() - timedelta(hours=2), timezone.now() + timedelta(hours=1)
        Delivery.objects.create(kind="mail.welcome", channel="mail", key="one", trying_since=since, due_at=later)
        Delivery.objects.create(
            kind="mail.alert", channel="mail", key="two", state="dead", due_at=since - timedelta(days=1)
        )
        pings.worker_is_well()
        assert len(watchman.calls) == 1

    def test_without_a_watchman_nothing_is_asked_for(self, watchman, settings):
        settings.PING_WORKER_URL = ""
        pings.worker_is_well()
        assert len(watchman.calls) == 0

    @pytest.mark.parametrize(
        "answer",
        [{"status": 503}, {"status": 404}, {"body": requests.ConnectionError("no")}, {"body": requests.Timeout()}],
    )
    def test_a_watchman_who_is_away_is_logged_and_no_more(self, watchman, caplog, answer):
        watchman.get(URL, **answer)
        pings.worker_is_well()
        assert "The ping worker did not arrive" in caplog.text
        assert "watchman.invalid" not in caplog.text  # whoever knows the address can keep the watchman quiet


def test_it_waits_five_seconds_at_most_and_follows_nobody(watchman):
    watchman.get(URL, status=302, headers={"Location": "https://elsewhere.invalid/"})
    pings.ping("any", URL)
    (call,) = watchman.calls
    assert call.request.req_kwargs["timeout"] == 5
