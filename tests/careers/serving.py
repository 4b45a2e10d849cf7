"""A site of its own to start and to stop: the production server, as bin/serve starts it."""

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
PATIENCE = 60  # seconds; a test that waits as long for the machine is broken, not slow
PATIENCE_WITH_PROGRAMS = 300
# Those of others, which take most of the time that our programs take to start.
LIBRARIES = (
    *("django.contrib.admin.options", "django.core.management", "django.test"),
    *("django.db.backends.sqlite3.base", "django.db.migrations.executor"),
    *("environs", "latex2mathml.converter", "lxml.html", "markdown_it", "pydantic.types", "yaml"),
)


def wait_for(what: Callable[[], object]) -> None:
    """Return once something is true."""
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a site that keeps everything in a folder is started with. more: other variables."""
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
    """A database of SQLite with all tables and no rows of ours: made once a process, to copy."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    run(MIGRATE, environment(folder))
    return folder / "db.sqlite3"


@cache
def filled(rows: str) -> tuple[Path, str]:
    """Such a database with rows, made once a process, and what the code that made them printed."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    shutil.copyfile(migrated(), folder / "db.sqlite3")
    return folder / "db.sqlite3", run(rows, environment(folder)) if rows else ""


def run_program(
    *command: str, environment: dict[str, str], root: Path = ROOT, given: str = ""
) -> forking.Done:
    """Run a program of ours to its end, in a process of its own. root: of its code."""
    return forking.run(
        command,
        environment=environment,
        folder=root,
        libraries=LIBRARIES,
        given=given,
        timeout=PATIENCE_WITH_PROGRAMS,
    )


def run(code: str, environment: dict[str, str], root: Path = ROOT) -> str:
    """Run code with Django set up, in a process of its own, and get what it prints."""
    done = run_program(
        *("-c", f"import django; django.setup()\n{code}"),
        environment=environment | {"DJANGO_SETTINGS_MODULE": "careers.settings"},
        root=root,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def set_up(folder: Path, rows: str = "", *, root: Path = ROOT, **more: str) -> str:
    """Make a database and name the static files. rows: code that fills it; get what it prints.

    root: of the code that makes it.
    """
    name_static_files(folder, root)
    if root == ROOT and "DATABASE_URL" not in more:
        database, said = filled(rows)
        shutil.copyfile(database, folder / "db.sqlite3")
        return said
    return run(MIGRATE + rows, environment(folder, **more), root)


def name_static_files(folder: Path, root: Path) -> None:
    """Make the manifest that collecting would, with files under their own names."""
    manifest = folder / "static" / manifest_name(root)
    if manifest.exists():
        return
    own = root / "static"
    names = {name for finder in get_finders() for name, _ in finder.list([])}
    names |= {str(file.relative_to(own)) for file in own.rglob("*") if file.is_file()}
    text = json.dumps({"version": "1.1", "hash": "", "paths": {name: name for name in names}})
    manifest.parent.mkdir(exist_ok=True)
    manifest.write_text(text)
    (manifest.parent / "staticfiles.json").write_text(text)  # as older code has it


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def workers(self) -> set[int]:
        """The numbers of the processes that answer; empty once the server ended."""
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
        """What a request is answered; 0 if nobody answers."""
        try:
            with self.get(url, pause=pause) as response:
                return response.status
        except (OSError, http.client.HTTPException):
            return 0

    def get(
        self, url: str, headers: dict[str, str] | None = None, *, pause: float = 0
    ) -> HTTPResponse:
        """The answer to a request; who reads it closes the connection.

        pause: seconds between connecting and asking, as from far away.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.connect()
            time.sleep(pause)
            connection.request("GET", url, headers={**(headers or {}), "Connection": "close"})
            return connection.getresponse()
        except BaseException:
            connection.close()  # of an answer, who reads it does
            raise

    def post(self, url: str, body: bytes = b"", *, headers: dict[str, str]) -> socket.socket:
        """Send a form, or as much of it as is given; its answer can be read then."""
        form = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
        sent = {"Host": f"localhost:{self.port}"} | form | headers
        lines = [f"POST {url} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return connection


def _is_worker(pid: int) -> bool:
    """
    Whether a process answers requests, or will.

    Newer Pythons start one besides that cleans up after the others. And what a process runs is
    empty, or can't be read any more, once it ended: it may do so while it is looked at.
    """
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return bool(command) and b"resource_tracker" not in command


@contextmanager
def starting(folder: Path, *, root: Path = ROOT, port: int = 0, **more: str) -> Iterator[Server]:
    """A server that begins to start; in the end nothing of it is left. root: of its code."""
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
    """A server that answers, with every worker that it is to have."""
    workers = int(environment(folder, **more)["WEB_WORKERS"])
    with starting(folder, root=root, port=port, **more) as server:
        wait_for(lambda: server.status() == 200 and len(server.workers) == workers)
        yield server
