"""The table that SQLite searches in, made so that it finds what PostgreSQL finds.

Wagtail's own knows neither that `mentors` is `mentor` nor, where the tests make tables without migrations, how to
search at all. So after each migration it is made anew where it is not as it should be. PostgreSQL needs none of this.
"""

from typing import Any

from django.db import connections
from wagtail.search.models import IndexEntry

# The Porter stemmer for English, and no accents: résumé is found as resume.
TOKENS = "porter unicode61 remove_diacritics 2"


def ensure_table(using: str = "default", **kwargs: Any) -> None:
    """Make the table, and what keeps it in step with the index, unless it is as it should be."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    entries = IndexEntry._meta.db_table
    found = f"{entries}_fts"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [found])
        row = cursor.fetchone()
        if row is None or TOKENS in row[0]:
            return  # not migrated so far yet, or done
        for statement in _statements(entries, found):
            cursor.execute(statement)


def _statements(entries: str, found: str) -> list[str]:
    columns = "rowid, title, body, autocomplete"
    new = "NEW.id, NEW.title, NEW.body, NEW.autocomplete"
    changed = "title = NEW.title, body = NEW.body, autocomplete = NEW.autocomplete"
    triggers = {
        "insert": f"INSERT INTO {found} ({columns}) VALUES ({new});",  # noqa: S608 - all of these are our own words
        "update": f"UPDATE {found} SET {changed} WHERE rowid = NEW.id;",  # noqa: S608
        "delete": f"DELETE FROM {found} WHERE rowid = OLD.id;",  # noqa: S608
    }
    made = [
        statement
        for name, body in triggers.items()
        for statement in (
            f"DROP TRIGGER IF EXISTS {name}_{found}",
            f"CREATE TRIGGER {name}_{found} AFTER {name.upper()} ON {entries} BEGIN {body} END",
        )
    ]
    return [
        f"DROP TABLE {found}",
        f"CREATE VIRTUAL TABLE {found} USING fts5(autocomplete, body, title, tokenize = '{TOKENS}')",
        f"INSERT INTO {found} ({columns}) SELECT id, title, body, autocomplete FROM {entries}",  # noqa: S608
        *made,
    ]
