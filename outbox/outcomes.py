"""What becomes of a delivery that failed. Nothing here touches the database or the clock."""

import random
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType

from django.conf import settings
from django.db import InterfaceError, OperationalError

from outbox.errors import TransportError

MAX_SURPRISES = 8
PATIENCE = timedelta(days=7)
FIRST_WAIT_SECONDS = 3.0
LONGEST_WAIT_SECONDS = 3600.0
# Nobody means to be asked again later than this, whatever a Retry-After says.
LONGEST_RETRY_AFTER_SECONDS = 86_400.0

jitter = random.Random()  # noqa: S311 - spreads retries, guards nothing


@dataclass(frozen=True)
class Outcome:
    """What to write down after a failure."""

    dead: bool
    due_at: datetime
    error: str
    surprise: bool = False
    pauses: bool = False
    channel_waits_until: datetime | None = None


def wait_before(attempt: int, source: random.Random = jitter) -> timedelta:
    """How long to wait after attempt number `attempt` (from 1): doubling, up to an hour, and half as much either way.

    The spread keeps a thousand rows that failed together from coming back together.
    """
    seconds = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(attempt - 1, 20))
    return timedelta(seconds=seconds * source.uniform(0.5, 1.5))


def judge(
    error: Exception,
    *,
    attempts: int,
    surprises: int,
    trying_since: datetime,
    now: datetime,
    source: random.Random = jitter,
) -> Outcome:
    """Decide what follows `error`, raised by attempt number `attempts`; `surprises` counts the earlier ones.

    A permanent refusal is dead at once, a surprise after `MAX_SURPRISES`, anything else once `PATIENCE` has run
    out since `trying_since`. A refusal that pauses the whole channel never makes a delivery dead.
    """
    due_at = now + wait_before(attempts, source)
    if isinstance(error, TransportError):
        if error.pauses:
            return Outcome(dead=False, due_at=now, error=error.message, pauses=True)
        if error.permanent:
            return Outcome(dead=True, due_at=now, error=error.message)
        waits_until = None
        if error.retry_after is not None:
            waits_until = now + timedelta(seconds=min(max(error.retry_after, 0.0), LONGEST_RETRY_AFTER_SECONDS))
            due_at = waits_until + timedelta(seconds=source.uniform(0, 1))
        return Outcome(
            dead=now - trying_since >= PATIENCE, due_at=due_at, error=error.message, channel_waits_until=waits_until
        )
    if isinstance(error, (OperationalError, InterfaceError)):
        # Our own database was away for a moment: no mistake in the handler.
        return Outcome(dead=now - trying_since >= PATIENCE, due_at=due_at, error=where(error))
    return Outcome(dead=surprises + 1 >= MAX_SURPRISES, due_at=due_at, error=where(error), surprise=True)


def where(error: BaseException) -> str:
    """Type and place of an error, without its message: a message may quote what a person typed."""
    frames = traceback_frames(error.__traceback__)
    here = str(settings.BASE_DIR)
    ours = [frame for frame in frames if frame[2].startswith(here) and "site-packages" not in frame[2]] or frames
    place = f" at {ours[-1][0]}:{ours[-1][1]}" if ours else ""
    return f"{type(error).__name__}{place}"


def traceback_frames(trace: TracebackType | None) -> list[tuple[str, int, str]]:
    """Module, line and file of each frame, outermost first."""
    return [
        (frame.f_globals.get("__name__", "?"), line, frame.f_code.co_filename)
        for frame, line in traceback.walk_tb(trace)
    ]


def trail(error: BaseException) -> str:
    """The whole path to an error, for the log: modules and lines only, without messages or values."""
    return " > ".join(f"{module}:{line}" for module, line, _ in traceback_frames(error.__traceback__))
