"""What the tests of joining share."""

from datetime import UTC, datetime

import pytest
import stripe
import time_machine

from home.first_content import ensure_first_content
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page
from membership.tests.factories import LevelFactory
from membership.tests.fake_stripe import FakeStripe
from membership.tests.joiner import Joiner
from membership.tests.vendors import every_stripe_call_checked
from sandbox.server import Sandbox


@pytest.fixture
def fake_stripe(monkeypatch):
    """Stripe's sessions, in memory. See `FakeStripe`."""
    fake = FakeStripe()
    fake.install(monkeypatch)
    return fake


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 9, 14, 16, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def site():
    ensure_first_content()
    ensure_levels()
    return ensure_join_page()


@pytest.fixture
def levels(db):
    LevelFactory()
    LevelFactory(free=True)


@pytest.fixture
def alice(clock, fake_stripe):
    return Joiner(clock)


@pytest.fixture(scope="module")
def running():
    with Sandbox(delays=(0.05,)) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running, settings, monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "_sleep_time_seconds", lambda *_: 0)
    settings.STRIPE_API_BASE = running.stripe_base
    settings.HUBSPOT_API_BASE = running.hubspot_base
    settings.STRIPE_TIMEOUT_SECONDS = settings.HUBSPOT_TIMEOUT_SECONDS = 2
    running.state.reset()
    with every_stripe_call_checked():
        yield running
