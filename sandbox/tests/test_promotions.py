"""Coupons and promotion codes: typed on the page or given with the session, in part or for everything."""

from __future__ import annotations

import pytest
import stripe

from sandbox.tests.conftest import control, event_types, pay


@pytest.fixture
def code(api):
    """`code("BOOTH", percent_off=100)`: a promotion code for a new coupon."""

    def make(text: str, **coupon) -> stripe.PromotionCode:
        limit = {"max_redemptions": coupon.pop("uses")} if "uses" in coupon else {}
        made = api.coupons.create({"name": "For friends", **coupon})
        return api.promotion_codes.create({"promotion": {"type": "coupon", "coupon": made.id}, "code": text, **limit})

    return make


def test_a_whole_discount_leaves_nothing_to_pay(api, sandbox, open_session, code):
    made = code("BOOTH", percent_off=100)
    session = open_session(allow_promotion_codes=True)
    assert control(session.url, "code", code="booth").status_code == 303
    assert pay(session).status_code == 303
    done = api.checkout.sessions.retrieve(session.id)
    assert (done.status, done.payment_status) == ("complete", "no_payment_required")
    assert (done.amount_subtotal, done.amount_total, done.payment_intent) == (1500, 0, None)
    assert done.customer is not None
    assert [used.promotion_code for used in done.discounts] == [made.id]
    assert "checkout.session.completed" in event_types(sandbox)
    assert "charge.succeeded" not in event_types(sandbox)
    assert api.promotion_codes.retrieve(made.id).times_redeemed == 1


def test_a_discount_in_part_is_charged_and_shown_on_the_line(api, open_session, code):
    code("THIRD", amount_off=500, currency="cad")
    session = open_session(allow_promotion_codes=True)
    control(session.url, "code", code="THIRD")
    pay(session)
    done = api.checkout.sessions.retrieve(session.id, {"expand": ["line_items", "payment_intent"]})
    assert (done.amount_total, done.total_details.amount_discount, done.payment_intent.amount) == (1000, 500, 1000)
    (item,) = done.line_items.data
    assert (item.amount_subtotal, item.amount_discount, item.amount_total) == (1500, 500, 1000)


def test_a_coupon_may_come_with_the_session(api, open_session):
    coupon = api.coupons.create({"percent_off": 20})
    session = open_session(discounts=[{"coupon": coupon.id}])
    assert (session.amount_total, session.discounts[0].coupon) == (1200, coupon.id)


@pytest.mark.parametrize(
    ("coupon", "typed", "words"),
    [
        ({"percent_off": 50}, "OTHER", "invalid"),
        ({"amount_off": 500, "currency": "usd"}, "FRIEND", "USD"),
        ({"percent_off": 99}, "FRIEND", "too little"),
    ],
)
def test_a_code_that_cannot_be_used_is_told_and_takes_nothing_off(api, open_session, code, coupon, typed, words):
    code("FRIEND", **coupon)
    session = open_session(allow_promotion_codes=True)
    answer = control(session.url, "code", code=typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert api.checkout.sessions.retrieve(session.id).amount_total == 1500


def test_a_code_is_used_up_or_switched_off(api, open_session, code):
    once = code("ONCE", percent_off=100, uses=1)
    first, second = (open_session(allow_promotion_codes=True) for _ in range(2))
    control(first.url, "code", code="ONCE")
    pay(first)
    assert control(second.url, "code", code="ONCE").status_code == 422
    api.promotion_codes.update(once.id, {"active": False})
    assert control(second.url, "code", code="ONCE").status_code == 422


def test_without_leave_a_session_takes_no_code(open_session, code):
    code("BOOTH", percent_off=100)
    assert control(open_session().url, "code", code="BOOTH").status_code == 422


def test_two_active_codes_are_never_the_same(api, code):
    first = code("BOOTH", percent_off=10)
    with pytest.raises(stripe.InvalidRequestError):
        code("booth", percent_off=20)
    api.promotion_codes.update(first.id, {"active": False})
    assert code("booth", percent_off=20).active
    assert [one.id for one in api.promotion_codes.list({"active": False}).data] == [first.id]


@pytest.mark.parametrize("wrong", [{}, {"percent_off": 10, "amount_off": 5}, {"amount_off": 5}, {"percent_off": 101}])
def test_a_coupon_that_cannot_be_is_refused(api, wrong):
    with pytest.raises(stripe.InvalidRequestError):
        api.coupons.create(wrong)


def test_a_code_and_the_leave_to_type_one_exclude_each_other(api, open_session):
    coupon = api.coupons.create({"percent_off": 20})
    with pytest.raises(stripe.InvalidRequestError):
        open_session(discounts=[{"coupon": coupon.id}], allow_promotion_codes=True)
