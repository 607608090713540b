"""What several blocks of one page ask for is asked once for a visit."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

Answer = TypeVar("Answer")


def request_of(parent_context: dict[str, Any] | None) -> HttpRequest | None:
    """The visitor's request, for a block; None in the preview of a block."""
    return (parent_context or {}).get("request")


def once(request: HttpRequest | None, name: str, ask: Callable[[], Answer]) -> Answer:
    """What `ask` answers, the first time that `name` is asked for in this visit; the same answer after that."""
    if request is None:
        return ask()
    answers: dict[str, Any] = request.__dict__.setdefault("answers", {})
    if name not in answers:
        answers[name] = ask()
    answer: Answer = answers[name]
    return answer
