"""The tokens, read from the stylesheet itself, so that the styleguide is never behind it."""

import re
from pathlib import Path

from django.conf import settings

TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

Tokens = dict[str, str]


def read_tokens() -> tuple[Tokens, Tokens, Tokens]:
    """Raw tokens, roles by day and roles by night, each as a name (without the dashes) and what it is set to."""
    css = COMMENT.sub("", (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text(encoding="utf-8"))
    raw, _, roles = css.partition(":root, .panel {")
    day, _, night = roles.partition("prefers-color-scheme: dark")
    return dict(TOKEN.findall(raw)), dict(TOKEN.findall(day)), dict(TOKEN.findall(night))


def colour(name: str, *layers: Tokens) -> str:
    """What a token comes to as `#rrggbb`: later layers count more. `KeyError` if it is no plain colour."""
    found: Tokens = {}
    for layer in layers:
        found.update(layer)
    value = found[name].strip()
    while value.startswith("var("):
        value = found[value[6:-1]].strip()
    if not value.startswith("#"):
        raise KeyError(name)
    return value


def is_colour(value: str) -> bool:
    """Whether a token's value is a colour, or points to one."""
    return value.strip().startswith(("#", "var(--", "rgb"))
