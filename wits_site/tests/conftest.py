"""The running site, for the tests that need one."""

import os
import shutil

import pytest
from django.db import transaction
from filelock import FileLock

from conftest import shared_folder
from wits_site import demo
from wits_site.tests.browser import troubles_of
from wits_site.tests.live import Live


@pytest.fixture(scope="session")
def demonstration(django_db_setup, django_db_blocker):
    """The whole demonstration in the tests' own database, made once; every test sees it as it was made.

    It lies in a transaction around those of the tests, so a test that changes something takes back only that. The
    tests that want it are the last of a run (`conftest.py` sees to it): none that wants an empty site comes after.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        list(demo.make())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, migrated):
    """The data of a prepared site whose worker has nothing left to do, to copy; made once for the whole run."""
    folder = shared_folder(tmp_path_factory)
    made, unfinished = folder / "prepared", folder / "preparing"
    with FileLock(folder / "prepared.lock"):
        if not made.exists():
            shutil.rmtree(unfinished, ignore_errors=True)  # of one that failed
            unfinished.mkdir()
            shutil.copy(migrated, unfinished / "site.sqlite3")
            site = Live(unfinished)
            site.prepare()
            site.start("sandbox")
            site.manage("run_outbox", "--drain", seconds=300)
            site.stop_all()
            unfinished.rename(made)
    return made


@pytest.fixture(scope="session")
def live(tmp_path_factory, prepared):
    """Site, worker and sandbox as `make run` starts them, with the demonstration; one for each process that tests."""
    data = tmp_path_factory.mktemp("live")
    shutil.copytree(prepared, data, dirs_exist_ok=True)
    running = Live(data)
    running.move_to_own_port()
    running.start_all()
    yield running
    running.stop_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The distribution's Chromium where there is one; Playwright's own elsewhere (`make chromium` sees to one)."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to start as root with it
    options = {**browser_type_launch_args, "args": arguments}
    return {**options, "executable_path": found} if found else options


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Without motion: axe would measure colours on their way to others, and a click could meet a moving button."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture
def watched(page):
    """A page whose policy violations, script errors, broken answers and unanswered requests fail the test."""
    troubles = troubles_of(page)
    yield page
    assert troubles == []
