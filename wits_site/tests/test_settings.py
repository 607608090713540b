"""Production refuses to start without what it needs, and says what that is."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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


def swapped(one, other):
    """Two keys in each other's place."""
    return {one: COMPLETE[other], other: COMPLETE[one]}


# Each start is a process of its own, born of one that has read the libraries: what it reads itself are the settings.
PARENT = """
import json, os, sys, tempfile, traceback
import csp.constants, environ, sentry_sdk, wits_site.sentry
for line in sys.stdin:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            os.environ.clear()
            os.environ.update(json.loads(line))
            os.dup2(out.fileno(), 1), os.dup2(err.fileno(), 2)
            code = 1
            try:
                from wits_site.settings import production as p
                print(p.ALLOWED_HOSTS, p.ALERT_EMAILS, p.SEARCH_ENGINES, flush=True)
                code = 0
            except Exception:
                traceback.print_exc()
            sys.stderr.flush()
            os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = [(file.seek(0), file.read().decode())[1] for file in (out, err)]
    print(json.dumps([code, *said]), flush=True)
"""


@dataclass(frozen=True)
class Start:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(scope="module")
def start():
    """Start the production settings with COMPLETE and the changes given (None: left out)."""
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:

        def start(**changes):
            environment = {"PATH": os.environ["PATH"], **COMPLETE, **changes}
            parent.stdin.write(json.dumps({name: value for name, value in environment.items() if value is not None}))
            parent.stdin.write("\n")
            parent.stdin.flush()
            return Start(*json.loads(parent.stdout.readline()))

        yield start
        parent.stdin.close()


def test_it_starts_with_everything_there(start):
    assert start().returncode == 0


def test_a_space_after_a_comma_belongs_to_no_host_and_no_address(start):
    said = start(ALLOWED_HOSTS="wits.example, www.wits.example", ALERT_EMAILS="a@wits.example, b@wits.example").stdout
    assert said == "['wits.example', 'www.wits.example'] ['a@wits.example', 'b@wits.example'] True\n"


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_it_names_what_is_missing(start, name):
    result = start(**{name: None})
    assert result.returncode != 0
    assert name in result.stderr


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_empty_is_missing(start, name):
    result = start(**{name: " "})
    assert result.returncode != 0
    assert name in result.stderr


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"STRIPE_SECRET_KEY": "sk_test_example"}, "STRIPE_SECRET_KEY is not a live key"),
        ({"STRIPE_TEST_MODE": "1"}, "STRIPE_SECRET_KEY is a live key"),
        ({"STRIPE_SECRET_KEY": "pk_live_example"}, "STRIPE_SECRET_KEY is no secret key"),
        ({"STRIPE_SECRET_KEY": "pk_test_example", "STRIPE_TEST_MODE": "1"}, "STRIPE_SECRET_KEY is no secret key"),
        ({"STRIPE_SECRET_KEY": "rubbish_live_"}, "STRIPE_SECRET_KEY is no secret key"),
        (swapped("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"), "STRIPE_SECRET_KEY is no secret key"),
        (swapped("STRIPE_SECRET_KEY", "HUBSPOT_ACCESS_TOKEN"), "STRIPE_SECRET_KEY is no secret key"),
        (swapped("STRIPE_WEBHOOK_SECRET", "HUBSPOT_ACCESS_TOKEN"), "STRIPE_WEBHOOK_SECRET holds"),
        ({"STRIPE_WEBHOOK_SECRET": "rk_live_example"}, "STRIPE_WEBHOOK_SECRET holds"),
        ({"STRIPE_WEBHOOK_SECRET": "whsec_one,rubbish"}, "STRIPE_WEBHOOK_SECRET holds"),
        ({"HUBSPOT_ACCESS_TOKEN": "rk_live_example"}, "HUBSPOT_ACCESS_TOKEN is no token of a private app"),
        ({"HUBSPOT_ACCESS_TOKEN": "0f3e-an-old-api-key"}, "HUBSPOT_ACCESS_TOKEN is no token of a private app"),
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
def test_it_refuses_what_is_wrong_and_never_says_the_key(start, changes, word):
    result = start(**changes)
    assert result.returncode != 0
    assert word in result.stderr
    assert not [key for key in changes.values() if "example" in key and "_" in key and key in result.stderr]


def test_it_starts_with_everybody_watching(start):
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


def test_media_may_lie_in_buckets(start):
    assert start(**BUCKETS).returncode == 0


@pytest.mark.parametrize("name", sorted(set(BUCKETS) - {"MEDIA_BUCKET"}))
def test_what_a_bucket_needs_besides_is_named(start, name):
    result = start(**{**BUCKETS, name: ""})
    assert result.returncode != 0
    assert name in result.stderr


def test_answers_and_media_never_share_a_bucket(start):
    result = start(**{**BUCKETS, "MEDIA_PRIVATE_BUCKET": "wits-media"})
    assert result.returncode != 0
    assert "MEDIA_PRIVATE_BUCKET" in result.stderr


def test_test_keys_are_allowed_for_a_rehearsal(start):
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
def test_search_engines_may_come_unless_it_is_a_rehearsal_or_somebody_said_no(start, changes, may_come):
    assert start(**changes).stdout.split()[-1] == may_come


def test_two_webhook_secrets_are_allowed_while_rotating(start):
    assert start(STRIPE_WEBHOOK_SECRET="whsec_new,whsec_old").returncode == 0


def test_all_that_is_missing_is_named_at_once(start):
    both = start(HUBSPOT_ACCESS_TOKEN="", STRIPE_SECRET_KEY=" ").stderr
    assert "cannot start without: STRIPE_SECRET_KEY, HUBSPOT_ACCESS_TOKEN." in both


@pytest.mark.parametrize("key", ["sk_live_example", "rk_live_example"])
def test_a_whole_and_a_restricted_key_of_stripe_are_both_keys(start, key):
    assert start(STRIPE_SECRET_KEY=key).returncode == 0


def test_every_name_that_production_needs_stands_in_the_example_without_a_value():
    example = (Path(__file__).resolve().parents[2] / "deploy" / "env.example").read_text().splitlines()
    for name in COMPLETE:
        assert [line for line in example if line.startswith(f"{name}=")], name
    for name in ("SECRET_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "HUBSPOT_ACCESS_TOKEN", "EMAIL_URL"):
        assert f"{name}=" in example, name
