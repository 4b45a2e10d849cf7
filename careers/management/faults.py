"""What a command says where the database fails it: a line, and not where in the code that was."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from careers.database.availability import DatabaseAway

# What is wrong with a file, a disk or a right, and not with what was asked.
_OF_THE_FILE = {
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB),
}
_PRIMARY = 0xFF  # a code of SQLite's without what it adds


@contextmanager
def faults_in_a_line() -> Iterator[None]:
    """End with 1 and a line where the database isn't there, or its file can't be used.

    With `--traceback`, as Django has it for other errors, all is told.
    """
    try:
        yield
    except DatabaseError as error:
        if "--traceback" in sys.argv or not _is_of_its_place(error):
            raise
        sys.exit(f"error: the database says: {' '.join(str(error).split())}")


def _is_of_its_place(error: DatabaseError) -> bool:
    """Whether an operator mends it, and nobody who works on the code."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    return isinstance(error, DatabaseAway) or code & _PRIMARY in _OF_THE_FILE
