"""The checks of a page, for the side of its editor."""

from django import template
from wagtail.models import Page

from home.checking.checks import findings

register = template.Library()


@register.simple_tag
def findings_of(page: object) -> list[str]:
    """What to look at before this page is published; of a new one nothing yet."""
    return findings(page) if isinstance(page, Page) and page.pk else []
