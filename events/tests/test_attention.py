"""Links of events: those of what is to come are looked at, those of what is over are nobody's to mend."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.tests.factories import EventPageFactory
from home.broken_links.collecting import collect
from home.broken_links.records import Link

pytestmark = pytest.mark.django_db


def test_links_of_an_event_are_looked_at_until_it_is_over():
    for name, days in (("coming", 2), ("over", -2)):
        starts = timezone.now() + timedelta(days=days)
        ends = starts + timedelta(hours=1)
        EventPageFactory(sign_up_link=f"https://{name}.example/", starts_at=starts, ends_at=ends)
    collect()
    outside = Link.objects.exclude(host="").values_list("address", flat=True)
    assert list(outside) == ["https://coming.example/"]
