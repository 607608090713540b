"""What an executive sees of a case, and what each button does."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from desk.tests.staff import someone
from membership import lifecycle, stripe_gateway
from membership.errors import TransportError
from membership.models import Case, Member, Membership, Payment, Refund, Signup
from membership.stripe_gateway import session_from_object
from membership.tests.factories import CaseFactory, LevelFactory, MembershipFactory, PaymentFactory, SignupFactory
from membership.tests.stripe_events import event, session_object, signed
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def treasurer(client):
    user = someone("Treasurer")
    client.force_login(user)
    return user


def page_of(client, case):
    return client.get(reverse("cases:inspect", args=[case.pk])).content.decode()


def decide(client, case, how, **data):
    return client.post(reverse("cases:decide", args=[case.pk, how]), data, follow=True).content.decode()


def paid_too_little(client):
    signup = SignupFactory()
    body, headers = signed(event("checkout.session.completed", session_object(signup, amount_total=1000)))
    client.post("/webhooks/stripe/", body, content_type="application/json", headers=headers)
    return Case.objects.get()


def second_payment():
    """The case of a member who paid twice."""
    signup = MembershipFactory().signup
    second = PaymentFactory(signup=signup, session_id="cs_test_second")
    return CaseFactory(kind=Case.Kind.TWICE, key="twice:cs_test_second", payment=second, signup=signup)


def test_an_empty_list_is_calm(client, treasurer):
    assert "Nothing waits for you" in client.get("/admin/cases/").content.decode()


def test_those_that_wait_stand_first(client, treasurer):
    settled, waiting = CaseFactory(settled=True), CaseFactory()
    assert list(client.get("/admin/cases/").context["object_list"]) == [waiting, settled]
    assert list(client.get("/admin/cases/?is_open=open").context["object_list"]) == [waiting]
    assert list(client.get("/admin/cases/?is_open=settled").context["object_list"]) == [settled]


def test_the_list_tells_cases_of_one_kind_apart_for_who_may_see_members(client, treasurer):
    maya, robin = CaseFactory(payment__signup__last_name="Okafor"), CaseFactory(payment__signup__last_name="Lee")
    CaseFactory(kind=Case.Kind.UNKNOWN, payment=None, signup=None)
    page = client.get("/admin/cases/").content.decode()
    assert (page.count("Okafor"), page.count("Lee"), len(re.findall(r"<td[^>]*>\s*–\s*</td>", page))) == (1, 1, 2)
    assert "Okafor" in page_of(client, maya)
    assert "Lee" in page_of(client, robin)

    user = someone()
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_case"]))
    client.force_login(user)
    assert "Okafor" not in client.get("/admin/cases/").content.decode()


@pytest.mark.parametrize("kind", Case.Kind)
def test_every_kind_has_a_page_with_something_to_do(client, treasurer, kind):
    case = CaseFactory(kind=kind)
    page = page_of(client, case)
    assert "What you can do" in page
    assert case.words in page
    case.payment = case.signup = None
    case.save()
    assert "What you can do" in page_of(client, case)


def test_a_payment_that_does_not_match_can_be_accepted(client, treasurer):
    case = paid_too_little(client)
    url = reverse("cases:decide", args=[case.pk, "accept"])
    assert url in page_of(client, case)
    assert "The payment counts" in client.get(url).content.decode()
    assert not Member.objects.exists(), "looking changes nothing"

    assert "They are a member now" in decide(client, case, "accept")
    case.refresh_from_db()
    assert (case.settlement, case.settled_by) == ("accepted", treasurer)
    assert Membership.objects.get().state == "active"
    assert "Accepted" in page_of(client, case)
    assert "What you can do" not in page_of(client, case)


def test_who_comes_second_is_told_who_was_first_and_changes_nothing(client, treasurer):
    case = paid_too_little(client)
    owner = someone("Owner")
    client.force_login(owner)
    decide(client, case, "leave", note="It was a gift.")
    client.force_login(treasurer)
    page = decide(client, case, "accept")
    assert "Nothing was changed" in page
    assert f"was settled by {owner.get_username()}" in page
    assert not Member.objects.exists()


def test_leaving_it_wants_a_reason(client, treasurer):
    case = CaseFactory()
    assert "Write down why" in decide(client, case, "leave", note=" ")
    case.refresh_from_db()
    assert case.is_open
    decide(client, case, "leave", note="Their sister paid.")
    case.refresh_from_db()
    assert (case.settlement, case.note) == ("kept", "Their sister paid.")


def test_a_second_payment_is_given_back_in_two_clicks(client, treasurer):
    case = second_payment()
    url = f"{reverse('signups:refund', args=[case.payment_id])}?case={case.pk}"
    assert url in page_of(client, case)
    data = {**client.get(url).context["form"].initial, "amount": "15.00"}
    look = client.post(url, data).content.decode()
    assert "Give $15.00 back?" in look
    assert "They stay a member: their other payment still stands." in look
    assert not Refund.objects.exists()

    done = client.post(url, {**data, "sure": "1"}, follow=True).content.decode()
    assert "$15.00 is on its way back" in done
    assert "On its way to Stripe" in done
    refund = Refund.objects.get()
    assert (refund.payment_id, refund.reason, refund.asked_by) == (case.payment_id, "duplicate", treasurer)
    case.refresh_from_db()
    assert (case.settlement, case.settled_by) == ("refunded", treasurer)

    client.post(url, {**data, "sure": "1"})
    assert Refund.objects.count() == 1, "the same form again"


def test_a_part_leaves_the_case_waiting_unless_somebody_says_why_the_rest_is_kept(client, treasurer):
    case = second_payment()
    url = f"{reverse('signups:refund', args=[case.payment_id])}?case={case.pk}"
    data = {**client.get(url).context["form"].initial, "amount": "0.01", "rest_kept": ""}
    assert "The case goes on waiting: $14.99" in client.post(url, data).content.decode()
    done = client.post(url, {**data, "sure": "1"}, follow=True)
    assert "The case still waits" in done.content.decode()
    assert done.redirect_chain == [(reverse("cases:inspect", args=[case.pk]), 302)]
    case.refresh_from_db()
    assert case.is_open

    data = {**client.get(url).context["form"].initial, "amount": "4.00", "rest_kept": "They came to two events."}
    look = client.post(url, data).content.decode()
    assert "The case is settled by it." in look
    assert "They came to two events." in look
    client.post(url, {**data, "sure": "1"})
    case.refresh_from_db()
    assert (case.settlement, case.note) == ("refunded", "They came to two events.")


def test_a_case_that_a_changed_page_names_is_not_settled(client, treasurer):
    case, other = second_payment(), CaseFactory()
    url = f"{reverse('signups:refund', args=[case.payment_id])}?case={case.pk}"
    for wrong, words in ((other.pk, "about another payment"), (999_999, "no longer here"), (2**70, "no longer here")):
        data = {**client.get(url).context["form"].initial, "amount": "15.00", "case": wrong, "sure": "1"}
        answer = client.post(url, data)
        assert answer.status_code == 200
        assert words in answer.content.decode()
    other.refresh_from_db()
    assert other.is_open
    assert not Refund.objects.exists()


def test_more_than_is_left_is_said_at_the_field(client, treasurer):
    payment = MembershipFactory().signup.payments.get()
    url = reverse("signups:refund", args=[payment.pk])
    data = {**client.get(url).context["form"].initial, "amount": "15.01", "sure": "1"}
    del data["case"]
    page = client.post(url, data)
    assert page.context["form"].errors["amount"] == ["At most $15.00 of this payment can be given back."]
    for wrong, words in (("0", "Write how much"), ("1,50", "comma"), ("", "required"), ("-3", "Write the price")):
        errors = client.post(url, {**data, "amount": wrong}).context["form"].errors
        assert words in str(errors["amount"])
    assert not Refund.objects.exists()


def test_what_cannot_be_given_back_says_why_in_place_of_a_form(client, treasurer):
    payment = MembershipFactory().signup.payments.get()
    Payment.objects.update(dispute="open")
    page = client.get(reverse("signups:refund", args=[payment.pk])).content.decode()
    assert "bank is asking for it back" in page
    assert "Look at it once more" not in page


def test_an_editor_sees_no_cases_and_refunds_nothing(client):
    case = second_payment()
    client.force_login(someone("Editor"))
    for url in (
        reverse("cases:index"),
        reverse("cases:inspect", args=[case.pk]),
        reverse("cases:decide", args=[case.pk, "leave"]),
        reverse("signups:refund", args=[case.payment_id]),
    ):
        assert client.get(url).status_code == 302
        assert client.post(url, {"note": "x", "sure": "1"}).status_code in (302, 405)
    case.refresh_from_db()
    assert case.is_open
    assert not Refund.objects.exists()


def test_a_payment_in_another_currency_is_shown_in_it(client, treasurer):
    signup = SignupFactory()
    lifecycle.complete(session_from_object(session_object(signup, currency="usd")))
    case = Case.objects.get()
    for page in (page_of(client, case), client.get("/admin/cases/").content.decode()):
        assert "15.00 USD" in page
        assert "$15.00" not in page


def unknown(monkeypatch, session):
    monkeypatch.setattr(stripe_gateway, "retrieve_session", lambda session_id: session)
    monkeypatch.setattr(stripe_gateway, "said_of_payment", lambda intent: [])
    return CaseFactory(
        kind=Case.Kind.UNKNOWN,
        key=f"unknown:{session.id}",
        payment=None,
        signup=None,
        stripe_object_id=session.id,
    )


def test_a_payment_without_a_join_form_becomes_a_member(client, treasurer, monkeypatch):
    lost = SignupFactory.build(level=LevelFactory(), email="Maya@uwo.example")
    case = unknown(monkeypatch, session_from_object(session_object(lost)))
    assert "Member" in decide(client, case, "adopt")
    signup = Signup.objects.get()
    assert (signup.uuid, signup.state, signup.email) == (lost.uuid, "completed", "Maya@uwo.example")
    assert (Member.objects.get().first_name, Member.objects.get().newsletter) == ("Alice", False)
    assert Delivery.objects.filter(kind="mail.welcome").count() == 1
    case.refresh_from_db()
    assert case.settlement == "made-member"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"metadata": {"wits": "join", "signup": "5d0f3c1e-8a47-4f0b-9d52-6c1b7e2a9f10", "level": "gone"}}, "level"),
        ({"customer_details": None, "customer_email": None}, "who paid"),
        ({"metadata": {"wits": "join", "signup": "nonsense", "level": "wits-member"}}, "did not begin"),
    ],
)
def test_a_payment_of_which_too_little_is_known_stays_a_case(client, treasurer, monkeypatch, changes, words):
    LevelFactory()
    case = unknown(monkeypatch, session_from_object(session_object() | changes))
    assert words in decide(client, case, "adopt")
    case.refresh_from_db()
    assert case.is_open
    assert not Signup.objects.exists()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TransportError("HTTP 404.", permanent=True, gone="session"), "does not know this payment any more"),
        (TransportError("HTTP 400.", permanent=True), "Trying again will not help"),
    ],
)
def test_a_refusal_of_stripe_is_told_as_what_it_is(client, treasurer, monkeypatch, error, words):
    case = unknown(monkeypatch, session_from_object(session_object()))

    def refuses(session_id):
        raise error

    monkeypatch.setattr(stripe_gateway, "retrieve_session", refuses)
    page = decide(client, case, "adopt")
    assert words in page
    assert "try again in a few minutes" not in page
    case.refresh_from_db()
    assert case.is_open


def test_while_stripe_is_away_an_unknown_payment_waits(client, treasurer, monkeypatch):
    case = unknown(monkeypatch, session_from_object(session_object()))

    def away(session_id):
        raise TransportError("HTTP 500.")

    monkeypatch.setattr(stripe_gateway, "retrieve_session", away)
    assert "Stripe did not answer" in decide(client, case, "adopt")
    case.refresh_from_db()
    assert case.is_open


def test_what_is_no_decision_about_this_case_does_not_exist(client, treasurer):
    case = CaseFactory(kind=Case.Kind.DISPUTE)
    for how in ("accept", "adopt", "nonsense"):
        assert client.post(reverse("cases:decide", args=[case.pk, how])).status_code == 404


def test_the_member_and_the_join_form_show_payments_refunds_and_open_cases(client, treasurer):
    case = second_payment()
    Signup.objects.update(member=Member.objects.get())
    Refund.objects.create(payment=case.payment, amount_cents=300, state="failed", stripe_id="re_1", answer="Expired.")
    for url in (
        reverse("signups:inspect", args=[case.signup_id]),
        reverse("members:inspect", args=[Member.objects.get().pk]),
    ):
        page = client.get(url).content.decode()
        assert "Paid twice" in page
        assert reverse("cases:inspect", args=[case.pk]) in page
        assert page.count("Refund…") == 2
        assert "$3.00" in page
        assert "Did not arrive" in page
        assert "Expired." in page


def test_a_shared_contact_names_both_members_and_is_looked_at_again(client, treasurer):
    one, other = MembershipFactory().member, MembershipFactory().member
    case = CaseFactory(
        kind=Case.Kind.CONTACT, key="contact:1", member=one, other_member=other, hubspot_contact_id="4711"
    )
    page = page_of(client, case)
    assert reverse("members:inspect", args=[one.pk]) in page
    assert reverse("members:inspect", args=[other.pk]) in page
    assert "4711" in page
    assert "The site looks again" in decide(client, case, "again")
    assert Delivery.objects.filter(kind="hubspot.contact", about=f"member:{one.uuid}").count() == 1
    case.refresh_from_db()
    assert case.is_open, "only the facts settle it"


def test_who_may_not_see_members_is_not_told_their_names(client):
    user = someone()
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_case"]))
    client.force_login(user)
    one = MembershipFactory().member
    case = CaseFactory(kind=Case.Kind.CONTACT, key="contact:1", member=one)
    page = page_of(client, case)
    assert case.words in page
    assert one.last_name not in page
