"""The catalog of this repository, applied once a process.

An apply takes several tenths of a second; writing its rows back takes one tenth. They are
committed to the test database once for all consecutive tests that ask for them.
"""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import apply_entries

OURS = ("paths", "careers")

type Rows = dict[str, tuple[list[str], list[tuple]]]  # table → its columns, its rows' values


class AppliedCatalog:
    """The rows of the real catalog, and whether the test database holds them.

    is_there: the rows are committed, so the rollback after a test leaves them in place.
    """

    def __init__(self) -> None:
        self.is_there = False
        self._rows = rows()

    def keep(self) -> None:
        """Commit the rows, unless they are there already."""
        if not self.is_there:
            put(self._rows)
            self.is_there = True

    def remove(self) -> None:
        """Delete the rows again, if they are there."""
        if self.is_there:
            clear(self._rows)
            self.is_there = False

    def flushed(self) -> None:
        """Note that somebody else has emptied the database."""
        self.is_there = False


def rows() -> Rows:
    """Return all rows that an apply of the real catalog writes. Leaves the database unchanged."""
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
    """Insert the rows into empty tables."""
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
    """Empty every table that `rows` names."""
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table in reversed(rows):
            cursor.execute(f"DELETE FROM {quote(table)}")  # noqa: S608
