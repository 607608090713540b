"""An event as search engines understand it: schema.org's Event."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from home.machines.structured import club_id
from home.sharing.showing import whole
from home.site_settings import SiteSettings

if TYPE_CHECKING:
    from events.pages import EventPage

ONLINE = ("online", "zoom", "teams", "discord")


def event_thing(event: "EventPage", site: SiteSettings, picture: str) -> dict[str, Any]:
    """When, where, how many fit, and what it costs where that is nothing."""
    url = whole(event.url or "/")
    online = event.place.lower().startswith(ONLINE)
    thing: dict[str, Any] = {
        "@type": "Event",
        "@id": f"{url}#event",
        "name": event.title,
        "description": event.summary,
        "url": url,
        "startDate": timezone.localtime(event.starts_at).isoformat(),
        "endDate": timezone.localtime(event.ends_at).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": f"https://schema.org/{'Online' if online else 'Offline'}EventAttendanceMode",
        "location": _online(event, url) if online else _there(event, site),
        "image": picture,
        "organizer": {"@type": "Organization", "@id": club_id(), "name": site.full_name, "url": whole("/")},
    }
    if event.places:
        thing["maximumAttendeeCapacity"] = event.places
    if event.cost.lower().startswith("free"):
        thing["isAccessibleForFree"] = True
    return thing


def _online(event: "EventPage", url: str) -> dict[str, Any]:
    return {"@type": "VirtualLocation", "url": event.place_link or url}


def _there(event: "EventPage", site: SiteSettings) -> dict[str, Any]:
    place = {"@type": "Place", "name": event.place, "address": f"{event.place}, {' '.join(site.address.split())}"}
    return place | ({"hasMap": event.place_link} if event.place_link else {})
