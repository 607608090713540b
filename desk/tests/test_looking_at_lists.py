"""What each line of a list would do is decided once, kept and read in pages; nobody becomes a member by a guess."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from desk.tests.importing import imported, uploaded, words_of
from desk.tests.staff import someone
from membership.housekeeping import prune
from membership.imports import looking, staging
from membership.models import Import, Level, Looked
from membership.tests.factories import LevelFactory
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def september():
    with time_machine.travel("2026-09-21T16:00:00Z", tick=False):
        yield


@pytest.fixture
def treasurer(client):
    LevelFactory()
    client.force_login(someone("Treasurer"))
    return client


def test_nobody_becomes_a_member_of_a_level_that_nobody_named(treasurer):
    url = uploaded(treasurer, "Name,Email\nMaya,maya@uwo.example\nRobin,robin@uwo.example\n")
    page = words_of(treasurer.get(url))
    assert "2 lines name no level, so they make nobody a member." in page
    assert 'value="import"' not in treasurer.get(url).content.decode()

    level = Level.objects.get(slug="wits-member")
    choice = {"do": "match", "email": "1", "name": "0", "starts_on": "2026-09-21"}
    treasurer.post(url, choice | {"default_level": level.pk})
    page = words_of(treasurer.get(url))
    assert "2 become WITS member, only because you chose that level for lines that name none." in page
    assert "Import 2 memberships" in page
    treasurer.post(url, choice)
    assert "name no level" in words_of(treasurer.get(url))


def test_the_preview_says_who_says_so(treasurer):
    page = words_of(treasurer.get(uploaded(treasurer)))
    assert "3 become WITS member, as their lines say." in page
    assert "only because you chose" not in page


LONG = "First name,Last name,Email,Level\n" + "".join(
    f"Maya,Okoro {number},maya{number}@uwo.example,{'WITS member' if number % 4 else 'Gold'}\n"
    for number in range(1200)
)


def test_a_long_list_is_looked_at_once_in_the_background_and_only_read_then(
    treasurer, monkeypatch, django_assert_max_num_queries
):
    url = uploaded(treasurer, LONG)
    page = treasurer.get(url)
    assert "0 of 1200 lines looked at" in words_of(page)
    assert page.headers["Refresh"] == "2"
    assert 'value="import"' not in page.content.decode()
    treasurer.post(url, {"do": "import"})
    assert not Delivery.objects.filter(kind="import.members").exists(), "not before anybody has seen it"

    [delivery] = Delivery.objects.filter(kind="import.look")
    looking.run(delivery)
    monkeypatch.setattr(looking, "decided", None)  # nothing is decided again
    monkeypatch.setattr(staging, "decide", None)
    with django_assert_max_num_queries(25):
        page = words_of(treasurer.get(url))
    assert "New member: 900" in page
    assert "Bad line, left out: 300" in page
    assert "Page 1 of 12" in page
    last = words_of(treasurer.get(f"{url}&show=bad&p=3"))
    assert "Page 3 of 3" in last
    assert "There is no level of that name." in last
    assert "Okoro 1196" in last or "maya1196@uwo.example" in last


def test_columns_put_right_while_it_is_looked_at_make_the_look_before_stop(treasurer):
    url = uploaded(treasurer, LONG)
    batch = Import.objects.get()
    [first] = Delivery.objects.filter(kind="import.look")
    looking.begin(batch)
    looking.run(first)
    assert not Looked.objects.exists()
    looking.run(Delivery.objects.filter(kind="import.look").latest("pk"))
    looking.run(first)
    assert Looked.objects.filter(look=2).count() == Looked.objects.count() == 1200
    assert "New member: 900" in words_of(treasurer.get(url))


def test_a_look_that_the_worker_gave_up_says_so_and_can_begin_again(treasurer):
    url = uploaded(treasurer, LONG)
    Delivery.objects.update(state="dead")
    page = treasurer.get(url)
    assert "It stopped" in page.content.decode()
    assert "Refresh" not in page.headers
    treasurer.post(url, {"do": "match", "first_name": "0", "email": "2", "level": "3", "starts_on": "2026-09-21"})
    looking.run(Delivery.objects.latest("pk"))
    assert "New member: 900" in words_of(treasurer.get(url))


def test_what_was_looked_at_is_gone_with_the_list(treasurer):
    url = uploaded(treasurer)
    assert Looked.objects.count() == 8
    imported(treasurer, url)
    assert not Looked.objects.exists()
    uploaded(treasurer)
    Import.objects.update(created_at=timezone.now() - timedelta(days=31))
    prune()
    assert not Looked.objects.exists()
