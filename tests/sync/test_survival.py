"""What an apply and an export survive: real processes on real databases, killed or without room.

Each test has its own database: a file or, if the tests run on PostgreSQL, one on that server.
"""

import json
import os
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from tests import forking
from tests.careers.serving import migrated, run_program
from tests.examples import sample
from tests.sync.killed import COMMIT, NEVER, on_the_server

ROLE = "roles/ml-engineer.yaml"
KILLED = -signal.SIGKILL
KEYS = {"id", "row"}
STAMP = "stamp"  # a file's size, times and place: set only once the file is some seconds old
SPREAD = 12  # at how many statements a first apply is killed


def run(database: str, *command: str, given: str = "") -> forking.Done:
    environment = {**os.environ, "DATABASE_URL": database}
    return run_program(*command, environment=environment, given=given)


def catalog(database: str, folder: Path, *arguments: str) -> forking.Done:
    return run(database, "manage.py", "catalog", "--dir", str(folder), *arguments)


@contextmanager
def postgres():
    """A new database on the tests' server. It is dropped in the end, and so is its copy."""
    given = connection.settings_dict
    name = f"survival_{os.getpid()}"

    def drop(cursor) -> None:
        for each in (name, f"{name}_copy"):
            cursor.execute(f'DROP DATABASE IF EXISTS "{each}" WITH (FORCE)')

    with on_the_server() as cursor:
        drop(cursor)
        cursor.execute(f'CREATE DATABASE "{name}"')
        password = f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else ""
        yield f"postgres://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{name}"
        drop(cursor)


@pytest.fixture
def database(tmp_path, django_db_setup, django_db_blocker):
    """The URL of a database with our tables, all of them empty."""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with postgres() as address:
                assert not run(address, "manage.py", "migrate", "-v0").returncode
                yield address
        else:
            yield f"sqlite:///{shutil.copyfile(migrated(), tmp_path / 'db.sqlite3')}"


@pytest.fixture
def applied(files, database):
    """The small catalog, applied; then its files change in many ways."""
    assert not catalog(database, files.folder, "apply").returncode
    files.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    files.change(ROLE, "region: EU", "region: Spain")
    files.change("paths/rag/path.yaml", "title: RAG", "title: Retrieval")
    files.change("backgrounds.yaml", "- rag/chunking", "- rag/when-to-retrieve")
    files.remove("paths/rag/chunking.md")
    files.change("paths/rag/path.yaml", "  - chunking\n", "")
    files.write("roles/new.yaml", files.text(ROLE).replace("code: ML", "code: NW"))
    return files


def killed_at(database: str, folder: Path, statements, *heal: str) -> list[tuple]:
    """How applies on copies ended: fatal statement, exit code, number of statements, rows."""
    program = str(Path(__file__).with_name("killed.py"))
    done = run(database, program, str(folder), *heal, given=json.dumps(list(statements)))
    assert not done.returncode, done.stderr
    return [tuple(each) for each in json.loads(done.stdout)]


# -- Killed --------------------------------------------------------------------------------


def test_an_apply_that_is_killed_at_any_statement_leaves_all_as_it_was(applied, database):
    ((_, code, statements, after),) = killed_at(database, applied.folder, [NEVER])
    assert code == 0
    fatal = [COMMIT, *sample(range(1, statements + 1), 4)]
    ended = killed_at(database, applied.folder, fatal)
    assert [code for _, code, _, _ in ended] == [KILLED] * len(fatal)
    ((_, _, _, before),) = killed_at(database, applied.folder, [1])
    assert before != after
    assert [at for at, _, _, left in ended if left != before] == []


def without_keys(tables: dict[str, list]) -> dict[str, list]:
    """The rows without primary keys, which differ: a sequence isn't rolled back."""
    return {
        table: sorted(
            sorted(
                (name, value)
                for name, value in row.items()
                if name not in {*KEYS, STAMP} and "_id" not in name
            )
            for row in rows
        )
        for table, rows in tables.items()
    }


def test_the_next_run_heals_what_a_killed_one_left(applied, database):
    ((_, _, statements, after),) = killed_at(database, applied.folder, [NEVER])
    fatal = [COMMIT, 1, statements // 2, statements]
    ended = killed_at(database, applied.folder, fatal, "heal")
    healed = [without_keys(left) for at, _, _, left in ended if at == NEVER]
    assert healed == [without_keys(after)] * len(fatal)


def test_a_first_apply_that_is_killed_leaves_an_empty_database(files, database):
    ((_, _, statements, after),) = killed_at(database, files.folder, [NEVER])
    assert any(after.values())
    step = max(1, statements // SPREAD)
    ended = killed_at(database, files.folder, [COMMIT, *range(1, statements, step)])
    for _, code, _, left in ended:
        assert code == KILLED
        assert not any(left[table] for table in left if table != "careers_migrations")


# -- Two writers at once -------------------------------------------------------------------


def test_two_applies_at_once_write_once(files, database):
    command = [sys.executable, "manage.py", "catalog", "--dir", str(files.folder), "apply"]
    environment = {**os.environ, "DATABASE_URL": database}
    both = [
        subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [each.communicate(timeout=120) for each in both]
    assert [each.returncode for each in both] == [0, 0], said
    closing = sorted(out.splitlines()[-1] for out, _ in said)
    assert closing == [
        "Catalog applied: 0 added, 0 changed, 0 retired, 0 live edits kept.",
        "Catalog applied: 11 added, 0 changed, 0 retired, 0 live edits kept.",
    ]
    assert len(catalog(database, files.folder, "log").stdout.split("files by")) == 2


def start(database: str, *command: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("meeting.py")), *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def go_on(process: subprocess.Popen) -> None:
    process.stdin.write("go on\n")
    process.stdin.flush()


def test_an_editor_who_saves_during_an_apply_waits_and_nothing_is_lost(applied, database):
    """The form was opened before the apply began, and is submitted while it writes."""
    editor = start(database, "edit")
    assert editor.stdout.readline() == "open\n"
    apply = start(database, "apply", str(applied.folder))
    assert apply.stdout.readline() == "writing\n"
    go_on(editor)
    answered, _, _ = select.select([editor.stdout], [], [], 1)
    assert not answered, "the editor's save did not wait"
    go_on(apply)
    assert apply.communicate(timeout=60)[0].endswith("0 live edits kept.\n")
    assert editor.communicate(timeout=60)[0] == "302\n"
    drift = catalog(database, applied.folder, "drift").stdout.splitlines()
    assert [line.split(": ")[:2] for line in drift[:-1]] == [
        ["edited   roles/ml-engineer", "summary"]
    ]
    log = catalog(database, applied.folder, "log", "roles/ml-engineer").stdout.splitlines()
    assert log[1] == "       roles/ml-engineer: summary"
    assert log[3] == "       roles/ml-engineer: salary_bands, title"


# -- Full disk -----------------------------------------------------------------------------


def catalog_without_room(
    database: str, folder: Path, *arguments: str, room: int
) -> subprocess.CompletedProcess:
    """Run a command that can't write beyond `room` bytes of a file, as if the disk were full."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return subprocess.run(
        [sys.executable, "manage.py", "catalog", "--dir", str(folder), *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="PostgreSQL writes its own files",
)
def test_a_full_disk_during_an_apply_is_said_and_leaves_the_database_as_it_was(
    applied, database, tmp_path
):
    file = tmp_path / "db.sqlite3"
    before = list(sqlite3.connect(file).iterdump())
    applied.change("paths/rag/when-to-retrieve.md", "word word", f"{'many ' * 100_000}word")
    applied.change("paths/rag/when-to-retrieve.md", "minutes: 1", "minutes: 500")
    done = catalog_without_room(database, applied.folder, "apply", room=file.stat().st_size)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Nothing was written" in done.stderr
    assert list(sqlite3.connect(file).iterdump()) == before
    assert not catalog(database, applied.folder, "apply").returncode


def test_a_full_disk_during_an_export_is_said_and_leaves_the_files_as_they_were(files, database):
    assert not catalog(database, files.folder, "apply").returncode
    words = "Role.objects.update(honest_scope=' '.join(['word'] * 30_000))"
    made = run(database, "manage.py", "shell", "-v0", "-c", words)
    assert not made.returncode, made.stderr
    before = {path: path.read_bytes() for path in files.folder.rglob("*") if path.is_file()}
    done = catalog_without_room(database, files.folder, "export", room=65_536)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Nothing was written: the files are as before." in done.stderr
    assert {path: path.read_bytes() for path in files.folder.rglob("*") if path.is_file()} == before
    assert not catalog(database, files.folder, "export").returncode


# -- From one database engine to another ---------------------------------------------------


def test_what_was_loaded_on_sqlite_is_the_same_here(files, database, tmp_path):
    """Rows dumped from SQLite are loaded into this database; then an apply has nothing to do."""
    other = f"sqlite:///{shutil.copyfile(migrated(), tmp_path / 'other.sqlite3')}"
    assert not catalog(other, files.folder, "apply").returncode
    dump = str(tmp_path / "rows.json")
    dumped = run(other, "manage.py", "dumpdata", "careers", "paths", "-o", dump)
    assert not dumped.returncode, dumped.stderr
    loaded = run(database, "manage.py", "loaddata", dump)
    assert not loaded.returncode, loaded.stderr
    files.change(ROLE, "code: ML", "# so that the files are read again\ncode: ML")
    plan = catalog(database, files.folder, "plan")
    assert (plan.returncode, plan.stdout.splitlines()) == (
        0,
        ["Plan: 0 to add, 0 to change, 0 to retire, 0 live edits to keep, 0 conflicts."],
    )
