"""deploy/doctor.sh: everything that would end the site is one red line, with the section that says what to do."""

import os
import ssl
import subprocess
import threading
import time
from pathlib import Path

import pytest

from wits_site.run import ROOT
from wits_site.tests.keeping.machine import Machine

pytestmark = pytest.mark.any_database
DAY = 86_400


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A server on which all is well, but for TLS; each test breaks one thing."""
    made = Machine(tmp_path_factory.mktemp("doctor"))
    for what in ("last-backup", "last-drill", "last-let-go"):
        remember(made, what, days=0)
    assert made.run("backup.sh", "--sealed").returncode == 0
    yield made
    made.watchman.shutdown()
    made.watchman.server_close()


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """Starts a server whose certificate ends in so many days, and returns where it listens."""
    folder, servers = tmp_path_factory.mktemp("tls"), []

    def serve(days):
        certificate = folder / f"{days}.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
             "/CN=wits.example", "-days", str(days), "-keyout", certificate, "-out", f"{certificate}.crt"],
            check=True, capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{certificate}.crt", certificate)
        server = __import__("socket").create_server(("127.0.0.1", 0))
        servers.append(server)

        def answer():
            while True:
                try:
                    visitor, _ = server.accept()
                    context.wrap_socket(visitor, server_side=True).close()
                except OSError:
                    if server.fileno() < 0:
                        return

        threading.Thread(target=answer, daemon=True).start()
        return f"127.0.0.1:{server.getsockname()[1]}"

    yield serve
    for server in servers:
        server.close()


def remember(machine, what, *, days):
    (machine.state / what).write_text(f"{int(time.time() - days * DAY)}\tok\tabc\n")


def red(result):
    return {line.split()[1] for line in result.stdout.splitlines() if line.startswith("RED")}


def sections(result):
    return [line.rsplit('"', 2)[1] for line in result.stdout.splitlines() if line.startswith("RED")]


def test_all_is_well_and_each_thing_is_a_line(machine, tls):
    result = machine.run("doctor.sh", DOCTOR_TLS=tls(60), DOCTOR_DISK_PERCENT="101", DOCTOR_LEAST_MEMORY_MB="0")
    assert (red(result), result.returncode) == (set(), 0), result.stdout + result.stderr
    said = [line.split()[1] for line in result.stdout.splitlines()]
    assert {"clock", "disk", "inodes", "memory", "certificate", "database", "backup", "drill", "secrets"} <= set(said)


def test_everything_that_ends_is_red_and_names_a_section_that_exists(machine, tls):
    (machine.folder / "env").rename(machine.folder / "env.whole")
    (machine.folder / "env").write_text(
        "\n".join(
            line
            for line in (machine.folder / "env.whole").read_text().splitlines()
            if not line.startswith("STRIPE_WEBHOOK_SECRET")
        )
    )
    (machine.state / "stopped").write_text("wits_site-worker.service\n")
    (machine.current / "COMMIT").write_text("another\n")
    for what in ("last-backup", "last-drill"):
        remember(machine, what, days=10)
    try:
        broken = {"CLOCK_OFF_BY": "600", "DOCTOR_DISK_PERCENT": "0", "DOCTOR_LEAST_MEMORY_MB": "99999999"}
        result = machine.run("doctor.sh", DOCTOR_TLS=tls(10), **broken)
    finally:
        (machine.folder / "env.whole").rename(machine.folder / "env")
        (machine.state / "stopped").unlink()
        (machine.current / "COMMIT").write_text("abc123\n")
        for what in ("last-backup", "last-drill"):
            remember(machine, what, days=0)
    assert result.returncode == 1
    expected = {"clock", "disk", "memory", "services", "release", "certificate", "backup", "drill", "secrets"}
    assert red(result) == {*expected, "their"}, result.stdout + result.stderr
    assert "STRIPE_WEBHOOK_SECRET" in result.stdout
    assert "ends in 9 days" in result.stdout or "ends in 10 days" in result.stdout
    assert "the secrets were changed after the copy" in result.stdout
    runbook = (ROOT / "docs" / "RUNBOOK.md").read_text()
    assert [name for name in sections(result) if f"### {name}" not in runbook] == []


@pytest.mark.parametrize(("days", "well"), [(1, True), (2, False)])
def test_a_backup_of_two_days_ago_is_red(machine, tls, days, well):
    remember(machine, "last-backup", days=days)
    try:
        result = machine.run("doctor.sh", DOCTOR_TLS=tls(60), DOCTOR_DISK_PERCENT="101", DOCTOR_LEAST_MEMORY_MB="0")
    finally:
        remember(machine, "last-backup", days=0)
    assert ("backup" in red(result)) is not well


@pytest.mark.parametrize(("days", "well"), [(13, True), (15, False)])
def test_what_a_restore_put_aside_is_as_old_as_its_name_says(machine, days, well):
    beside = machine.folder / f"media.before-{time.strftime('%Y%m%d%H%M%S', time.gmtime(time.time() - days * DAY))}"
    beside.mkdir()
    os.utime(beside, (0, 0) if well else None)
    try:
        result = machine.run("doctor.sh")
    finally:
        beside.rmdir()
    assert ("leftovers" in red(result)) is not well


def test_the_timer_hears_of_the_same_thing_once_a_day(machine):
    first = machine.run("doctor.sh", "--once-a-day")
    second = machine.run("doctor.sh", "--once-a-day")
    assert (first.returncode, second.returncode) == (1, 0)
    assert red(first) == red(second) == {"certificate"} | (red(first) & {"disk", "memory", "inodes"})
    remember(machine, "last-drill", days=10)
    try:
        assert machine.run("doctor.sh", "--once-a-day").returncode == 1, "something new is said at once"
    finally:
        remember(machine, "last-drill", days=0)


def test_every_section_that_the_code_names_stands_in_the_runbook():
    import ast  # noqa: PLC0415

    runbook = (ROOT / "docs" / "RUNBOOK.md").read_text()
    tree = ast.parse((ROOT / "desk" / "condition.py").read_text())
    named = {
        node.args[3].value if isinstance(node.args[3], ast.Constant) else None
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding"
    } - {None}
    named |= {"The database is away", "Stripe's messages do not arrive"}
    assert len(named) >= 7
    assert [name for name in named if f"### {name}" not in runbook] == []
    assert Path(ROOT / "docs" / "RUNBOOK.md").exists()
