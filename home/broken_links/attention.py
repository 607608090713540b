"""Links that lead nowhere, on the dashboard: each with where it stands, for those who may change that."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from home.attention.lines import Aside, Found, named
from home.attention.pages import called, may_change
from home.broken_links.records import Link, LinkPlace


def mendable_by(user: Any) -> Q:
    """The places, of `LinkPlace`, that somebody may change."""
    rights = [right for right in user.get_all_permissions() if ".change_" in right]
    return Q(page__in=may_change(user).values("pk")) | Q(page=None, right__in=rights)


def find_broken(user: Any, aside: Aside) -> Iterator[Found]:
    """At most three questions, and one that says what the user may do."""
    if not user.has_perm("home.view_link"):
        return
    broken = LinkPlace.objects.filter(mendable_by(user), link__state=Link.State.BROKEN).select_related("link")

    def line(place: LinkPlace) -> tuple[str, str]:
        says = f"The link “{Truncator(place.words).chars(50)}”" if place.words else "A link"
        return f"{says} on {called(place.title)} is broken ({place.where}). {place.link.why}", place.url

    yield named("link", broken.order_by("link__broken_at", "pk"), aside, line, reverse("broken-links"))
