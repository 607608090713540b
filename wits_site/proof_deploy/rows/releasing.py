"""Deploys: good ones lose no request, bad ones take themselves back, broken-off ones leave nothing behind."""

import time

from wits_site.proof.row import Findings
from wits_site.proof_deploy.people import Readers
from wits_site.proof_deploy.site import Site, until

DEPLOYS = 5
SECONDS_UNTIL_NEW = 10.0
SECONDS_UNTIL_BACK = 60.0
BREAKS_AT_START = "raise RuntimeError('this release cannot be read')\n"
DROPS_A_COLUMN = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outbox", "{last}")]
    operations = [migrations.RemoveField("delivery", "last_error")]
"""


def zero_loss(site: Site, found: Findings) -> None:
    """Five deploys and one rollback under 20 requests a second."""
    waits: list[float] = []
    with Readers(site) as readers:
        for number in range(DEPLOYS):
            commit = site.new_commit(f"Deploy number {number + 1}")
            code, said, _ = site.deploy()
            found.must(code == 0, f"deploy {number + 1} ended {code}" + ("" if code == 0 else f": {said[-400:]}"))
            waits.append(_until_it_answers(site, readers, commit))
        before = site.git("rev-parse", f"{site.commit}~1")
        site.machine.run("/srv/wits_site/current/deploy/rollback.sh")
        until(lambda: site.health()["commit"] == before, seconds=30, what="the commit before answers")
        found.note("rolled back")
    longest = max(waits)
    lost = f"{len(readers.failed)} of {readers.asked} requests failed"
    found.must(not readers.failed, f"{lost} {readers.failed[:2] or ''}".strip())
    found.must(
        longest <= SECONDS_UNTIL_NEW, f"the new commit answered {longest:.1f} s after the switch at the latest"
    )
    found.note(f"slowest request {readers.slowest:.1f} s")
    kept = site.machine.run("ls /srv/wits_site/releases | wc -l").stdout.strip()
    found.must(kept == "5", f"{kept} releases kept")
    site.go_back_to(before)


def _until_it_answers(site: Site, readers: Readers, commit: str) -> float:
    """Seconds from the moment at which the link was turned to the first answer of this commit."""
    until(lambda: commit in readers.commits, seconds=30, what="the new commit answers")
    turned = float(site.machine.run("stat -c %.Z /srv/wits_site/current").stdout)
    began = time.time() - (time.monotonic() - readers.began)
    return began + readers.commits[commit] - turned


def bad_release(site: Site, found: Findings) -> None:
    good = site.commit
    for what, changes in (
        ("cannot be read", {"wits_site/wsgi.py": BREAKS_AT_START}),
        ("breaks on every page", {"home/frame.py": site.text("home/frame.py") + "\n\ndef frame_of(*_): 1 / 0\n"}),
    ):
        with Readers(site) as readers:
            site.new_commit(f"A release that {what}", changes)
            code, said, _ = site.deploy()
            until(lambda: site.health()["commit"] == good, seconds=60, what="the one before answers")
        found.must(code == 1 and "Went back to" in said, f"{what}: taken back")
        seconds = _seconds_said(said)
        found.must(seconds <= SECONDS_UNTIL_BACK, f"after {seconds:.0f} s, {len(readers.failed)} requests saw it")
        site.go_back_to(good)
    found.must(site.health()["status"] == "ok", "the one before answers")


def _seconds_said(said: str) -> float:
    """How long deploy.sh says it was from the switch until the one before answered."""
    words = said.rsplit("after ", 1)[-1].split(" ", 1)[0]
    return float(words) if words.isdigit() else float("inf")


def breaking_migration(site: Site, found: Findings) -> None:
    good = site.commit
    last = site.sql("SELECT name FROM django_migrations WHERE app = 'outbox' ORDER BY id DESC LIMIT 1")
    changes = {"outbox/migrations/9999_drop.py": DROPS_A_COLUMN.format(last=last)}
    site.new_commit("Drop a column that the running release reads", changes)
    code, said, _ = site.deploy()
    found.must(code == 1 and "would break the release that runs" in said, "refused, and says why")
    found.must("DROPPING columns" in said, "names what it does")
    found.must(site.health()["commit"] == good, "nothing was switched")
    site.go_back_to(good)


def two_deploys(site: Site, found: Findings) -> None:
    commit = site.new_commit("One of two at once")
    lock = "cat /srv/wits_site/deploy.lock"
    before = site.machine.run(lock).stdout
    first = site.machine.start("/srv/wits_site/current/deploy/deploy.sh")
    until(lambda: site.machine.run(lock).stdout not in {before, ""}, seconds=30, what="the first has the lock")
    code, said, seconds = site.deploy()
    found.must(code == 1 and "rollback or restore is running" in said, f"the second: {said.strip()[:90]}")
    found.note(f"after {seconds:.1f} s")
    first.communicate(timeout=300)
    found.must(first.returncode == 0 and site.health()["commit"] == commit, "the first went through")


def killed_deploy(site: Site, found: Findings) -> None:
    good = site.commit
    commit = site.new_commit("Killed half-way")
    unit = "systemd-run --quiet --unit=killed-deploy --property=EnvironmentFile=/etc/environment"
    site.machine.run(f"{unit} /srv/wits_site/current/deploy/deploy.sh")
    release = site.machine.root / f"srv/wits_site/releases/{commit}"
    until((release / "static-root").exists, seconds=120, what="it builds")
    site.machine.run("systemctl kill --signal=KILL killed-deploy")
    found.must(not (release / "READY").exists(), "killed while it built")
    found.must(site.health()["commit"] == good, "the one before answers")
    code, said, _ = site.deploy()
    found.must("its deploy did not end" in said, "the next deploy takes the half away")
    found.must(code == 0 and site.health()["commit"] == commit, "and goes through")
