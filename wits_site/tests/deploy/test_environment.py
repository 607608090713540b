"""deploy/env.example names exactly what is read from the environment, with purpose, owner and renewal of each."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "deploy" / "env.example"
READ = re.compile(r"""(?:\benv(?:\.\w+)?|several|os\.environ(?:\.get)?)[(\[]\s*"([A-Z0-9_]+)\"""")
ENTRY = re.compile(r"((?:^# .*\n)+)^#?([A-Z0-9_]+)=(.*)$", re.MULTILINE)
# Set by the platform or the system, never by the club; or refused whatever it says.
NOT_OURS = {"PORT", "STATE_DIRECTORY", "DJANGO_SETTINGS_MODULE", "DEMO_SIGN_INS"}


def names_that_are_read():
    settings = [f"wits_site/settings/{name}.py" for name in ("base", "production", "buckets")]
    files = [*settings, "deploy/gunicorn.conf.py"]
    found = {name for file in files for name in READ.findall((ROOT / file).read_text())}
    for file in settings[1:]:
        required = re.search(r"(?:REQUIRED|TOGETHER) = \[(.*?)\]", (ROOT / file).read_text(), re.DOTALL)
        found |= set(re.findall(r'"([A-Z0-9_]+)"', required[1]))
    return (found | {"PING_ALERT_URL"}) - NOT_OURS  # the alert, which knows nothing of the site, reads that one


def entries():
    return {name: (words, value) for words, name, value in ENTRY.findall(EXAMPLE.read_text())}


def test_every_name_stands_in_the_example_and_every_name_in_it_is_read():
    assert set(entries()) == names_that_are_read()


@pytest.mark.parametrize("name", sorted(entries()))
def test_each_says_whose_it_is_and_how_it_is_renewed(name):
    words, _ = entries()[name]
    assert re.search(r"^# Owner: .+ Renew: .+", words, re.MULTILINE)
    assert not words.startswith("# Owner"), "it must say what it is for, too"


def test_it_holds_no_value_but_the_one_that_is_the_same_everywhere():
    assert {name: value for name, (_, value) in entries().items() if value} == {"STATIC_ROOT": "static-root"}


def test_there_is_one_example():
    assert (ROOT / ".env.example").resolve() == EXAMPLE


def test_the_alert_reads_nothing_else():
    read = set(re.findall(r"""environ(?:\.get)?[(\[]"([A-Z_]+)\"""", (ROOT / "deploy/alert.py").read_text()))
    assert read - NOT_OURS <= set(entries())


def test_on_a_platform_each_process_has_the_settings_of_production():
    """manage.py alone takes those of one's own machine, whose database is a file that goes with the next deploy."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    readme = (ROOT / "deploy" / "README.md").read_text()
    asked = [line for line in [*lines, *re.findall(r"`(python [^`]*)`", readme)] if "manage.py" in line]
    assert len(asked) == 3
    assert [line for line in asked if not line.endswith("--settings wits_site.settings.production")] == []
