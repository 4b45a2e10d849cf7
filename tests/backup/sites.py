"""Sites on their own SQLite or PostgreSQL database, run with commands as by an operator."""

import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connection

from tests.careers.serving import MIGRATE, ROOT, environment, filled, run, run_program

IS_POSTGRESQL = connection.vendor == "postgresql"  # the tests' own database
ENGINES = ["sqlite", "postgresql"] if IS_POSTGRESQL else ["sqlite"]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "careers.settings"}


@dataclass(frozen=True)
class Site:
    """A site. folder: where its files are. environment: variables for its commands."""

    folder: Path
    environment: dict[str, str]

    @property
    def database(self) -> Path:
        """The file of its SQLite database."""
        return self.folder / "db.sqlite3"

    def manage(self, *words: object, fails: bool = False) -> str:
        """Run a command and return its output. fails: it must fail, instead of succeed."""
        done = run_program("manage.py", *map(str, words), environment=self.environment)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def run(self, code: str) -> str:
        """Run code with Django set up. Return what it prints."""
        return run(code, self.environment)

    @contextmanager
    def running(self, code: str) -> Iterator["subprocess.Popen[str]"]:
        """Run code in the background during the block."""
        process = subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            cwd=ROOT,
            env=self.environment | SETTINGS,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


@contextmanager
def site(engine: str, folder: Path, rows: str = "") -> Iterator[Site]:
    """Make a site with a migrated database. rows: code that fills it."""
    folder.mkdir(exist_ok=True)
    with _database(engine, folder) as url:
        made = Site(folder, environment(folder) | {"DATABASE_URL": url})
        if engine == "sqlite":
            shutil.copyfile(filled(rows)[0], made.database)
        else:
            made.run(MIGRATE + rows)
        yield made


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    name = f"site_{uuid.uuid4().hex[:12]}"
    given = connection.settings_dict
    with _server() as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{name}"
    finally:
        with _server() as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _server() -> psycopg.Connection:
    given = connection.settings_dict
    return psycopg.connect(
        host=given["HOST"], port=given["PORT"], user=given["USER"], dbname="postgres",
        password=given["PASSWORD"] or None, autocommit=True,
    )  # fmt: skip
