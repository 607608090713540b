"""The demonstration: a whole invented club, so that nobody begins with an empty site."""

from collections.abc import Iterator

from django.conf import settings
from wagtail.models import Page

import desk.demo
import events.demo
import home.demo
from home.first_content import ensure_first_content
from home.first_small_print import ensure_small_print, small_print
from home.first_versions import keep_first_versions
from home.pictures import making as pictures
from home.sharing import making as sharing
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page, name_small_print
from membership.models import Member, Signup

PASSWORD = "wits-demo-2026"  # noqa: S105 - of invented staff, and only where settings allow them


def has_own_content() -> bool:
    """Whether somebody has worked here: pages beyond the first ones, pages a person edited, members or signups."""
    edited = Page.objects.filter(latest_revision__user__isnull=False).exists()
    first_pages = [ensure_first_content().pk, ensure_join_page().pk, *small_print().values_list("pk", flat=True)]
    more = Page.objects.filter(depth__gt=1).exclude(pk__in=first_pages).exists()
    return edited or more or Member.objects.exists() or Signup.objects.exists()


def make() -> Iterator[str]:
    """Make all of it, room by room, and say what was made. A second time changes nothing."""
    start = ensure_first_content()
    yield "levels, perks and the join page"
    ensure_levels()
    join = name_small_print(ensure_small_print())
    yield "events, coming and past"
    events_page = events.demo.make_demo(start)
    yield "the home page and the pages around it"
    home.demo.make_demo(events=events_page, join=join)
    keep_first_versions()
    pictures.look_after_all()
    sharing.look_after_all()
    if settings.DEMO_SIGN_INS:
        for words in desk.demo.make_demo(PASSWORD):
            yield f"sign-in of the {words}"
