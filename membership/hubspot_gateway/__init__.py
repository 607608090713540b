"""All that the site says to HubSpot and hears from it, in the site's own words.

Plain values go in and come out. What goes wrong outside is one error, `membership.errors.TransportError`. Nothing
here may be called inside a database transaction.
"""

from membership.hubspot_gateway.batches import Found, read_many, upsert_many
from membership.hubspot_gateway.contacts import (
    Contact,
    Pushed,
    push_contact,
)
from membership.hubspot_gateway.properties import OWN_PROPERTIES, ensure_properties

__all__ = [
    "OWN_PROPERTIES",
    "Contact",
    "Found",
    "Pushed",
    "ensure_properties",
    "push_contact",
    "read_many",
    "upsert_many",
]
