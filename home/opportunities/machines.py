"""A job as search engines understand it: schema.org's JobPosting, only where everything that it must say is known."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.rich_text import get_text_for_indexing

from home.inert import inert
from home.sharing.showing import whole

if TYPE_CHECKING:
    from home.opportunities.page import OpportunityPage


def job_thing(page: "OpportunityPage") -> dict[str, Any] | None:
    """None for scholarships, without a place and its country, while it is the members', and when it is over."""
    if page.kind == "scholarship" or not (page.country and page.place) or page.is_over or page.is_for_members:
        return None
    url = whole(page.url or "/")
    last_moment = timezone.make_aware(datetime.combine(page.last_day, time(23, 59, 59)))
    thing = {
        "@type": "JobPosting",
        "@id": f"{url}#job",
        "title": page.title,
        "description": str(inert(page.about)) if get_text_for_indexing(page.about).strip() else page.lede,
        "datePosted": timezone.localdate(page.shown_since).isoformat(),
        "validThrough": last_moment.isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": page.offered_by},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": page.place, "addressCountry": page.country},
        },
        "url": url,
        "directApply": False,
    }
    return thing | ({"employmentType": "INTERN"} if page.kind == "internship" else {})
