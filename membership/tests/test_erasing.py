"""Who asks to be deleted is: everything that names them goes, what was paid stays for the books."""

import io
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from home import wishes
from home.first_content import ensure_first_content
from home.forms.records import Answer
from home.tests.factories import FormPageFactory
from membership import lifecycle
from membership.errors import LinkRefused
from membership.models import Member, Membership, Payment, Signup
from membership.refunds import Wanted, ask
from membership.settling import settle
from membership.tests.factories import (
    MemberFactory,
    MembershipFactory,
    PaymentFactory,
    SignupFactory,
    StripeEventFactory,
)
from membership.tests.stripe_events import completed, send
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Zoraya", "zoraya@uwo.ca"


@pytest.fixture
def zoraya():
    member = MemberFactory(
        first_name=NAME, email=ADDRESS, email_key=ADDRESS, stripe_customer_id="cus_1", hubspot_contact_id="501"
    )
    signup = SignupFactory(
        first_name=NAME, email=ADDRESS, email_key=ADDRESS, member=member, state=Signup.State.COMPLETED,
        checkout_parameters={"customer_email": ADDRESS},
    )  # fmt: skip
    MembershipFactory(member=member, signup=signup, amount_cents=1500)
    PaymentFactory(signup=signup, amount_cents=1500)
    StripeEventFactory(signup=signup, payload={"email": ADDRESS})
    Delivery.objects.create(kind="hubspot.contact", channel="hubspot", key="k", about=f"member:{member.uuid}")
    form = FormPageFactory(parent=ensure_first_content())
    Answer.objects.create(form=form, key="a", name=NAME, email=ADDRESS.upper(), delete_on=timezone.localdate())
    return member


def erase(member, *options):
    said = io.StringIO()
    call_command("erase_member", str(member.pk), *options, stdout=said)
    return said.getvalue()


def everything():
    """All that stands in any table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from (str(row) for row in cursor.fetchall())


def test_nothing_in_any_table_names_them_any_more(zoraya):
    said = erase(zoraya, "--go")
    assert not [row for row in everything() if NAME.lower() in row.lower() or ADDRESS in row.lower()]
    assert not Member.objects.filter(pk=zoraya.pk).exists()
    assert "customer cus_1" in said
    assert "contact 501" in said


def test_what_was_paid_stays(zoraya):
    erase(zoraya, "--go")
    assert Payment.objects.get().amount_cents == 1500
    entry = apps.get_model("wagtailcore.ModelLogEntry").objects.get(action="membership.erase")
    assert entry.data["memberships"][0]["cents"] == 1500


def test_without_go_nothing_changes(zoraya):
    before = sorted(everything())
    assert "Add --go" in erase(zoraya)
    assert sorted(everything()) == before


def test_nobody_of_that_number_is_said():
    with pytest.raises(CommandError, match="no member 404"):
        call_command("erase_member", "404")


def test_somebody_else_stays_whole(zoraya):
    other = MembershipFactory(member__email="other@uwo.ca", member__email_key="other@uwo.ca").member
    erase(zoraya, "--go")
    other.refresh_from_db()
    assert (other.email, other.memberships.count()) == ("other@uwo.ca", 1)


def test_what_is_heard_of_their_payment_later_makes_them_no_member_again(zoraya):
    erase(zoraya, "--go")
    signup = Signup.objects.get()
    payment = Payment.objects.get()
    payment.refunded_cents, payment.is_contested = 1500, True
    payment.save()
    settle(signup, [payment])
    payment.refunded_cents = 0
    settle(signup, [payment])
    assert not Member.objects.exists()
    assert not Membership.objects.exists()
    assert signup.state == Signup.State.COMPLETED


def test_a_refund_that_is_on_its_way_to_stripe_is_still_made(zoraya, django_user_model):
    """Neither the promise nor one that was given up and waits for a person goes with the member."""
    treasurer = django_user_model.objects.create(username="treasurer")
    wanted = Wanted(uuid.uuid4(), Payment.objects.get().pk, cents=1500, reason="requested_by_customer", note="")
    refund = ask(wanted, by=treasurer)
    erase(zoraya, "--go")
    promised = Delivery.objects.get(kind="stripe.refund")
    assert (promised.state, promised.payload) == (Delivery.State.WAITING, {"refund": str(refund.uuid)})


@pytest.mark.parametrize("state", [Signup.State.STARTED, Signup.State.EXPIRED, Signup.State.FAILED])
def test_who_pays_on_a_form_that_was_emptied_is_a_case_and_no_member_without_a_name(zoraya, client, state):
    form = SignupFactory(email=ADDRESS, email_key=ADDRESS, state=state, session_expired=state == Signup.State.EXPIRED)
    erase(zoraya, "--go")
    form.refresh_from_db()
    assert form.email == ""
    assert send(client, completed(form)).status_code == 200
    form.refresh_from_db()
    assert form.state == Signup.State.CASE
    assert not Member.objects.exists()
    assert "emptied" in Alert.objects.get(kind="payment.case").what


def test_a_mailed_link_of_a_form_that_was_emptied_makes_no_member_without_a_name(zoraya):
    form = SignupFactory(unconfirmed=True, attempt=1, email=ADDRESS, email_key=ADDRESS)
    erase(zoraya, "--go")
    with pytest.raises(LinkRefused):
        lifecycle.confirm_free(str(form.uuid), 1)
    assert not Member.objects.exists()


def test_a_restored_backup_does_not_bring_them_back(zoraya):
    """The list of the database that is replaced is done again in the one that still knows them."""
    moment = timezone.now() - timedelta(minutes=1)
    MemberFactory(newsletter=False, newsletter_at=timezone.now(), newsletter_source="HubSpot")
    erase(zoraya, "--go")
    lines = wishes.since(moment)
    assert f"erase {zoraya.pk}" in lines
    assert wishes.since(timezone.now() + timedelta(minutes=1)) == []
    known_again = MembershipFactory(member__pk=zoraya.pk, member__email=ADDRESS, member__email_key=ADDRESS).member
    assert wishes.again([line for line in lines if line.startswith("erase")]) == 1
    assert not Member.objects.filter(pk=known_again.pk).exists()
    assert wishes.again(lines) == len(lines), "what is done already is no error"


def test_who_stopped_the_newsletter_gets_none_after_a_restore():
    member = MemberFactory(newsletter=False, newsletter_at=timezone.now())
    lines = wishes.since(timezone.now() - timedelta(minutes=1))
    Member.objects.update(newsletter=True, newsletter_at=None)
    wishes.again(lines)
    member.refresh_from_db()
    assert (member.newsletter, member.newsletter_source) == (False, "told before a backup was restored")
    assert Delivery.objects.filter(kind="hubspot.contact", about=f"member:{member.uuid}").exists()
