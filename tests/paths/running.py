"""Run one lesson in a process of its own: its blocks, then each way of doing its practice.

A job comes as JSON on standard input, what happened goes as JSON to standard output. The blocks
run once; each way of doing the practice goes on from there in a fork, with a copy of the folder, so
that none sees what another did. Imports nothing of ours.
"""

import contextlib
import io
import json
import os
import resource
import shutil
import sys
import threading
import traceback
import types
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

type Cell = dict[str, Any]  # code, file, line: of its first line of code
type Happened = dict[str, Any]

SECONDS = 5  # of the processor, for the blocks and again for each way
HERE = ("127.0.0.1", "localhost", "::1")


class Lesson:
    """A lesson's namespace, in which cells run one after another."""

    def __init__(self) -> None:
        self.module = types.ModuleType("__main__")
        sys.modules["__main__"] = self.module

    def run(self, cells: list[Cell]) -> Happened:
        """What each cell printed, up to the first that failed, and which that was, and why."""
        outputs: list[str] = []
        for cell in cells:
            out = io.StringIO()
            # A traceback then names the line of the lesson's file.
            code = "\n" * (cell["line"] - 1) + cell["code"]
            try:
                with contextlib.redirect_stdout(out):
                    exec(compile(code, cell["file"], "exec"), self.module.__dict__)  # noqa: S102
            except BaseException as error:  # SystemExit is a failure as well
                shown = traceback.format_exception(error.with_traceback(_own_part(error)))
                failed = {"kind": type(error).__name__, "shown": "".join(shown)}
                return {"outputs": outputs, "failed_at": len(outputs), **failed}
            outputs.append(out.getvalue())
        return {"outputs": outputs, "failed_at": None}


def _own_part(error: BaseException) -> types.TracebackType | None:
    """The traceback without this file's own part."""
    trace = error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace


def forked(work: Callable[[], Happened]) -> Happened:
    """What work gives, done in a fork; how the fork ended where it gave nothing."""
    reading, writing = os.pipe()
    with warnings.catch_warnings(action="ignore"):  # whoever forks among threads is warned
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


def whole(job: dict[str, Any], folder: Path) -> Happened:
    """The blocks, then every way of doing the practice."""
    go_into(folder / "files", folder / "blocks")
    lesson = Lesson()
    blocks = lesson.run(job["blocks"])
    if blocks["failed_at"] is not None:
        return {"blocks": blocks, "ways": {}}
    if threading.active_count() > 1:  # a fork has none of them
        return {"blocks": blocks, "ways": None}

    def way(name: str) -> Happened:
        go_into(folder / "blocks", folder / name)
        return lesson.run(job["ways"][name])

    ways = {name: forked(partial(way, name)) for name in job["ways"]}
    return {"blocks": blocks, "ways": ways}


def anew(job: dict[str, Any], folder: Path, name: str) -> Happened:
    """One way of doing the practice, in a process that runs the blocks for it."""
    go_into(folder / "files", folder / name)
    lesson = Lesson()
    blocks = lesson.run(job["blocks"])
    return blocks if blocks["failed_at"] is not None else lesson.run(job["ways"][name])


def go_into(given: Path, folder: Path) -> None:
    shutil.copytree(given, folder)
    os.chdir(folder)


def forbid_the_network() -> None:
    """Let nothing be reached but this machine."""

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
    # What a lesson's own children print must not get between the JSON.
    result = os.dup(1)
    os.dup2(2, 1)
    job = json.load(sys.stdin)
    folder = Path(job["folder"])
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    forbid_the_network()
    done = forked(lambda: whole(job, folder))
    if "blocks" not in done:  # it was ended
        done = {"blocks": done, "ways": {}}
    if done["ways"] is None:
        done["ways"] = {name: forked(partial(anew, job, folder, name)) for name in job["ways"]}
    os.write(result, json.dumps(done).encode())


if __name__ == "__main__":
    main()
