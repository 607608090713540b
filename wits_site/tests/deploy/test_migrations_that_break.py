"""deploy.sh lets no migration through that the release still running could not live with."""

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

pytestmark = pytest.mark.django_db
FIELD = models.CharField(max_length=20)


def errors_of(operation):
    """What the linter that deploy.sh asks says of this operation on the tables of the outbox as they stand."""
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards("outbox", after)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        operation.database_forwards("outbox", editor, before, after)
    statements = [sql for sql in editor.collected_sql if not sql.startswith("--")]
    return analyse_sql_statements(get_sql_analyser_class("postgresql"), statements)[0]


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("delivery", "last_error"),
        migrations.RenameField("delivery", "last_error", "reason"),
        migrations.DeleteModel("TaskRun"),
        migrations.RenameModel("TaskRun", "Run"),
        migrations.AddField("delivery", "colour", models.CharField(max_length=20, default="red")),
    ],
    ids=lambda operation: type(operation).__name__,
)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="production's database")
def test_what_the_running_release_could_not_live_with_is_refused(operation):
    assert errors_of(operation)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("delivery", "colour", models.CharField(max_length=20, null=True)),
        migrations.AddField("delivery", "colour", models.CharField(max_length=20, db_default="red")),
        migrations.CreateModel("Colour", [("id", models.BigAutoField(primary_key=True)), ("name", FIELD)]),
    ],
    ids=lambda operation: type(operation).__name__,
)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="production's database")
def test_what_it_does_not_notice_goes_through(operation):
    assert not errors_of(operation)
