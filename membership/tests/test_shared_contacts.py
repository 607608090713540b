"""What people do in HubSpot by hand, and what the site makes of it: one contact for each member, or a case."""

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from membership import contact_batches, deciding, sharing
from membership.cases import AlreadySettled, settle
from membership.deliveries import contact_of
from membership.hubspot_gateway import read_many
from membership.models import Case, Member
from membership.settling import tell_partners
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory
from membership.tests.test_contact_batches import hubspot, running  # noqa: F401 - fixtures
from outbox import worker
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db
Settlement = Case.Settlement


@pytest.fixture
def by_hand(hubspot):  # noqa: F811
    """`by_hand(member, "merge", other=…)`: somebody does that in HubSpot with the member's contact."""

    def send(member, deed, **form):
        member.refresh_from_db()
        return requests.post(
            f"{hubspot.url}/contacts/{member.hubspot_contact_id}/{deed}", data=form, timeout=5
        ).status_code

    return send


def member(name, **kwargs):
    made = MemberFactory(
        email=f"{name}@uwo.ca", first_name=name, hubspot_contact_id="", stripe_customer_id="", **kwargs
    )
    MembershipFactory(member=made, level=LevelFactory(slug="one"), signup=None)
    tell_partners(made)
    return made


def night():
    """A night's comparison, and all that follows from it. Each night has its own date."""
    Delivery.objects.filter(kind__startswith="hubspot").exclude(state=Delivery.State.WAITING).delete()
    contact_batches.begin_check()
    worker.drain()


def has_a_contact_of_their_own(one):
    one.refresh_from_db()
    [found] = read_many([one.hubspot_contact_id], by="id")
    return found.id == one.hubspot_contact_id and not found.differs_from(contact_of(one))


def merged_in_hubspot(by_hand):
    """Two members whose contacts somebody has merged; the second one is told of first."""
    ada, bea = member("ada"), member("bea")
    worker.drain()
    assert by_hand(ada, "merge", other="bea@uwo.ca") == 200
    tell_partners(bea)
    worker.drain()
    return ada, bea


def test_two_members_merged_in_hubspot_are_one_case_told_once(by_hand):
    ada, bea = merged_in_hubspot(by_hand)
    case = Case.objects.get()
    assert (case.kind, case.member, case.other_member) == (Case.Kind.CONTACT, bea, ada)
    assert case.hubspot_contact_id in case.words
    assert "@" not in case.words
    assert Alert.objects.filter(kind="hubspot.shared").count() == 1
    for _ in range(3):
        night()
    assert Case.objects.get() == case
    assert Alert.objects.filter(kind="hubspot.shared").get().count == 1
    assert not Alert.objects.filter(kind="hubspot.differs").exists(), "it was told already"
    assert has_a_contact_of_their_own(ada)
    assert not Delivery.objects.filter(state=Delivery.State.DEAD).exists()


def test_separated_in_hubspot_the_case_settles_itself_the_next_night(by_hand):
    ada, bea = merged_in_hubspot(by_hand)
    night()
    assert by_hand(ada, "addresses/remove", email="bea@uwo.ca") == 200
    night()
    assert Case.objects.get().settlement == Settlement.BY_ITSELF
    assert has_a_contact_of_their_own(ada)
    assert has_a_contact_of_their_own(bea)


def test_an_executive_who_has_separated_them_need_not_wait_for_the_night(by_hand):
    ada, bea = merged_in_hubspot(by_hand)
    night()
    by_hand(ada, "addresses/remove", email="bea@uwo.ca")
    deciding.look_again(Case.objects.get())
    worker.drain()
    assert Case.objects.get().settlement == Settlement.BY_ITSELF
    with pytest.raises(AlreadySettled):
        deciding.look_again(Case.objects.get())
    assert has_a_contact_of_their_own(bea)


def test_left_as_it_is_nobody_is_told_again(by_hand, django_user_model):
    merged_in_hubspot(by_hand)
    settle(Case.objects.get().pk, by=django_user_model.objects.create(username="t"), how=Settlement.KEPT, note="One.")
    for _ in range(3):
        night()
    assert Case.objects.get().settlement == Settlement.KEPT
    assert Alert.objects.filter(kind="hubspot.shared").get().count == 1
    assert not Alert.objects.filter(kind="hubspot.differs").exists()


def test_a_contact_of_somebody_who_is_no_member_any_more_is_taken_over(by_hand):
    ada, bea = merged_in_hubspot(by_hand)
    Case.objects.all().delete()
    ada.memberships.all().delete()
    ada.delete()
    tell_partners(bea)
    worker.drain()
    assert has_a_contact_of_their_own(bea)
    assert not Case.objects.exists()


def test_a_mark_that_is_no_uuid_stands_for_nobody():
    assert sharing._member("typed by hand") is None


def test_a_corrected_address_moves_the_contact(by_hand, hubspot):  # noqa: F811
    ada = member("ada")
    worker.drain()
    ada.refresh_from_db()
    before = ada.hubspot_contact_id
    Member.objects.filter(pk=ada.pk).update(email="countess@uwo.ca", email_key="countess@uwo.ca")
    ada.refresh_from_db()
    tell_partners(ada)
    worker.drain()
    assert has_a_contact_of_their_own(ada)
    assert ada.hubspot_contact_id == before
    assert len(hubspot.state["contact"]) == 1


NAMES = ("ada", "bea", "cleo")
HAPPENINGS = st.one_of(
    st.tuples(st.just("merge"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.sampled_from(["", "on"])),
    st.tuples(st.just("addresses"), st.sampled_from(NAMES), st.sampled_from([*NAMES, "stray"])),
    st.tuples(st.just("addresses/remove"), st.sampled_from(NAMES), st.sampled_from([*NAMES, "stray"])),
    st.tuples(st.just("unsubscribe"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("values"), st.sampled_from(NAMES), st.sampled_from([*NAMES, "stray"])),
    st.tuples(st.just("correct"), st.sampled_from(NAMES), st.sampled_from(["new", "stray"])),
    st.tuples(st.just("push"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("lost answer"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("night"), st.just("ada"), st.just("")),
)


def happen(by_hand, sandbox, people, what, who, more):
    """One thing that happens; what HubSpot or the site refuses (an address that is taken) does not happen."""
    one = people[who]
    if what == "night":
        night()
    elif what == "correct":
        address = f"{who}-{more}@uwo.ca" if more == "new" else "stray@uwo.ca"
        if not Member.objects.filter(email=address).exists():
            Member.objects.filter(pk=one.pk).update(email=address, email_key=address)
            tell_partners(Member.objects.get(pk=one.pk))
    elif what in ("push", "lost answer"):
        if what == "lost answer":
            sandbox.state.faults.add({"vendor": "hubspot", "kind": "lost", "times": 1})
        tell_partners(Member.objects.get(pk=one.pk))
        worker.drain()
    else:
        by_hand(one, what, other=f"{more}@uwo.ca", email=f"{more}@uwo.ca", for_good=more, name="email",
                value=f"{more}@uwo.ca")  # fmt: skip


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happenings=st.lists(HAPPENINGS, max_size=10))
def test_whatever_is_done_in_hubspot_each_member_ends_with_one_contact_or_a_case(by_hand, hubspot, happenings):  # noqa: F811
    for model in (Case, Delivery, Alert, Member):
        model.objects.all().delete()
    hubspot.state["contact"].clear()
    for kind in ("unsubscribed", "additional_email", "merged_contact", "unique_value"):
        hubspot.state[kind].clear()
    hubspot.state.faults.clear()
    people = {name: member(name, newsletter=True) for name in NAMES}
    worker.drain()

    for what, who, more in happenings:
        happen(by_hand, hubspot, people, what, who, more)
    hubspot.state.faults.clear()
    for _ in range(4):  # a hand may have moved what the night before mended
        Delivery.objects.filter(state=Delivery.State.WAITING).update(due_at="2020-01-01T00:00Z")
        night()

    waiting = set(Case.objects.filter(settled_at=None).values_list("member_id", flat=True))
    rows = [row["properties"] for row in hubspot.state["contact"].oldest_first() if not row["archived"]]
    for one in people.values():
        if one.pk in waiting:
            continue
        assert has_a_contact_of_their_own(one)
        assert [row.get("wits_member_id") for row in rows].count(str(one.uuid)) == 1
    # What a case is open about was left as it was.
    marks = {str(one.uuid) for one in people.values() if one.pk in waiting}
    for row in [row for row in rows if row.get("wits_member_id") not in marks]:
        assert (row.get("hs_email_optout"), row.get("wits_newsletter_consent")) != ("true", "true")
        wants = Member.objects.filter(uuid=row.get("wits_member_id") or None, newsletter=True)
        assert not (row.get("hs_email_optout") == "true" and wants.exists())
    assert not Delivery.objects.filter(state=Delivery.State.DEAD).exists()
    assert not Alert.objects.filter(kind="hubspot.differs").exists()
