"""Start and stop a site of a test's own: the production server, started by bin/serve."""

import atexit
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPResponse
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders

from careers.staticfiles import manifest_name
from tests import forking

ROOT = Path(__file__).resolve().parent.parent.parent
MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
PATIENCE = 60  # seconds; a test that waits longer is broken, not slow
PATIENCE_WITH_PROGRAMS = 300
# Third-party modules, which take most of the time that our programs need to start.
LIBRARIES = (
    *("django.contrib.admin.options", "django.core.management", "django.test"),
    *("django.db.backends.sqlite3.base", "django.db.migrations.executor"),
    *("environs", "latex2mathml.converter", "lxml.html", "markdown_it", "pydantic.types", "yaml"),
)


def wait_for(what: Callable[[], object]) -> None:
    """Wait until `what()` is true. Raises TimeoutError after PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a site that keeps its data in `folder`. more: further variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "SECRET_KEY": "a key for tests alone " * 3,
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
        "WEB_WORKERS": "2",
        **more,
    }


@cache
def migrated() -> Path:
    """Return an SQLite database to copy: all tables, none of our rows. Made once a process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    run(MIGRATE, environment(folder))
    return folder / "db.sqlite3"


@cache
def filled(rows: str) -> tuple[Path, str]:
    """Return such a database with rows, and what the code that made them printed.

    rows: the code, which runs once a process.
    """
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    shutil.copyfile(migrated(), folder / "db.sqlite3")
    return folder / "db.sqlite3", run(rows, environment(folder)) if rows else ""


def run_program(
    *command: str, environment: dict[str, str], root: Path = ROOT, given: str = ""
) -> forking.Done:
    """Run one of our programs to its end, in its own process. root: the folder of its code."""
    return forking.run(
        command,
        environment=environment,
        folder=root,
        libraries=LIBRARIES,
        given=given,
        timeout=PATIENCE_WITH_PROGRAMS,
    )


def run(code: str, environment: dict[str, str], root: Path = ROOT) -> str:
    """Run code in its own process, with Django set up. Return what it prints."""
    done = run_program(
        *("-c", f"import django; django.setup()\n{code}"),
        environment=environment | {"DJANGO_SETTINGS_MODULE": "careers.settings"},
        root=root,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def set_up(folder: Path, rows: str = "", *, root: Path = ROOT, **more: str) -> str:
    """Make a site's database and static manifest. Return what the code in `rows` prints.

    rows: code that fills the database. root: the folder of the site's code.
    """
    name_static_files(folder, root)
    if root == ROOT and "DATABASE_URL" not in more:
        database, said = filled(rows)
        shutil.copyfile(database, folder / "db.sqlite3")
        return said
    return run(MIGRATE + rows, environment(folder, **more), root)


def name_static_files(folder: Path, root: Path) -> None:
    """Write the manifest as `collectstatic` does, but with every file under its own name."""
    manifest = folder / "static" / manifest_name(root)
    if manifest.exists():
        return
    own = root / "static"
    names = {name for finder in get_finders() for name, _ in finder.list([])}
    names |= {str(file.relative_to(own)) for file in own.rglob("*") if file.is_file()}
    text = json.dumps({"version": "1.1", "hash": "", "paths": {name: name for name in names}})
    manifest.parent.mkdir(exist_ok=True)
    manifest.write_text(text)
    (manifest.parent / "staticfiles.json").write_text(text)  # where older code looks for it


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def workers(self) -> set[int]:
        """The process ids of the workers; empty once the server has ended."""
        pid = self.process.pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except FileNotFoundError:
            return set()
        return {child for child in map(int, children) if _is_worker(child)}

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def status(self, url: str = "/healthz", *, pause: float = 0) -> int:
        """Return the status of an answer, or 0 if there is none."""
        try:
            with self.get(url, pause=pause) as response:
                return response.status
        except (OSError, http.client.HTTPException):
            return 0

    def get(
        self, url: str, headers: dict[str, str] | None = None, *, pause: float = 0
    ) -> HTTPResponse:
        """Return the answer to a request. Reading it to its end closes the connection.

        pause: seconds between connecting and sending, like a distant client's.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.connect()
            time.sleep(pause)
            connection.request("GET", url, headers={**(headers or {}), "Connection": "close"})
            return connection.getresponse()
        except BaseException:
            connection.close()  # otherwise, reading the answer closes it
            raise

    def post(self, url: str, body: bytes = b"", *, headers: dict[str, str]) -> socket.socket:
        """Send a form, or a part of it. Return the connection, to read the answer from."""
        form = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
        sent = {"Host": f"localhost:{self.port}"} | form | headers
        lines = [f"POST {url} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return connection


def _is_worker(pid: int) -> bool:
    """
    Return whether a process answers requests, or will.

    Newer Pythons also start a resource tracker. A process may end at any moment: then its command
    line is empty or can't be read.
    """
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return bool(command) and b"resource_tracker" not in command


@contextmanager
def starting(folder: Path, *, root: Path = ROOT, port: int = 0, **more: str) -> Iterator[Server]:
    """Start a server without waiting for it; kill it at the end. root: the folder of its code."""
    port = port or free_port()
    name_static_files(folder, root)
    command = [str(root / "bin" / "serve"), "--no-setup", "--port", str(port)]
    log = folder / f"log-{port}"
    with log.open("a") as out:
        process = subprocess.Popen(
            command, env=environment(folder, **more), stdout=out, stderr=subprocess.STDOUT
        )
    server = Server(process, port, log)
    try:
        yield server
    finally:
        for pid in () if server.ended else (process.pid, *server.workers):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


@contextmanager
def serving(folder: Path, *, root: Path = ROOT, port: int = 0, **more: str) -> Iterator[Server]:
    """Start a server, and wait until it answers and all its workers are there."""
    workers = int(environment(folder, **more)["WEB_WORKERS"])
    with starting(folder, root=root, port=port, **more) as server:
        wait_for(lambda: server.status() == 200 and len(server.workers) == workers)
        yield server
