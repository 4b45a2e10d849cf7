"""Python programs in processes of their own, forked from one that has loaded their libraries.

To start Python and to load Django takes half a second of the processor, to fork what has loaded it
a hundredth. A program has its own arguments, environment, folder and streams, and ends as any other
does. Who tests how Python starts, or how a program meets its streams, starts it without this.

Run as a program, this file is what forks. It loads nothing of ours: each fork does.
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

# What libraries look at when they are loaded; a program has the environment that it is given.
LOADING = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "1"}
# What lets numbers be reckoned as on another processor: of who tries what of a lesson that changes.
PROCESSOR = ("OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES")
STREAMS = 3


@dataclass(frozen=True)
class Done:
    """How a program ended. loading: seconds of the processor that its libraries took, once."""

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
    """Run a program: the file of a script, or "-c" and code, and its arguments.

    libraries: modules that are loaded before. flags: of Python. given: to read from its standard
    input. Raises TimeoutExpired, with nothing of the program left, or a RuntimeError if a library
    can't be loaded.
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
    """A process that has loaded some libraries, and forks for one program after another."""

    def __init__(self, libraries: tuple[str, ...], flags: tuple[str, ...]) -> None:
        self.command = [sys.executable, *flags, __file__, *libraries]
        self.lock = threading.Lock()
        self.start()
        atexit.register(self.end)

    def start(self) -> None:
        self.link, theirs = socket.socketpair()
        self.said = TemporaryFile("w+")  # noqa: SIM115  as long as the process lives
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
        """What is said of a program's end: nothing of a process that is gone, None of no end."""
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
    """Return, in a fork, the numbers of the files that a program is asked for with."""
    while True:
        _, files, _, _ = socket.recv_fds(link, 1, 1 + STREAMS)
        if not files:
            os._exit(0)  # nobody asks any more
        child = os.fork()
        if not child:
            return files
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        link.sendall(json.dumps([os.waitstatus_to_exitcode(status), loading]).encode())


def become(files: list[int]) -> None:
    """Be the program, from here to the end of this process."""
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
    gc.freeze()  # what is there already stays in the memory that the forks share
    link = socket.socket(fileno=os.dup(0))
    files = fork_for_each(link, loading)
    link.close()
    become(files)


if __name__ == "__main__":
    main()
