"""The state of the site: the day, and the catalog version, asked for at most once a second."""

import datetime
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from django.db import Error, close_old_connections, connections

from careers import snapshot
from careers.database.availability import availability
from careers.models import CatalogVersion
from careers.published.catalog import Version

INTERVAL = 1.0  # seconds that an answer of the database is valid
SOON = 0.1  # the same while the next version is being built
PATIENCE = 2.0  # seconds to wait, on a busy machine too; then the database counts as away
A_DAY = 24 * 60 * 60  # seconds that pages are still shown when the database is away


@dataclass(frozen=True, slots=True)
class State:
    """All that a public page depends on, besides its address. day: in UTC, as for pages.

    is_behind: whether the database has a newer version, which pages don't show yet.
    """

    number: int
    changed_at: datetime.datetime | None
    day: datetime.date
    is_behind: bool = field(default=False, compare=False)


def read_state() -> State:
    """The state that pages show. Raises Error if the database is away.

    While the next version of the catalog is being built, it is that of the version before.
    """
    newest = Version(*CatalogVersion.current())
    shown = snapshot.shown(newest)
    today = datetime.datetime.now(datetime.UTC).date()
    return State(shown.number, shown.changed_at, today, is_behind=shown != newest)


class Asking:
    """Reads the state in its own thread, with its own connection."""

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None

    def __call__(self) -> Future[State]:
        if self._thread is None:  # not before: a server may fork first
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="catalog-version")
        return self._thread.submit(self._ask)

    def close(self) -> None:
        """Close the connection, and end the thread."""
        if self._thread:
            self._thread.submit(connections.close_all)  # in that thread
            self._thread.shutdown()

    def _ask(self) -> State:
        close_old_connections()
        return read_state()


class _Question(NamedTuple):
    """asked: when, by the clock. heard: `availability.heard` at that time."""

    asked: float
    heard: int
    promise: Future[State]


class Versions:
    """The state of the site, at most INTERVAL old, or the last known if the database is away.

    A database that hangs delays a visitor for at most PATIENCE, and nobody once it is known to
    hang: `asking` returns a future.

    until: by the clock; before that nobody needs to ask. on_change: called before `until` moves,
    with the state, or None if it is unknown or too old, and with whether the database is away.
    """

    def __init__(
        self,
        on_change: Callable[[State | None, bool], None],
        asking: Callable[[], Future[State]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.until = float("-inf")
        self.clock = clock
        self._on_change = on_change
        self._ask = asking or Asking()
        self._state: State | None = None
        self._is_away = False
        self._heard = float("-inf")  # when the question that was answered last was asked
        self._lock = Lock()
        self._question: _Question | None = None

    def look_again(self) -> None:
        """Regard what is known as out of date."""
        self.until = float("-inf")

    def renew(self) -> None:
        """Ask for the state, unless another thread has just done it."""
        with self._lock:
            while self.clock() >= self.until:  # an old question's answer is outdated
                self._renew()

    def _renew(self) -> None:
        question = self._question or _Question(self.clock(), availability.heard, self._ask())
        try:
            state = question.promise.result(timeout=0 if self._is_away else PATIENCE)
        except (Error, TimeoutError) as away:
            self._question = None if question.promise.done() else question
            self._go_away(away, question)
            self.until = self.clock() + INTERVAL
        else:
            self._question = None
            if self._is_away:
                availability.note_answer(question.heard)
            self._become(state, is_away=False)
            self._heard = question.asked
            self.until = self._heard + (SOON if state.is_behind else INTERVAL)

    def _become(self, state: State | None, *, is_away: bool) -> None:
        if (state, is_away) != (self._state, self._is_away):
            self._on_change(state, is_away)
            self._state, self._is_away = state, is_away

    def _go_away(self, why: Exception, question: _Question) -> None:
        if not self._is_away:
            availability.report(why, question.heard)
        is_too_old = self.clock() - self._heard > A_DAY
        self._become(None if is_too_old else self._state, is_away=True)
