"""Errors to Sentry, where the club has an account there."""

from typing import Any, cast

import sentry_sdk
from sentry_sdk.types import Event, Hint

from wits_site.logs import hide_addresses, words_of


def begin(dsn: str) -> None:
    """Send errors to the project that `dsn` names; nothing without one.

    No request data, cookies, addresses of visitors or local variables leave the server, and every email address in
    what does is hidden. Source: https://docs.sentry.io/platforms/python/data-management/data-collected/
    """
    if dsn:
        sentry_sdk.init(dsn, **OPTIONS)


def without_personal_data(event: Event, hint: Hint) -> Event | None:
    """The event as it may leave: where it happened and what broke, not to whom."""
    for part in ("request", "user", "breadcrumbs", "extra", "server_name"):
        cast(dict[str, Any], event).pop(part, None)
    for error in event.get("exception", {}).get("values", []):
        error["value"] = words_of(str(error.get("type")), str(error.get("value")))
    return cast(Event, _hidden(event))


def _hidden(part: Any) -> Any:
    if isinstance(part, str):
        return hide_addresses(part)
    if isinstance(part, dict):
        return {name: _hidden(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_hidden(value) for value in part]
    return part


OFF = {"mode": "off"}
OPTIONS: dict[str, Any] = {
    "data_collection": {
        "user_info": False,
        "cookies": OFF,
        "http_headers": {"request": OFF},
        "http_bodies": [],
        "url_query_params": OFF,
        "database_query_data": False,
        "queues": False,
        "stack_frame_variables": False,
        "frame_context_lines": 0,  # the code is public: its line numbers are enough
    },
    "traces_sample_rate": 0,
    "auto_session_tracking": False,
    "before_send": without_personal_data,
}
