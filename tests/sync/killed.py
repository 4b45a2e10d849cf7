"""Applies a catalog on copies of a database, each in a process that is killed at some statement.

    python tests/sync/killed.py CATALOG_DIR [heal] < a JSON list of statements' numbers

Run by `test_survival`, with DATABASE_URL naming the database to copy. For each number it forks, and
the child kills itself before it sends that statement; at 0 before it commits, at -1 never. Prints,
as JSON, how each ended, and all rows that it left behind. With a second argument, another apply
follows each that was to be killed, and is printed as well.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.core.management import call_command, load_command_class
from django.db import connection
from django.db.migrations.loader import MigrationLoader

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")

WHEN = {"applied_at", "changed_at", "made_at", "published_at", "updated_at"}
COMMIT, NEVER = 0, -1
KEPT_BY_FTS = "_fts_"  # in the names of SQLite's own tables for full-text search, never empty


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Counter:
    """Counts statements, and kills the process before the given one."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.count = 0

    def __call__(self, execute, *args):
        self.count += 1
        if self.count == self.fatal:
            die()
        return execute(*args)


@contextmanager
def on_the_server() -> Iterator[psycopg.Cursor]:
    """A cursor outside the tests' database, to create and drop databases with."""
    server = {**connection.get_connection_params(), "dbname": "postgres"}
    with psycopg.connect(**server, autocommit=True) as link, link.cursor() as cursor:
        yield cursor


def copy_of(name: str) -> str:
    """Copy a database over any earlier copy, and return the copy's name."""
    copied = f"{name}_copy"
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm", "-journal"):
            Path(copied + end).unlink(missing_ok=True)
        shutil.copyfile(name, copied)
        return copied
    with on_the_server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copied}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copied}" TEMPLATE "{name}"')
    return copied


def in_a_child(name: str, fatal: int, folder: str) -> tuple[int, int]:
    """Apply in a fork. Return its exit code (negative: a signal) and its number of statements."""
    seen, tell = os.pipe()
    child = os.fork()
    if not child:
        connection.settings_dict["NAME"] = name
        counter = Counter(fatal)
        if fatal == COMMIT:
            connection.commit = die
        with connection.execute_wrapper(counter), Path(os.devnull).open("w") as nowhere:
            call_command("catalog", "--dir", folder, "apply", stdout=nowhere)
        os.write(tell, str(counter.count).encode())
        os._exit(0)
    os.close(tell)
    with os.fdopen(seen) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), int(said or 0)


def rows_of(name: str) -> dict[str, list]:
    """Table → its rows, for all our tables; without the times of writing."""
    connection.settings_dict["NAME"] = name
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(("careers_", "paths_")) and KEPT_BY_FTS not in table:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608
                columns = [column[0] for column in cursor.description]
                rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
                found[table] = [{k: str(row[k]) for k in row.keys() - WHEN} for row in rows]
    connection.close()
    return found


def main() -> None:
    django.setup()
    folder, name = sys.argv[1], str(connection.settings_dict["NAME"])
    load_command_class("careers", "catalog")  # once, instead of in each child
    MigrationLoader(connection)
    connection.close()
    ended = []
    for fatal in json.load(sys.stdin):
        copied = copy_of(name)
        connection.close()
        code, statements = in_a_child(copied, fatal, folder)
        ended.append((fatal, code, statements, rows_of(copied)))
        if fatal >= 0 and len(sys.argv) > 2:  # a second run has to heal what this one left
            code, statements = in_a_child(copied, NEVER, folder)
            ended.append((NEVER, code, statements, rows_of(copied)))
    print(json.dumps(ended))


if __name__ == "__main__":
    main()
