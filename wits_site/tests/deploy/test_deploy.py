"""deploy.sh on a throw-away server: what it does, in which order, and what it leaves when it does not end."""

import fcntl
import os
import stat

import pytest

from wits_site.tests.deploy.server import Server

NEW_MIGRATIONS = "migrate_--check 1\n"


@pytest.fixture
def server(tmp_path):
    """The first commit runs; the next tests deploy the second."""
    server = Server(tmp_path)
    first = server.run("deploy.sh")
    assert first.returncode == 0, first.stderr
    server.second = server.commit("second", **{"assets/second.3c4d.css": "b{}"})
    return server


def test_a_good_release_is_built_backed_up_migrated_switched_to_and_asked(server):
    server.says.write_text(NEW_MIGRATIONS)

    ran = server.run("deploy.sh")

    assert ran.returncode == 0, ran.stderr
    assert server.running == server.second
    first, second = server.first[:7], server.second[:7]
    assert [line for line in server.done if not line.startswith("asked")] == [
        "install",
        "manage check --deploy --fail-level WARNING",
        "manage collectstatic --noinput --verbosity 0",
        "manage showmigrations wagtailcore",
        "manage migrate --check",
        "manage lintmigrations --unapplied-migrations --quiet ok ignore warning",
        "backup",
        "manage migrate --noinput --verbosity 0",
        f"stop wits_site-worker {first}",
        f"reset-failed wits_site.socket wits_site.service wits_site-worker.service {second}",
        f"restart wits_site {second}",
        f"start wits_site-worker {second}",
    ]
    assert f"asked {second} http://site/healthz" in server.done
    assert f"Done: {server.second[:12]} runs" in ran.stdout
    static = {file.name for file in (server.root / "static").iterdir()}
    assert static == {"first.1a2b.css", "second.3c4d.css"}, "open pages of the release before still find theirs"


def test_what_crashed_often_enough_to_be_given_up_is_started_all_the_same(server):
    server.says.write_text("limit\n")
    assert server.run("deploy.sh").returncode == 0
    assert server.running == server.second


def test_without_new_migrations_nothing_is_backed_up_and_a_commit_is_built_once(server):
    assert server.run("deploy.sh").returncode == 0
    assert "backup" not in server.done

    again = server.run("deploy.sh", server.second[:9])

    assert again.returncode == 0
    assert "This commit was built before" in again.stdout
    assert "install" not in server.done


def test_a_release_that_does_not_answer_is_taken_back_by_itself(server):
    server.second = server.commit("bad", bad="", **{"assets/second.3c4d.css": "b{}"})

    ran = server.run("deploy.sh")

    assert ran.returncode == 1
    assert "/ answers 500" in ran.stderr
    assert f"Went back to {server.first[:12]}, which answers again" in ran.stderr
    assert server.running == server.first
    assert server.done[-1] == f"start wits_site-worker {server.first[:7]}"
    assert not (server.root / "releases" / server.second / "READY").exists(), "it is looked at anew the next time"


def test_migrations_that_would_break_the_running_release_are_refused_before_anything_is_changed(server):
    server.says.write_text(f"{NEW_MIGRATIONS}lintmigrations 1\n")
    static = {file.name for file in (server.root / "static").iterdir()}

    ran = server.run("deploy.sh")

    assert ran.returncode == 1
    assert "would break the release that runs" in ran.stderr
    assert server.running == server.first
    assert not [line for line in server.done if line.startswith(("backup", "stop", "restart", "manage migrate --no"))]
    assert {file.name for file in (server.root / "static").iterdir()} == static

    assert server.run("deploy.sh", "--second-half").returncode == 0
    assert server.running == server.second


def test_a_backup_that_fails_stops_the_migration(server):
    server.says.write_text(NEW_MIGRATIONS)
    server.commit("no backup", **{"deploy/backup.sh": "#!/bin/sh\nexit 1\n", "assets/x.css": ""})

    ran = server.run("deploy.sh")

    assert ran.returncode == 1
    assert "The backup before the migrations failed, so nothing was migrated" in ran.stderr
    assert server.running == server.first
    assert "manage migrate --noinput --verbosity 0" not in server.done

    assert server.run("deploy.sh", "--without-backup").returncode == 0


def test_a_database_that_is_away_is_said_and_nothing_is_switched(server):
    server.says.write_text("showmigrations 1\n")
    ran = server.run("deploy.sh")
    assert (ran.returncode, server.running) == (1, server.first)
    assert "The database does not answer" in ran.stderr
    assert not [line for line in server.done if line.startswith(("stop", "restart"))]


def test_a_key_that_is_wrong_is_not_called_a_database_that_is_away(server):
    server.says.write_text("showmigrations 1\n")
    fault = "django.core.exceptions.ImproperlyConfigured: SECRET_KEY is shorter than 50 characters."
    (server.folder / "complaint").write_text(f"Traceback (most recent call last):\n{fault}\n")
    ran = server.run("deploy.sh")
    assert (ran.returncode, server.running) == (1, server.first)
    assert ran.stderr.splitlines()[-1].startswith("xx  SECRET_KEY is shorter than 50 characters. (")
    assert "database" not in ran.stderr


def test_once_there_are_backups_no_dump_on_the_machine_is_left(server):
    (server.folder / "dumps").mkdir()
    (server.folder / "dumps" / "before-20260101T000000Z.dump").touch()
    server.says.write_text(NEW_MIGRATIONS)
    assert server.run("deploy.sh").returncode == 0
    assert not list((server.folder / "dumps").iterdir())


def test_a_deploy_that_was_killed_is_taken_up_by_the_next(server):
    server.says.write_text("kill\n")
    assert server.run("deploy.sh").returncode == -9
    release = server.root / "releases" / server.second
    assert release.is_dir()
    assert not (release / "READY").exists()
    assert server.running == server.first
    server.says.write_text("")

    ran = server.run("deploy.sh")

    assert ran.returncode == 0, ran.stderr
    assert f"Taking away {release}: its deploy did not end" in ran.stdout
    assert server.running == server.second
    assert (release / "READY").exists()


@pytest.mark.parametrize("script", ["deploy.sh", "rollback.sh"])
def test_a_second_one_at_the_same_time_is_told_of_the_first(server, script):
    server.run("deploy.sh")
    before = server.tree()
    with (server.root / "deploy.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = server.run(script)
    assert ran.returncode == 1
    assert "Another deploy, rollback or restore is running (a deploy of the newest commit, since" in ran.stderr
    assert server.tree() == before
    assert server.done == []


@pytest.mark.parametrize("script", ["deploy.sh", "rollback.sh"])
def test_a_dry_run_says_what_it_would_do_and_changes_nothing(server, script):
    server.run("deploy.sh")
    half = server.root / "releases" / ("d" * 40)
    half.mkdir()
    before = server.tree()

    ran = server.run(script, "--dry-run")

    assert ran.returncode == 0, ran.stderr
    assert server.tree() == before
    assert server.done == []
    if script == "deploy.sh":
        assert f"Would build {server.root}/releases/{server.second}" in ran.stdout
        assert f"would run: rm -rf {half}" in ran.stdout
    else:
        assert ran.stdout == f"==> From {server.second[:12]} to {server.first[:12]}\n"


def test_a_rollback_lets_the_release_before_run(server):
    server.run("deploy.sh")
    ran = server.run("rollback.sh")
    assert ran.returncode == 0, ran.stderr
    assert server.running == server.first
    assert server.done[-1] == f"start wits_site-worker {server.first[:7]}"


def test_a_lost_connection_does_not_leave_the_worker_stopped(server):
    server.says.write_text("hup\n")
    assert server.run("deploy.sh").returncode == 0
    assert server.running == server.second
    assert server.done[-1] == f"start wits_site-worker {server.second[:7]}"
    assert server.run("rollback.sh").returncode == 0
    assert server.done[-1] == f"start wits_site-worker {server.first[:7]}"


def break_off(server):
    """As if the machine had stopped right after the link was changed."""
    (server.root / "releases" / server.running / "UNTRIED").touch()


def test_after_a_switch_that_was_broken_off_it_goes_back_to_what_was_well(server):
    server.run("deploy.sh")
    third = server.commit("third", bad="", **{"assets/third.css": ""})
    break_off(server)

    ran = server.run("deploy.sh")

    assert f"Went back to {server.first[:12]}, which answers again" in ran.stderr
    assert server.running == server.first
    assert not (server.root / "releases" / third / "READY").exists()


def test_the_same_commit_again_after_a_switch_that_was_broken_off_is_taken_back_too(server):
    server.run("deploy.sh")
    (server.root / "current" / "bad").touch()
    break_off(server)
    ran = server.run("deploy.sh")
    assert f"Went back to {server.first[:12]}" in ran.stderr
    assert server.running == server.first


def test_a_release_that_was_well_and_runs_is_never_taken_away(server):
    server.run("deploy.sh")
    (server.root / "current" / "bad").touch()  # a key was changed, for example

    ran = server.run("deploy.sh")

    assert ran.returncode == 1
    assert "It was well before" in ran.stderr
    assert server.running == server.second
    (server.root / "current" / "bad").unlink()
    assert "Taking away" not in server.run("deploy.sh").stdout
    assert (server.root / "current" / "COMMIT").exists()


def test_a_rollback_does_not_choose_what_never_worked(server):
    server.says.write_text(f"{NEW_MIGRATIONS}migrate_--noinput 1\n")
    (server.bin / "sleep").write_text("#!/bin/sh\n")
    (server.bin / "sleep").chmod(0o755)
    assert "did not get through" in server.run("deploy.sh").stderr
    server.says.write_text("")
    third = server.commit("third", **{"assets/third.css": ""})
    assert server.run("deploy.sh").returncode == 0
    assert server.running == third

    ran = server.run("rollback.sh")

    assert ran.returncode == 0, ran.stderr
    assert server.running == server.first
    assert f"{server.second}  never proved that it works" in server.run("rollback.sh", "--list").stdout


def test_a_rollback_to_what_does_not_work_leaves_what_ran(server):
    (server.root / "current" / "bad").touch()
    server.run("deploy.sh")

    ran = server.run("rollback.sh")

    assert ran.returncode == 1
    assert f"{server.second[:12]} runs, as before" in ran.stderr
    assert server.running == server.second
    assert server.done[-1] == f"start wits_site-worker {server.second[:7]}"


def test_a_rollback_from_what_is_no_release_any_more_takes_the_newest_that_worked(server):
    server.run("deploy.sh")
    (server.root / "current" / "READY").unlink()
    ran = server.run("rollback.sh")
    assert (ran.returncode, server.running) == (0, server.first), ran.stderr


def test_others_can_read_a_release_whatever_root_is_used_to(server):
    before = os.umask(0o077)
    try:
        assert server.run("deploy.sh").returncode == 0
    finally:
        os.umask(before)
    release = server.root / "releases" / server.second
    assert stat.S_IMODE(release.stat().st_mode) == 0o755
    assert stat.S_IMODE((server.root / "static" / "second.3c4d.css").stat().st_mode) & 0o444 == 0o444


def test_a_commit_that_is_not_there_is_said(server):
    ran = server.run("deploy.sh", "nowhere")
    assert ran.returncode == 1
    assert "No commit of that name" in ran.stderr
