"""Where the state outlives a restart: one SQLite table of JSON rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


class Storage:
    """Rows on disk. Every call happens under the lock of the state, so one connection serves all threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        # A test server may lose its last moments when the machine loses power, but not when it is killed.
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS row (position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
            "id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id))"
        )

    def load(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(kind, row) of all that is stored, in order of creation."""
        for kind, body in self._connection.execute("SELECT kind, body FROM row ORDER BY position"):
            yield kind, json.loads(body)

    def save(self, changes: Iterable[tuple[str, str, dict[str, Any] | None]]) -> None:
        """Write (kind, id, row) together; a row of None is deleted."""
        self._connection.execute("BEGIN IMMEDIATE")
        for kind, row_id, row in changes:
            if row is None:
                self._connection.execute("DELETE FROM row WHERE kind = ? AND id = ?", (kind, row_id))
            else:
                self._connection.execute(
                    "INSERT INTO row (kind, id, body) VALUES (?, ?, ?) "
                    "ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
                    (kind, row_id, json.dumps(row)),
                )
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()
