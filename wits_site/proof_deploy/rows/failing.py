"""What goes wrong around the site: disk, keys, database, clock, and processes that are killed."""

import random
import threading
import time
import urllib.error
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from wits_site.proof.row import Findings
from wits_site.proof_deploy.people import TROUBLE, join, join_and_pay, pay
from wits_site.proof_deploy.site import KEYS, QUIET, Site, until

SESSIONS = 1_000
PEOPLE_AT_ONCE = 20
KILLS, RESTARTS = 6, 5  # after ten starts within five minutes systemd gives a unit up, and says so
SECONDS_BETWEEN = 20
WEB, WORKER = "wits_site", "wits_site-worker"
BRIM = "dd if=/dev/zero of=/var/lib/postgresql/filler bs=64k 2>/dev/null; sync; true"


def _status(site: Site, path: str, **more: Any) -> int:
    try:
        with site.open(path, **more) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def soak(site: Site, found: Findings) -> None:
    """People join and pay while processes are killed and PostgreSQL is restarted; events come five times."""
    site.ask_partners("/events", {"copies": 5, "scatter": 5})
    stop, chance, killed = threading.Event(), random.Random(20260914), Counter[str]()

    def trouble() -> None:
        kinds = ["web"] * KILLS + ["worker"] * KILLS + ["database"] * RESTARTS
        chance.shuffle(kinds)
        for kind in kinds:
            if stop.wait(SECONDS_BETWEEN):
                return
            killed[kind] += 1
            if kind == "database":
                site.machine.run("systemctl restart postgresql")
            else:
                unit = WEB if kind == "web" else WORKER
                site.machine.run(f"systemctl kill --signal=KILL {unit}")

    prefix, refused = f"soak{time.time():.0f}n", 0
    troubles = threading.Thread(target=trouble)
    troubles.start()

    def one(number: int) -> int:
        """As a person does: try again until it works. How often it did not."""
        email, again = f"{prefix}{number}@uwo.ca", 0
        while True:
            try:
                pay(join(site, email), email)
            except TROUBLE:
                again += 1
                if again > 20:
                    raise
                time.sleep(1)
            else:
                return again

    try:
        with ThreadPoolExecutor(PEOPLE_AT_ONCE) as pool:
            refused = sum(pool.map(one, range(SESSIONS)))
        troubles.join()
    finally:
        stop.set()
    site.ask_partners("/events", method="DELETE")
    until(lambda: site.sql(QUIET) == "0", seconds=600, what="every promise is kept")
    _count(site, found, prefix, refused)
    found.note("kills and restarts: " + ", ".join(f"{kind} {count}" for kind, count in sorted(killed.items())))


def _count(site: Site, found: Findings, prefix: str, refused: int) -> None:
    """Each who paid is one member with one membership, one contact, one customer and one welcome mail."""
    members = site.sql(f"SELECT count(*) FROM membership_member WHERE email_key LIKE '{prefix}%'")
    terms = site.sql(
        "SELECT count(*) FROM membership_membership s JOIN membership_member m ON m.id = s.member_id "
        f"WHERE m.email_key LIKE '{prefix}%'"
    )
    state = site.state()
    paid = [one for one in state["sessions"] if one["payment_status"] == "paid" and _mine(one, prefix)]
    contacts = Counter(one["properties"].get("email", "") for one in state["contacts"])
    mails = Counter(
        str(mail["to"]) for mail in state["mails"] if "elcome" in mail["subject"] and prefix in str(mail["to"])
    )
    dead = site.sql("SELECT count(*) FROM outbox_delivery WHERE state = 'dead'")
    found.must(members == terms == str(SESSIONS), f"{SESSIONS} people: {members} members, {terms} memberships")
    found.must(len(paid) == SESSIONS, f"{len(paid)} paid sessions, {refused} tries repeated by their browser")
    once = [count for email, count in contacts.items() if email.startswith(prefix)]
    found.must(len(once) == SESSIONS and set(once) == {1}, f"{len(once)} contacts, once each")
    customers = Counter(one["email"] for one in state["customers"] if prefix in str(one["email"]))
    found.must(
        len(customers) == SESSIONS and set(customers.values()) == {1}, f"{len(customers)} customers, once each"
    )
    twice = sum(count - 1 for count in mails.values())
    # A worker that is killed between the mail and its note sends it again: better twice than never.
    found.must(len(mails) == SESSIONS and twice <= KILLS, f"{len(mails)} welcomed, {twice} twice")
    found.must(dead == "0", f"{dead} dead")


def _mine(session: dict[str, Any], prefix: str) -> bool:
    return prefix in str(session["customer_details"] or session["customer_email"] or "")


def full_disk(site: Site, found: Findings) -> None:
    """PostgreSQL on a small disk that is full: nobody is told yes who is not stored, and all is made up for."""
    cluster = "/var/lib/postgresql"
    services = f"postgresql {WORKER}"
    site.machine.run(
        f"systemctl stop {services} && cp -a {cluster} /root/cluster && mount -t tmpfs -o size=320m full {cluster} "
        f"&& cp -a /root/cluster/. {cluster}/ && chown postgres: {cluster} && systemctl start {services}"
    )
    until(lambda: site.health()["database"] == "ok", seconds=30, what="the database is back")
    prefix = f"full{time.time():.0f}n"
    addresses = {f"{prefix}{n}@uwo.ca": join(site, f"{prefix}{n}@uwo.ca") for n in range(5)}
    site.machine.run(BRIM)
    site.machine.run("cd / && runuser -u postgres -- psql -qc 'CHECKPOINT'", check=False)
    site.machine.run(BRIM)
    for email, address in addresses.items():
        pay(address, email)
    answers = Counter[str]()
    for number in range(10):
        try:
            join(site, f"{prefix}late{number}@uwo.ca")
            answers["taken"] += 1
        except TROUBLE as error:
            answers[str(getattr(error, "code", error))] += 1
    until(lambda: _webhooks(site, prefix).total() >= len(addresses), seconds=60, what="Stripe told of each payment")
    told, taken = _webhooks(site, prefix), _taken(site, prefix)
    site.machine.run(f"rm -f {cluster}/filler; systemctl restart postgresql", check=False)
    stored = int(site.sql(f"SELECT count(*) FROM membership_signup WHERE email LIKE '{prefix}late%'"))
    known = set(site.sql("SELECT event_id FROM membership_stripeevent").split())
    found.note(f"while it was full: forms {dict(answers)}, webhooks {dict(told)}")
    found.must(taken <= known, f"{len(taken)} events answered 200, {len(taken & known)} of them stored")
    found.must(answers["taken"] <= stored, f"{answers['taken']} forms answered yes, {stored} stored")
    found.must(set(answers) - {"taken"} <= {"500", "502", "503", "504"}, "every other answer was a 5xx")
    late = f"SELECT count(*) FROM membership_member WHERE email_key LIKE '{prefix}%'"
    until(lambda: site.sql(late) == "5", seconds=240, what="all five payments are members")
    found.note("all 5 payments made up for")
    until(lambda: site.sql(QUIET) == "0", seconds=240, what="the queue drains")
    found.note("the queue drained")
    site.machine.run(
        f"systemctl stop {services} && rm -rf /root/cluster && cp -a {cluster} /root/cluster && umount {cluster} && "
        f"rm -rf {cluster}/* && cp -a /root/cluster/. {cluster}/ && systemctl start {services}"
    )


def _webhooks(site: Site, prefix: str) -> Counter[str]:
    """What the site answered to the events of these people, each try by itself; `None` where no answer came."""
    return Counter(str(status) for _, status in _tries(site, prefix))


def _taken(site: Site, prefix: str) -> set[str]:
    """The events of these people that the site said it has."""
    return {event for event, status in _tries(site, prefix) if status and 200 <= status < 300}


def _tries(site: Site, prefix: str) -> list[tuple[str, int | None]]:
    return [
        (event["id"], attempt["status"])
        for event in site.state()["events"]
        if prefix in str(event)
        for delivery in event["deliveries"]
        for attempt in delivery["attempts"]
    ]


def keys(site: Site, found: Findings) -> None:
    """Missing, wrong, test-mode and swapped keys: the site does not start, says which, and somebody is told."""
    cases = {
        "missing": {"STRIPE_SECRET_KEY": ""},
        "live key in a rehearsal": {"STRIPE_SECRET_KEY": "rk_live_proof000"},
        "test key in production": {"STRIPE_TEST_MODE": ""},
        "swapped": {"STRIPE_SECRET_KEY": "whsec_sandbox", "STRIPE_WEBHOOK_SECRET": "rk_test_proof000"},
    }
    for what, changes in cases.items():
        site.fill_in(**changes)
        since = site.machine.run("date +%s").stdout.strip()
        site.machine.run(f"systemctl restart {WEB}", check=False)
        word = until(partial(_word, site, since), seconds=30, what=f"{what}: a word")
        found.must("STRIPE_" in word, f"{what}: {word}")
        found.must(_status(site, "/") in (502, 503, 504), "visitors read the page for it")
        site.fill_in(**KEYS)
        site.machine.run(f"systemctl reset-failed {WEB}; systemctl restart {WEB}")
        until(site.health, seconds=30, what="it is back with the right keys")
    _alarm(site, found)
    _refused_by_partners(site, found)


def _word(site: Site, since: str) -> str:
    """What the site last said of its settings since that second; empty if nothing."""
    said = site.machine.run(f"journalctl -u {WEB} --since @{since} -o cat").stdout
    lines = [line for line in said.splitlines() if "ImproperlyConfigured:" in line]
    return lines[-1].split("ImproperlyConfigured: ")[-1][:80] if lines else ""


def _alarm(site: Site, found: Findings) -> None:
    """A web process that cannot start at all: systemd gives up after a while, and a mail goes out past everything."""
    prior = len(_alarms(site))
    site.machine.run("rm -f /var/lib/wits_site-alert/*")  # nobody has heard of it within the hour
    site.fill_in(SECRET_KEY="short")
    site.machine.run(f"systemctl restart {WEB}", check=False)
    began = time.monotonic()
    mails = until(lambda: _alarms(site)[prior:], seconds=180, what="the alarm")
    found.must(len(mails) == 1, f"{len(mails)} alarm by mail after {time.monotonic() - began:.0f} s")
    site.fill_in(SECRET_KEY="x" * 60)
    site.machine.run(f"systemctl reset-failed; systemctl restart {WEB}.socket {WEB} {WORKER}")
    until(site.health, seconds=30, what="it is back")


def _alarms(site: Site) -> list[Any]:
    return [mail for mail in site.state()["mails"] if f"{WEB}.service failed" in mail["subject"]]


def _refused_by_partners(site: Site, found: Findings) -> None:
    """A key that looks right, and that Stripe refuses: nobody is sent anywhere, nothing is lost."""
    site.ask_partners("/faults", {"vendor": "stripe", "kind": "401"})
    try:
        join(site, f"wrongkey{time.time():.0f}@uwo.ca")
        answer = "303"
    except TROUBLE as error:
        answer = str(getattr(error, "code", error))
    found.must(answer != "303", f"a key that Stripe refuses: the form answers {answer}")
    site.ask_partners("/faults", method="DELETE")


def hanging(site: Site, found: Findings) -> None:
    """A worker that stands still: systemd hears nothing of it, ends it and starts another."""
    main = f"systemctl show -P MainPID {WORKER}"
    before = site.machine.run(main).stdout
    site.machine.run(f"systemctl kill --signal=STOP {WORKER}")
    began = time.monotonic()
    until(lambda: site.machine.run(main).stdout not in {before, "0\n"}, seconds=300, what="another worker")
    found.note(f"another one after {time.monotonic() - began:.0f} s")
    paid, wrong = join_and_pay(site, 1, f"hung{time.time():.0f}n")
    found.must(len(paid) == 1, f"a join goes through {wrong or ''}".strip())
    until(lambda: site.sql(QUIET) == "0", seconds=60, what="the worker delivers again")


def database_away(site: Site, found: Findings) -> None:
    site.machine.run(f"systemctl stop postgresql && systemctl restart {WEB} {WORKER}")
    found.must(_status(site, "/healthz") == 503, "web and worker start without it: /healthz 503")
    found.must(_status(site, "/") >= 500, "pages 5xx")
    sent = _status(site, "/webhooks/stripe/", data=b"{}", headers={"Stripe-Signature": "t=1,v1=0"})
    found.must(sent != 200, f"webhook {sent}")
    site.machine.run("systemctl start postgresql")
    began = time.monotonic()
    until(lambda: site.health()["status"] == "ok", seconds=30, what="well again")
    found.note(f"well {time.monotonic() - began:.1f} s after it came back, without a restart")
    paid, wrong = join_and_pay(site, 1, f"after{time.time():.0f}n")
    found.must(len(paid) == 1, f"a join goes through {wrong or ''}".strip())
    until(lambda: site.sql(QUIET) == "0", seconds=60, what="the worker delivers again")


def wrong_clock(site: Site, found: Findings) -> None:
    """Ours and Stripe's clocks ten minutes apart: its events look too old and are refused, and nothing is lost."""
    email = f"clock{time.time():.0f}n0@uwo.ca"
    site.ask_partners("/clock", {"ahead": -600})
    pay(join(site, email), email)
    until(lambda: _webhooks(site, email)["400"], seconds=30, what="an event is refused")
    found.must(not _taken(site, email), "none of its events is taken")
    member = f"SELECT count(*) FROM membership_member WHERE email_key = '{email}'"
    found.must(site.sql(member) == "0", "events that look ten minutes old are refused")
    site.ask_partners("/clock", {"ahead": 0})
    site.machine.run("/srv/wits_site/current/deploy/manage.sh reconcile")
    found.must(site.sql(member) == "1", "the comparison with Stripe makes up for it")
