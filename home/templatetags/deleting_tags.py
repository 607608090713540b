"""What somebody reads before they delete something."""

from typing import Any

from django import template

from home.deleting import Use, instead_of_deleting, uses_of

register = template.Library()


@register.simple_tag(takes_context=True)
def uses(context: template.Context) -> list[Use]:
    """Where that which is about to be deleted is used."""
    thing = _thing(context)
    return uses_of(thing, context["request"].user) if thing is not None else []


@register.simple_tag(takes_context=True)
def instead(context: template.Context) -> str:
    """What to do instead of deleting it."""
    return instead_of_deleting(_thing(context))


def _thing(context: template.Context) -> Any:
    """Wagtail's screens call it object, page, or (of many) the item of a row."""
    found = context.get("page") or context.get("object") or context.get("image")
    return found.get("item") if isinstance(found, dict) else found
