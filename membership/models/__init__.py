"""Levels, signups, members, memberships and the events that Stripe sent."""

from membership.models.additions import Addition
from membership.models.cases import Case
from membership.models.imports import Import, Imported, Looked, Staged
from membership.models.levels import Level, MembershipSettings, Perk
from membership.models.members import Member, Membership
from membership.models.payments import Contest, Dispute, Payment, Refund, StripeEvent
from membership.models.signups import Signup
from membership.pages import JoinPage

__all__ = [
    "Addition",
    "Case",
    "Contest",
    "Dispute",
    "Import",
    "Imported",
    "JoinPage",
    "Level",
    "Member",
    "Looked",
    "Membership",
    "MembershipSettings",
    "Payment",
    "Perk",
    "Refund",
    "Signup",
    "Staged",
    "StripeEvent",
]
