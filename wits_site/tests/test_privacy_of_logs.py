"""Fifty people with marked names and addresses go through everything, and everything fails once: no log knows them.

Nor does a mail that tells the club, an event that Sentry gets, or a figure; nginx's logs are tried with nginx itself,
in deploy/test_nginx.py. Each line is written as production writes it. An address is hidden wherever it stands; a name
is hidden because nothing of ours puts one into a message, and because what an error says is left out.
"""

import json
import logging
import runpy
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
import sentry_sdk
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.urls import reverse
from sentry_sdk.transport import Transport

from desk.tests.importing import imported, uploaded
from desk.tests.staff import someone
from home.first_content import ensure_first_content
from home.forms.records import Answer
from home.tests.factories import FormPageFactory
from home.tests.test_forms import send as send_answer
from membership import lifecycle
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page
from membership.models import Member, Signup
from membership.tests.factories import MembershipFactory, SignupFactory
from membership.tests.joiner import Joiner
from membership.tests.stand_in import Answer as Says
from membership.tests.stand_in import stand_in
from membership.tests.stripe_events import completed, send
from outbox.alert_mails import send_alert
from outbox.models import Alert, Delivery
from outbox.tests.test_smtp import AnyPort
from outbox.worker import drain
from wits_site.logs import Formatter, JsonFormatter
from wits_site.sentry import OPTIONS

pytestmark = pytest.mark.django_db
MARK = "qzxq"  # stands in no word and no code
PHONE = "519-555-0142"


def name(number):
    return f"{MARK.title()}{number:02}"


def address(number):
    return f"{MARK}{number:02}.marked+wits@uwo.ca"


class Sentry(Transport):
    """Sentry's own way out, but for the network: what would have left the server."""

    def __init__(self):
        super().__init__()
        self.told = []

    def capture_envelope(self, envelope):
        self.told.append(json.dumps(envelope.get_event(), ensure_ascii=False, default=str))


class Told(list):
    """Lines, and beside them what Sentry was told."""

    sentry: Sentry


class Lines(logging.Handler):
    """Every line that either way of writing would have written, whatever its level."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.ways = [JsonFormatter(), Formatter("{levelname} {name} {message}", style="{")]
        self.lines = Told()

    def emit(self, record):
        self.lines += [way.format(record) for way in self.ways]


@pytest.fixture
def logged():
    """What production logs while the test runs: from INFO on, of every logger."""
    lines = Lines()
    root = logging.getLogger()
    before = root.level
    root.addHandler(lines)
    root.setLevel(logging.INFO)
    lines.lines.sentry = Sentry()
    with sentry_sdk.isolation_scope() as scope:
        scope.set_client(sentry_sdk.Client("https://key@sentry.invalid/1", transport=lines.lines.sentry, **OPTIONS))
        # Django's own loggers may have been told not to pass on what they log.
        yield lines.lines
    root.removeHandler(lines)
    root.setLevel(before)


def knows(lines):
    """The lines in which somebody can be recognised."""
    return [line for line in lines if MARK in line.lower() or PHONE in line]


def alerts():
    """What stands in the admin, and each mail that tells the club."""
    rows = [str(row) for row in Alert.objects.values_list("kind", "key", "what", "done", "todo", "link")]
    with mock.patch("outbox.alert_mails.send_now") as sent:
        for pk in Alert.objects.values_list("pk", flat=True):
            send_alert(Delivery(payload={"alert": pk}, key=f"alert:{pk}"))
    assert sent.call_count == len(rows)
    mails = [call.args[0] for call in sent.call_args_list]
    return rows + [f"{mail.subject} {mail.body} {mail.alternatives} {mail.extra_headers} {mail.to}" for mail in mails]


def check(lines, *, least=1):
    assert len(lines) >= least, "nothing was logged: the test shows nothing"
    assert knows(lines) == []
    assert knows(alerts()) == []
    assert knows(lines.sentry.told) == []
    with override_settings(METRICS_TOKEN="t" * 40):
        figures = Client().get("/metrics", headers={"Authorization": f"Bearer {'t' * 40}"})
    assert figures.status_code == 200
    assert knows([figures.content.decode()]) == []
    assert knows(str(row) for row in Delivery.objects.values_list("kind", "key", "about", "last_error")) == []


def test_joining_paid_and_free_with_stripe_away(settings, logged):
    ensure_first_content()
    ensure_levels()
    ensure_join_page()
    quotes = {"error": {"message": f"No such customer: {address(1)}, {name(1)}", "param": "customer_email"}}
    with stand_in() as away, time_machine.travel("2026-09-14T16:00:00Z", tick=False) as clock:
        away.says(Says(quotes, 400))
        settings.STRIPE_API_BASE = away.url
        for number in range(6):
            level = "wits-member" if number % 2 else "general"
            who = {"first_name": name(number), "last_name": name(number), "email": address(number), "level": level}
            Joiner(clock).join(**who)
            Joiner(clock).join(**{**who, "email": f"{address(number)}, oops"})
        drain()
    assert Signup.objects.count() == 6
    check(logged)


def test_messages_of_stripe_that_fail_or_are_no_messages(client, logged):
    client.raise_request_exception = False
    for number in range(10, 15):
        signup = SignupFactory(first_name=name(number), email=address(number))
        broken = ValueError(f"Key (email)=({address(number)}) of {name(number)}, {PHONE}")
        with mock.patch.object(lifecycle, "complete", side_effect=broken):
            assert send(client, completed(signup)).status_code == 500
        forged = f'{{"email": "{address(number)}", "name": "{name(number)}"}}'
        assert client.post("/webhooks/stripe/", forged, content_type="application/json").status_code == 400
    check(logged, least=10)
    assert logged.sentry.told, "Sentry was told of what broke"
    assert alerts(), "and so was the club"


def test_partners_and_mail_servers_that_quote_people(settings, logged):
    class Refuses:
        async def handle_RCPT(self, server, session, envelope, rcpt, options):
            return f"550 5.1.1 <{rcpt}>: {name(20)} is unknown here"

    for number in range(20, 30):
        member = MembershipFactory(
            member__first_name=name(number), member__email=address(number), member__hubspot_contact_id=""
        ).member
        promised = {"payload": {"member": str(member.uuid), "customer": "cus_1"}, "about": f"member:{member.uuid}"}
        Delivery.objects.create(kind="hubspot.contact", channel="hubspot", key=f"h{number}", **promised)
        Delivery.objects.create(kind="stripe.customer", channel="stripe", key=f"s{number}", **promised)
        signup = {"payload": {"signup": str(member.memberships.get().signup.uuid)}, "about": f"member:{member.uuid}"}
        Delivery.objects.create(kind="mail.welcome", channel="mail", key=f"m{number}", **signup)
    server = AnyPort(Refuses(), hostname="127.0.0.1", port=0)
    server.start()
    quotes = f"Contact {name(20)} <{address(20)}> ({PHONE}) is invalid"
    try:
        with stand_in() as partner:
            partner.says(
                Says({"message": quotes, "errors": [{"message": quotes}], "error": {"message": quotes}}, 400)
            )
            settings.HUBSPOT_API_BASE = settings.STRIPE_API_BASE = partner.url
            settings.SMTP = {**settings.SMTP, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": server.port}
            drain()
    finally:
        server.stop()
    assert Delivery.objects.filter(state="dead").count() >= 20
    check(logged, least=20)


def test_a_list_of_members_that_is_full_of_mistakes(client, logged):
    ensure_first_content()
    ensure_levels()
    client.force_login(someone("Treasurer"))
    rows = [f"{name(n)},{name(n)},{address(n)},WITS member,," for n in range(30, 36)]
    rows += [f"{name(n)},,{address(n)} {PHONE},Gold,yesterday," for n in range(36, 40)]
    url = uploaded(client, "First name,Last name,Email,Level,Since,Until\n" + "\n".join(rows))
    logging.getLogger("any").info("begins")
    imported(client, url)
    assert Member.objects.count() == 6
    check(logged)


def test_answers_to_forms_that_cannot_be_kept(client, logged):
    page = FormPageFactory(parent=ensure_first_content(), title="Apply")
    client.raise_request_exception = False
    asked = 0
    for number in range(40, 44):
        given = {"your_name": name(number), "your_email": address(number), "say_it": f"Call {PHONE}"}
        broken = IntegrityError(f"({address(number)}) {name(number)}")
        with mock.patch.object(Answer, "save", side_effect=broken) as kept:
            send_answer(client, page, given)
        asked += kept.called
    assert asked == 4, "the answers were good, and could not be kept"
    send_answer(client, page, {"your_email": f"{address(44)} {name(44)}"})
    client.get(f"{page.url}?email={address(45)}&name={name(45)}")
    client.get(f"/{address(45)}/{name(45)}/")
    check(logged)


def test_signing_in_that_fails(client, logged):
    ensure_first_content()
    client.raise_request_exception = False
    door = reverse("wagtailadmin_login")
    for number in range(45, 48):
        client.post(door, {"username": address(number), "password": name(number)}, follow=True)
        client.get(f"/admin/members/?q={address(number)}", follow=True)
    Client(enforce_csrf_checks=True).post(door, {"username": address(48), "password": name(48)})
    check(logged)


@pytest.mark.parametrize(
    "broken",
    [
        ValueError(f"could not convert string to float: '{name(48)}'"),
        KeyError(name(49)),
        IntegrityError(f'duplicate key\nDETAIL:  Key (first_name, email)=({name(49)}, "{address(49)}") exists.'),
        UnicodeEncodeError("ascii", f"{name(49)} é", 7, 8, f"ordinal of {name(49)}"),
    ],
)
def test_the_words_of_an_error_are_left_out_and_its_kind_and_place_stay(broken, logged):
    try:
        try:
            raise broken
        except type(broken) as first:
            raise RuntimeError(f"while {name(48)} joined, {PHONE}") from first
    except RuntimeError:
        logging.getLogger("any").exception("It broke")
    check(logged, least=2)
    assert all(type(broken).__name__ in line and "RuntimeError" in line for line in logged)
    assert all("test_privacy_of_logs.py" in line for line in logged)


def test_words_that_name_no_person_stay_in_a_traceback(logged):
    try:
        import no_such_module_at_all  # noqa: F401, PLC0415
    except ImportError:
        logging.getLogger("any").error("It broke", exc_info=sys.exc_info())
    assert all("No module named 'no_such_module_at_all'" in line for line in logged)


def test_a_duplicate_in_the_database_itself_names_nobody(logged):
    MembershipFactory(member__email=address(49))
    try:
        with transaction.atomic():
            MembershipFactory(member__email=address(49), member__first_name=name(49))
    except IntegrityError:
        logging.getLogger("any").exception("It broke")
    check(logged)


def test_gunicorns_own_lines_name_neither_what_was_asked_nor_what_somebody_typed(caplog):
    conf = Path(__file__).resolve().parents[2] / "deploy" / "gunicorn.conf.py"
    own = logging.getLogger("gunicorn.tried")
    runpy.run_path(str(conf))["post_worker_init"](SimpleNamespace(log=SimpleNamespace(error_log=own)))
    try:
        raise ValueError(f"{name(46)} <{address(46)}>")
    except ValueError:
        own.exception("Error handling request %s %s", "POST", f"/welcome/?session_id={MARK}&email={address(46)}")
    own.warning(f"Invalid request from ip=203.0.113.9: Invalid HTTP request line: 'GET /?q={address(47)}'")
    said = [logging.Formatter("%(message)s").format(record) for record in caplog.records]
    assert knows(said) == []
    assert "ValueError" in said[0]
    assert "test_privacy_of_logs.py" in said[0]
    assert said[1] == "Invalid request"
    caplog.set_level(logging.INFO)
    own.info("Booting worker with pid: %s", 12)
    assert caplog.messages[-1] == "Booting worker with pid: 12"
