"""Backups: made and rehearsed by their own units, and brought back onto a machine that has nothing."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wits_site.proof.row import Findings
from wits_site.proof_deploy import supplies
from wits_site.proof_deploy.machine import Machine
from wits_site.proof_deploy.people import join_and_pay
from wits_site.proof_deploy.site import Site, until
from wits_site.proof_deploy.staff import new_owner, signs_in

CURRENT = "/srv/wits_site/current"
ELSEWHERE = "mnt/backups"  # stands for another company's storage: it outlives the machine
SECRETS = ("etc/wits_site/env", "etc/wits_site/backup.env")  # what lies in the password manager
BACKUP = f"RESTIC_REPOSITORY=/{ELSEWHERE}/repository\nRESTIC_PASSWORD=of-the-proof-and-of-nothing-else\n"
# What goes on by itself on any machine that runs, and what a restore empties on purpose.
MOVES = {"outbox_taskrun", "django_session"}


def lost_machine(site: Site, found: Findings) -> None:
    """Backup and drill by their units; then the machine is gone, and a new one takes its place."""
    joined, wrong = join_and_pay(site, 3, f"before{time.time():.0f}-")
    found.must(len(joined) == 3, f"3 joined {wrong or ''}".strip())
    secret = new_owner(site)
    waiting = "SELECT count(*) FROM outbox_delivery WHERE state <> 'done'"
    until(lambda: site.sql(waiting) == "0", seconds=60, what="everything is delivered")
    pictures = "/srv/wits_site/media/original_images"
    site.machine.run(f"install -d -o wits_site /{ELSEWHERE}; install -d -o wits_site {pictures}")
    site.machine.run(f"for n in 1 2 3; do head -c 200000 /dev/urandom >{pictures}/$n.jpg; done")
    site.machine.write(SECRETS[1], BACKUP, 0o600)
    site.machine.run("systemctl stop wits_site-worker")  # so that what is counted below stands still
    site.machine.run(f"{CURRENT}/deploy/backup.sh --init && {CURRENT}/deploy/backup.sh --sealed")
    for unit in ("backup", "drill"):
        began = time.monotonic()
        ended = site.machine.run(f"systemctl start wits_site-{unit}", check=False).returncode
        said = site.machine.run(f"journalctl -u wits_site-{unit} -n 4 -o cat --no-pager").stdout if ended else ""
        found.must(ended == 0, f"{unit} by its unit in {time.monotonic() - began:.0f} s {said[-300:]}".strip())
    before, files = _tables(site), _files(site)
    data = site.certificates.parent
    kept = data / "elsewhere"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(site.machine.root / ELSEWHERE, kept)
    secrets = {path: (site.machine.root / path).read_text() for path in SECRETS}
    site.machine.__exit__()

    began = time.monotonic()
    with _new_machine(data) as new:
        for path, text in secrets.items():
            new.machine.write(path, text, (new.machine.root / path).stat().st_mode & 0o777)
        shutil.copytree(kept, new.machine.root / ELSEWHERE)
        new.machine.run(f"chown -R wits_site: /{ELSEWHERE}; systemctl restart wits_site wits_site-worker")
        _restored(new, before, files, found)
        _signs_in(new, secret, found)
        found.note(f"live again {(time.monotonic() - began) / 60:.1f} minutes after a machine was there")


@contextmanager
def _new_machine(data: Path) -> Iterator[Site]:
    """An empty machine, with the site on it by the page of deploy/."""
    binds = {supplies.requirements(data) / "tools": supplies.TOOLS, supplies.certificates(data): "/opt/certificates"}
    site = Site(Machine(supplies.new_root(data, "in-place-of-the-lost"), binds), data)
    site.lay_ready(data)
    with site.machine:
        site.machine.move_into_its_network()
        site.build()
        yield site


def _restored(site: Site, before: dict[str, str], files: dict[str, str], found: Findings) -> None:
    looked = site.machine.run(f"{CURRENT}/deploy/restore.sh", check=False)
    found.must(looked.returncode == 0 and "add --go" in looked.stdout, "looked at first")
    found.must(_tables(site) != before, "which changed nothing")
    put = site.machine.run(f"{CURRENT}/deploy/restore.sh --go", check=False)
    found.must(put.returncode == 0, f"restored, ended {put.returncode} {put.stderr[-300:] if put.returncode else ''}")
    site.machine.run("systemctl stop wits_site-worker")
    after = _tables(site)
    differ = sorted(name for name in {*before, *after} - MOVES if before.get(name) != after.get(name))
    found.must(not differ, f"{len(before)} tables, other than before: {', '.join(differ) or 'none'}")
    there = _files(site)
    lost = [name for name, digest in files.items() if there.get(name) != digest and "errors/" not in name]
    found.must(not lost, f"{len(files)} uploads, lost or changed: {', '.join(lost) or 'none'}")
    site.machine.run("systemctl start wits_site-worker")
    until(lambda: site.health()["status"] == "ok", seconds=60, what="it answers")
    members = site.sql("SELECT count(*) FROM membership_member")
    join_and_pay(site, 1, f"after{time.time():.0f}-")
    until(lambda: site.sql("SELECT count(*) FROM membership_member") != members, seconds=60, what="somebody joined")
    found.note("somebody joined on it")
    drill = site.machine.run("systemctl start wits_site-drill", check=False).returncode
    found.must(drill == 0, "the drill again")
    doctor = site.machine.run(f"{CURRENT}/deploy/doctor.sh", check=False).stdout
    red = [line[5:].strip() for line in doctor.splitlines() if line.startswith("RED")]
    found.note(f"doctor.sh: {len(doctor.splitlines())} lines, red: {'; '.join(red) or 'none'}")


def _signs_in(site: Site, secret: str, found: Findings) -> None:
    """The Owner's app, set up on the machine that is gone, opens the new one; the password alone does not."""
    asked, refused, inside = signs_in(site, secret)
    found.must("/login/code/" in asked and refused != "/admin/", f"the password alone leads to {refused}")
    found.must(inside == "/admin/", "the Owner signs in with the second factor")


def _tables(site: Site) -> dict[str, str]:
    """Every table with its count and fingerprint, as the backup takes them."""
    script = f"cd {CURRENT}/deploy && . ./site.sh && . ./keeping.sh && tables_of postgresql:///wits_site"
    said = site.machine.run(f"runuser -u wits_site -- bash -c '{script}'").stdout
    return {row.split("\t")[1]: row for row in said.splitlines() if row.startswith("table")}


def _files(site: Site) -> dict[str, str]:
    listing = "find media media-private -type f -print0 | xargs -0 -r sha256sum"
    said = site.machine.run(f"cd /srv/wits_site && {listing}").stdout
    return {line[66:]: line[:64] for line in said.splitlines()}
