"""Which release a rollback would go back to, and what it says where there is none."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "deploy" / "rollback.sh"
OLDEST, OLDER, RUNNING = "c" * 40, "a" * 40, "b" * 40
# All within one minute, and the names in another order than the moments.
BUILT = {OLDEST: 1_800_000_001, OLDER: 1_800_000_002, RUNNING: 1_800_000_003}


@pytest.fixture
def rollback(tmp_path):
    for commit, moment in BUILT.items():
        release = tmp_path / "releases" / commit
        release.mkdir(parents=True)
        (release / "COMMIT").write_text(f"{commit}\n")
        (release / "READY").touch()
        os.utime(release / "READY", (moment, moment))
    (tmp_path / "current").symlink_to(f"releases/{RUNNING}")

    def run(*words):
        environment = {"PATH": os.environ["PATH"], "SITE_ROOT": str(tmp_path)}
        return subprocess.run(
            ["bash", str(SCRIPT), *words], env=environment, capture_output=True, text=True, timeout=30
        )

    return run


def test_it_goes_back_to_the_release_that_was_built_before_the_one_that_runs(rollback):
    ran = rollback("--dry-run")
    assert (ran.returncode, ran.stdout) == (0, f"==> From {RUNNING[:12]} to {OLDER[:12]}\n")


def test_it_takes_the_beginning_of_a_name(rollback):
    ran = rollback("cccc", "--dry-run")
    assert (ran.returncode, ran.stdout) == (0, f"==> From {RUNNING[:12]} to {OLDEST[:12]}\n")


def test_a_release_that_is_not_there_is_said(rollback):
    ran = rollback("dddd", "--dry-run")
    assert ran.returncode == 1
    assert "There is no such release on this machine" in ran.stderr


def test_before_the_oldest_there_is_nothing_to_go_back_to(rollback, tmp_path):
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to(f"releases/{OLDEST}")
    ran = rollback("--dry-run")
    assert ran.returncode == 1
    assert "There is no such release on this machine" in ran.stderr


def test_the_list_says_which_runs(rollback):
    lines = rollback("--list").stdout.splitlines()
    assert [line.split()[2] for line in lines] == [RUNNING, OLDER, OLDEST]
    assert [line.endswith("  runs") for line in lines] == [True, False, False]
