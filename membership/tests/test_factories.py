"""The cast of the other tests is sound."""

import pytest

from membership.models import Level, Member, Signup
from membership.tests.factories import (
    LevelFactory,
    MembershipFactory,
    PerkFactory,
    SignupFactory,
    StripeEventFactory,
)

pytestmark = pytest.mark.django_db


def test_a_membership_comes_with_one_member_one_level_and_its_paid_signup():
    membership = MembershipFactory()

    assert membership.signup.member == membership.member
    assert membership.signup.email == membership.member.email
    assert membership.signup.amount_cents == membership.amount_cents == 1500
    assert membership.signup.payments.get().session_id == membership.signup.stripe_session_id
    assert Level.objects.filter(memberships=membership).count() == 1
    assert (Member.objects.count(), Signup.objects.count()) == (1, 1)


def test_levels_are_made_once_for_each_slug():
    assert LevelFactory() == LevelFactory()
    assert LevelFactory(free=True).is_free


def test_everything_made_passes_its_own_checks():
    for row in (LevelFactory(), SignupFactory(started=True), SignupFactory(unconfirmed=True), StripeEventFactory()):
        row.full_clean()
    perk = PerkFactory(levels=[LevelFactory()])
    assert perk.levels.count() == 1
