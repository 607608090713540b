"""Parameters of coupons and promotion codes: https://docs.stripe.com/api/coupons, …/api/promotion_codes."""

from __future__ import annotations

from sandbox.stripe_api.fields import Choice, Currency, Flag, Metadata, Range, Rows, Table, Text, Whole
from sandbox.stripe_api.parameters import listing, table

COUPON_CREATE = Table(
    of={
        "id": Text(max=200),
        "amount_off": Whole(min=1),
        "currency": Currency(),
        "duration": Choice(of=("once", "forever")),
        "max_redemptions": Whole(min=1),
        "metadata": Metadata(),
        "name": Text(max=40),
        "percent_off": Whole(min=1, max=100),
        "expand": Rows(max=20),
    },
    one_of=(("amount_off", "percent_off"),),
    need_one=(("percent_off", "amount_off"),),
)
COUPON_LIST = listing(created=Range())
CODE_CREATE = table(
    promotion=Table(required=True, of={"type": Choice(required=True, of=("coupon",)), "coupon": Text(required=True)}),
    active=Flag(),
    code=Text(max=500),
    max_redemptions=Whole(min=1),
    metadata=Metadata(),
)
CODE_UPDATE = table(active=Flag(), metadata=Metadata())
CODE_LIST = listing(active=Flag(), code=Text(), created=Range())
