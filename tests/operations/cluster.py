"""A PostgreSQL cluster for tests to stop, freeze and start again."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.careers.serving import free_port, wait_for

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
OWNER = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # not as root


@dataclass(frozen=True)
class Cluster:
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://careers@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c fsync=off"
        self._control("-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "stop")

    def freeze(self) -> None:
        """Stop all its processes with SIGSTOP: connections are accepted, but nothing answers.

        The list of processes is reliable only once they have stopped, so it is read again until
        none is new: one that was missed would go on answering. All get the signal before any is
        waited for, or the database would seem to come and go meanwhile.
        """
        still: set[int] = set()
        while moving := {*self._processes} - still:
            for pid in moving:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGSTOP)
            for pid in moving:
                wait_for(partial(_is_still, pid))
            still |= moving

    def thaw(self) -> None:
        for pid in reversed(self._processes):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    @property
    def _processes(self) -> list[int]:
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    def _control(self, *arguments: str) -> None:
        run("pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments)


def _is_still(pid: int) -> bool:
    """Return whether a process is stopped or gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] in "TZX"
    except FileNotFoundError:
        return True


def run(program: str, *arguments: str) -> None:
    subprocess.run(
        [*OWNER, str(BINARIES[-1] / program), *arguments], check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def running() -> Iterator[Cluster]:
    """Run a cluster while the block runs, and remove it afterwards."""
    if not BINARIES:
        pytest.skip("PostgreSQL's programs aren't installed")
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  faster than a disk
    with TemporaryDirectory(dir=memory) as made:
        folder = Path(made)
        if OWNER:
            shutil.chown(folder, "postgres")
        run("initdb", "-D", str(folder / "data"), "-U", "careers", "--auth", "trust", "--no-sync")
        cluster = Cluster(folder, free_port())
        cluster.start()
        try:
            yield cluster
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                cluster.thaw()
                cluster.stop()
