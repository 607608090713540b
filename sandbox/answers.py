"""One address for people and programs: a browser is led on, a program gets JSON."""

from __future__ import annotations

from flask import jsonify, redirect, request
from werkzeug.wrappers import Response


def wants_json() -> bool:
    """Whether the caller is a program: browsers name text/html, which programs do not."""
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) != "text/html"


def done(page: str = "/") -> Response:
    """What was asked is done: back to the page that the form names, or to that one."""
    back = request.form.get("back", "")
    # Only a path of the sandbox itself: a form cannot send anyone elsewhere.
    own = back.startswith("/") and not back.startswith("//")
    return jsonify({"done": True}) if wants_json() else redirect(back if own else page, 303)
