"""Run Python programs in processes forked from one that has loaded their libraries.

Starting Python and loading Django takes half a second of CPU time; forking a process that has done
so takes a hundredth. A program gets its own arguments, environment, folder and streams, and ends
like any other. Tests of how Python starts, or of how a program opens its streams, can't use this.

Run as a program, this file is the process that forks. It loads none of our code: each fork does.
"""

import atexit
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import types
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile

# The environment in which libraries are loaded. Each program then gets its own.
LOADING = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "1"}
# Kept if they are set: numbers then come out as on another processor, to see what that changes.
PROCESSOR = ("OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES")
STREAMS = 3


@dataclass(frozen=True)
class Done:
    """How a program ended. loading: CPU seconds that loading its libraries took, once."""

    returncode: int
    stdout: str
    stderr: str
    loading: float


def run(
    command: Sequence[str],
    *,
    environment: dict[str, str],
    folder: Path,
    libraries: Sequence[str] = (),
    flags: Sequence[str] = (),
    given: str = "",
    timeout: float | None = None,
) -> Done:
    """Run a program and wait for its end.

    command: a script's file, or "-c" and code, followed by arguments. libraries: modules loaded
    before the fork. flags: Python's own. given: its standard input. Raises TimeoutExpired after
    killing the program, or RuntimeError if a library can't be loaded.
    """
    return _forking(tuple(libraries), tuple(flags)).run(
        {"command": list(command), "environment": environment, "folder": str(folder)},
        given,
        timeout,
    )


@cache
def _forking(libraries: tuple[str, ...], flags: tuple[str, ...]) -> "_Forking":
    return _Forking(libraries, flags)


class _Forking:
    """A process that has loaded some libraries, and forks once for each program."""

    def __init__(self, libraries: tuple[str, ...], flags: tuple[str, ...]) -> None:
        self.command = [sys.executable, *flags, __file__, *libraries]
        self.lock = threading.Lock()
        self.start()
        atexit.register(self.end)

    def start(self) -> None:
        self.link, theirs = socket.socketpair()
        self.said = TemporaryFile("w+")  # noqa: SIM115  open as long as the process lives
        self.process = subprocess.Popen(
            self.command,
            env=LOADING | {name: os.environ[name] for name in PROCESSOR if name in os.environ},
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=self.said,
            start_new_session=True,
        )
        theirs.close()

    def end(self) -> None:
        self.link.close()
        self.process.wait()
        self.said.close()

    def run(self, wanted: dict[str, object], given: str, timeout: float | None) -> Done:
        with self.lock, ExitStack() as files:
            asked, *streams = (files.enter_context(TemporaryFile("w+")) for _ in range(1 + STREAMS))
            json.dump(wanted, asked)
            streams[0].write(given)
            for file in (asked, streams[0]):
                file.flush()
                file.seek(0)
            answer = self.ask([file.fileno() for file in (asked, *streams)], timeout)
            if answer is None:
                raise subprocess.TimeoutExpired(str(wanted["command"]), timeout or 0)
            if not answer:
                self.said.seek(0)
                raise RuntimeError(f"libraries can't be loaded:\n{self.said.read()}")
            for file in streams[1:]:
                file.seek(0)
            code, loading = json.loads(answer)
            return Done(code, streams[1].read(), streams[2].read(), loading)

    def ask(self, files: list[int], timeout: float | None) -> bytes | None:
        """Return the report of a program's end: empty if this process is gone, None on time-out."""
        self.link.settimeout(timeout)
        try:
            socket.send_fds(self.link, [b"?"], files)
            return self.link.recv(1000)
        except ConnectionError:
            return b""
        except BaseException as given_up:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.end()
            self.start()
            if isinstance(given_up, TimeoutError):
                return None
            raise


# -- The process that forks ------------------------------------------------------------------


def fork_for_each(link: socket.socket, loading: float) -> list[int]:
    """Fork for each request. Return in the child only: the descriptors that came with it."""
    while True:
        _, files, _, _ = socket.recv_fds(link, 1, 1 + STREAMS)
        if not files:
            os._exit(0)  # the tests have closed their end
        child = os.fork()
        if not child:
            return files
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        link.sendall(json.dumps([os.waitstatus_to_exitcode(status), loading]).encode())


def become(files: list[int]) -> None:
    """Turn this process into the program, until it ends."""
    asked, *streams = files
    with os.fdopen(asked) as file:
        wanted = json.load(file)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(wanted["environment"])
    time.tzset()
    os.chdir(wanted["folder"])
    name, *arguments = wanted["command"]
    if name == "-c":
        code, name, *arguments = arguments[0], "-c", *arguments[1:]
    else:
        code = Path(name).read_text(encoding="utf-8")
    sys.argv = [name, *arguments]
    if not sys.flags.safe_path:
        sys.path[0] = "" if name == "-c" else str(Path(name).resolve().parent)
    program = types.ModuleType("__main__")
    program.__file__ = name
    sys.modules["__main__"] = program
    exec(compile(code, name, "exec"), program.__dict__)  # noqa: S102


def main() -> None:
    began = time.process_time()
    for library in sys.argv[1:]:
        importlib.import_module(library)
    loading = time.process_time() - began
    gc.collect()
    gc.freeze()  # so that garbage collection doesn't touch, and copy, memory that forks share
    link = socket.socket(fileno=os.dup(0))
    files = fork_for_each(link, loading)
    link.close()
    become(files)


if __name__ == "__main__":
    main()
