"""What executives decide about payments of the old site: one by one or together, each once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from desk.tests.staff import someone
from membership.backfill import taking
from membership.deciding import leave
from membership.models import Case, Member, Membership
from membership.stripe_gateway import OldPayment
from membership.tests.factories import CaseFactory, LevelFactory
from outbox.models import Delivery

pytestmark = pytest.mark.django_db
URL = "/admin/cases/old-site/"


def unclear(count, email="maya{}@uwo.example"):
    """So many payments of the old site in another currency."""
    LevelFactory()
    rules = taking._rules(taking._level())
    payments = [
        OldPayment(
            session_id=f"cs_old_{number}",
            payment_intent_id=f"pi_old_{number}",
            customer_id="",
            amount_cents=1500,
            currency="usd",
            discount_cents=0,
            paid_at=datetime(2026, 9, 12, 12, number, tzinfo=UTC),
            livemode=False,
            metadata={"name": f"Maya {number}", "email": email.format(number)},
        )
        for number in range(count)
    ]
    taking.take_over([taking.judge(payment, rules, []) for payment in payments])
    return list(Case.objects.order_by("pk"))


@pytest.fixture
def treasurer(client):
    client.force_login(someone("Treasurer"))
    return client


def post(client, do, cases, **data):
    return client.post(URL, {"do": do, "case": [case.pk for case in cases], **data}, follow=True).content.decode()


def test_the_list_says_what_is_known_of_each(treasurer):
    unclear(2)
    page = treasurer.get(URL).content.decode()
    for words in (
        "Maya 0",
        "maya1@uwo.example",
        "15.00 USD",
        "12 September 2026",
        "It is in usd, not cad.",
        "2 wait.",
    ):
        assert words in page, words
    assert "checked" not in page.split("<table")[1].split("</table")[0]
    assert treasurer.get(f"{URL}?ticked=all").content.decode().count(" checked") == 2
    assert "Payments of the old site (2)" in treasurer.get("/admin/cases/").content.decode()


def test_nothing_is_decided_before_the_second_look(treasurer):
    cases = unclear(3)
    page = post(treasurer, "accept", cases[:2])
    assert "Make 2 of them members?" in page
    assert not Member.objects.exists()

    assert "2 made members" in post(treasurer, "accept", cases[:2], sure="1")
    assert set(Member.objects.values_list("first_name", flat=True)) == {"Maya 0", "Maya 1"}
    assert Case.objects.get(settled_at=None) == cases[2]
    assert not Delivery.objects.filter(kind="mail.welcome").exists()
    assert Case.objects.get(pk=cases[0].pk).settled_by.username == "treasurer@wits.example"


def test_leaving_wants_a_reason(treasurer):
    cases = unclear(1)
    assert "Write down why" in post(treasurer, "leave", cases, sure="1")
    assert Case.objects.get().is_open
    assert "1 left as they are" in post(treasurer, "leave", cases, sure="1", note="A ticket.")
    assert Case.objects.get().note == "A ticket."
    assert not Member.objects.exists()
    assert "Nothing waits for you here" in treasurer.get(URL).content.decode()


def test_who_comes_second_is_told_and_one_without_an_address_does_not_keep_the_others(treasurer):
    cases = [*unclear(1, email="no address"), *unclear(3)[1:]]
    leave(cases[1], by=someone("Owner"), note="Seen in Stripe.")
    page = post(treasurer, "accept", cases, sure="1")
    assert "1 made members" in page
    assert "1 had been decided by somebody before" in page
    assert "1 cannot be made members: no address is known" in page
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("data", [{"do": "accept"}, {"do": "accept", "case": "x"}, {"do": "burn", "case": "1"}, {}])
def test_nonsense_decides_nothing(treasurer, data):
    unclear(1)
    assert treasurer.post(URL, data).status_code == 200
    assert Case.objects.get().is_open


def test_only_cases_of_the_old_site_are_taken(treasurer):
    case = CaseFactory()
    post(treasurer, "accept", [case], sure="1")
    assert Case.objects.get().is_open


@pytest.mark.parametrize("position", ["", "Editor"])
def test_nobody_else_decides(client, position):
    cases = unclear(1)
    client.force_login(someone(position))
    post(client, "accept", cases, sure="1")
    assert not Member.objects.exists()


def test_the_page_of_the_case_offers_the_same(treasurer):
    (case,) = unclear(1)
    page = treasurer.get(reverse("cases:inspect", args=[case.pk])).content.decode()
    assert "Make them a member" in page
    assert "welcome mail" not in page
    done = treasurer.post(reverse("cases:decide", args=[case.pk, "accept"]), follow=True).content.decode()
    assert "They are a member now, from the day they paid." in done
