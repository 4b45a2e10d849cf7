"""How far a long run is, for whoever watches a terminal."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic
from typing import Any

PATIENCE = 1.0  # seconds before a run is long
PACE = 0.1  # seconds between two numbers


# Goes through some things as they are worked on, and may show how many are done.
type Watch = Callable[[Sequence[Any]], Iterable[Any]]


def watch_progress(stream: Any, noun: str) -> Watch:
    """Go through a sequence and count on a stream what is done: “12 of 120 changes”.

    Says nothing where the stream is no terminal, or where it doesn't take long.
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
