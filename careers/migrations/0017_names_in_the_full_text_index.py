from django.db import migrations

# The words of names, and of what things say of themselves, by themselves: rows of them are short,
# and all that have a common word are ranked in a moment. SQLite asks its one index for that.
POSTGRESQL = [
    """
    ALTER TABLE careers_indexedthing ADD COLUMN head tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', names), 'A')
        || setweight(to_tsvector('simple', about), 'B')
    ) STORED
    """,
    "CREATE INDEX careers_indexedthing_head ON careers_indexedthing USING gin (head)",
]
POSTGRESQL_BACK = ["ALTER TABLE careers_indexedthing DROP COLUMN head"]


def add(_apps, schema_editor):
    _execute(schema_editor, POSTGRESQL)


def drop(_apps, schema_editor):
    _execute(schema_editor, POSTGRESQL_BACK)


def _execute(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("careers", "0016_full_text_index")]

    operations = [migrations.RunPython(add, drop)]
