"""Django's SQLite backend, but the threads of one process queue for the one writer's place.

SQLite lets one transaction write and lets the others sleep and look again, for up to a tenth of a second each time:
with eight at once the file lies idle half of the time, and someone unlucky waits for seconds. A thread that queues is
woken the moment its turn comes. Only processes still meet in SQLite itself.
"""

import threading
import time
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection. It holds its file's turn from the beginning of a transaction to its end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: threading.Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        patience = self.settings_dict["OPTIONS"].get("timeout", 5)
        deadline = time.monotonic() + patience
        turn = _turns[str(self.settings_dict["NAME"])]
        # Who waited for so long tries without a turn, and SQLite says what is wrong ("database is locked").
        if turn.acquire(timeout=patience):
            self._turn = turn
        try:
            self._begin(deadline)
        except BaseException:
            self._give_turn()
            raise

    def _begin(self, deadline: float) -> None:
        """BEGIN, trying again every millisecond while another process writes: SQLite itself would sleep longer."""
        patience = self.connection.execute("PRAGMA busy_timeout").fetchone()[0]
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
                    return
                except OperationalError:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(0.001)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(patience)}")

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
