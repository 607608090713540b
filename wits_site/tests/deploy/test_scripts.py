"""The scripts of the server: sound shell, a help each, and a reader of environments that agrees with systemd's."""

import os
import re
import shutil
import signal as signals
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
SCRIPTS = sorted(DEPLOY.glob("*.sh"))
COMMANDS = [script for script in SCRIPTS if os.access(script, os.X_OK)]


def needs(tool):
    """A reason to skip on a machine without it; `.ci/run` installs all of them, so there it is a failure instead."""
    missing = shutil.which(tool) is None and not os.environ.get("CI")
    return pytest.mark.skipif(missing, reason=f"{tool} is not installed")


def heed_signals():
    """Tests in the background ignore some, and bash cannot trap what it ignored from the start."""
    for number in (signals.SIGHUP, signals.SIGINT, signals.SIGTERM):
        signals.signal(number, signals.SIG_DFL)


def bash(script, **environment):
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f". {DEPLOY}/site.sh; {script}"],
        env={"PATH": os.environ["PATH"], "HOME": "/nowhere", **environment},
        capture_output=True,
        text=True,
        timeout=30,
        preexec_fn=heed_signals,
    )


@needs("shellcheck")
def test_shellcheck_finds_nothing():
    done = subprocess.run(["shellcheck", "-x", *SCRIPTS], cwd=DEPLOY, capture_output=True, text=True)
    assert done.stdout == ""


@pytest.mark.parametrize("script", COMMANDS, ids=lambda script: script.name)
def test_each_has_a_help_and_stops_at_the_first_mistake(script):
    done = subprocess.run([script, "--help"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0
    assert f"deploy/{script.name}" in done.stdout
    assert "\nset -euo pipefail\n" in script.read_text()
    assert subprocess.run([script, "--no-such-word"], capture_output=True, timeout=30).returncode == 2


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=plain", "plain"),
        ("NAME=WITS <hello@wits.example>", "WITS <hello@wits.example>"),
        ("NAME=  around  ", "around"),
        ('NAME="in quotes # and more"', "in quotes # and more"),
        ("NAME='single \"and\" double'", 'single "and" double'),
        ("NAME=postgresql://u:p%40$HOME`id`@h/n?a=b#c", "postgresql://u:p%40$HOME`id`@h/n?a=b#c"),
        ("NAME=", ""),
        ("# NAME=no\n; NAME=no\n\nNAME=yes", "yes"),
    ],
)
def test_an_environment_is_read_as_systemd_reads_it(tmp_path, line, value):
    (tmp_path / "env").write_text(f"{line}\n")
    done = bash(f"read_environment {tmp_path}/env; printenv NAME")
    assert (done.stdout, done.stderr) == (f"{value}\n", "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("export NAME=x", "line 2: write NAME=value"),
        ("NAME = x", "line 2: write NAME=value"),
        (r"NAME=a\b", "holds a backslash"),
        ('NAME="open', "does not end"),
        ('NAME="a"b"', "a quote inside"),
    ],
)
def test_what_the_two_could_read_differently_is_refused_without_its_value(tmp_path, line, words):
    (tmp_path / "env").write_text(f"FIRST=1\n{line}\n")
    done = bash(f"read_environment {tmp_path}/env; echo on")
    assert done.returncode == 1
    assert words in done.stderr
    assert "on" not in done.stdout.split()


@pytest.mark.parametrize(
    ("address", "shown", "password"),
    [
        ("postgresql://wits:p%40s%25%24@host:5432/wits?a=b", "postgresql://wits@host:5432/wits?a=b", "p@s%$"),
        ("postgresql:///wits_site", "postgresql:///wits_site", ""),
        ("postgresql://postgres:@/postgres?host=/run/x", "postgresql://postgres@/postgres?host=/run/x", ""),
    ],
)
def test_no_command_line_shows_the_password_of_the_database(tmp_path, address, shown, password):
    (tmp_path / "env").write_text(f"DATABASE_URL={address}\n")
    script = 'psql() { echo "$5 ${PGPASSWORD:-}"; }; read_both; ask "$DATABASE_URL" "SELECT 1"'
    done = bash(f". {DEPLOY}/keeping.sh; {script}", SITE_ENV=f"{tmp_path}/env", BACKUP_ENV="/nowhere")
    assert done.stdout.strip() == f"{shown} {password}".strip(), done.stderr


def test_a_file_is_written_once_and_whole(tmp_path):
    script = (
        f'file {tmp_path}/it 0640 root:root <<<"words"; file {tmp_path}/it 0640 root:root <<<"words"; echo $changes'
    )
    assert bash(script).stdout == f"==> Writing {tmp_path}/it\n1\n"
    assert (tmp_path / "it").read_text() == "words\n"
    assert (tmp_path / "it").stat().st_mode & 0o777 == 0o640


def test_a_dry_run_changes_nothing_and_says_what_it_would(tmp_path):
    done = bash(f'file {tmp_path}/it 0640 root:root <<<"words"', dry_run="1")
    assert "would run: put_file" in done.stdout
    assert not (tmp_path / "it").exists()


def test_a_second_deploy_is_told_of_the_first(tmp_path):
    done = bash(
        'only_one "a deploy of abc"; bash -c ". $SITE/site.sh; only_one second; echo on" 9>&-',
        SITE_ROOT=str(tmp_path),
        SITE=str(DEPLOY),
    )
    assert done.returncode == 1
    assert "Another deploy, rollback or restore is running (a deploy of abc, since" in done.stderr
    assert "on" not in done.stdout.split()


@pytest.mark.parametrize(("signal", "code"), [("HUP", 129), ("INT", 130), ("TERM", 143)])
def test_what_keeps_the_backups_knows_that_it_was_stopped(signal, code):
    done = bash(
        f'. {DEPLOY}/keeping.sh; finish() {{ echo "ended with $?"; }}; at_the_end finish; kill -{signal} $$; sleep 9'
    )
    assert (done.returncode, done.stdout) == (code, f"ended with {code}\n")


def test_every_section_of_the_runbook_that_a_script_names_is_there():
    runbook = (DEPLOY.parent / "docs" / "RUNBOOK.md").read_text()
    named = {
        section
        for script in SCRIPTS
        for section in re.findall(r'docs/RUNBOOK\.md, \\?"([^"\\$%]+)', script.read_text())
    }
    assert len(named) > 2
    assert [section for section in named if f"### {section}\n" not in runbook] == []
