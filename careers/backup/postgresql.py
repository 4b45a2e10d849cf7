"""A PostgreSQL database dumped while others write, checked, and put in place of another.

With its own tools, which know what every version of its server needs.
"""

import os
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
type Session = psycopg.Connection[Any]


class MissingProgram(Exception):
    """A program of PostgreSQL's isn't here."""


class PostgreSQL:
    """The database that this process is connected to."""

    name = "postgresql"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings

    def copy(self, into: Path) -> Contents:
        """Write the site's tables as they are at this moment. Nobody is kept from writing.

        Sessions are left out: who ended one doesn't want it back, and no copy opens the admin.
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
                to_database=True,
            )
        return contents

    def check(self, copy: Path) -> Contents:
        """What a copy has: all of it is read. Its rows are counted once they are back."""
        try:
            self._run("pg_restore", ["--file=/dev/null", str(copy)])
        except UnreadableDatabase as error:
            raise UnusableBackup(f"its database is damaged: {error}") from None
        return Contents(self.name, "", 0, (), {})

    def replace(self, copy: Path, keep: Keep, first: Sequence[str]) -> Replaced:
        """Put a copy in place of the site's tables, in one transaction.

        What is replaced is kept within it, so that no edit falls in between, unless there
        is nothing of a site. first: the tables that every writer locks first, in their order.
        Raises UnreadableDatabase, and changes nothing.
        """
        script = copy.with_suffix(".sql")
        self._run("pg_restore", ["--no-owner", "--no-privileges", f"--file={script}", str(copy)])
        tables, schema = _tables(), _schema()
        try:
            with psycopg.connect(**connection.get_connection_params()) as session:
                session.execute("SET statement_timeout = 0; SET lock_timeout = '30s'")
                kept = None
                if set(tables) >= NEEDED:
                    kept = _keep_and_drop(session, _in_order(tables, first), keep)
                with script.open(encoding="utf-8") as lines:
                    _run_script(session, lines)
                _rise_above(session, schema, kept.catalog if kept else 0)
        except psycopg.Error as error:
            raise UnreadableDatabase(str(error)) from None
        return Replaced(kept)

    def _run(self, program: str, arguments: Sequence[str], *, to_database: bool = False) -> None:
        """Run one of PostgreSQL's programs. Raises UnreadableDatabase with what it says."""
        words: list[str] = list(arguments)
        environment = dict(os.environ)
        if to_database:
            (_, *words), more = DatabaseClient.settings_to_cmd_args_env(self.settings, words)
            environment |= more or {}
        environment["PGOPTIONS"] = "-c statement_timeout=0 -c lock_timeout=30s"
        try:
            done = subprocess.run(  # noqa: S603  no shell, and words of our own
                [program, *words], env=environment, capture_output=True, text=True, check=False
            )
        except FileNotFoundError:
            raise MissingProgram(
                f"{program} isn't here (on Debian: apt-get install postgresql-client)"
            ) from None
        if done.returncode:
            raise UnreadableDatabase(
                done.stderr.strip() or f"{program} ends with {done.returncode}"
            )


@contextmanager
def _one_snapshot() -> Iterator[str]:
    """The name of a state that other connections can read as well, while it lasts."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def _tables() -> list[str]:
    """Those of the site: others may stand beside them."""
    known = {*connection.introspection.django_table_names(), "django_migrations"}
    return sorted(known & set(connection.introspection.table_names()))


def _schema() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


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
    """The tables in the order in which every writer locks them, so that no two wait for each other:
    who has begun to save ends first."""
    last = CatalogVersion._meta.db_table  # raised by a writer at the end
    begin = [name for name in first if name in tables]
    return [*begin, *sorted(set(tables) - {*begin, last}), last]


def _keep_and_drop(session: Session, tables: list[str], keep: Keep) -> Contents:
    """Let nobody write any more, keep what there is, and take it away."""
    all_of_them = ", ".join(map(_quoted, tables))
    session.execute(f"LOCK TABLE {all_of_them} IN EXCLUSIVE MODE")
    kept = keep()
    session.execute(f"DROP TABLE {all_of_them} CASCADE")
    return kept


def _run_script(session: Session, lines: Iterable[str]) -> None:
    """Run what pg_restore wrote: statements, and rows between COPY and a line of its own."""
    statements: list[str] = []
    rest = iter(lines)
    for line in rest:
        if line.startswith("COPY ") and line.endswith(" FROM stdin;\n"):
            session.execute("".join(statements))
            statements = []
            with session.cursor().copy(line.rstrip(";\n")) as rows:
                for row in takewhile(lambda row: row != "\\.\n", rest):
                    rows.write(row)
        elif not line.startswith("\\"):  # what is for psql alone
            statements.append(line)
    session.execute("".join(statements))


def _rise_above(session: Session, schema: str, number: int) -> None:
    """No page of before the replacement is one of after it."""
    table = f"{_quoted(schema)}.paths_catalogversion"
    session.execute(f"UPDATE {table} SET number = greatest(number, {number}) + 1")  # noqa: S608


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
