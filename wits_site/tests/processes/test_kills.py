"""Web and worker are killed (-9) at the worst moments, and nothing is lost or done twice that must not be."""

import collections
import hashlib
import hmac
import http.client
import json
import shutil
import signal
import sys
import time
import urllib.parse
import urllib.request

import pytest

from wits_site.tests.live import Live, three_free_ports, until
from wits_site.tests.processes import fatal_web, fatal_worker

pytestmark = pytest.mark.processes
ROUNDS = 4
WORKER_ROUNDS = 1  # each is four starts of Django; the whole proof makes twenty
JOIN = """
from membership.joining import JoinData, start
for n in range({count}):
    data = JoinData(nonce="{prefix}%d" % n, level="wits-member", price_seen=1500, first_name="Maya",
                    last_name="Okafor %d" % n, email="{prefix}%d@uwo.ca" % n)
    print("session", start(data).signup.stripe_session_id)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, migrated):
    """A migrated site and a running sandbox; web and worker are started, and killed, by the tests."""
    data = tmp_path_factory.mktemp("kills")
    shutil.copy(migrated, data / "site.sqlite3")
    running = Live(data)
    running.start("sandbox")
    running.manage("setup_hubspot")
    yield running
    running.stop_all()


@pytest.fixture(scope="module")
def web(site):
    """gunicorn with one process, which its master replaces when it is killed. Only the tests know its port."""
    port = three_free_ports()
    command = [sys.executable, "-m", "gunicorn", "wits_site.tests.processes.fatal_web"]
    site.start("web", [*command, "--bind", f"127.0.0.1:{port}", "--preload", "--timeout", "60"])
    until(lambda: answer_of(port, "GET", "/healthz"), what="gunicorn answers")
    return port


def answer_of(port, method, path, body=None, headers=None):
    """The status of the answer; None where the connection ended without one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, headers or {})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def deliver(port, event, die=""):
    """What Stripe would send, and the status of the answer. `die` names the point where the process ends."""
    body, now = json.dumps(event).encode(), int(time.time())
    signature = hmac.new(b"whsec_sandbox", f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Stripe-Signature": f"t={now},v1={signature}", "Content-Type": "application/json", "X-Die": die}
    return answer_of(port, "POST", "/webhooks/stripe/", body, headers)


def paid(site, prefix, count):
    """So many people join and pay at Stripe, which nobody hears of yet. Their `completed` events, in that order."""
    printed = site.manage("shell", "-v", "0", "-c", JOIN.format(prefix=prefix, count=count))
    sessions = [line.split()[1] for line in printed.splitlines() if line.startswith("session ")]
    for session in sessions:
        form = urllib.parse.urlencode({"card": "4242424242424242", "name": "M Okafor"}).encode()
        opener = urllib.request.build_opener(NoRedirect)
        with pytest.raises(urllib.error.HTTPError) as answer:
            opener.open(f"{site.sandbox}/pay/{session}", form, timeout=10)
        assert answer.value.code == 303
    request = urllib.request.Request(
        f"{site.sandbox}/stripe/v1/events?type=checkout.session.completed&limit=100",
        headers={"Authorization": "Bearer sk_test_sandbox"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        events = {event["data"]["object"]["id"]: event for event in json.load(answer)["data"]}
    return [events[session] for session in sessions]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The way back to the site leads nowhere while the site is down."""

    def redirect_request(self, *args):
        return None


def count(site, table, where="1 = 1", *values):
    return site.rows(f"SELECT count(*) FROM {table} WHERE {where}", *values)[0][0]


@pytest.mark.parametrize("point", fatal_web.POINTS)
def test_a_killed_web_process_has_promised_nothing_that_it_did_not_keep(site, web, point):
    prefix = f"web{fatal_web.POINTS.index(point)}x"
    for event in paid(site, prefix, ROUNDS):
        row = ("membership_stripeevent", "event_id = ?", event["id"])
        assert deliver(web, event, die=point) is None, "an answer before the work was safe"
        assert count(site, *row) == (1 if point == "after commit before the answer" else 0)

        # Stripe was told nothing, so it sends the event again.
        assert until(lambda event=event: deliver(web, event)) == 200
        assert count(site, *row) == 1
    assert count(site, "membership_member", "email_key LIKE ?", f"{prefix}%") == ROUNDS
    for table in ("membership_membership", "membership_payment"):
        of_ours = "signup_id IN (SELECT id FROM membership_signup WHERE email_key LIKE ?)"
        assert count(site, table, of_ours, f"{prefix}%") == ROUNDS


def test_a_killed_worker_loses_nothing_and_its_work_is_taken_up(site, web):
    kills = WORKER_ROUNDS * len(fatal_worker.POINTS)
    events = paid(site, "worker", kills)
    for turn, event in enumerate(events):
        assert deliver(web, event) == 200
        point = fatal_worker.POINTS[turn % len(fatal_worker.POINTS)]
        command = [sys.executable, "-m", "wits_site.tests.processes.fatal_worker"]
        doomed = site.start("doomed", command, DIE_AT=point)
        assert doomed.wait(timeout=60) == -signal.SIGKILL
        site.processes.pop("doomed")

    site.start("worker")
    left = "SELECT kind, state, last_error FROM outbox_delivery WHERE state != 'done' AND kind NOT LIKE 'mail.alert%'"
    until(lambda: not site.rows(left), seconds=60, what=f"all is delivered: {site.rows(left)}")
    site.stop("worker")

    state = site.state()
    ours = [f"worker{n}@uwo.ca" for n in range(kills)]
    contacts = collections.Counter(contact["properties"]["email"] for contact in state["contacts"])
    assert [contacts[address] for address in ours] == [1] * kills
    named = {c["email"]: c["name"] for c in state["customers"] if c["metadata"].get("wits_member_id")}
    assert [named.get(address) for address in ours] == [f"Maya Okafor {n}" for n in range(kills)]
    mails = collections.Counter(address for mail in state["mails"] for address in mail["to"])
    assert all(mails[address] >= 1 for address in ours)
    assert sum(mails[address] for address in ours) <= 2 * kills
