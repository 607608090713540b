"""The story of one person, in order and in words."""

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.log_actions import log

from membership.models import Membership, StripeEvent
from membership.tests.factories import (
    LevelFactory,
    MemberFactory,
    MembershipFactory,
    SignupFactory,
    StripeEventFactory,
)
from membership.timeline import signup_timeline, timeline
from outbox.models import Delivery

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)


def delivery(kind, about, minutes, state=Delivery.State.DONE, **kwargs):
    at = NOON + timedelta(minutes=minutes)
    done_at = at if state == Delivery.State.DONE else None
    return Delivery.objects.create(
        kind=kind,
        key=f"{kind}:{about}",
        channel="x",
        about=about,
        state=state,
        created_at=at,
        done_at=done_at,
        **kwargs,
    )


def a_whole_join():
    level = LevelFactory()
    member = MemberFactory(created_at=NOON)
    signup = SignupFactory(
        completed=True, level=level, member=member, created_at=NOON, paid_at=NOON + timedelta(minutes=2)
    )
    signup.payments.update(paid_at=NOON + timedelta(minutes=2))
    MembershipFactory(
        member=member,
        level=level,
        signup=signup,
        starts_on=NOON.date(),
        created_at=NOON + timedelta(minutes=4),
    )
    StripeEventFactory(signup=signup, created=NOON + timedelta(minutes=3))
    delivery("stripe.customer", f"member:{member.uuid}", 5)
    delivery("hubspot.contact", f"member:{member.uuid}", 6)
    delivery("mail.welcome", f"signup:{signup.uuid}", 7)
    return member


def test_a_join_is_told_from_the_welcome_mail_back_to_the_form():
    member = a_whole_join()

    assert [entry.title for entry in timeline(member)] == [
        "Welcome mail sent",
        "HubSpot contact updated",
        "Stripe customer updated",
        "Became WITS member",
        "Stripe told us: the payment page was completed",
        "Paid $15.00",
        "Filled in the join form",
    ]
    membership = next(entry for entry in timeline(member) if entry.kind == "membership")
    assert membership.detail == "From 14 September 2026 until 30 April 2027."


def test_someone_else_is_not_in_it():
    member = MemberFactory()
    a_whole_join()

    assert timeline(member) == []


def test_things_of_the_same_moment_stand_in_the_order_they_follow_from_each_other():
    member = a_whole_join()
    for rows, field in (
        (member.signups, "created_at"),
        (member.memberships, "created_at"),
        (StripeEvent.objects, "created"),
    ):
        rows.update(**{field: NOON})
    member.signups.get().payments.update(paid_at=NOON)
    Delivery.objects.update(done_at=NOON)

    kinds = [entry.kind for entry in timeline(member)]

    assert kinds == ["delivery"] * 3 + ["membership", "event", "payment", "signup"]


def test_a_delivery_that_keeps_failing_says_how_often_why_and_when_next():
    member = MemberFactory()
    delivery(
        "hubspot.contact",
        f"member:{member.uuid}",
        0,
        Delivery.State.WAITING,
        attempts=3,
        last_error="HubSpot answered 502.",
        due_at=datetime(2026, 9, 14, 21, 5, tzinfo=UTC),
    )

    (entry,) = timeline(member)

    assert entry.title == "HubSpot contact is to be updated"
    assert entry.detail == (
        "Tried 3 times. The next try is on 14 September 2026, 17:05. Last error: HubSpot answered 502."
    )
    assert entry.tone == "waiting"


def test_a_delivery_given_up_is_told_as_bad_news():
    member = MemberFactory()
    delivery("mail.welcome", f"member:{member.uuid}", 0, Delivery.State.DEAD, attempts=8, last_error="550 refused")

    (entry,) = timeline(member)

    assert (entry.title, entry.tone) == ("Welcome mail could not be sent", "bad")
    assert entry.detail == "Tried 8 times. Last error: 550 refused"


def test_a_kind_nobody_gave_words_is_still_told():
    member = MemberFactory()
    delivery("carrier.pigeon", f"member:{member.uuid}", 0)

    assert timeline(member)[0].title == "Done: carrier.pigeon"


def test_a_refund_shows_on_the_payment_and_on_the_membership():
    membership = MembershipFactory(state=Membership.State.REFUNDED)
    membership.signup.payments.update(refunded_cents=1500)

    entries = {entry.kind: entry for entry in timeline(membership.member)}

    assert entries["payment"].detail == "All of it was given back."
    assert entries["membership"].detail.endswith("Since then: refunded.")


def test_a_part_refund_says_how_much():
    membership = MembershipFactory()
    membership.signup.payments.update(refunded_cents=500)

    entries = {entry.kind: entry for entry in timeline(membership.member)}

    assert entries["payment"].detail == "$5.00 of it was given back."


def test_a_payment_with_a_problem_says_it():
    signup = SignupFactory(completed=True, state="case", case_reason="1 cent was paid.")
    signup.payments.update(problem="1 cent was paid.", amount_cents=1)

    entry = next(entry for entry in signup_timeline(signup) if entry.kind == "payment")

    assert (entry.title, entry.detail, entry.tone) == ("Paid $0.01", "1 cent was paid.", "bad")


def test_a_refund_heard_of_before_its_payment_says_so():
    signup = SignupFactory(completed=True)
    signup.payments.update(paid_at=None, amount_cents=0, refunded_cents=1500)

    entry = next(entry for entry in signup_timeline(signup) if entry.kind == "payment")

    assert entry.title == "$15.00 was given back; we have not heard of the payment itself"


def test_a_correction_names_the_fields_and_not_what_stood_in_them(django_user_model):
    member = MemberFactory(email="alice@uwo.example")
    user = django_user_model.objects.create_user("owner@wits.example")
    log(member, "wagtail.edit", user=user, title=f"Member {member.pk}", data={"fields": ["email", "first_name"]})

    (entry,) = timeline(member)

    assert entry.title == "Corrected by an executive"
    assert entry.detail == "owner@wits.example changed: email, first name."


def test_the_number_of_queries_does_not_grow_with_what_happened(django_assert_max_num_queries):
    member = a_whole_join()
    for _ in range(5):
        MembershipFactory(member=member)
    for number in range(20):
        delivery(f"kind.{number}", f"member:{member.uuid}", number)

    with django_assert_max_num_queries(7):
        timeline(member)
