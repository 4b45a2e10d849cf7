"""Failures of the database or the disk in a command: reported in one line, without a traceback."""

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from careers.database.availability import DatabaseAway
from careers.database.sqlite_codes import primary_code

# Faults of a file, a disk or a permission, and not of the statement.
_OF_THE_FILE = {
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB),
}
_WAY_OUT = {
    sqlite3.SQLITE_CANTOPEN: ": its folder has to be there, and this user's to write to",
    sqlite3.SQLITE_READONLY: ": it and its folder have to be this user's to write to",
    sqlite3.SQLITE_FULL: ": make room on its disk",
}
_OF_THE_DISK = {
    *(errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT),
    *(errno.ENOTDIR, errno.EEXIST),
}


@contextmanager
def faults_in_a_line() -> Iterator[None]:
    """Exit with 1 and one line if the database is away, or a file or disk can't be used.

    With `--traceback`, which Django has for other errors, the exception goes through.
    """
    try:
        yield
    except DatabaseError as error:
        if "--traceback" in sys.argv or not _is_of_its_place(error):
            raise
        sys.exit(f"error: the database says: {words_of(error)}")
    except OSError as error:
        if "--traceback" in sys.argv or not error.filename or error.errno not in _OF_THE_DISK:
            raise
        sys.exit(f"error: {error.filename}: {error.strerror}")


def words_of(error: DatabaseError) -> str:
    """A database's message in one line; if its file can't be used, with its name and a way out."""
    said = " ".join(str(error).split())
    code = primary_code(error.__cause__)
    if code not in _OF_THE_FILE:
        return said
    return f"{connection.settings_dict['NAME']}: {said}{_WAY_OUT.get(code, '')}"


def _is_of_its_place(error: DatabaseError) -> bool:
    """Whether the operator has to mend it, rather than a developer."""
    return isinstance(error, DatabaseAway) or primary_code(error.__cause__) in _OF_THE_FILE
