"""Who makes which kind of delivery."""

from collections.abc import Callable
from dataclasses import dataclass

from outbox.models import Delivery

CHANNELS = ("stripe", "hubspot", "mail", "site", "pictures", "links")

Handler = Callable[[Delivery], None]


@dataclass(frozen=True)
class Registration:
    """What is known of one kind of delivery."""

    handler: Handler
    channel: str
    label: str


_registrations: dict[str, Registration] = {}


def register(kind: str, handler: Handler, *, channel: str, label: str = "") -> None:
    """Let `handler` make every delivery of `kind`; called in an app's `ready()`.

    The handler runs outside any transaction and returns once the effect has happened. It raises
    `outbox.errors.TransportError` for what went wrong outside; anything else it raises counts as a mistake of ours.
    It may run twice for one delivery (the process died before it could note that the effect had happened), so the
    effect must be repeatable or carry a stable key. `channel` is one of `CHANNELS`.
    `label` is what executives read in its place.
    """
    if channel not in CHANNELS:
        raise ValueError(f"{channel!r} is no channel: use one of {', '.join(CHANNELS)}.")
    known = _registrations.get(kind)
    if known is not None and known.handler is not handler:
        raise ValueError(f"{kind!r} has a handler already.")
    _registrations[kind] = Registration(handler, channel, label or kind)


def registration(kind: str) -> Registration:
    """The handler and channel of `kind`; raises LookupError when nobody registered it."""
    try:
        return _registrations[kind]
    except KeyError:
        raise LookupError(f"Nobody delivers {kind!r}: register it in an app's ready().") from None


def forget(kind: str) -> None:
    """Undo `register`, for tests."""
    _registrations.pop(kind, None)


def label(kind: str) -> str:
    """The words for `kind`: its own name when nobody delivers it any more."""
    return _registrations[kind].label if kind in _registrations else kind


def kinds() -> list[str]:
    """Every kind that is registered, sorted."""
    return sorted(_registrations)
