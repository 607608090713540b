"""Where a member stands, what partners hear of it, and that the filter agrees with the row."""

from datetime import date, timedelta

import pytest

from membership.models import Member, Membership
from membership.standing import ACTIVE, ENDED, LABELS, NEVER, REFUNDED, members_who_are, standing
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def term(member, *, starts, ends, state=Membership.State.ACTIVE, **kwargs):
    return MembershipFactory(member=member, signup=None, starts_on=starts, ends_on=ends, state=state, **kwargs)


def where(member):
    return standing(member.memberships.select_related("level"), TODAY)


def test_someone_is_a_member_through_the_last_day_and_not_on_the_day_after():
    member = MemberFactory()
    term(member, starts=date(2026, 9, 10), ends=TODAY)

    assert where(member).state == ACTIVE
    assert standing(member.memberships.all(), TODAY + timedelta(days=1)).state == ENDED


def test_the_dearest_level_counts_although_the_free_one_has_no_end():
    member = MemberFactory()
    paid = term(member, starts=date(2026, 9, 10), ends=date(2027, 4, 30))
    term(member, starts=date(2025, 9, 10), ends=None, level=LevelFactory(free=True))

    now = where(member)

    assert (now.level, now.until, now.has_no_end) == (paid.level, date(2027, 4, 30), False)


def test_a_renewal_already_paid_shows_its_end_and_the_first_day_of_all():
    member = MemberFactory()
    term(member, starts=date(2026, 9, 10), ends=date(2027, 4, 30))
    term(member, starts=date(2027, 5, 1), ends=date(2028, 4, 30))

    now = where(member)

    assert (now.until, now.since) == (date(2028, 4, 30), date(2026, 9, 10))


def test_the_last_day_is_that_of_the_run_without_a_gap():
    member = MemberFactory()
    term(member, starts=date(2026, 9, 10), ends=date(2027, 4, 30))
    term(member, starts=date(2026, 9, 20), ends=date(2026, 12, 31))  # from a list: within the days of the first
    term(member, starts=date(2027, 5, 1), ends=date(2028, 4, 30))
    after_a_gap = term(member, starts=date(2028, 5, 2), ends=date(2029, 4, 30))

    assert where(member).until == date(2028, 4, 30)

    after_a_gap.starts_on = date(2028, 5, 1)
    after_a_gap.save()
    assert where(member).until == date(2029, 4, 30)


def test_who_has_a_free_membership_is_at_its_level_until_the_day_on_which_a_paid_one_begins():
    member, free = MemberFactory(), LevelFactory(free=True)
    term(member, starts=date(2026, 9, 10), ends=None, level=free)
    paid = term(member, starts=TODAY + timedelta(days=1), ends=date(2027, 4, 30))

    assert (where(member).level, where(member).has_no_end) == (free, True)
    tomorrow = standing(member.memberships.all(), TODAY + timedelta(days=1))
    assert (tomorrow.level, tomorrow.until) == (paid.level, date(2027, 4, 30))


def test_a_membership_that_comes_makes_a_member_with_its_days():
    member = MemberFactory()
    term(member, starts=date(2025, 9, 10), ends=date(2026, 4, 30), state=Membership.State.REFUNDED)
    coming = term(member, starts=date(2026, 12, 1), ends=date(2027, 4, 30))

    now = where(member)

    assert (now.state, now.level, now.until, now.since) == (
        ACTIVE,
        coming.level,
        date(2027, 4, 30),
        date(2026, 12, 1),
    )


@pytest.mark.parametrize(
    ("state", "ends", "word", "until"),
    [
        (Membership.State.ACTIVE, date(2027, 4, 30), "active", date(2027, 4, 30)),
        (Membership.State.HELD, date(2027, 4, 30), "on-hold", date(2027, 4, 30)),
        (Membership.State.REFUNDED, date(2027, 4, 30), "refunded", None),
        (Membership.State.LOST, date(2027, 4, 30), "ended", None),
        (Membership.State.ENDED, date(2027, 4, 30), "ended", None),
        (Membership.State.ACTIVE, date(2026, 10, 31), "ended", date(2026, 10, 31)),
    ],
)
def test_stripe_and_hubspot_are_told_the_state_in_a_word(state, ends, word, until):
    member = MemberFactory()
    term(member, starts=date(2026, 9, 10), ends=ends, state=state)

    now = where(member)

    assert (now.partners_word, now.level_slug, now.until) == (word, "wits-member", until)


def test_of_who_never_was_a_member_partners_hear_that_and_no_level():
    now = where(MemberFactory())

    assert (now.state, now.partners_word, now.level_slug, now.until) == (NEVER, "none", "", None)


@pytest.mark.parametrize("turned_round", [False, True])
def test_of_two_that_began_on_one_day_and_are_over_always_the_same_one_is_told(turned_round):
    member = MemberFactory()
    made = [(LevelFactory(), "lost"), (LevelFactory(slug="guest", price_cents=900), "refunded")]
    for level, state in reversed(made) if turned_round else made:
        term(member, level=level, state=state, starts=date(2026, 9, 1), ends=date(2027, 4, 30))

    assert (where(member).state, where(member).level_slug) == (ENDED, "wits-member")
    assert list(members_who_are(ENDED, Member.objects.all(), TODAY)) == [member]


def test_a_refund_counts_only_when_nothing_else_runs():
    member = MemberFactory()
    term(member, starts=date(2026, 9, 10), ends=date(2027, 4, 30), state=Membership.State.REFUNDED)
    assert where(member).state == REFUNDED

    term(member, starts=date(2026, 9, 12), ends=date(2027, 4, 30))
    assert where(member).state == ACTIVE


def test_a_day_that_no_longer_counts_is_not_shown():
    member = MemberFactory()
    row = term(member, starts=date(2026, 9, 10), ends=date(2027, 4, 30), state=Membership.State.REFUNDED)
    assert where(member).until is None

    row.state = Membership.State.ENDED
    row.save()
    assert (where(member).state, where(member).until) == (ENDED, None)


def test_the_filter_finds_exactly_those_whose_row_says_so():
    MemberFactory()
    states = list(Membership.State)
    past, running = (date(2024, 9, 1), date(2025, 4, 30)), (date(2026, 9, 1), None)
    for first in states:
        for first_days in (past, running):
            member = MemberFactory()
            term(member, starts=first_days[0], ends=first_days[1], state=first)
            for second in states:
                both = MemberFactory()
                term(both, starts=first_days[0], ends=first_days[1], state=first)
                term(both, starts=date(2025, 9, 1), ends=date(2026, 4, 30), state=second)

    found = {state: set(members_who_are(state, Member.objects.all(), TODAY)) for state in LABELS}

    for member in Member.objects.all():
        assert [state for state in LABELS if member in found[state]] == [where(member).state]
    assert all(found[state] for state in LABELS)
