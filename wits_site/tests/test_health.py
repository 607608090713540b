"""What /healthz answers, and when it says no."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from outbox.models import Delivery
from wits_site.health import running_commit

pytestmark = pytest.mark.django_db


def deliver_later(**fields):
    return Delivery.objects.create(kind="site.nothing", channel="site", **{"key": "one", **fields})


def test_it_is_well_with_nothing_to_do(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "queue_age_seconds": 0, "dead": 0, "commit": ""}


def test_it_says_how_long_the_oldest_due_delivery_has_waited(client):
    deliver_later(due_at=timezone.now() - timedelta(seconds=90))
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert 89 <= answer.json()["queue_age_seconds"] <= 100


def test_it_is_unwell_when_nobody_delivers(client):
    deliver_later(due_at=timezone.now() - timedelta(minutes=11))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "worker is not delivering"


def test_a_delivery_that_waits_for_its_time_is_no_trouble(client):
    deliver_later(due_at=timezone.now() + timedelta(hours=5))
    assert client.get("/healthz").json()["queue_age_seconds"] == 0


def test_a_dead_delivery_is_counted_but_does_not_stop_a_deploy(client):
    deliver_later(state=Delivery.State.DEAD)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["dead"] == 1


def test_a_database_that_is_away_is_said(client):
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "away", "commit": ""}


def test_it_is_never_kept_by_a_cache_and_only_read(client):
    assert "no-store" in client.get("/healthz")["Cache-Control"]
    assert client.post("/healthz").status_code == 405


def test_it_says_which_commit_answers_also_while_the_database_is_away(client, settings, tmp_path):
    (tmp_path / "COMMIT").write_text("0123456789abcdef\n")
    settings.BASE_DIR = tmp_path
    running_commit.cache_clear()
    assert client.get("/healthz").json()["commit"] == "0123456789abcdef"
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        assert client.get("/healthz").json()["commit"] == "0123456789abcdef"
    running_commit.cache_clear()
