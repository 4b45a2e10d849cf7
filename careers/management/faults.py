"""Database failures in a command: reported in one line, without a traceback."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from careers.database.availability import DatabaseAway

# Faults of a file, a disk or a permission, and not of the statement.
_OF_THE_FILE = {
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB),
}
_PRIMARY = 0xFF  # masks an extended code of SQLite's down to the primary one


@contextmanager
def faults_in_a_line() -> Iterator[None]:
    """Exit with 1 and one line if the database is away, or its file can't be used.

    With `--traceback`, which Django has for other errors, the exception goes through.
    """
    try:
        yield
    except DatabaseError as error:
        if "--traceback" in sys.argv or not _is_of_its_place(error):
            raise
        sys.exit(f"error: the database says: {' '.join(str(error).split())}")


def _is_of_its_place(error: DatabaseError) -> bool:
    """Whether the operator has to mend it, rather than a developer."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    return isinstance(error, DatabaseAway) or code & _PRIMARY in _OF_THE_FILE
