from typing import Any

from django.db import migrations, models

# External content: the words stand in careers_indexedthing, and this has the index alone. They are
# folded already, with spaces between them, and every letter beyond ASCII counts as one.
SQLITE = [
    """
    CREATE VIRTUAL TABLE careers_indexedthing_fts USING fts5(
        names, about, text,
        content='careers_indexedthing', content_rowid='id', tokenize='ascii'
    )
    """,
    """
    CREATE TRIGGER careers_indexedthing_insert AFTER INSERT ON careers_indexedthing BEGIN
        INSERT INTO careers_indexedthing_fts (rowid, names, about, text)
        VALUES (new.id, new.names, new.about, new.text);
    END
    """,
    """
    CREATE TRIGGER careers_indexedthing_delete AFTER DELETE ON careers_indexedthing BEGIN
        INSERT INTO careers_indexedthing_fts (careers_indexedthing_fts, rowid, names, about, text)
        VALUES ('delete', old.id, old.names, old.about, old.text);
    END
    """,
    """
    CREATE TRIGGER careers_indexedthing_update AFTER UPDATE ON careers_indexedthing BEGIN
        INSERT INTO careers_indexedthing_fts (careers_indexedthing_fts, rowid, names, about, text)
        VALUES ('delete', old.id, old.names, old.about, old.text);
        INSERT INTO careers_indexedthing_fts (rowid, names, about, text)
        VALUES (new.id, new.names, new.about, new.text);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER careers_indexedthing_insert",
    "DROP TRIGGER careers_indexedthing_delete",
    "DROP TRIGGER careers_indexedthing_update",
    "DROP TABLE careers_indexedthing_fts",
]
POSTGRESQL = [
    """
    ALTER TABLE careers_indexedthing ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', names), 'A')
        || setweight(to_tsvector('simple', about), 'B')
        || setweight(to_tsvector('simple', "text"), 'D')
    ) STORED
    """,
    "CREATE INDEX careers_indexedthing_vector ON careers_indexedthing USING gin (vector)",
]
POSTGRESQL_BACK = ["ALTER TABLE careers_indexedthing DROP COLUMN vector"]


class SQLOf(migrations.RunSQL):
    """SQL that one kind of database runs, and no other."""

    def __init__(self, vendor: str, sql: Any, reverse_sql: Any) -> None:
        super().__init__(sql, reverse_sql)
        self.vendor = vendor

    def _run_sql(self, schema_editor: Any, sqls: Any) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super()._run_sql(schema_editor, sqls)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0015_what_a_role_asks_beforehand"),
        ("paths", "0009_drafts_are_planned"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexedThing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("row", models.PositiveBigIntegerField()),
                ("names", models.TextField()),
                ("about", models.TextField()),
                ("text", models.TextField()),
                ("shown", models.TextField()),
                ("made_by", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "row"), name="indexed_thing_unique")
                ]
            },
        ),
        migrations.CreateModel(
            name="IndexedWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("things", models.PositiveIntegerField()),
            ],
        ),
        SQLOf("sqlite", SQLITE, SQLITE_BACK),
        SQLOf("postgresql", POSTGRESQL, POSTGRESQL_BACK),
    ]
