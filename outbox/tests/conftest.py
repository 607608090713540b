"""The cast of the outbox's tests: kinds of delivery that do as they are told, a mailbox, a clock."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.db import connections, transaction

from outbox import mails, promises, registry, schedule
from outbox.models import Delivery

NOON = datetime(2026, 9, 15, 16, tzinfo=UTC)


class Kind:
    """A kind of delivery whose handler raises what the test puts into `answers`, then succeeds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.answers: list[Exception | None] = []
        self.always: Exception | None = None
        self.seen: list[str] = []
        self.made: list[str] = []

    def __call__(self, delivery: Delivery) -> None:
        self.seen.append(delivery.key)
        error = self.answers.pop(0) if self.answers else self.always
        if error is not None:
            raise error
        self.made.append(delivery.key)

    def promise(self, key: str = "one", **options) -> Delivery:
        with transaction.atomic():
            return promises.promise(self.name, f"{self.name}:{key}", **options)


@pytest.fixture
def at_once():
    """`at_once(n, work)`: run `work` in n threads from the same instant; the first error of any is raised."""

    def run(number: int, work: Callable[[], None]) -> None:
        start = threading.Barrier(number)

        def one() -> None:
            try:
                start.wait(30)
                work()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(number) as pool:
            for future in [pool.submit(one) for _ in range(number)]:
                future.result(60)

    return run


@pytest.fixture
def make_kind():
    """Register a kind of delivery for one test: `make_kind("test.push", channel="hubspot")`."""
    names: list[str] = []

    def make(name: str = "test.push", channel: str = "hubspot", handler: Callable | None = None) -> Kind:
        kind = Kind(name)
        registry.register(name, handler or kind, channel=channel)
        names.append(name)
        return kind

    yield make
    for name in names:
        registry.forget(name)


@pytest.fixture
def kind(make_kind):
    return make_kind()


@pytest.fixture
def mailbox(settings):
    """Every mail that reaches the mail server, which stands in memory."""
    settings.SMTP = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    mail.outbox = []
    return mail.outbox


@pytest.fixture
def clock():
    """Noon in Toronto on a Tuesday in September, standing still until the test moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def welcome():
    """A mail with editable words."""
    found = mails.MailKind(
        key="test.welcome",
        label="Test welcome",
        purpose="Greets whoever joined.",
        variables={"first_name": "Robin", "until": "30 April 2027"},
        required=frozenset({"until"}),
        subject="You’re in, {first_name}",
        body="**Hello** {first_name}!\n\nYou are a member until {until}.\n\n- Come\n- [Write](https://example.com)",
        button="Open my card",
    )
    mails.register_mail(found)
    yield found
    mails.forget_mail(found.key)


@pytest.fixture
def quiet_schedule(monkeypatch):
    """Only the tasks that the test schedules."""
    monkeypatch.setattr(schedule, "_tasks", {})
