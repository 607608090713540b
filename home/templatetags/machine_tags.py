"""What the head of a page tells machines."""

from typing import Any

from django import template

from home.machines.head import Otherwise, before_turned, head_of, turned
from home.site_settings import SiteSettings

register = template.Library()
register.filter("turned", turned)
register.filter("before_turned", before_turned)


@register.inclusion_tag("components/machines.html", takes_context=True)
def head_for_machines(context: template.Context) -> dict[str, Any]:
    """For the page that is shown. Where it answers at another address than its own, the context has `canonical`,
    `head_title` and `head_description`; where it is a page of a list, `page_number`.
    """
    site = SiteSettings.load(request_or_site=context.get("request"))
    names = ("canonical", "head_title", "head_description")
    otherwise = Otherwise(*(context.get(name) or "" for name in names))
    head = head_of(context["page"], site, otherwise, context.get("page_number") or 1)
    return {"head": head, "site": site}
