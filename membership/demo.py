"""What the demonstration has of joining: two levels, their perks, and the join page with its small print."""

from home.standard_page import StandardPage
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page

TERMS_SLUGS = ("terms", "membership-terms")
REFUND_SLUGS = ("refunds", "refund-policy")


def make_demo() -> str:
    """Make levels and join page where they are missing; link terms and refund policy where the pages are there.

    Returns what was made, in words for whoever watches.
    """
    ensure_levels()
    page = ensure_join_page()
    page.terms_page = page.terms_page or StandardPage.objects.live().filter(slug__in=TERMS_SLUGS).first()
    page.refund_page = page.refund_page or StandardPage.objects.live().filter(slug__in=REFUND_SLUGS).first()
    page.save()
    return f"the join page: {page.title}"
