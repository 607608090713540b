"""Rows of one kind, in order of creation, found by id or by an indexed field without a scan."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any

Row = dict[str, Any]
Key = Callable[[Row], Hashable | None]


class Collection:
    """Rows by id. `put` after every change of a row keeps the indexes true."""

    def __init__(self, kind: str, indexes: dict[str, Key], changed: Callable[[str, str], None]) -> None:
        self.kind = kind
        self._rows: dict[str, Row] = {}
        self._order: list[str | None] = []  # a removed row leaves None, so that positions hold
        self._position: dict[str, int] = {}
        self._indexes = indexes
        self._found: dict[str, dict[Hashable, dict[str, None]]] = {name: {} for name in indexes}
        self._keys: dict[str, dict[str, Hashable | None]] = {}
        self._changed = changed

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, row_id: str) -> bool:
        return row_id in self._rows

    def get(self, row_id: str | None) -> Row | None:
        return self._rows.get(row_id) if row_id else None

    def need(self, row_id: str) -> Row:
        """The row of that id; raises KeyError when there is none."""
        return self._rows[row_id]

    def put(self, row: Row) -> Row:
        row_id = str(row["id"])
        if row_id not in self._position:
            self._position[row_id] = len(self._order)
            self._order.append(row_id)
        self._unindex(row_id)
        keys = {name: key(row) for name, key in self._indexes.items()}
        for name, value in keys.items():
            if value is not None:
                self._found[name].setdefault(value, {})[row_id] = None
        self._keys[row_id] = keys
        self._rows[row_id] = row
        self._changed(self.kind, row_id)
        return row

    def remove(self, row_id: str) -> None:
        self._unindex(row_id)
        self._keys.pop(row_id, None)
        self._rows.pop(row_id, None)
        position = self._position.pop(row_id, None)
        if position is not None:
            self._order[position] = None
        if len(self._order) > 2 * len(self._rows) + 100:
            self._order = [known for known in self._order if known is not None]
            self._position = {known: place for place, known in enumerate(self._order) if known is not None}
        self._changed(self.kind, row_id)

    def clear(self) -> None:
        for row_id in list(self._rows):
            self.remove(row_id)
        self._order.clear()
        self._position.clear()

    def sort(self, key: Key) -> None:
        """Put the rows in another order of creation, for such as were made up for the past."""
        known = sorted(self._rows.values(), key=key)  # type: ignore[arg-type]
        self._order = [str(row["id"]) for row in known]
        self._position = {str(row["id"]): place for place, row in enumerate(known)}

    def find(self, index: str, value: Hashable) -> list[Row]:
        """Rows whose indexed field has this value, oldest first."""
        return [self._rows[row_id] for row_id in self._found[index].get(value, ())]

    def first(self, index: str, value: Hashable) -> Row | None:
        for row_id in self._found[index].get(value, ()):
            return self._rows[row_id]
        return None

    def newest_first(self, below: str | None = None) -> Iterator[Row]:
        """Rows from the newest on, or from the one before `below` on."""
        start = self._position[below] if below is not None else len(self._order)
        for position in range(start - 1, -1, -1):
            row = self.get(self._order[position])
            if row is not None:
                yield row

    def oldest_first(self, above: str | None = None) -> Iterator[Row]:
        start = self._position[above] + 1 if above is not None else 0
        for position in range(start, len(self._order)):
            row = self.get(self._order[position])
            if row is not None:
                yield row

    def _unindex(self, row_id: str) -> None:
        for name, value in self._keys.get(row_id, {}).items():
            if value is not None:
                ids = self._found[name].get(value, {})
                ids.pop(row_id, None)
                if not ids:
                    self._found[name].pop(value, None)
