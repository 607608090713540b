"""What ended by itself and still stands somewhere: an announcement, a form, a program, an opportunity."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from home.attention.lines import Aside, Found, named, one
from home.attention.pages import called, edit, may_change, when
from home.attention.places import list_of_pages, setting
from home.days import short
from home.forms.page import FormPage
from home.opportunities.index_page import OpportunitiesPage
from home.opportunities.page import OpportunityPage
from home.programs.program_page import ProgramPage
from home.site_settings import SiteSettings


def find_dates(user: Any, aside: Aside) -> Iterator[Found]:
    """At most nine questions."""
    if user.has_perm("home.change_sitesettings"):
        yield from _announcement(aside)
    pages = may_change(user).values("pk")
    yield _opportunities(pages, aside)
    yield _forms(pages, aside)
    yield _programs(pages, aside)


def _announcement(aside: Aside) -> Iterator[Found]:
    site = SiteSettings.objects.first()
    ended = site.announcement_until if site else None
    if site and ended and site.announcement.strip() and ended <= timezone.now():
        key = f"announcement:{ended:%Y%m%d%H%M}"
        if key not in aside:
            words = f"The announcement {called(site.announcement)} ended on {when(ended)}: take its words away"
            yield one(words, setting(SiteSettings), key)


def _opportunities(pages: Any, aside: Aside) -> Found:
    over = OpportunityPage.objects.filter(live=True, pk__in=pages, last_day__lt=timezone.localdate())

    def line(page: Any) -> tuple[str, str]:
        return f"{called(page.title)} could be applied for until {short(page.last_day)}: unpublish it", edit(page.pk)

    return named("opportunity", over.order_by("last_day", "pk"), aside, line, list_of_pages(OpportunitiesPage))


def _forms(pages: Any, aside: Aside) -> Found:
    closed = FormPage.objects.filter(live=True, pk__in=pages, closes_at__lt=timezone.now())

    def line(page: Any) -> tuple[str, str]:
        words = f"The form {called(page.title)} closed on {when(page.closes_at)}: unpublish it, or give it a new day"
        return words, edit(page.pk)

    return named("form", closed.order_by("closes_at", "pk"), aside, line, reverse("wagtailadmin_explore_root"))


def _programs(pages: Any, aside: Aside) -> Found:
    closed = ProgramPage.objects.filter(live=True, pk__in=pages, closes_on__lt=timezone.localdate())

    def line(page: Any) -> tuple[str, str]:
        words = f"Applications for {called(page.title)} closed on {short(page.closes_on)}: set the next round’s days"
        return words, edit(page.pk)

    return named("program", closed.order_by("closes_on", "pk"), aside, line, reverse("wagtailadmin_explore_root"))
