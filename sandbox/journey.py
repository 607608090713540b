"""What happened to each person, across Stripe, the webhooks, HubSpot and the mailbox."""

from __future__ import annotations

from typing import Any

from sandbox.state import State


def overview(state: State) -> dict[str, Any]:
    return {"notes": list(state["journal"].newest_first())[:100]}
