"""Backups as they are made, read and restored on a server: the scripts themselves, on a database of their own."""

import fcntl
import hashlib
import re
import shutil
from datetime import datetime

import pytest

from wits_site.tests.keeping.machine import Machine, missing, tools

# They ask nothing of the tests' own database, but it is copied.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept(tmp_path_factory, django_db_setup, django_db_blocker):
    """A site with uploads and its first backup; the tests below change it one after the other, and put it back."""
    if why := missing():
        pytest.skip(why)
    machine = Machine(tmp_path_factory.mktemp("kept"))
    with django_db_blocker.unblock():
        machine.make_database()
    (machine.media / "original_images").mkdir()
    (machine.media / "original_images" / "us, all of us.jpg").write_bytes(b"picture" * 1000)
    (machine.private / "answers").mkdir()
    (machine.private / "answers" / "0123.pdf").write_bytes(b"a resume")
    made = machine.run("backup.sh", "--init")
    assert made.returncode == 0, made.stderr
    machine.first = machine.run("backup.sh")
    yield machine
    machine.end()


def hashes(folder):
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def counts(machine):
    tables = machine.ask("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    return {table: machine.ask(f'SELECT count(*) FROM "{table}"')[0][0] for (table,) in tables}


def test_a_backup_says_what_it_holds_and_tells_the_watchman(kept):
    assert kept.first.returncode == 0, kept.first.stderr
    assert "2 uploads, written and read back" in kept.first.stdout
    assert "/ping" in kept.heard
    assert (kept.state / "last-backup").read_text().split("\t")[1] == "ok"
    assert not (kept.state / "backup").exists()
    stored = b"".join(file.read_bytes() for file in kept.repository.rglob("*") if file.is_file())
    assert b"a resume" not in stored, "it is encrypted"
    assert b"x" * 60 not in stored


def test_a_drill_restores_it_into_a_scratch_database_and_leaves_nothing_behind(kept):
    drill = kept.run("drill.sh")
    assert drill.returncode == 0, drill.stderr
    assert "can be restored" in drill.stdout
    assert kept.databases() == {kept.database}
    assert not (kept.state / "drill").exists()
    assert (kept.state / "last-drill").read_text().split("\t")[1] == "ok"
    assert f"/{kept.database}_drill?" in (kept.state / "checked").read_text(), "the scratch database was asked"


def test_a_backup_that_its_own_release_could_not_work_with_fails_the_drill(kept):
    (kept.state / "unfit").touch()
    drill = kept.run("drill.sh")
    (kept.state / "unfit").unlink()
    assert drill.returncode == 1
    assert "The release that made the backup could not work with it" in drill.stderr
    assert (kept.state / "last-drill-failure").read_text().split("\t")[1] == "failed"
    assert kept.databases() == {kept.database}


def test_what_was_lost_comes_back_as_it_was(kept):
    """Pages, uploads and rows are lost and spoiled; after restoring, counts and hashes are those of the backup."""
    before, media, private = counts(kept), hashes(kept.media), hashes(kept.private)
    kept.ask("UPDATE wagtailcore_page SET title = 'spoiled'")
    kept.ask("DELETE FROM outbox_mailtext")
    kept.ask("INSERT INTO django_session VALUES ('stolen', 'x', now() + interval '1 day')")
    picture = kept.media / "original_images" / "us, all of us.jpg"
    picture.write_bytes(b"other")
    (kept.private / "answers" / "0123.pdf").unlink()

    born = "UPDATE django_migrations SET applied = applied + %s * interval '1 hour'"
    kept.ask(born, 1)
    looked = kept.run("restore.sh")
    kept.ask(born, -1)
    assert looked.returncode == 0, looked.stderr
    assert "is another one" in looked.stderr, "its numbers mean other things: nothing of it is carried over"
    assert "add --go" in looked.stdout
    assert picture.read_bytes() == b"other", "without --go nothing changes"
    assert kept.databases() == {kept.database}

    restored = kept.run("restore.sh", "--go")
    assert restored.returncode == 0, restored.stderr + restored.stdout
    assert "0 wishes; they will be done again" in restored.stdout
    after = counts(kept)
    del before["outbox_taskrun"], after["outbox_taskrun"]
    assert after == before
    assert media.items() <= hashes(kept.media).items(), "the page for errors is written anew beside them"
    assert hashes(kept.private) == private
    assert not kept.ask("SELECT 1 FROM wagtailcore_page WHERE title = 'spoiled'")
    done = [line.split()[:2] for line in (kept.state / "systemctl").read_text().splitlines()]
    stop, start = ["stop", "wits_site.socket"], ["start", "wits_site.socket"]
    assert done == [stop, ["manage", "wishes"], ["manage", "after_restore"], start], "what is deleted last counts"
    assert "reconcile --days 2" in (kept.state / "reconcile").read_text()

    kept_beside = kept.databases() - {kept.database}
    assert len(kept_beside) == 1
    assert kept.run("restore.sh", "--let-go").returncode == 0
    assert kept.databases() == {kept.database}
    assert sorted(one.name for one in kept.folder.glob("media*")) == ["media", "media-private"]


def test_what_is_deleted_while_the_dump_is_written_counts_as_deleted_after_it(kept, tmp_path):
    for name, words in {
        "pg_dump": 'date +%s.%N >"$SITE_STATE/dumping"; sleep 1.1; touch "$SITE_STATE/backup/database.dump"',
        "restic": 'if [ "$1" = backup ]; then cp "$SITE_STATE/backup/MANIFEST" "$SITE_STATE"; exit 1; fi',
    }.items():
        (tmp_path / name).write_text(f"#!/usr/bin/env bash\n{words}\n")
        (tmp_path / name).chmod(0o755)
    kept.run("backup.sh", PATH=f"{tmp_path}:{kept.bin}:{tools()}")
    (made,) = re.findall(r"^made\t(.*)Z$", (kept.state / "MANIFEST").read_text(), re.MULTILINE)
    dumping = float((kept.state / "dumping").read_text())
    assert datetime.fromisoformat(f"{made}+00:00").timestamp() <= dumping


def test_a_wrong_password_is_said_in_plain_words(kept):
    for script in ("backup.sh", "restore.sh"):
        refused = kept.run(script, secrets="RESTIC_PASSWORD=another")
        assert refused.returncode == 1
        assert "password is wrong" in refused.stderr
    assert "/ping/fail" in kept.heard


def test_a_repository_that_is_not_there_is_never_made_by_accident(kept):
    nowhere = str(kept.folder / "nowhere")
    failed = kept.run("backup.sh", secrets=f"RESTIC_REPOSITORY={nowhere}")
    assert failed.returncode == 1
    assert "backup.sh --init" in failed.stderr
    assert not (kept.folder / "nowhere").exists()


def test_a_full_disk_and_missing_settings_are_said_before_anything_is_written(kept):
    full = kept.run("backup.sh", KEEPING_LEAST_FREE_MB="999999999")
    assert (full.returncode, "disk is full" in full.stderr) == (1, True)
    (kept.folder / "nothing").touch()
    unset = kept.run("backup.sh", BACKUP_ENV=str(kept.folder / "nothing"))
    assert (unset.returncode, "RESTIC_REPOSITORY is not set" in unset.stderr) == (2, True)


def test_a_database_that_is_away_fails_the_backup(kept):
    away = kept.run("backup.sh", secrets=f"DATABASE_URL={kept.address.replace(kept.database, 'no_such')}")
    assert away.returncode == 1
    assert "no new good backup" in away.stderr


def test_a_damaged_repository_fails_the_drill_and_the_restore_and_the_site_stays(kept):
    whole = kept.folder / "whole"
    shutil.copytree(kept.repository, whole)
    try:
        for pack in (kept.repository / "data").rglob("*"):
            if pack.is_file():
                pack.chmod(0o600)
                damaged = bytearray(pack.read_bytes())
                damaged[len(damaged) // 3] ^= 0xFF
                pack.write_bytes(damaged)
        before = counts(kept)
        drill = kept.run("drill.sh")
        assert drill.returncode == 1
        assert "THE BACKUP CANNOT BE RESTORED" in drill.stderr
        restore = kept.run("restore.sh", "--go")
        assert restore.returncode == 1
        assert "Nothing was restored; the site is as it was" in restore.stderr
        assert counts(kept) == before
        assert kept.databases() == {kept.database}
    finally:
        shutil.rmtree(kept.repository)
        whole.rename(kept.repository)


def test_a_dry_run_says_whether_all_answers_and_writes_nothing(kept):
    places = (kept.repository, kept.media, kept.private)
    before = [hashes(place) for place in places], (kept.state / "last-backup").read_text(), counts(kept)
    asked = kept.run("backup.sh", "--dry-run")
    assert asked.returncode == 0, asked.stderr
    assert "The repository and the database answer" in asked.stdout
    assert "Nothing was written" in asked.stdout
    assert ([hashes(place) for place in places], (kept.state / "last-backup").read_text(), counts(kept)) == before
    assert not (kept.state / "backup").exists()


@pytest.mark.parametrize("script", ["backup.sh", "drill.sh"])
def test_a_backup_and_a_drill_wait_for_each_other(kept, script):
    with (kept.state / "repository.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        other = kept.run(script, KEEPING_PATIENCE="0.1")
    assert other.returncode == 1
    assert "Waiting for the backup or the drill" in other.stdout
    assert "has not ended for long" in other.stderr
    assert "restic:" not in other.stderr


def test_a_restore_beside_a_deploy_or_another_restore_is_refused(kept):
    with (kept.folder / "deploy.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = kept.run("restore.sh", "--go")
    assert (second.returncode, "Another deploy, rollback or restore is running" in second.stderr) == (1, True)
    assert "Reading the backup" not in second.stdout


def test_two_at_once_are_one(kept):
    with (kept.state / "backup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = kept.run("backup.sh", "--dry-run")
    assert (second.returncode, "Another backup is running" in second.stderr) == (4, True)
