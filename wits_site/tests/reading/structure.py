"""What structured data must have for a search engine to use it: the required properties of each type, by Google's
pages (developers.google.com/search/docs/appearance/structured-data), of which schema.org itself requires none."""

import re
from collections.abc import Iterator
from typing import Any

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?[+-]\d{2}:\d{2})?")
ADDRESS = re.compile(r"https?://\S+")
REQUIRED = {
    "Organization": ("name",),
    "WebSite": ("name", "url"),
    "Event": ("name", "startDate", "location"),
    "Article": ("headline", "author", "datePublished", "image"),
    "BreadcrumbList": ("itemListElement",),
    "ListItem": ("position", "name", "item"),
    "FAQPage": ("mainEntity",),
    "Question": ("name", "acceptedAnswer"),
    "Answer": ("text",),
    "JobPosting": ("title", "description", "datePosted", "hiringOrganization", "jobLocation"),
    "Place": ("address",),
}
MOMENTS = {"startDate", "endDate", "datePublished", "dateModified", "datePosted", "validThrough"}
ADDRESSES = {"url", "item", "image", "logo"}


def lacking(thing: Any) -> Iterator[str]:
    """What a thing, and each thing inside it, lacks or says in a form that nobody reads."""
    for part in thing if isinstance(thing, list) else [thing]:
        if not isinstance(part, dict):
            continue
        kind = part.get("@type", "")
        yield from (f"{kind} without {name}" for name in REQUIRED.get(kind, ()) if not part.get(name))
        for name, value in part.items():
            if name in MOMENTS and not MOMENT.fullmatch(str(value)):
                yield f"{kind}: {name} is {value!r}"
            for one in value if isinstance(value, list) else [value]:
                if name in ADDRESSES and isinstance(one, str) and not ADDRESS.fullmatch(one):
                    yield f"{kind}: {name} is {one!r}"
            yield from lacking(value)
