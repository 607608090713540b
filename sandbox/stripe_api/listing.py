"""Lists, newest first, in pages (https://docs.stripe.com/api/pagination)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sandbox.collection import Row
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import no_such

DEFAULT_LIMIT = 10


def page(
    call: Call,
    kind: str,
    wanted: Callable[[Row], bool] = lambda row: True,
    among: list[Row] | None = None,
) -> Row:
    """A page of the rows of that kind. `among`: the rows an index found, oldest first, when there is one."""
    rows = call.state[kind]
    limit = call.params.get("limit", DEFAULT_LIMIT)
    after, before = call.params.get("starting_after"), call.params.get("ending_before")
    for param, cursor in (("starting_after", after), ("ending_before", before)):
        if cursor is not None and cursor not in rows:
            raise no_such(kind.replace("checkout.", "checkout "), cursor, param)
    created = call.params.get("created") or {}
    source: Iterable[Row]
    if among is not None:
        source = _within(list(reversed(among)), after, before)
    else:
        source = rows.oldest_first(before) if before else rows.newest_first(after)
    found: list[Row] = []
    for row in source:
        # Rows stand in the order of creation, so a bound ends the search instead of scanning what lies past it.
        if not before and row["created"] < created.get("gte", created.get("gt", 0)):
            break
        if not row.get("deleted") and _in_range(row["created"], created) and wanted(row):
            found.append(row)
            if len(found) > limit:
                break
    data = found[:limit]
    if before:
        data.reverse()
    return {"object": "list", "data": data, "has_more": len(found) > limit, "url": call.path}


def _within(newest_first: list[Row], after: str | None, before: str | None) -> list[Row]:
    ids = [row["id"] for row in newest_first]
    if after in ids:
        return newest_first[ids.index(after) + 1 :]
    if before in ids:
        return list(reversed(newest_first[: ids.index(before)]))
    return newest_first


def _in_range(created: int, bounds: dict[str, int]) -> bool:
    return (
        created >= bounds.get("gte", created)
        and created > bounds.get("gt", created - 1)
        and created <= bounds.get("lte", created)
        and created < bounds.get("lt", created + 1)
    )
