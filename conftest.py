"""What holds for the tests of every room."""

import gc
import ipaddress
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.commands import flush
from django.db import connection, transaction
from django.test import Client, SimpleTestCase
from filelock import FileLock

ROOT = Path(__file__).resolve().parent
LONGEST = "test_guide_in_a_browser"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Real processes first, then the walks of the guide, the longest file there is: the processes mostly wait, for
    leases and restarts, and each of the two would be a long tail at the end. Last, what wants the demonstration, so
    that it is made once.

    On PostgreSQL only what asks the database: all the rest has run on SQLite, where it is the same.
    """
    items.sort(key=_turn)
    if connection.vendor == "postgresql":
        kept = [item for item in items if _depends_on_the_database(item)]
        left_out = [item for item in items if not _depends_on_the_database(item)]
        items[:] = kept
        config.hook.pytest_deselected(items=left_out)


def _turn(item):
    waits = item.get_closest_marker("processes") is not None
    return not waits, LONGEST not in item.nodeid, "demonstration" in getattr(item, "fixturenames", ())


def pytest_collection_finish():
    """Look for what is out of use seldom, and never among what was there before the first test: the site and its
    libraries are a million objects, and going through them again and again was a seventh of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _depends_on_the_database(item):
    if item.get_closest_marker("any_database"):
        return False
    asks = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    in_a_class = item.cls is not None and issubclass(item.cls, SimpleTestCase)
    return bool(asks or in_a_class or item.get_closest_marker("django_db"))


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """No test reaches beyond this machine: a stand-in that was forgotten fails at once, and says where it led."""
    real = socket.socket.connect

    def connect(self, address):
        if self.family != socket.AF_UNIX:
            host = address[0]
            try:
                local = ipaddress.ip_address(host).is_loopback
            except ValueError:
                local = host == "localhost"
            if not local:
                raise AssertionError(f"a test tried to reach {host}")
        return real(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


def shared_folder(tmp_path_factory):
    """The folder of the whole run, which the processes that test side by side share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(autouse=True, scope="session")
def force_login_has_both_factors():
    """`client.force_login` is a whole sign-in; `client.login` is one with the password alone."""
    from desk.accounts.sessions import mark_whole  # noqa: PLC0415 - the settings are known by now

    real = Client.force_login

    def force_login(self, user, backend=None):
        real(self, user, backend)
        session = self.session
        mark_whole(session)
        session.save()

    patch = pytest.MonkeyPatch()
    patch.setattr(Client, "force_login", force_login)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An SQLite file with every table, for tests of real processes to copy; made once, whatever runs side by side."""
    folder = shared_folder(tmp_path_factory)
    made, unfinished = folder / "migrated.sqlite3", folder / "unfinished.sqlite3"
    with FileLock(folder / "migrated.lock"):
        if not made.exists():
            environment = {**os.environ, "DATABASE_URL": f"sqlite:///{unfinished}"}
            command = [sys.executable, "manage.py", "migrate", "-v0", "--settings", "wits_site.settings.dev"]
            subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=180)
            unfinished.rename(made)
    return made


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After a test that empties every table, put back the rows that `migrate` had made, from copies of the tables.

    Django would send `post_migrate` anew, which makes permissions, groups, pages and mails again: some five hundred
    questions to the database after each of such tests.
    """
    with django_db_blocker.unblock():
        tables = _tables_with_rows()
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'CREATE TABLE "first_{table}" AS SELECT * FROM "{table}"')

    def put_back(*_):
        with transaction.atomic(), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "first_{table}"')

    patch = pytest.MonkeyPatch()
    patch.setattr(flush, "emit_post_migrate_signal", put_back)
    yield
    patch.undo()


def _tables_with_rows():
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    # What SQLite searches in is filled by triggers: put back by hand as well, it would hold everything twice, and
    # refuse what is found next.
    tables = {table for table in tables if not table.endswith("_fts")}
    with connection.cursor() as cursor:
        found = []
        for table in sorted(tables):
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
            if cursor.fetchone():
                found.append(table)
    return found
