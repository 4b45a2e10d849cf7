"""Where a command writes: a terminal that knows few letters, or a pipe that nobody reads on."""

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CLOSED_PIPE = 141  # how a shell calls a program that wrote to a pipe which nobody reads
_IN_PLAIN_LETTERS = {
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("−–", "-"),
    "→": "->",
    "…": "...",
    "·": ".",
}


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Letters that a stream has no code for, in plain ones or as escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_IN_PLAIN_LETTERS.get(each) or ascii(each)[1:-1] for each in letters), error.end


codecs.register_error("plain-letters", _plain)


def open_what_is_closed() -> None:
    """Give a program that was started without output or errors streams that lead nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))


@contextmanager
def any_reader() -> Iterator[None]:
    """Let a program write letters that its terminal doesn't know, and end it quietly where nobody
    reads on, or in a line where there is no room. What it did until then is done."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, errors="plain-letters")
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _lead_nowhere()
        sys.exit(CLOSED_PIPE)
    except OSError as error:
        if error.filename:  # not of a stream
            raise
        _lead_nowhere()
        sys.exit(f"error: what there is to say can't be written: {error.strerror}")


def _lead_nowhere() -> None:
    """Python would flush once more at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_for_programs(out: Any, text: str) -> None:
    """Write what a program reads, as JSON or a patch: in UTF-8, whatever the terminal is.

    out: a command's stdout.
    """
    _reconfigure(sys.stdout, encoding="utf-8", errors="strict")
    out.write(text, ending="")


def _reconfigure(stream: Any, **options: Any) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(**options)
