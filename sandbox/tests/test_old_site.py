"""What the site before this one left: old sessions without marks, which nobody is told of."""

from __future__ import annotations

import requests

from sandbox import old_site
from sandbox.server import Sandbox
from sandbox.tests.conftest import event_types, pay


def press(sandbox):
    return requests.post(f"{sandbox.url}/old-site", headers={"Accept": "text/html"}, timeout=5)


def test_the_button_leaves_them_once_and_sends_no_event(api, sandbox):
    assert "Leave payments" in requests.get(sandbox.url, timeout=5).text
    assert "reconcile --days 400" in press(sandbox).text
    press(sandbox)
    assert len(api.checkout.sessions.list({"limit": 100}).data) == len(old_site.LEFT)
    assert event_types(sandbox) == []


def test_lists_go_by_the_day_of_the_payment(api, sandbox, open_session):
    first = open_session()
    pay(first)
    press(sandbox)
    found = api.checkout.sessions.list({"limit": 100, "expand": ["data.customer", "data.line_items"]}).data
    assert found[0].id == first.id
    assert [one.created for one in found] == sorted((one.created for one in found), reverse=True)
    deleted = [one for one in found if one.customer and getattr(one.customer, "deleted", False)]
    assert len(deleted) == 1
    since = {"created": {"gte": first.created - 8 * 86_400}}
    assert [one.id for one in api.checkout.sessions.list(since).data] == [first.id]


def test_after_a_restart_they_are_still_in_order(tmp_path):
    data = tmp_path / "sandbox.sqlite3"
    with Sandbox(data=data) as sandbox:
        sandbox.state["customer"].put(
            {"id": "cus_now", "object": "customer", "created": sandbox.state.now(), "email": None}
        )
        old_site.leave(sandbox.state)
    with Sandbox(data=data) as again:
        assert next(again.state["customer"].newest_first())["id"] == "cus_now"
