"""Show the progress of a long run on a terminal."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic
from typing import Any

PATIENCE = 1.0  # seconds before progress is shown
PACE = 0.1  # seconds between two updates


# Iterates over items while the caller works on them, and may show how many are done.
type Watch = Callable[[Sequence[Any]], Iterable[Any]]


def watch_progress(stream: Any, noun: str) -> Watch:
    """A Watch that counts on a stream how many items are done: “12 of 120 changes”.

    noun: what is counted. Shows nothing if the stream is no terminal, or if it doesn't take long.
    """

    def each(items: Sequence[Any]) -> Iterator[Any]:
        if not stream.isatty():
            yield from items
            return
        due = monotonic() + PATIENCE
        line = ""
        for number, item in enumerate(items, start=1):
            yield item
            if monotonic() >= due:
                line = f"{number} of {len(items)} {noun}"
                stream.write(f"\r{line}")
                stream.flush()
                due = monotonic() + PACE
        if line:
            stream.write(f"\r{' ' * len(line)}\r")
            stream.flush()

    return each
