"""Making an opportunity in one call, for the demonstration and for tests."""

from typing import Any

from django.utils import timezone

from home.opportunities.index_page import OpportunitiesPage
from home.opportunities.page import OpportunityPage


def make_opportunity(index: OpportunitiesPage, **fields: Any) -> OpportunityPage:
    """A published opportunity under `index`."""
    fields.setdefault("apply_link", "https://example.com/apply")
    fields.setdefault("first_published_at", timezone.now())
    page: OpportunityPage = index.add_child(instance=OpportunityPage(**fields))
    return page
