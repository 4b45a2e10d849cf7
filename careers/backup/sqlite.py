"""An SQLite database copied while others write, checked, and put in place of another."""

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

PATIENCE = 30  # seconds that a lock is waited for
SESSIONS = "django_session"
FILES = ("", "-wal", "-shm", "-journal")  # what a database's files are called, behind its name
PRIMARY = 0xFF  # a code of SQLite's without what it adds
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

        Sessions are left out: who ended one doesn't want it back, and no copy opens the admin.
        Raises UnreadableDatabase, UnusableBackup if it isn't the database of a site, or OSError if
        the copy can't be written.
        """
        whole = into.with_name(f"{into.name}-whole")
        with (
            self._faults(),
            _opened(self.path, read_only=True) as source,
            _written(whole) as copy,
        ):
            made = now()
            source.backup(copy, progress=_patiently())  # in one step, so of one moment
            copy.execute("PRAGMA journal_mode=DELETE")  # one file
            require_tables(_tables(copy))
            copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608
            copy.commit()
            # Not in place, which takes room for as much again wherever the system keeps such files.
            copy.execute("VACUUM INTO ?", [str(into)])
            contents = _contents(copy, made)
        whole.unlink()
        return contents

    def check(self, copy: Path) -> Contents:
        """What a copy has. Raises UnusableBackup if anything in it is broken."""
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
        """Put a copy in place of the database, for whoever has it open too, in one transaction.

        What is replaced is kept within it, so that no edit falls in between. If it is empty,
        something else, or can't be read, its files are set aside.
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
            """Once the first page is written, nobody else writes until the last one is."""
            wait(status, *of_pages)
            if status == sqlite3.SQLITE_OK and not kept:
                kept.append(keep())
                _rise_above(source, kept[0].catalog)

        with self._faults(), _opened(copy) as source, _opened(self.path) as database:
            # Readers go on meanwhile, the one that keeps it too.
            database.execute("PRAGMA journal_mode=WAL")
            source.backup(database, pages=1, progress=keep_once, sleep=0.05)
        return kept[0]

    def _fill(self, copy: Path) -> None:
        """Make the database, which isn't there. If that fails, it still isn't."""
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
        """What SQLite says of a fault, as what it means."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
            if code == sqlite3.SQLITE_FULL:
                raise UnreadableDatabase(
                    f"{self.path}: {error}: make room for as much again on its disk"
                ) from None
            broken = code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
            fault = BrokenDatabase if broken else UnreadableDatabase
            raise fault(f"{self.path}: {error}") from None

    def _set_aside(self) -> Path:
        """Of a database that can't be read, keep the files as they are, and say where."""
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
    """Told of each step of a copy, end it if it has waited for a lock for too long."""
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
    """A new database. If it can't be written, that is a fault of its disk: OSError."""
    try:
        with _opened(path) as connection:
            yield connection
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0)
        if code & PRIMARY == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from None
        if code in OF_WRITING:
            raise OSError(errno.EIO, str(error), str(path)) from None
        raise


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Ordinary ones: the shadows of a full text index are counted with what they index."""
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
    """No page of before the replacement is one of after it."""
    connection.execute("UPDATE paths_catalogversion SET number = max(number, ?) + 1", [number])
    connection.commit()


def _version(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT number FROM paths_catalogversion").fetchone()
    return int(row[0]) if row else 0
