"""Many filled-in join forms from one place, for tests of the limits."""

import uuid
from dataclasses import replace

from membership.errors import JoiningLimited
from membership.joining import JoinData, start

BOOTH = "129.100.0.7"


def form(number=0, **changes):
    filled = JoinData(
        nonce=uuid.uuid4().hex,
        level="wits-member",
        price_seen=1500,
        first_name="Mary Anne",
        last_name="van Dyk",
        email=f"person{number}@uwo.ca",
        client_address=BOOTH,
    )
    return replace(filled, **changes)


def free(number=0, **changes):
    return form(number, **{"level": "general", "price_seen": 0, **changes})


def refused(datas):
    """How many of these forms were refused."""
    count = 0
    for data in datas:
        try:
            start(data)
        except JoiningLimited:
            count += 1
    return count
