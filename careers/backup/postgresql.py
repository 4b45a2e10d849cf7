"""Dump a PostgreSQL database while others write, verify the dump, and restore from one.

By PostgreSQL's own programs, which know what each version of the server needs.
"""

import errno
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from careers.backup.archive import Contents, UnusableBackup
from careers.backup.engine import NEEDED, Keep, Replaced, UnreadableDatabase, now, require_tables
from careers.models import CatalogVersion

SESSIONS = "django_session"
FROM_THE_SERVER = "ERROR:"  # begins a message that a program passes on
# Begins the rows of a table. Names other than plain ones are quoted.
COPY = re.compile(r'COPY (?:"(?:[^"]|"")+"|\w+)\."?(?P<table>\w+)"? .*FROM stdin;\n')
type Session = psycopg.Connection[Any]


class MissingProgram(Exception):
    """A program of PostgreSQL isn't installed."""


class PostgreSQL:
    """The database that this process is connected to."""

    name = "postgresql"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings

    def copy(self, into: Path) -> Contents:
        """Dump the site's tables as they are at this moment. Nobody is kept from writing.

        Sessions are left out: one that has ended must stay so, and no copy should open the admin.
        Raises UnreadableDatabase, or OSError if the copy can't be written.
        """
        with _one_snapshot() as snapshot:
            made = now()
            contents = _contents(made)
            self._run(
                "pg_dump",
                [
                    *("--format=custom", "--no-owner", "--no-privileges", f"--file={into}"),
                    *(f"--snapshot={snapshot}", f"--exclude-table-data={SESSIONS}"),
                    *(f"--table={_quoted(name)}" for name in _tables()),
                ],
                into,
                to_database=True,
            )
        return contents

    def check(self, copy: Path) -> Contents:
        """Verify a copy by reading all of it, and count its rows. Raises UnusableBackup."""
        script = copy.with_suffix(".check.sql")
        try:
            self._run("pg_restore", [f"--file={script}", str(copy)], script)
            with script.open(encoding="utf-8") as lines:
                return Contents(self.name, "", 0, (), _rows(lines))
        except UnreadableDatabase as error:
            raise UnusableBackup(f"its database is damaged: {error}") from None
        finally:
            script.unlink(missing_ok=True)

    def replace(self, copy: Path, keep: Keep, first: Sequence[str]) -> Replaced:
        """Replace the site's tables by a copy, in one transaction.

        Within it, what is replaced is backed up first, if there is anything, so that no edit in
        between is lost. first: the tables that every writer locks first, in that order.
        Raises UnusableBackup, UnreadableDatabase or OSError, and then changes nothing.
        """
        tables, schema = _tables(), _schema()
        self._require_schema(copy, schema)
        _require_all_or_none(tables)
        script = copy.with_suffix(".sql")
        made = ["--no-owner", "--no-privileges", f"--file={script}", str(copy)]
        self._run("pg_restore", made, script)
        try:
            with psycopg.connect(**connection.get_connection_params()) as session:
                session.execute("SET statement_timeout = 0; SET lock_timeout = '30s'")
                kept = None
                if tables:
                    kept = _keep_and_drop(session, _in_order(tables, first), keep)
                with script.open(encoding="utf-8") as lines:
                    _run_script(session, lines)
                _rise_above(session, schema, kept.catalog if kept else 0)
        except psycopg.Error as error:
            raise UnreadableDatabase(_in_a_line(error)) from None
        return Replaced(kept)

    def _require_schema(self, copy: Path, schema: str) -> None:
        """Raise UnusableBackup if a copy's tables are from another schema than the site's.

        schema: the one where new tables are made here, or empty if there is none.
        """
        listed = self._run("pg_restore", ["--list", str(copy)], copy)
        theirs = re.search(r"^\d+; \d+ \d+ TABLE (.+) paths_catalogversion ", listed, re.MULTILINE)
        if theirs and theirs[1] != schema:
            here = (
                f"this site's are in {schema}" if schema else
                "this database has no schema that it may write to by its search_path"
            )  # fmt: skip
            raise UnusableBackup(
                f"its tables are in the schema {theirs[1]}, and {here}: restore it into a "
                f"database whose search_path leads to {theirs[1]}; that schema may be renamed then"
            )

    def _run(
        self, program: str, arguments: Sequence[str], into: Path, *, to_database: bool = False
    ) -> str:
        """Run one of PostgreSQL's programs, and return its output.

        into: the file that it writes, named if its disk is full. Raises OSError in that case,
        otherwise UnreadableDatabase with the program's message, or MissingProgram.
        """
        words: list[str] = list(arguments)
        environment = dict(os.environ)
        if to_database:
            (_, *words), more = DatabaseClient.settings_to_cmd_args_env(self.settings, words)
            environment |= more or {}
        environment["LC_ALL"] = "C"  # messages in English, to be read below
        environment["PGOPTIONS"] = "-c statement_timeout=0 -c lock_timeout=30s"
        try:
            done = subprocess.run(  # noqa: S603  no shell, and our own arguments
                [program, *words], env=environment, capture_output=True, text=True, check=False
            )
        except FileNotFoundError:
            raise MissingProgram(
                f"{program} isn't installed (on Debian: apt-get install postgresql-client)"
            ) from None
        if done.returncode:
            no_room = os.strerror(errno.ENOSPC)
            if no_room in done.stderr and FROM_THE_SERVER not in done.stderr:
                raise OSError(errno.ENOSPC, no_room, str(into))
            raise UnreadableDatabase(
                " ".join(done.stderr.split()) or f"{program} exited with {done.returncode}"
            )
        return done.stdout


@contextmanager
def _one_snapshot() -> Iterator[str]:
    """The name of a snapshot that other connections can read, too, until the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def _tables() -> list[str]:
    """The site's tables: the database may have others."""
    known = {*connection.introspection.django_table_names(), "django_migrations"}
    return sorted(known & set(connection.introspection.table_names()))


def _schema() -> str:
    """The schema where new tables are made, or empty if there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0] or "")


def _require_all_or_none(tables: Sequence[str]) -> None:
    """Raise UnreadableDatabase if there are tables of a site, but not those that each needs."""
    if tables and (missing := NEEDED - set(tables)):
        raise UnreadableDatabase(
            f"it has {tables[0]} but no {min(missing)}, so it isn't a whole site: "
            "name an empty database in DATABASE_URL, or drop its tables"
        )


def _in_a_line(error: psycopg.Error) -> str:
    said = (error.diag.message_primary, error.diag.message_detail, error.diag.message_hint)
    return " ".join((": ".join(filter(None, said)) or str(error)).split())


def _contents(made: str) -> Contents:
    tables = _tables()
    require_tables(tables)
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY app, name")
        migrations = tuple(name for (name,) in cursor.fetchall())
        counts: dict[str, int] = {}
        for table in tables:
            if table != SESSIONS:
                cursor.execute(f"SELECT count(*) FROM {_quoted(table)}")  # noqa: S608
                counts[table] = cursor.fetchone()[0]
    return Contents("postgresql", made, CatalogVersion.current()[0], migrations, counts)


def _in_order(tables: list[str], first: Sequence[str]) -> list[str]:
    """The tables in the order in which every writer locks them, which avoids deadlocks: a save that
    has begun ends first."""
    last = CatalogVersion._meta.db_table  # every writer raises the version at the end
    begin = [name for name in first if name in tables]
    return [*begin, *sorted(set(tables) - {*begin, last}), last]


def _keep_and_drop(session: Session, tables: list[str], keep: Keep) -> Contents:
    """Lock the tables against writers, back them up, and drop them."""
    all_of_them = ", ".join(map(_quoted, tables))
    session.execute(f"LOCK TABLE {all_of_them} IN EXCLUSIVE MODE")
    kept = keep()
    session.execute(f"DROP TABLE {all_of_them} CASCADE")
    return kept


def _rows(lines: Iterable[str]) -> dict[str, int]:
    """Table → how many rows it has in what pg_restore wrote."""
    rest = iter(lines)
    begins = filter(None, map(COPY.match, rest))
    return {found["table"]: sum(1 for _ in _until_end(rest)) for found in begins}


def _until_end(rest: Iterator[str]) -> Iterator[str]:
    """The rows after the line that begins a COPY."""
    return takewhile(lambda row: row != "\\.\n", rest)


def _run_script(session: Session, lines: Iterable[str]) -> None:
    """Run what pg_restore wrote: statements, and rows between a COPY and a line `\\.`."""
    statements: list[str] = []
    rest = iter(lines)
    for line in rest:
        if COPY.match(line):
            session.execute("".join(statements))
            statements = []
            with session.cursor().copy(line.rstrip(";\n")) as rows:
                for row in _until_end(rest):
                    rows.write(row)
        elif not line.startswith("\\"):  # but for commands to psql
            statements.append(line)
    session.execute("".join(statements))


def _rise_above(session: Session, schema: str, number: int) -> None:
    """Raise the catalog version above both, so that no cache takes an old page for a new one."""
    table = f"{_quoted(schema)}.paths_catalogversion"
    session.execute(f"UPDATE {table} SET number = greatest(number, {number}) + 1")  # noqa: S608


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
