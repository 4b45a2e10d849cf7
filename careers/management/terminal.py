"""A command's output: terminals that can't show every character, pipes that nobody reads."""

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CLOSED_PIPE = 141  # exit status that a shell reports for a program ended by SIGPIPE
_IN_PLAIN_LETTERS = {
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("−–", "-"),
    "→": "->",
    "…": "...",
    "·": ".",
}


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Error handler: replace characters that a stream can't encode by ASCII ones or escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_IN_PLAIN_LETTERS.get(each) or ascii(each)[1:-1] for each in letters), error.end


codecs.register_error("plain-letters", _plain)


def open_what_is_closed() -> None:
    """If the program was started without stdout or stderr, open them on the null device."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))


@contextmanager
def any_reader() -> Iterator[None]:
    """Let a program write to any terminal or pipe.

    Characters that a stream can't encode are replaced. If the reader of a pipe is gone, the program
    ends quietly; if writing fails otherwise, as on a full disk, with one line. What it did before
    stays done.
    """
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
        if error.filename:  # of a file, not of a stream
            raise
        _lead_nowhere()
        sys.exit(f"error: the output can't be written: {error.strerror}")


def _lead_nowhere() -> None:
    """Point stdout at the null device, or Python would flush it at exit, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_for_programs(out: Any, text: str) -> None:
    """Write output for programs, as JSON or a patch, in UTF-8 whatever the terminal uses.

    out: a command's stdout.
    """
    _reconfigure(sys.stdout, encoding="utf-8", errors="strict")
    out.write(text, ending="")


def _reconfigure(stream: Any, **options: Any) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(**options)
