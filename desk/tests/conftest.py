"""What the tests of imports share."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from desk.tests.staff import someone
from membership.models import Level
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory


@pytest.fixture
def september():
    with time_machine.travel("2026-09-21T16:00:00Z", tick=False):
        yield


@pytest.fixture
def treasurer(client):
    client.force_login(someone("Treasurer"))
    return client


@pytest.fixture
def people():
    Level.objects.filter(slug="wits-member").exists() or LevelFactory()
    for email in ("known@uwo.example", "longer@uwo.example"):
        MembershipFactory(
            member=MemberFactory(email=email, first_name="Kept"),
            starts_on=date(2026, 9, 1),
            ends_on=date(2027, 4, 30),
            created_at=timezone.now() - timedelta(days=1),
        )
