"""The catalog of this repository, applied once a process.

An apply takes some tenths of a second, to put its rows back as they were read a tenth: tests that
ask for them one after another find them in the database of the tests.
"""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import apply_entries

OURS = ("paths", "careers")

type Rows = dict[str, tuple[list[str], list[tuple]]]  # by table: its columns, and their values


class AppliedCatalog:
    """The rows of the real catalog, and whether tests find them when their transaction begins.

    is_there: they are committed; a test's end rolls the database back to them.
    """

    def __init__(self) -> None:
        self.is_there = False
        self._rows = rows()

    def keep(self) -> None:
        """Have the rows there for one test after another."""
        if not self.is_there:
            put(self._rows)
            self.is_there = True

    def remove(self) -> None:
        """Leave a database without any row of ours."""
        if self.is_there:
            clear(self._rows)
            self.is_there = False

    def flushed(self) -> None:
        """Know that somebody else emptied the database."""
        self.is_there = False


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


def clear(rows: Rows) -> None:
    """Delete every row of the tables that have some."""
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table in reversed(rows):
            cursor.execute(f"DELETE FROM {quote(table)}")  # noqa: S608
