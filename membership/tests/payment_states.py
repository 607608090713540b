"""The table of `docs/payment-states.md`: every event in every state, by really letting each happen."""

from datetime import UTC, datetime

from django.db import transaction

from membership import inbox
from membership.admin.signup_states import ONCE_SETTLED
from membership.models import Case, Membership, Signup
from membership.stripe_gateway import EVENT_TYPES, Event
from membership.tests.factories import LevelFactory, SignupFactory
from membership.tests.stripe_events import (
    charge_object,
    dispute_object,
    event,
    failed_intent_object,
    fraud_warning_object,
    refund_object,
    session_object,
)

PAID = ("checkout.session.completed", lambda s: session_object(s))
UNPAID = ("checkout.session.completed", lambda s: session_object(s, payment_status="unpaid"))
REFUND = "re_3SampleRefund0001"

# What may arrive: the event, how it is meant, and its object for a signup.
ARRIVING = [
    ("checkout.session.completed", "paid", PAID[1]),
    ("checkout.session.completed", "not paid yet", UNPAID[1]),
    ("checkout.session.completed", "another sum", lambda s: session_object(s, amount_total=100)),
    (
        "checkout.session.completed",
        "a second session, paid",
        lambda s: session_object(s, id="cs_test_second", payment_intent="pi_second"),
    ),
    ("checkout.session.async_payment_succeeded", "", PAID[1]),
    ("checkout.session.async_payment_failed", "", UNPAID[1]),
    (
        "checkout.session.expired",
        "",
        lambda s: session_object(s, status="expired", payment_status="unpaid", payment_intent=None),
    ),
    ("payment_intent.payment_failed", "", lambda s: failed_intent_object(s)),
    ("charge.refunded", "a part", lambda s: charge_object(s, amount_refunded=500)),
    ("charge.refunded", "all", lambda s: charge_object(s)),
    ("refund.created", "all, at the bank", lambda s: refund_object(s, status="pending")),
    ("refund.updated", "all, arrived", lambda s: refund_object(s, status="succeeded")),
    ("refund.failed", "all, came back", lambda s: refund_object(s, status="failed")),
    ("charge.dispute.created", "", lambda s: dispute_object(s)),
    ("charge.dispute.created", "only a question", lambda s: dispute_object(s, status="warning_needs_response")),
    ("charge.dispute.updated", "answered", lambda s: dispute_object(s, status="under_review")),
    ("charge.dispute.closed", "won", lambda s: dispute_object(s, status="won")),
    ("charge.dispute.closed", "lost", lambda s: dispute_object(s, status="lost")),
    ("radar.early_fraud_warning.created", "", lambda s: fraud_warning_object(s)),
]

# How each state is reached.
STATES = {
    "open": [],
    "processing": [UNPAID],
    "failed": [UNPAID, ("checkout.session.async_payment_failed", UNPAID[1])],
    "expired": [("checkout.session.expired", ARRIVING[6][2])],
    "case": [("checkout.session.completed", lambda s: session_object(s, amount_total=100))],
    "completed": [PAID],
    "held": [PAID, ("charge.dispute.created", lambda s: dispute_object(s))],
    "refunded": [PAID, ("charge.refunded", lambda s: charge_object(s))],
    "lost": [PAID, ("charge.dispute.closed", lambda s: dispute_object(s, status="lost"))],
}
MEANINGS = {
    "open": "On Stripe's page, or left it. Nothing was paid.",
    "processing": "Paid in a way that takes days. Not a member yet.",
    "failed": "A payment that takes days did not arrive.",
    "expired": "The time to pay ran out.",
    "case": "Money arrived that is not what was asked for. Nobody was made a member by it; a person decides.",
    "completed": "A member.",
    "held": "The payer's bank asks for the money back: the membership is on hold.",
    "refunded": "All was given back: the membership is over.",
    "lost": "A dispute was lost: the membership is over.",
}


class Undo(Exception):
    """Ends one cell: whatever it wrote is rolled back."""


def table() -> list[list[str]]:
    """The header and a row for each event: what each state becomes, `=` for the same, and which case is opened."""
    assert {kind for kind, _, _ in ARRIVING} == set(EVENT_TYPES), "every event we ask for is in the table"
    LevelFactory()
    head = ["what Stripe says", *STATES]
    return [
        head,
        *([_name(kind, how), *(_cell(state, kind, obj) for state in STATES)] for kind, how, obj in ARRIVING),
    ]


def page() -> str:
    """The whole page, as it stands in the docs."""
    rows = ["| " + " | ".join(row) + " |" for row in table()]
    rule = "|" + "---|" * (len(STATES) + 1)
    meanings = "\n".join(f"- **{state}** ({Signup.State(state).label}): {words}" for state, words in MEANINGS.items())
    once_settled = "\n".join(f"- {label}: {words}".format(who="NAME") for label, words in ONCE_SETTLED.values())
    return HEAD + meanings + TAIL.format(once_settled=once_settled) + "\n".join([rows[0], rule, *rows[1:]]) + "\n"


def _name(kind: str, how: str) -> str:
    return f"`{kind}`{f', {how}' if how else ''}"


def _cell(state: str, kind: str, obj) -> str:
    words = ""
    try:
        with transaction.atomic():
            signup = SignupFactory()
            for second, (before, made) in enumerate(STATES[state]):
                _happens(before, made(signup), second)
            signup.refresh_from_db()
            assert signup.state == state
            known = set(Case.objects.filter(settled_at=None).values_list("key", "kind"))
            outcome = _happens(kind, obj(signup), 100)
            signup.refresh_from_db()
            words = _in_words(state, signup, known, outcome)
            raise Undo
    except Undo:
        return words


def _in_words(state: str, signup: Signup, known: set, outcome) -> str:
    membership = Membership.objects.filter(signup=signup).first()
    assert (membership is not None) == (signup.state in ("completed", "held", "refunded", "lost"))
    if outcome.state == "ignored":
        return "waits"
    now = set(Case.objects.filter(settled_at=None).values_list("key", "kind"))
    marks = [f"+{kind}" for _, kind in sorted(now - known)] + [f"−{kind}" for _, kind in sorted(known - now)]
    return " ".join(["=" if signup.state == state else f"**{signup.state}**", *marks])


def _happens(kind: str, obj: dict, second: int):
    made = event(kind, obj)
    when = datetime.fromtimestamp(1_790_000_000 + second, UTC)
    return inbox.receive(Event(made["id"], kind, when, False, obj, made))


HEAD = """# Every event in every state

This page is written by the tests (`UPDATE_DOCS=1 pytest membership/tests/test_payment_states.py`), which let each
event really happen in each state, and fail where the page says something else.

A join form is in one of these states. They follow from facts that are only ever added (`membership/states.py`), so
the order in which messages arrive, and how often, does not matter.

"""
TAIL = """

A *case* stays one, since its facts do, also when somebody has dealt with it. Executives then read what became of it
in place of "Needs a person" (`membership/admin/signup_states.py`):

{once_settled}

The columns are the state before, the rows what arrives. `=`: stays as it is. `+kind` opens a case for a person,
`−kind` settles one by itself. *waits*: the payment is not known here yet; the event is kept, and taken in when the
payment comes. Free levels have no payment: their form is *unconfirmed* until the mailed link is used, and then
*completed*.

"""
