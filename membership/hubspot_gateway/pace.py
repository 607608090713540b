"""No faster than HubSpot allows: it counts calls over ten seconds, and a refusal pauses everything else too.

https://developers.hubspot.com/docs/guides/apps/api-usage/usage-details: 100 in ten seconds for the smallest plans.
The pace is that of one process. Where several workers together are faster, HubSpot's 429 makes them all wait.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

SECONDS = 10.0


class Pace:
    """At most `calls` within any ten seconds, for all threads of this process."""

    def __init__(
        self,
        calls: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._begun: deque[float] = deque(maxlen=calls)
        self._lock = threading.Lock()
        self._clock = clock
        self._sleep = sleep

    def wait(self) -> None:
        """Return when the next call may begin: at once, or after ten seconds at most."""
        with self._lock:
            now = self._clock()
            full = len(self._begun) == self._begun.maxlen
            begins = max(now, self._begun[0] + SECONDS) if full else now
            self._begun.append(begins)
        if begins > now:
            self._sleep(begins - now)
