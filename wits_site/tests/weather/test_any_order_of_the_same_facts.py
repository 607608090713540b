"""One bag of messages has one end, in whatever order and however often a site hears them that knows nothing yet."""

import copy
import random

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from wits_site.tests.weather.agreement import check, end_of
from wits_site.tests.weather.ground import fresh_world
from wits_site.tests.weather.length import LIVES, LONG, as_long_as

ORDERS = LIVES if LONG else 8
JOIN = ("join", {"person": 0, "level": "wits-member"})
JOIN_AGAIN = ("join", {"person": 0, "level": "half-year"})
BY_HAND = ("add_by_hand", {"person": 0, "level": "wits-member", "way": "cash"})
DAYS = ("wait", {"seconds": 5 * 86_400})


def of(deed, form=0, visit=0, **how):
    return deed, {"form": form, "visit": visit, **how}


BAGS = {
    "given back in part, and then all of it": [JOIN, of("pay"), of("refund", dollars="4.00"), of("refund")],
    "given back, and the bank sends it back": [JOIN, of("pay"), of("refund"), of("bounce", refund=0), of("warn")],
    "disputed, answered and lost": [
        JOIN,
        of("pay"),
        of("warn"),
        of("dispute"),
        of("answer_dispute"),
        of("close_dispute", won=False),
    ],
    "disputed and won, and given back all the same": [
        JOIN,
        of("pay"),
        of("dispute"),
        of("close_dispute", won=True),
        of("refund"),
    ],
    "paid twice, and once given back": [
        JOIN,
        of("run_out"),
        of("recover"),
        of("recover"),
        of("pay", visit=1),
        of("pay", visit=2),
        of("refund", visit=1),
    ],
    "two memberships, and the first is given back": [JOIN, of("pay"), JOIN_AGAIN, of("pay", form=1), of("refund")],
    "two memberships, and the first is on hold": [JOIN, of("pay"), JOIN_AGAIN, of("pay", form=1), of("dispute")],
    "another sum, given back": [JOIN, of("pay_oddly", odd="sum"), of("warn"), of("refund")],
    "cash while the card's payment is disputed, and won": [
        JOIN,
        of("pay"),
        DAYS,
        of("dispute"),
        BY_HAND,
        DAYS,
        of("close_dispute", won=True),
    ],
    "cash after the card's payment was given back, and the bank sends it back": [
        JOIN,
        of("pay"),
        DAYS,
        of("refund"),
        BY_HAND,
        DAYS,
        of("bounce", refund=0),
    ],
    "slow money that arrives after a decline": [
        JOIN,
        of("pay", card="4000000000000002"),
        of("pay_slowly"),
        of("settle_slow", arrives=True),
        of("dispute"),
    ],
}


@pytest.mark.parametrize("name", BAGS)
def test_the_same_messages_in_any_order_have_the_same_end(name):
    with fresh_world(random.Random(name)) as world:
        for deed, how in BAGS[name]:
            world.do(deed, **how)
        partners = {kind: copy.deepcopy([*world.state[kind].oldest_first()]) for kind in ("contact", "customer")}
        as_it_was = _hear(world, world.post.events(), partners)

        @as_long_as(ORDERS)
        @given(order=st.permutations(world.post.events()), again=st.lists(st.integers(0, 99), max_size=4))
        def in_any_order(order, again):
            copies = [order[number % len(order)] for number in again]
            assert _hear(world, order[: len(order) // 2] + copies + order[len(order) // 2 :], partners) == as_it_was

        in_any_order()


def _hear(world, events, partners):
    """What became of it on a site that hears of these events in this order; then everything is undone."""
    with transaction.atomic():
        for event in events:
            world.post.tell(event)
        world.post.work()
        check(world)
        end = end_of(world)
        transaction.set_rollback(True)
    mail.outbox = []
    world.post.heard.clear()
    for kind, rows in partners.items():
        world.state[kind].clear()
        for row in rows:
            world.state[kind].put(copy.deepcopy(row))
    return end
