"""Copy an SQLite database while others write, verify the copy, and restore from one."""

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from careers.backup.archive import Contents, UnusableBackup
from careers.backup.engine import (
    BrokenDatabase,
    Keep,
    Replaced,
    UnreadableDatabase,
    now,
    require_tables,
)
from careers.database.sqlite_codes import primary_code

PATIENCE = 30  # seconds to wait for a lock
SESSIONS = "django_session"
FILES = ("", "-wal", "-shm", "-journal")  # suffixes of a database's files
OF_WRITING = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
}


class SQLite:
    """The database at a path."""

    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def copy(self, into: Path) -> Contents:
        """Write the database as it is at this moment. Nobody is kept from writing.

        Sessions are left out: one that has ended must stay so, and no copy should open the admin.
        Raises UnreadableDatabase, UnusableBackup if it isn't a database of this site, or OSError if
        the copy can't be written.
        """
        whole = into.with_name(f"{into.name}-whole")
        with (
            self._faults(),
            _opened(self.path, read_only=True) as source,
            _written(whole) as copy,
        ):
            made = now()
            source.backup(copy, progress=_patiently())  # in one step: a snapshot
            copy.execute("PRAGMA journal_mode=DELETE")  # so that it is one file
            require_tables(_tables(copy))
            copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608
            copy.commit()
            # A plain VACUUM would need as much room again, in the system's temporary folder.
            copy.execute("VACUUM INTO ?", [str(into)])
            contents = _contents(copy, made)
        whole.unlink()
        return contents

    def check(self, copy: Path) -> Contents:
        """Verify a copy, and return its contents. Raises UnusableBackup if it is damaged."""
        try:
            with _opened(copy, read_only=True) as opened:
                (said,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
                if said != "ok":
                    raise UnusableBackup(f"its database is damaged: {said}")
                require_tables(_tables(opened))
                return _contents(opened, "")
        except sqlite3.DatabaseError as error:
            raise UnusableBackup(f"its database is damaged: {error}") from None

    def replace(self, copy: Path, keep: Keep, first: Sequence[str] = ()) -> Replaced:  # noqa: ARG002  one lock
        """Replace the database by a copy in one transaction, also for those who have it open.

        Within it, what is replaced is backed up first, so that no edit in between is lost. If that
        isn't a database of this site, or can't be read, its files are moved aside.
        """
        if not self.path.exists():
            self._fill(copy)
            return Replaced()
        try:
            return Replaced(self._keep_and_fill(copy, keep))
        except (UnusableBackup, BrokenDatabase) as error:
            aside = self._set_aside()
            try:
                self._fill(copy)
            except BaseException:
                self._rename(aside, self.path)
                raise
            return Replaced(aside=aside, why=str(error))

    def _keep_and_fill(self, copy: Path, keep: Keep) -> Contents:
        kept: list[Contents] = []

        wait = _patiently()

        def keep_once(status: int, *of_pages: int) -> None:
            """Back up after the first page: from then on, others can't write until the last one."""
            wait(status, *of_pages)
            if status == sqlite3.SQLITE_OK and not kept:
                kept.append(keep())
                _rise_above(source, kept[0].catalog)

        with self._faults(), _opened(copy) as source, _opened(self.path) as database:
            # In WAL mode readers can go on meanwhile, and so can the backup.
            database.execute("PRAGMA journal_mode=WAL")
            source.backup(database, pages=1, progress=keep_once, sleep=0.05)
        return kept[0]

    def _fill(self, copy: Path) -> None:
        """Create the missing database. If that fails, leave no file."""
        try:
            with self._faults(), _opened(copy) as source, _opened(self.path) as database:
                source.backup(database, progress=_patiently())
                database.execute("PRAGMA journal_mode=WAL")
        except BaseException:
            for suffix in FILES:
                _beside(self.path, suffix).unlink(missing_ok=True)
            raise

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn SQLite's errors into those of this package."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if primary_code(error) == sqlite3.SQLITE_FULL:
                raise UnreadableDatabase(
                    f"{self.path}: {error}: make room for a second copy on its disk"
                ) from None
            broken = primary_code(error) in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
            fault = BrokenDatabase if broken else UnreadableDatabase
            raise fault(f"{self.path}: {error}") from None

    def _set_aside(self) -> Path:
        """Move the files of a database that can't be read, and return its new path."""
        stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
        aside = self.path.with_name(f"{self.path.name}.damaged-{stamp}")
        self._rename(self.path, aside)
        return aside

    @staticmethod
    def _rename(old: Path, new: Path) -> None:
        for suffix in FILES:
            file = _beside(old, suffix)
            if file.exists():
                file.rename(_beside(new, suffix))


def _patiently() -> Callable[[int, int, int], None]:
    """A progress handler that ends a copy when it has waited for a lock for too long."""
    end = time.monotonic() + PATIENCE

    def wait(status: int, *_: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > end:
            raise sqlite3.OperationalError("database is locked")

    return wait


@contextmanager
def _opened(path: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    mode = "?mode=ro" if read_only else ""
    uri = f"{path.absolute().as_uri()}{mode}"
    with closing(sqlite3.connect(uri, timeout=PATIENCE, uri=True)) as connection:
        yield connection


@contextmanager
def _written(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a new database. Raises OSError if its disk is full or fails."""
    try:
        with _opened(path) as connection:
            yield connection
    except sqlite3.OperationalError as error:
        if primary_code(error) == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from None
        if getattr(error, "sqlite_errorcode", 0) in OF_WRITING:
            raise OSError(errno.EIO, str(error), str(path)) from None
        raise


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _tables(connection: sqlite3.Connection) -> list[str]:
    """The ordinary tables, without the shadow tables of the full text index."""
    rows = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in rows]


def _contents(connection: sqlite3.Connection, made: str) -> Contents:
    ran = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY app, name")
    migrations = tuple(name for (name,) in ran)
    tables = [table for table in _tables(connection) if table != SESSIONS]
    counts = {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        for table in tables
    }
    return Contents("sqlite", made, _version(connection), migrations, counts)


def _rise_above(connection: sqlite3.Connection, number: int) -> None:
    """Raise the catalog version above both, so that no cache takes an old page for a new one."""
    connection.execute("UPDATE paths_catalogversion SET number = max(number, ?) + 1", [number])
    connection.commit()


def _version(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT number FROM paths_catalogversion").fetchone()
    return int(row[0]) if row else 0
