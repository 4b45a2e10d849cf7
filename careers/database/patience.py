"""A shorter limit on waiting for the database, for callers such as probes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

at_most: ContextVar[float | None] = ContextVar("at_most", default=None)  # seconds


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Within this context, wait no longer than this for an answer of the database."""
    before = at_most.set(seconds)
    try:
        yield
    finally:
        at_most.reset(before)
