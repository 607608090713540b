"""What the tests of joining share."""

import pytest

from membership.tests.fake_stripe import FakeStripe


@pytest.fixture
def fake_stripe(monkeypatch):
    """Stripe's sessions, in memory. See `FakeStripe`."""
    fake = FakeStripe()
    fake.install(monkeypatch)
    return fake
