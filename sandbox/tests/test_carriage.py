"""Events on their way: copied, late, out of order, dropped, held, sent again; and a clock that is wrong."""

from __future__ import annotations

import json
import time

import pytest
import requests

from sandbox.carriage import Carriage, Carrier
from sandbox.tests.conftest import eventually, pay

COMPLETED = "checkout.session.completed"
HTML = {"Accept": "text/html"}


@pytest.fixture
def carry(sandbox):
    """`carry(copies=3)`: how new events are carried from now on."""

    def post(**rule) -> requests.Response:
        return requests.post(f"{sandbox.url}/events", json=rule, timeout=5)

    return post


def press(sandbox, path: str, **form: str) -> int:
    return requests.post(sandbox.url + path, data=form, timeout=5).status_code


def told(receiver, kind: str = COMPLETED) -> list[dict]:
    return [event for event in (json.loads(body) for _, body, _ in list(receiver.received)) if event["type"] == kind]


def states(sandbox, kind: str = COMPLETED) -> list[str]:
    events = requests.get(f"{sandbox.url}/events", timeout=5).json()["events"]
    return [delivery["state"] for event in events if event["type"] == kind for delivery in event["deliveries"]]


def test_copies_of_one_event_carry_its_id(receiver, carry, open_session):
    assert carry(types="checkout.*", copies=5).json()["copies"] == 5
    pay(open_session())
    eventually(lambda: len(told(receiver)) == 5)
    assert len({event["id"] for event in told(receiver)}) == 1
    eventually(lambda: told(receiver, "charge.succeeded"))
    assert len(told(receiver, "charge.succeeded")) == 1, "other events go as usual"


def test_what_is_dropped_was_never_sent_and_can_be_sent_after_all(sandbox, receiver, carry, api, open_session):
    carry(types=COMPLETED, drop=1)
    session = open_session()
    pay(session)
    eventually(lambda: told(receiver, "payment_intent.succeeded"))
    assert states(sandbox) == ["dropped"]
    assert told(receiver) == []
    (event,) = api.events.list({"type": COMPLETED}).data
    assert event.data.object.id == session.id, "who asks Stripe finds it"
    assert press(sandbox, f"/events/{event.id}/send", copies="2") == 200
    eventually(lambda: len(told(receiver)) == 2)


def test_what_is_held_goes_in_the_order_asked_for(sandbox, receiver, carry, open_session):
    carry(types=COMPLETED, hold=True)
    sessions = [open_session() for _ in range(4)]
    for session in sessions:
        pay(session)
    assert states(sandbox) == ["held"] * 4
    assert told(receiver) == []
    assert press(sandbox, "/events/release", order="backwards") == 200
    eventually(lambda: len(told(receiver)) == 4)
    assert [event["data"]["object"]["id"] for event in told(receiver)] == [one.id for one in reversed(sessions)]
    eventually(lambda: states(sandbox) == ["delivered"] * 4)


def test_what_is_delayed_waits(sandbox, receiver, carry, open_session):
    carry(types=COMPLETED, delay=1)
    began = time.monotonic()
    pay(open_session())
    assert states(sandbox) == ["waiting"]
    eventually(lambda: told(receiver))
    assert time.monotonic() - began >= 1


def test_the_same_seed_makes_the_same_trouble():
    def plans(seed: int) -> list:
        carrier = Carrier()
        carrier.use(Carriage(copies=3, drop=0.3, scatter=60, seed=seed))
        return [carrier.plan(COMPLETED) for _ in range(50)]

    assert plans(7) == plans(7)
    assert plans(7) != plans(8)
    copies = [copy for plan in plans(7) for copy in plan]
    assert 0 < sum(how == "dropped" for how, _ in copies) < len(copies) / 2
    assert all(0 <= wait <= 60 for how, wait in copies if how == "waiting")


def test_as_usual_again_and_a_reset_end_it(sandbox, carry):
    usual = Carriage().as_json()
    for end in (
        lambda: requests.delete(f"{sandbox.url}/events", timeout=5),
        lambda: press(sandbox, "/events/as-usual"),
        sandbox.state.reset,
    ):
        carry(copies=2)
        end()
        assert requests.get(f"{sandbox.url}/events", timeout=5).json()["carriage"] == usual


@pytest.mark.parametrize(
    "rule", [{"copies": 0}, {"copies": 101}, {"drop": 2}, {"delay": -1}, {"scatter": "soon"}, {"speed": 1}]
)
def test_a_way_that_cannot_be_is_refused_and_nothing_changes(sandbox, carry, rule):
    assert carry(**rule).status_code == 400
    assert sandbox.state.carrier.carriage == Carriage()


def test_an_order_or_event_that_is_not_there_is_refused(sandbox):
    assert press(sandbox, "/events/release", order="by colour") == 400
    assert press(sandbox, "/events/release", seed="x") == 400
    assert press(sandbox, "/events/evt_of_nobody/send") == 404


def test_the_clock_can_be_ahead_and_sessions_expire_by_it(sandbox, api, open_session):
    session = open_session()
    assert press(sandbox, "/clock", ahead=str(25 * 3600)) == 200
    assert api.checkout.sessions.retrieve(session.id).status == "expired"
    assert open_session().created - session.created >= 25 * 3600
    assert press(sandbox, "/clock", ahead="a while") == 400
    sandbox.state.reset()
    assert abs(sandbox.state.now() - time.time()) < 5


def test_the_page_says_how_events_are_carried_and_its_forms_work(sandbox, receiver, carry, open_session):
    page = requests.get(f"{sandbox.url}/events", headers=HTML, timeout=5).text
    assert "Each once, and at once." in page
    form = {"types": COMPLETED, "copies": "1", "delay": "0", "scatter": "0", "drop": "0", "seed": "", "hold": "on"}
    answer = requests.post(f"{sandbox.url}/events", data=form, headers=HTML, allow_redirects=False, timeout=5)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/events")
    pay(open_session())
    page = requests.get(f"{sandbox.url}/events", headers=HTML, timeout=5).text
    assert "Held: 1" in page
    assert "Each once, and at once." not in page
    answer = requests.post(f"{sandbox.url}/events/release", headers=HTML, allow_redirects=False, timeout=5)
    assert answer.headers["Location"] == "/events"
    eventually(lambda: told(receiver))
