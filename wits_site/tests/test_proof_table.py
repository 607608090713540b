"""The table of the proof names tests that exist, and its report passes nothing over."""

import pytest

from wits_site.proof.report import report
from wits_site.proof.row import Findings
from wits_site.proof.table import TABLE
from wits_site.run import ROOT


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_the_small_version_of_each_row_exists(row):
    file, name = row.small.split("::")

    assert f"def {name}(" in (ROOT / file).read_text()


def test_every_row_has_a_name_of_its_own():
    assert len({row.name for row in TABLE}) == len(TABLE) == 13


def test_the_report_says_what_held_what_did_not_and_what_was_not_run():
    seen = {"seed": 7, "seconds": 12, "at": "2026-09-14 12:00 UTC"}
    results = {
        TABLE[0].name: {**seen, "held": True, "seen": "200 orderings", "broken": "", "share": 1.0},
        TABLE[1].name: {**seen, "held": False, "seen": "2 members", "broken": "2 members", "share": 0.05},
    }

    lines = report(TABLE, results).splitlines()[-len(TABLE) :]

    assert "| 200 orderings | held | full figures, 7, 12 s, 2026-09-14 12:00 UTC |" in lines[0]
    assert "| 2 members | **not held**: 2 members | 5% of the figures" in lines[1]
    assert all("| not yet run |" in line for line in lines[2:])


def test_a_figure_that_does_not_hold_is_noted_among_the_others():
    found = Findings()
    found.must(True, "1 member")
    found.must(False, "2 welcomes")

    assert (found.figures, found.broken) == (["1 member", "2 welcomes"], ["2 welcomes"])
