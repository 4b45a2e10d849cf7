"""The catalog of this repository, applied once a process and put into a database in a moment.

An apply takes some tenths of a second, and its rows go back as they were read in a hundredth.
"""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import apply_entries

OURS = ("paths", "careers")

type Rows = dict[str, tuple[list[str], list[tuple]]]  # by table: its columns, and their values


def rows() -> Rows:
    """All that an apply of the real catalog writes. Leaves the database as it was."""
    with transaction.atomic():
        apply_entries(read_files(settings.CATALOG_DIR))
        found = dict(_tables())
        transaction.set_rollback(True)
    return found


def _tables() -> Iterator[tuple[str, tuple[list[str], list[tuple]]]]:
    quote = connection.ops.quote_name
    for app in OURS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            columns = [field.column for field in model._meta.local_concrete_fields]
            named = ", ".join(map(quote, columns))
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {named} FROM {quote(model._meta.db_table)}")  # noqa: S608
                if found := cursor.fetchall():
                    yield model._meta.db_table, (columns, found)


def put(rows: Rows) -> None:
    """Write the rows into a database that has none."""
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            named = ", ".join(map(quote, columns))
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {quote(table)} ({named}) VALUES ({places})",  # noqa: S608
                values,
            )
