"""Run one lesson in a process of its own: its blocks, then each way of doing its practice.

Reads a job as JSON from standard input, and writes what happened as JSON to standard output. The
blocks run once; each way goes on from there in a fork, with a copy of the folder, so that none sees
what another did. This module imports nothing of ours.
"""

import contextlib
import filecmp
import importlib.util
import io
import json
import locale
import os
import resource
import shutil
import sys
import threading
import traceback
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

type Cell = dict[str, Any]  # code, file, line (the number of its first line)
type Happened = dict[str, Any]

# Of processor time, for the blocks and again for each way: well beyond what a lesson may take, so
# that it suffices on slow machines.
SECONDS_AT_MOST = 60
HERE = ("127.0.0.1", "localhost", "::1")


class Lesson:
    """A lesson's namespace, in which cells run one after another."""

    def __init__(self) -> None:
        self.module = types.ModuleType("__main__")
        sys.modules["__main__"] = self.module

    def run(self, cells: list[Cell]) -> Happened:
        """Run cells up to the first that fails: what each printed, which one failed, and why."""
        outputs: list[str] = []
        for cell in cells:
            out = io.StringIO()
            # With empty lines in front, tracebacks have the line numbers of the lesson's file.
            code = "\n" * (cell["line"] - 1) + cell["code"]
            try:
                with contextlib.redirect_stdout(out):
                    exec(compile(code, cell["file"], "exec"), self.module.__dict__)  # noqa: S102
            except BaseException as error:  # SystemExit counts as a failure too
                shown = traceback.format_exception(error.with_traceback(_own_part(error)))
                failed = {"kind": type(error).__name__, "shown": "".join(shown)}
                return {"outputs": outputs, "failed_at": len(outputs), **failed}
            outputs.append(out.getvalue())
        return {"outputs": outputs, "failed_at": None}


def _own_part(error: BaseException) -> types.TracebackType | None:
    """The traceback without the frames of this file."""
    trace = error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace


def forked(work: Callable[[], Happened]) -> Happened:
    """What work returns, done in a fork; if the fork dies, how it ended."""
    reading, writing = os.pipe()
    with warnings.catch_warnings(action="ignore"):  # Python warns of forks among threads
        child = os.fork()
    if not child:
        try:
            with os.fdopen(writing, "w") as pipe:
                json.dump(work(), pipe)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status, used = os.wait4(child, 0)
    if not said:
        ended = f"ended with status {status}, after {used.ru_utime:.1f} s of the processor"
        return {"outputs": [], "failed_at": 0, "kind": "Ended", "shown": ended, "seconds": 0}
    return {"seconds": used.ru_utime + used.ru_stime, **json.loads(said)}


@dataclass(frozen=True)
class Job:
    """What is to run, and the folder that has the lesson's files in `files`."""

    blocks: list[Cell]
    ways: dict[str, list[Cell]]
    folder: Path
    stand_in: "StandIn | None"

    def whole(self) -> Happened:
        """The blocks, then every way of doing the practice."""
        go_into(self.folder / "files", self.folder / "blocks")
        lesson = Lesson()
        blocks = lesson.run(self.blocks)
        if blocks["failed_at"] is not None:
            return {"blocks": blocks, "ways": {}}
        blocks["changed"] = changed(self.folder / "files", self.folder / "blocks")
        if threading.active_count() > 1:  # a fork lacks the other threads: see anew()
            return {"blocks": blocks, "ways": None}
        if self.stand_in:
            self.stand_in.remember()
        ways = {name: forked(partial(self.go_on, lesson, name)) for name in self.ways}
        return {"blocks": blocks, "ways": ways}

    def go_on(self, lesson: Lesson, name: str) -> Happened:
        if self.stand_in:
            self.stand_in.go_back()
        go_into(self.folder / "blocks", self.folder / name)
        return lesson.run(self.ways[name])

    def anew(self, name: str) -> Happened:
        """One way of doing the practice, after the blocks have run again in this process."""
        if self.stand_in:
            self.stand_in.go_back()
        go_into(self.folder / "files", self.folder / name)
        lesson = Lesson()
        blocks = lesson.run(self.blocks)
        return blocks if blocks["failed_at"] is not None else lesson.run(self.ways[name])


def changed(given: Path, folder: Path) -> list[str]:
    """Names of given files that were changed or deleted in a copy of their folder."""
    names = [file.name for file in given.iterdir() if file.is_file()]
    _, other, gone = filecmp.cmpfiles(given, folder, names, shallow=False)
    return sorted(other + gone)


def go_into(given: Path, folder: Path) -> None:
    shutil.copytree(given, folder)
    os.chdir(folder)


class StandIn:
    """The stand-in for a model, in a process of its own, which can go back to a remembered state.

    So each way of doing the practice finds it as the blocks left it. It exits with its parent.
    """

    def __init__(self, code: Path, answers: Path) -> None:
        self.server = server_of(code, answers)  # it listens before any request is made
        orders, self.orders = os.pipe()
        self.done, done = os.pipe()
        if not os.fork():
            os.close(self.orders)
            threading.Thread(target=self.server.serve_forever, daemon=True).start()
            self._obey(orders, done)
            os._exit(0)
        os.close(orders)
        os.close(done)
        self.server.socket.close()

    def _obey(self, orders: int, done: int) -> None:
        given = self.server.answers.given
        kept = given.copy()
        while order := os.read(orders, 1):
            if order == b"r":
                kept = given.copy()
            else:
                given.clear()
                given.update(kept)
            os.write(done, b"+")

    def remember(self) -> None:
        self._tell(b"r")

    def go_back(self) -> None:
        self._tell(b"b")

    def _tell(self, order: bytes) -> None:
        os.write(self.orders, order)
        os.read(self.done, 1)


def server_of(code: Path, answers: Path) -> Any:
    """A server of answers, made by the very file that readers download."""
    spec = importlib.util.spec_from_file_location("model_server", code)
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ModelServer(module.load(answers))


def have_no_encoding_of_its_own() -> None:
    """Make ASCII the default encoding of files, so that code has to name another.

    Readers' default may not be UTF-8: on Windows, Python before 3.15 takes that of the country.
    """
    locale.setlocale(locale.LC_CTYPE, "C")


def forbid_the_network() -> None:
    """Refuse every connection except to this machine."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            host = arguments[1][0]
        elif event == "socket.getaddrinfo":
            host = arguments[0]
        else:
            return
        if host not in {None, *HERE}:
            raise PermissionError(f"a lesson asks nobody but $MODEL_URL, not {host}")

    sys.addaudithook(refuse)


def main() -> None:
    # What a lesson's own child processes print must not mix with the JSON.
    result = os.dup(1)
    os.dup2(2, 1)
    given = json.load(sys.stdin)
    folder = Path(given["folder"])
    resource.setrlimit(resource.RLIMIT_CPU, (given["seconds"], given["seconds"]))
    answers = folder / "files" / "answers.json"
    stand_in = None
    if given["model_url"]:
        os.environ["MODEL_URL"] = given["model_url"]
    elif answers.exists():
        stand_in = StandIn(Path(given["model_server"]), answers)
        os.environ["MODEL_URL"] = stand_in.server.url
    forbid_the_network()
    have_no_encoding_of_its_own()
    job = Job(given["blocks"], given["ways"], folder, stand_in)
    done = forked(job.whole)
    if "blocks" not in done:  # it was killed
        done = {"blocks": done, "ways": {}}
    if done["ways"] is None:
        done["ways"] = {name: forked(partial(job.anew, name)) for name in job.ways}
    os.write(result, json.dumps(done).encode())


if __name__ == "__main__":
    sys.path.append("")  # lessons import files beside them; -I leaves the current folder out
    main()
