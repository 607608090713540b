"""What the documents tell people to type exists: scripts with these options, commands, units, make targets."""

import ast
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from wits_site.run import ROOT

pytestmark = pytest.mark.any_database
DOCUMENTS = [ROOT / "docs" / name for name in ("RUNBOOK.md", "HANDOVER.md", "PRIVACY.md", "INCIDENT.md")]
DOCUMENTS.append(ROOT / "deploy" / "README.md")
SCRIPT = re.compile(r"(?:/srv/wits_site/current/|/root/wits_site/)?deploy/([a-z]+\.sh)(.*)")
# What a machine has by itself, or by deploy/provision.sh.
PROGRAMS = {
    "systemctl", "journalctl", "df", "du", "sort", "tail", "nano", "cat", "chronyc", "certbot", "apt-get", "ssh",
    "git", "nginx", "cd", "make", "scp", "apt", "curl", "dig", "runuser", "psql", "timedatectl", "install",
    "cp", "ssh-keygen",
}  # fmt: skip
UNITS_OF_OTHERS = {"nginx", "postgresql", "chrony"}


def commands():
    """Every line of a code block, and every piece of code in a sentence that begins like a command."""
    found = []
    for document in DOCUMENTS:
        text = document.read_text() if document.exists() else ""
        blocks = re.findall(r"^ *```[a-z]*\n(.*?)^ *```", text, re.S | re.M)
        rest = re.sub(r"^ *```.*?^ *```", "", text, flags=re.S | re.M)
        lines = [line.strip() for block in blocks for line in block.splitlines()]
        lines += [
            code
            for code in re.findall(r"`([^`\n]+)`", rest)
            if not code.endswith(".example")
            and re.match(r"(sudo |deploy/|/srv/wits_site/current/deploy/|make |manage\.py |[a-z_]+\.sh )", code)
        ]
        for line in lines:
            if line and not line.startswith("#"):
                found.append(pytest.param(line, id=f"{document.stem}: {line[:60]}"))
    return found


def options_of(script):
    """The options that a script's help names."""
    asked = [ROOT / "deploy" / script, "--help"]
    shown = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False)
    assert shown.returncode == 0, shown.stderr
    return set(re.findall(r"--[a-z-]+", shown.stdout))


def check_management(words):
    name, *rest = words
    if name.isupper():  # any of them
        return
    assert name in get_commands(), f"manage.py has no {name}"
    application = get_commands()[name]
    command = load_command_class(application, name) if isinstance(application, str) else application
    known = command.create_parser("manage.py", name)._option_string_actions
    for word in rest:
        if word.startswith("--"):
            assert word.partition("=")[0] in known, f"manage.py {name} has no {word}"


def check_units(words):
    folder = ROOT / "deploy" / "systemd"
    for word in words:
        if word.startswith("-") or word in ("start", "stop", "restart", "status", "reload", "enable", "list-timers"):
            continue
        names = [word] if "." in word else [f"{word}.service", f"{word}@.service"]
        assert word in UNITS_OF_OTHERS or any((folder / name).exists() for name in names), f"there is no unit {word}"


@pytest.mark.parametrize("line", commands())
def test_what_is_to_be_typed_exists(line):
    for part in re.split(r"\s(?:&&|\||;)\s", line.replace("…", "")):
        words = [word for word in shlex.split(part, comments=True) if word != "sudo"]
        while words and ("=" in words[0] or words[0] in ("-u", "wits_site", "env")):
            words.pop(0)
        if not words:
            continue
        script = SCRIPT.fullmatch(words[0])
        if script or re.fullmatch(r"[a-z_]+\.sh", words[0]):
            name = Path(words[0]).name
            assert (ROOT / "deploy" / name).exists(), f"there is no {name}"
            if name == "manage.sh":
                check_management(words[1:])
                continue
            known = options_of(name)
            assert [word for word in words[1:] if word.startswith("--") and word not in known] == []
        elif words[0] == "manage.py":
            check_management(words[1:])
        elif words[0] == "make":
            targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)
            assert [word for word in words[1:] if "=" not in word and word not in targets] == []
        else:
            assert words[0] in PROGRAMS, f"nobody explains {words[0]}"
            if words[0] == "systemctl":
                check_units(words[1:])
            if words[0] == "journalctl" and "-u" in words:
                check_units([words[words.index("-u") + 1]])


NO_PART_OF_THE_SITE = {"tests", "proof", "proof_deploy", "benchmarks", "sandbox"}


def kinds_of_alerts():
    """The kinds that any part of the site alerts of, or counts for the digest."""
    for file in ROOT.glob("*/**/*.py"):
        relative = file.relative_to(ROOT)
        if relative.parts[0].startswith(".") or NO_PART_OF_THE_SITE & set(relative.parts):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name in ("alert", "note", "_once") and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_kind_of_alert_has_a_section():
    headings = "\n".join(re.findall(r"^### .*$", (ROOT / "docs" / "RUNBOOK.md").read_text(), re.M))
    kinds = set(kinds_of_alerts())
    assert len(kinds) > 25
    assert sorted(kind for kind in kinds if f"`{kind}`" not in headings) == []
    named = set(re.findall(r"`([a-z-]+[._][a-z._-]+)`", headings))
    assert sorted(named - kinds) == [], "sections of alerts that nothing raises any more"


def test_every_unit_that_can_fail_is_named_in_the_runbook():
    runbook = (ROOT / "docs" / "RUNBOOK.md").read_text()
    watched = [
        unit.name.removesuffix(".service")
        for unit in (ROOT / "deploy" / "systemd").glob("*.service")
        if "OnFailure=" in unit.read_text()
    ]
    assert {"wits_site", "wits_site-worker", "wits_site-backup"} <= set(watched)
    assert [name for name in watched if f"`{name}`" not in runbook] == []


def test_links_between_the_documents_lead_somewhere():
    for document in DOCUMENTS:
        if not document.exists():
            continue
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} leads to {target}"


def test_what_is_said_of_retention_is_what_the_code_does():
    from home.forms.limits import KEEP_CLIENT  # noqa: PLC0415
    from membership import housekeeping  # noqa: PLC0415
    from outbox import upkeep  # noqa: PLC0415

    rows = (ROOT / "docs" / "PRIVACY.md").read_text().splitlines()
    said = {
        "join forms that nobody finished": housekeeping.UNFINISHED_KEPT,
        "the place a join form came from": housekeeping.CLIENT_ADDRESSES_KEPT,
        "what was asked of Stripe": housekeeping.PARAMETERS_KEPT,
        "Stripe's messages": housekeeping.PAYLOADS_KEPT,
        "lists of members that were imported": housekeeping.LISTS_KEPT,
        "the place an answer": KEEP_CLIENT,
        "mails and other deliveries": upkeep.KEEP_DONE,
        "alerts |": upkeep.KEEP_ALERTS,
    }
    for what, kept in said.items():
        (row,) = [row for row in rows if row.startswith(f"| {what}")]
        assert re.search(rf"\b{kept.days} days?\b", row.split("|")[4]), f"{row} is kept {kept.days} days"
    kept = (ROOT / "deploy" / "backup.sh").read_text()
    for days, name in ((14, "DAILY"), (8, "WEEKLY"), (6, "MONTHLY")):
        assert f"BACKUP_KEEP_{name}:-{days}" in kept
    assert any("14 days, 8 weeks, 6 months" in row for row in rows)
