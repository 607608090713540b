"""What a watchman outside may see: figures, errors and request ids, and nobody's name."""

import json
import logging
import sys
import uuid
from datetime import timedelta

import pytest
import sentry_sdk
from django.test import override_settings
from django.utils import timezone
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from outbox.models import ChannelPause, Delivery, TaskRun
from wits_site import sentry
from wits_site.logs import JsonFormatter

TOKEN = "t" * 40


def json_line(*args, exc_info=None, **extra):
    record = logging.LogRecord("any", logging.ERROR, __file__, 1, *args, exc_info)
    record.__dict__.update(extra)
    return json.loads(JsonFormatter().format(record))


def test_a_line_of_the_log_says_when_where_and_in_which_request():
    line = json_line("The %s is away.", ("database",), correlation_id="abc")
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "ERROR", "logger": "any", "message": "The database is away.", "request_id": "abc"}


def test_an_address_in_a_traceback_is_hidden_and_the_line_stays_one_object():
    try:
        raise ValueError('no "zoe@uwo.ca"\nnor zoë@uwo.ca\\"')
    except ValueError:
        line = json_line("It broke for %s", ("zoe@uwo.ca",), exc_info=sys.exc_info())
    assert "uwo.ca" not in json.dumps(line, ensure_ascii=False)
    assert "ValueError" in line["error"]


def test_a_request_that_hangs_on_a_record_is_not_written(rf):
    line = json_line("Bad Request: %s", ("/",), request=rf.get("/?session_id=cs_secret"), status_code=400)
    assert set(line) == {"time", "level", "logger", "message"}


@pytest.mark.django_db
class TestRequestId:
    def test_what_the_web_server_made_is_used_and_sent_back(self, client):
        made = uuid.uuid4().hex
        assert client.get("/healthz", headers={"X-Request-ID": made})["X-Request-ID"] == made

    @pytest.mark.parametrize("sent", ["", "x", "{}", "a" * 5000, "12345678-1234-1234-1234-12345678901g"])
    def test_anything_else_is_replaced(self, client, sent):
        answered = client.get("/healthz", headers={"X-Request-ID": sent})["X-Request-ID"]
        assert answered != sent
        assert uuid.UUID(answered)


@pytest.mark.django_db
class TestMetrics:
    def test_they_do_not_exist_without_a_token(self, client):
        assert client.get("/metrics").status_code == 404

    @pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer wrong"}])
    @override_settings(METRICS_TOKEN=TOKEN)
    def test_who_does_not_know_the_token_is_sent_away(self, client, sent):
        answer = client.get("/metrics", headers=sent)
        assert answer.status_code == 401
        assert b"wits_" not in answer.content

    @override_settings(METRICS_TOKEN=TOKEN)
    def test_they_tell_of_the_queue_of_services_and_of_jobs(self, client, django_assert_max_num_queries):
        now = timezone.now()
        for key, state in {"a": "dead", "b": "dead", "c": "waiting", "d": "done"}.items():
            Delivery.objects.create(
                kind="site.nothing", channel="site", key=key, state=state, due_at=now - timedelta(seconds=60)
            )
        ChannelPause.objects.create(channel="hubspot", waits_until=now, refused_since=now)
        TaskRun.objects.create(
            name="sign of life", period="p", state="done", started_at=now, due_at=now, finished_at=now
        )
        with django_assert_max_num_queries(7):
            answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        lines = answer.content.decode().splitlines()
        assert 'wits_deliveries{channel="site",state="dead"} 2.0' in lines
        assert 'wits_deliveries{channel="site",state="waiting"} 1.0' in lines
        assert not any('state="done"' in line for line in lines)
        assert 'wits_service_refuses{channel="hubspot"} 1.0' in lines
        assert any(line.startswith('wits_task_done_timestamp_seconds{task="sign of life"}') for line in lines)
        assert any(line.startswith("wits_queue_age_seconds 6") for line in lines)
        assert "wits_cases_open 0.0" in lines


class Kept(Transport):
    """Sentry's own way out, but for the network."""

    def __init__(self):
        super().__init__()
        self.events = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.events.append(envelope.get_event())


def test_sentry_learns_what_broke_and_not_for_whom(rf):
    kept = Kept()
    client = sentry_sdk.Client("https://key@sentry.invalid/1", transport=kept, **sentry.OPTIONS)
    with sentry_sdk.isolation_scope() as scope:
        scope.set_client(client)
        scope.set_user({"email": "zoe@uwo.ca", "ip_address": "203.0.113.9"})
        scope.set_extra("form", {"email": "zoe@uwo.ca"})
        logging.getLogger("any").warning("mail to zoe@uwo.ca")
        member = "Zoë zoe@uwo.ca"
        try:
            raise ValueError(f"Key (email)=({member.split()[1]}) exists")
        except ValueError:
            sentry_sdk.capture_exception()
    (event,) = kept.events
    told = json.dumps(event, ensure_ascii=False, default=str)
    assert "uwo.ca" not in told
    assert "203.0.113.9" not in told
    assert "Zoë" not in told
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert "left out" in event["exception"]["values"][0]["value"]
