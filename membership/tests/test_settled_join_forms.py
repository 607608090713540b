"""A join form whose payment did not add up says what became of it, once somebody has dealt with it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from membership.admin.signup_states import ONCE_SETTLED, shown_state, with_settlement
from membership.models import Case, Payment, Refund, Signup
from membership.tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/signups/"


def settled(admin_user, settlement, *, back=0, dispute="", asked=0):
    """A case that `admin_user` settled; so many cents went back, or are on their way."""
    case = CaseFactory(settled_at=timezone.now(), settlement=settlement, settled_by=admin_user, note="A gift.")
    Payment.objects.filter(pk=case.payment_id).update(refunded_cents=back, dispute=dispute)
    Signup.objects.filter(pk=case.signup_id).update(refunded_cents=back)
    if asked:
        Refund.objects.create(payment=case.payment, amount_cents=asked)
    return case


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"settlement": "refunded", "back": 1500}, "Settled: refunded"),
        ({"settlement": "by-itself", "back": 1500}, "Settled: refunded"),
        ({"settlement": "by-itself", "dispute": "lost"}, "Settled: payment lost"),
        ({"settlement": "refunded", "asked": 1500}, "Settled: refund on its way"),
        ({"settlement": "refunded", "back": 400}, "Settled: a part refunded"),
        ({"settlement": "kept"}, "Settled: left by {who}"),
        ({"settlement": "kept", "back": 400}, "Settled: left by {who}"),
    ],
)
def test_list_and_page_say_what_became_of_it(admin_client, admin_user, facts, label):
    case = settled(admin_user, **facts)
    label = label.format(who=admin_user.get_username())

    for url in (LIST, reverse("signups:inspect", args=[case.signup_id])):
        page = admin_client.get(url).content.decode()
        assert f'<span class="w-status tone tone--plain">{label}</span>' in page
        assert "Needs a person</span>" not in page
    assert "Nobody was made a member by it." in page


def test_every_end_of_a_case_has_words_of_its_own():
    assert len({label for label, _ in ONCE_SETTLED.values()}) == len(ONCE_SETTLED)


def test_one_that_waits_needs_a_person_whatever_was_settled_before(admin_client, admin_user):
    case = settled(admin_user, "kept")
    CaseFactory(payment=case.payment, signup=case.signup, key="dispute:1", kind=Case.Kind.DISPUTE)

    signup = with_settlement(Signup.objects.all()).get()

    assert shown_state(signup).label == "Needs a person"
    assert "Settled: left" not in admin_client.get(LIST).content.decode()


def test_the_filters_find_what_the_list_says(admin_client, admin_user):
    waits, left = CaseFactory().signup, settled(admin_user, "kept").signup

    def found(**filters):
        return list(admin_client.get(LIST, filters).context["object_list"])

    assert found(state="case") == found(finished="no") == [waits]
    assert found(state="settled") == found(finished="yes") == [left]
    assert found(state=["case", "settled"]) == found() == [left, waits]
    assert found(state="completed") == []
