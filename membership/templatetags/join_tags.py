"""What the join page's templates ask for."""

from django import template

from membership import words
from membership.forms import JoinForm
from membership.offers import todays_offers
from membership.placeholders import fill

register = template.Library()


@register.simple_tag(takes_context=True)
def join_form(context: template.Context) -> JoinForm:
    """The form that is being answered, or an empty one: `{% join_form as form %}`."""
    form = context.get("form")
    return form if isinstance(form, JoinForm) else JoinForm(offers=todays_offers())


@register.filter
def with_until(text: str, until: str) -> str:
    """A text with the end of the membership year in the place of {until}."""
    return fill(text, {"until": until})


@register.simple_tag
def words_of_joining() -> object:
    """The interface words: `{% words_of_joining as words %}`."""
    return words
