"""A PostgreSQL of one's own, to be stopped, frozen and started again."""

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
OWNER = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # it refuses to be root


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
        """Let all of it stand still: it takes connections, and says nothing.

        Which processes there are, the system tells reliably once they stand still. One that was
        passed over would go on answering. All are told at once, and then waited for: as long
        as some answer and none can be reached anew, the database comes and goes.
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
    """Whether a process was stopped, or is gone."""
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
    """A cluster that answers; in the end nothing of it is left."""
    if not BINARIES:
        pytest.skip("PostgreSQL's programs aren't installed")
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  a disk would take longer
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
