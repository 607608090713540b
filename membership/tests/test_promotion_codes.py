"""What a promotion code takes off: the club's own gift, up to the whole price."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from membership import lifecycle
from membership.joining import JoinData, start
from membership.models import Case, Level, Membership, MembershipSettings, Payment, Signup
from membership.stripe_gateway import session_from_object
from membership.tests.factories import LevelFactory, SignupFactory
from membership.tests.stripe_events import session_object

pytestmark = pytest.mark.django_db


def paid(signup, *, off, **changes):
    """The session of `signup` after a code took `off` cents off its price."""
    details = {"amount_discount": off, "amount_shipping": 0, "amount_tax": 0}
    changes = {"amount_total": signup.amount_cents - off, "total_details": details} | changes
    return session_from_object(session_object(signup, **changes))


def test_what_was_really_paid_is_kept():
    signup = SignupFactory()
    lifecycle.complete(paid(signup, off=500))
    assert Membership.objects.get().amount_cents == Payment.objects.get().amount_cents == 1000
    assert Signup.objects.get().state == Signup.State.COMPLETED
    assert not Case.objects.exists()


def test_a_code_for_the_whole_price_makes_a_member_without_a_payment_intent():
    signup = SignupFactory()
    lifecycle.complete(paid(signup, off=1500, payment_status="no_payment_required", payment_intent=None))
    assert Membership.objects.get().amount_cents == 0, "what was paid, not what was asked for"


def test_less_than_the_price_without_a_code_is_a_case():
    signup = SignupFactory()
    lifecycle.complete(paid(signup, off=0, amount_total=0, payment_status="no_payment_required", payment_intent=None))
    assert not Membership.objects.exists()
    assert "$0.00 was paid, $15.00 was asked for" in Case.objects.get().words


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(price=st.integers(0, 3000), discount=st.integers(0, 3000))
def test_what_a_code_takes_off_is_no_mismatch_and_any_other_sum_is(price, discount):
    signup = SignupFactory.build(amount_cents=1500, level=Level(slug="wits-member"))
    off = min(discount, price)
    problem = lifecycle._mismatch(signup, paid(signup, off=off, amount_total=price - off))
    assert (problem == "") == (price == 1500)


@pytest.mark.parametrize("switched_on", [True, False])
def test_stripe_takes_codes_only_where_the_club_switched_them_on(fake_stripe, switched_on):
    level = LevelFactory()
    MembershipSettings.objects.update_or_create(defaults={"promotion_codes": switched_on})
    data = JoinData(
        nonce="n" * 22, level=level.slug, price_seen=1500, first_name="Mia", last_name="Roy", email="mia@uwo.ca"
    )
    start(data)
    assert Signup.objects.get().checkout_parameters.get("allow_promotion_codes", False) is switched_on
