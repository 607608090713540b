"""Every address that the resolver knows, and what stands for the parts of it that can be anything."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.urls import get_resolver

from wits_site.tests.opening.ground import Ground, Sort

ANYTHING = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": str(UUID(int=1))}
ANY_PAGE = r"(?!forms/).*<int:(page_id|parent_page_id|page_to_move_id|page_pk)>.*|pages/\^.*"
# Addresses that speak of a kind of thing: `*` is what is of that kind.
KINDS = {
    "bulk/<str:app_label>/<str:model_name>/<str:action>/": [
        *(f"bulk/wagtailcore/page/{act}/?id=*" for act in ("delete", "move", "publish", "unpublish")),
        *(f"bulk/home/picture/{act}/?id=*" for act in ("add_tags", "add_to_collection", "delete")),
        *(f"bulk/wagtaildocs/document/{act}/?id=*" for act in ("add_tags", "add_to_collection", "delete")),
        "bulk/home/partner/delete/?id=*",
    ],
    "editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/": [
        "editing-sessions/ping/home/role/*/1/",
        "editing-sessions/ping/events/eventpage/*/1/",
    ],
    "tag-autocomplete/<slug:app_name>/<slug:model_name>/": ["tag-autocomplete/home/storytag/"],
    "pages/create/<slug:app_label>/<slug:model_name>": [
        "pages/create/home/standardpage",
        "pages/create/events/eventpage",
    ],
    "guide/<slug:slug>/": ["guide/*/"],
    **{f"first-steps/<slug:slug>/{act}/": [f"first-steps/name/{act}/"] for act in ("again", "aside", "ask")},
    **{
        f"pages/usage/<slug:content_type_app_name>/<slug:content_type_model_name>/{end}": [
            f"pages/usage/home/standardpage/{end}"
        ]
        for end in ("", "results/")
    },
}


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def address(route: str, values: Mapping[str, Any] | None = None, row: Any = None) -> str:
    """An address that the route matches: each part by its name, else `row` for what is a number, else anything."""

    def part(found: re.Match[str]) -> str:
        kind, name = found[1] or "str", found[2]
        if values and name in values:
            return str(values[name])
        return str(row) if row is not None and (kind == "int" or name == "pk") else ANYTHING[kind]

    filled = re.sub(r"<(?:(\w+):)?(\w+)>", part, route)
    filled = filled.replace("/(live|earliest|\\d+)\\.\\.\\.(live|latest|\\d+)/", "/earliest...latest/")
    filled = filled.replace("(\\d+)", str(row or 1)).replace("(.*)", "x").replace("((?:[\\w\\-]+/)*)", "")
    return "/" + re.sub(r"[\^$]", "", filled.replace(".*/", "x/"))


ROUTES = sorted(set(routes()))
ADMIN = [route.removeprefix("admin/") for route in ROUTES if route.startswith("admin/")]


def addresses(route: str, ground: Ground) -> Iterator[tuple[str, str]]:
    """What a route below the admin stands for: a name for the rules, and an address. Of pages: one of each sort."""
    if route in KINDS:
        for kind in KINDS[route]:
            yield kind.partition("?")[0], f"/admin/{kind.replace('*', str(ground.of_kind(kind)))}"
    elif route.startswith("settings/"):
        for app_name, model_name, pk in ground.settings:
            values = {"app_name": app_name, "model_name": model_name}
            name = re.sub(r"<slug:(\w+)>", lambda found, values=values: values[found[1]], route)
            yield name, "/admin" + address(name, row=pk)
    elif re.fullmatch(ANY_PAGE, route):
        for name, sort in ground.sorts.items():
            page = sort.review.page if "workflow" in route else sort.page.pk
            yield f"{route} of {name}", "/admin" + address(route, _around(sort, route), page)
    else:
        yield route, "/admin" + address(route, {"decision": "leave"}, ground.row(route))


def _around(sort: Sort, route: str) -> dict[str, Any]:
    """What the parts of an address of that page are, by their names."""
    return {
        "content_type_app_name": sort.page._meta.app_label,
        "content_type_model_name": sort.page._meta.model_name,
        "parent_page_id": sort.above.pk if "/add" in f"/{route}" else sort.page.pk,
        "destination_id": sort.above.pk,
        "revision_id": sort.revision,
        "workflow_state_id": sort.review.state,
        "task_state_id": sort.review.step,
        "task_id": sort.review.task,
        "workflow_pk": sort.review.workflow,
        "action_name": "approve",
    }
