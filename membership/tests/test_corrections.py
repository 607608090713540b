"""What an executive corrects reaches Stripe and HubSpot, once for each change."""

import pytest

from membership.addresses import email_key
from membership.corrections import AddressTaken, Correction, correct_member
from membership.models import Member
from membership.tests.factories import MemberFactory
from outbox.models import Delivery

pytestmark = pytest.mark.django_db


def as_is(member, **changes):
    data = {name: getattr(member, name) for name in ("first_name", "last_name", "email", "newsletter")}
    return Correction(**{**data, **changes})


def test_a_corrected_address_is_stored_and_promised_to_both_partners_under_a_new_revision():
    member = MemberFactory(email="alcie@uwo.example", revision=3)

    changed = correct_member(member.pk, as_is(member, email="Alice@UWO.example"))

    member.refresh_from_db()
    assert changed == ["email"]
    assert member.email == "Alice@UWO.example"
    assert member.email_key == email_key("Alice@UWO.example")
    assert member.revision == 4
    assert set(Delivery.objects.values_list("key", flat=True)) == {
        f"stripe.customer:{member.uuid}:4",
        f"hubspot.contact:{member.uuid}:4",
    }
    assert set(Delivery.objects.values_list("about", flat=True)) == {f"member:{member.uuid}"}


def test_nothing_is_promised_when_nothing_changed():
    member = MemberFactory()

    assert correct_member(member.pk, as_is(member)) == []

    assert not Delivery.objects.exists()
    assert Member.objects.get().revision == member.revision


def test_a_second_correction_makes_promises_of_its_own():
    member = MemberFactory()
    correct_member(member.pk, as_is(member, first_name="Bob"))
    correct_member(member.pk, as_is(member, first_name="Charlie"))

    assert Delivery.objects.filter(kind="hubspot.contact").count() == 2


def test_an_address_of_another_member_is_refused_and_changes_nothing():
    other = MemberFactory(email="bob@uwo.example")
    member = MemberFactory(email="alice@uwo.example")

    with pytest.raises(AddressTaken) as refused:
        correct_member(member.pk, as_is(member, email="BOB@uwo.example", first_name="Bob"))

    assert refused.value.member_id == other.pk
    assert "bob" not in str(refused.value).lower()
    member.refresh_from_db()
    assert (member.email, member.first_name) == ("alice@uwo.example", "Alice")
    assert not Delivery.objects.exists()


def test_the_newsletter_can_be_taken_away_but_never_given():
    wants = MemberFactory(newsletter=True)
    does_not = MemberFactory(newsletter=False)

    assert correct_member(wants.pk, as_is(wants, newsletter=False)) == ["newsletter"]
    assert correct_member(does_not.pk, as_is(does_not, newsletter=True)) == []

    wants.refresh_from_db()
    does_not.refresh_from_db()
    assert not wants.newsletter
    assert wants.newsletter_at is not None
    assert not does_not.newsletter
