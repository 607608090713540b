"""Django's SQLite backend, but whoever waits for the one writer's place waits in Python, and threads queue for it.

SQLite lets one transaction write and lets the others sleep and look again, for up to a tenth of a second each time:
with eight at once the file lies idle half of the time, and someone unlucky waits for seconds. Worse: a connection
that sleeps in there holds its own mutex. When the thread that writes collects garbage and meets a cursor of that
connection, each waits for the other until the time is up, and a write fails. So SQLite itself never sleeps here.
"""

import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

T = TypeVar("T")
LOOK_AGAIN_SECONDS = 0.001

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that tries a statement again while another connection writes, for `patience` seconds."""

    patience = 5.0

    def execute(self, query: str, params: Any = None) -> Any:
        return self._patiently(partial(super().execute, query, params))

    def executemany(self, query: str, param_list: Any) -> Any:
        return self._patiently(partial(super().executemany, query, param_list))

    def _patiently(self, deed: Callable[[], T]) -> T:
        deadline = time.monotonic() + self.patience
        while True:
            try:
                return deed()
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                # Inside a transaction, the statement alone cannot be tried again.
                if not busy or self.connection.in_transaction or time.monotonic() > deadline:
                    raise
            time.sleep(LOOK_AGAIN_SECONDS)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection. It holds its file's turn from the beginning of a transaction to its end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: threading.Lock | None = None
        self._patience = float(self.settings_dict["OPTIONS"].get("timeout", Cursor.patience))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.patience = self._patience
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        turn = _turns[str(self.settings_dict["NAME"])]
        # Who waited for so long tries without a turn, and SQLite says what is wrong ("database is locked").
        if turn.acquire(timeout=self._patience):
            self._turn = turn
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._give_turn()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        try:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
        finally:
            if autocommit:
                self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _give_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()
