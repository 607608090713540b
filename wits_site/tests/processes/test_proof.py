"""The proof runs, in small: the rows that no other test shows, so that nobody learns on the day it is needed."""

import json
import os
import subprocess
import sys

import pytest

from wits_site.run import ROOT

pytestmark = pytest.mark.processes


def proof(data, *arguments):
    """Run `python -m wits_site.proof` in small, as `make proof` would, and return what it printed and found."""
    strange = (
        "DATABASE_URL",
        "TEST_DATABASE",
        "STRIPE_WEBHOOK_SECRET",
        "STRIPE_SECRET_KEY",
        "DJANGO_SETTINGS_MODULE",
    )
    environment = {name: value for name, value in os.environ.items() if name not in strange}
    command = [sys.executable, "-m", "wits_site.proof", *arguments, "--share", "0.02", "--data", str(data)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280)
    return ran, json.loads((data / "results.json").read_text())


def test_all_at_once_and_a_failing_hubspot_in_small(tmp_path):
    ran, results = proof(tmp_path, "all-at-once", "hubspot-faults")

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert {name: result["held"] for name, result in results.items()} == {"all-at-once": True, "hubspot-faults": True}
    report = (tmp_path / "report.md").read_text()
    assert "20 customers of 20 members" in report
    assert "2% of the figures" in report
    assert "not yet run" in report, "the other rows are not passed over in silence"
