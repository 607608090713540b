"""Production refuses to start without what it needs, and says what that is."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "wits.example",
    "SITE_URL": "https://wits.example",
    "DATABASE_URL": "sqlite:///:memory:",
    "STATIC_ROOT": "static-root",
    "MEDIA_ROOT": "media-root",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DEFAULT_FROM_EMAIL": "WITS <hello@wits.example>",
    "ALERT_EMAILS": "executives@wits.example",
    "STRIPE_SECRET_KEY": "rk_live_example",
    "STRIPE_WEBHOOK_SECRET": "whsec_example",
    "HUBSPOT_ACCESS_TOKEN": "pat-na1-example",
}


def start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """Import the production settings in a process of their own with COMPLETE and `changes` (None: left out)."""
    environment = {"PATH": os.environ["PATH"], **COMPLETE}
    for name, value in changes.items():
        if value is None:
            environment.pop(name)
        else:
            environment[name] = value
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from wits_site.settings import production as p;print(p.ALLOWED_HOSTS, p.ALERT_EMAILS, p.SEARCH_ENGINES)",
        ],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_it_starts_with_everything_there():
    assert start().returncode == 0


def test_a_space_after_a_comma_belongs_to_no_host_and_no_address():
    said = start(ALLOWED_HOSTS="wits.example, www.wits.example", ALERT_EMAILS="a@wits.example, b@wits.example").stdout
    assert said == "['wits.example', 'www.wits.example'] ['a@wits.example', 'b@wits.example'] True\n"


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_it_names_what_is_missing(name):
    result = start(**{name: None})
    assert result.returncode != 0
    assert name in result.stderr


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_empty_is_missing(name):
    result = start(**{name: " "})
    assert result.returncode != 0
    assert name in result.stderr


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"STRIPE_SECRET_KEY": "sk_test_example"}, "STRIPE_SECRET_KEY"),
        ({"STRIPE_TEST_MODE": "1"}, "STRIPE_SECRET_KEY"),
        ({"STRIPE_WEBHOOK_SECRET": "whsec_one,rubbish"}, "STRIPE_WEBHOOK_SECRET"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ALERT_EMAILS": " , "}, "ALERT_EMAILS"),
        ({"ALLOWED_HOSTS": ","}, "ALLOWED_HOSTS"),
        ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN"),
        ({"PING_WORKER_URL": "http://watchman.example/worker"}, "PING_WORKER_URL"),
        ({"PING_RECONCILE_URL": "watchman.example"}, "PING_RECONCILE_URL"),
        ({"SENTRY_DSN": "sentry.example"}, "SENTRY_DSN"),
        ({"DEMO_SIGN_INS": "1"}, "DEMO_SIGN_INS"),
        ({"DEMO_SIGN_INS": "True"}, "DEMO_SIGN_INS"),
    ],
)
def test_it_refuses_what_is_wrong(changes, word):
    result = start(**changes)
    assert result.returncode != 0
    assert word in result.stderr


def test_it_starts_with_everybody_watching():
    watching = {
        "METRICS_TOKEN": "x" * 32,
        "PING_WORKER_URL": "https://watchman.example/worker",
        "PING_RECONCILE_URL": "https://watchman.example/reconcile",
        "SENTRY_DSN": "https://key@sentry.invalid/1",
    }
    assert start(**watching).returncode == 0


BUCKETS = {
    "MEDIA_BUCKET": "wits-media",
    "MEDIA_PRIVATE_BUCKET": "wits-answers",
    "MEDIA_DOMAIN": "media.wits.example",
    "AWS_ACCESS_KEY_ID": "example",
    "AWS_SECRET_ACCESS_KEY": "example",
}


def test_media_may_lie_in_buckets():
    assert start(**BUCKETS).returncode == 0


@pytest.mark.parametrize("name", sorted(set(BUCKETS) - {"MEDIA_BUCKET"}))
def test_what_a_bucket_needs_besides_is_named(name):
    result = start(**{**BUCKETS, name: ""})
    assert result.returncode != 0
    assert name in result.stderr


def test_answers_and_media_never_share_a_bucket():
    result = start(**{**BUCKETS, "MEDIA_PRIVATE_BUCKET": "wits-media"})
    assert result.returncode != 0
    assert "MEDIA_PRIVATE_BUCKET" in result.stderr


def test_test_keys_are_allowed_for_a_rehearsal():
    assert start(STRIPE_SECRET_KEY="sk_test_example", STRIPE_TEST_MODE="1").returncode == 0


@pytest.mark.parametrize(
    ("changes", "may_come"),
    [
        ({}, "True"),
        ({"SEARCH_ENGINES": ""}, "True"),
        ({"SEARCH_ENGINES": "0"}, "False"),
        ({"STRIPE_SECRET_KEY": "rk_test_x", "STRIPE_TEST_MODE": "1"}, "False"),
        ({"STRIPE_SECRET_KEY": "rk_test_x", "STRIPE_TEST_MODE": "1", "SEARCH_ENGINES": "1"}, "True"),
    ],
)
def test_search_engines_may_come_unless_it_is_a_rehearsal_or_somebody_said_no(changes, may_come):
    assert start(**changes).stdout.split()[-1] == may_come


def test_two_webhook_secrets_are_allowed_while_rotating():
    assert start(STRIPE_WEBHOOK_SECRET="whsec_new,whsec_old").returncode == 0
