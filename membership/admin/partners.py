"""Where a row is to be found at Stripe and HubSpot."""

from dataclasses import dataclass

from django.conf import settings

# What Stripe's ids begin with, and where its dashboard shows them.
DASHBOARD = {"cus_": "customers", "pi_": "payments", "ch_": "payments", "evt_": "events", "prod_": "products"}


@dataclass(frozen=True)
class PartnerLink:
    """A place outside: `url` is empty where there is only an id to look up by hand."""

    label: str
    reference: str
    url: str


def stripe_link(reference: str, label: str = "Stripe") -> PartnerLink:
    """The page of `reference` (a Stripe id) in Stripe's dashboard.

    Sessions have no page there, and a stand-in for Stripe has no dashboard: they are shown by id alone.
    """
    place = next((place for start, place in DASHBOARD.items() if reference.startswith(start)), "")
    mode = "test/" if settings.STRIPE_TEST_MODE else ""
    known = place and not settings.STRIPE_API_BASE
    return PartnerLink(label, reference, f"https://dashboard.stripe.com/{mode}{place}/{reference}" if known else "")


def hubspot_link(contact_id: str) -> PartnerLink:
    """The contact in HubSpot, where the settings name the account (`HUBSPOT_PORTAL_ID`)."""
    account = settings.HUBSPOT_PORTAL_ID
    url = f"https://app.hubspot.com/contacts/{account}/record/0-1/{contact_id}" if account else ""
    return PartnerLink("HubSpot contact", contact_id, url)
