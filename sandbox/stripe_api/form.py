"""Stripe's form encoding: `a[b][0][c]=1` to nested dicts and lists, every leaf a string."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sandbox.stripe_api.errors import invalid

_KEY = re.compile(r"^[^\[\]]+(\[[^\[\]]*\])*$")
_PART = re.compile(r"\[([^\[\]]*)\]")


def decode(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Nested values of the pairs. Lists become dicts of their positions; fields.Rows makes lists of them."""
    tree: dict[str, Any] = {}
    for key, value in pairs:
        if not _KEY.match(key):
            raise invalid(f"Invalid parameter name: {key}", key)
        head = key.split("[", 1)[0]
        path = [head, *_PART.findall(key)]
        node = tree
        for here in path[:-1]:
            child = node.setdefault(_position(here, node), {})
            if not isinstance(child, dict):
                raise invalid("Invalid object", head)
            node = child
        last = _position(path[-1], node)
        if isinstance(node.get(last), dict):
            raise invalid("Invalid string: a value and its parts were both sent", head)
        node[last] = value
    return tree


def _position(part: str, node: dict[str, Any]) -> str:
    """`a[]=` appends, as other libraries of Stripe send lists."""
    return str(len(node)) if part == "" else part
