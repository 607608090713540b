"""What needs attention, as it stands on the dashboard: by subject, and without what the reader has put aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from desk.models import PutAside, User
from home.attention.lines import GROUPS, Aside, Line, finders
from home.days import in_words

FOR = timedelta(days=30)
KEY = re.compile(r"[a-z-]{1,30}:[0-9]{1,20}")


@dataclass(frozen=True)
class Rest:
    """What is not named: how many more there are, and where they stand."""

    count: int
    url: str


@dataclass(frozen=True)
class Group:
    """What belongs to one subject."""

    heading: str
    lines: Sequence[Line]
    rests: Sequence[Rest]

    @property
    def count(self) -> int:
        return len(self.lines) + sum(rest.count for rest in self.rests)


def groups(user: Any, aside: Aside) -> Iterator[Group]:
    """The subjects in which something needs the user's attention."""
    for heading in GROUPS:
        found = [found for finder in finders(heading) for found in finder(user, aside)]
        group = Group(
            heading,
            [line for one in found for line in one.lines],
            [Rest(one.more, one.more_url) for one in found if one.more],
        )
        if group.count:
            yield group


class NeedsAttention(Component):
    """What waits for a person, as far as the reader may see and mend it. Says so when nothing does."""

    name = "needs_attention"
    template_name = "desk/needs_attention.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        kept = PutAside.objects.filter(user=self.user.pk, until__gt=timezone.localdate())
        aside = Aside(kept.values_list("key", flat=True))
        found = list(groups(self.user, aside))
        return {
            "groups": found,
            "count": sum(group.count for group in found),
            "aside": len(aside.keys),
            "csrf_token": (parent_context or {}).get("csrf_token", ""),
        }


@require_POST
def put_aside(request: HttpRequest) -> HttpResponse:
    """One line, for a month, for whoever pressed the button."""
    key, today = request.POST.get("key", ""), timezone.localdate()
    if KEY.fullmatch(key) and isinstance(request.user, User):
        request.user.put_aside.filter(until__lte=today).delete()
        until = today + FOR
        PutAside.objects.update_or_create(user=request.user, key=key, defaults={"until": until})
        messages.success(request, f"Put aside until {in_words(until)}. Others still see it.")
    return redirect(f"{reverse('wagtailadmin_home')}#needs-attention")


@require_POST
def show_again(request: HttpRequest) -> HttpResponse:
    """All that the user had put aside."""
    if isinstance(request.user, User):
        request.user.put_aside.all().delete()
    return redirect(f"{reverse('wagtailadmin_home')}#needs-attention")


urlpatterns: list[URLPattern] = [
    path("not-now/", put_aside, name="not-now"),
    path("show-again/", show_again, name="show-again"),
]
