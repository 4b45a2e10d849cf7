"""What state the site is in: the catalog version, asked for at most once a second, and the day."""

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

INTERVAL = 1.0  # seconds for which an answer of the database holds
SOON = 0.1  # seconds, while the next version is built already
PATIENCE = 2.0  # seconds in which it is expected, on a busy machine too; then it counts as away
A_DAY = 24 * 60 * 60  # seconds for which pages are shown though the database is away


@dataclass(frozen=True, slots=True)
class State:
    """All that a public page depends on, beside its address. day: UTC, as pages count days.

    is_behind: whether the database has a version that pages aren't made of yet.
    """

    number: int
    changed_at: datetime.datetime | None
    day: datetime.date
    is_behind: bool = field(default=False, compare=False)


def read_state() -> State:
    """The state that pages are made of. Raises Error if the database is away.

    While the next version of the catalog is built that is the one before it.
    """
    newest = Version(*CatalogVersion.current())
    shown = snapshot.shown(newest)
    today = datetime.datetime.now(datetime.UTC).date()
    return State(shown.number, shown.changed_at, today, is_behind=shown != newest)


class Asking:
    """Reads the state in a thread of its own, which has a connection of its own."""

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None

    def __call__(self) -> Future[State]:
        if self._thread is None:  # not sooner: a server may divide into processes first
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="catalog-version")
        return self._thread.submit(self._ask)

    def close(self) -> None:
        """Give the connection back, and end."""
        if self._thread:
            self._thread.submit(connections.close_all)  # of that thread
            self._thread.shutdown()

    def _ask(self) -> State:
        close_old_connections()
        return read_state()


class _Question(NamedTuple):
    """asked: when, of the clock. heard: how often, of the database, until then."""

    asked: float
    heard: int
    promise: Future[State]


class Versions:
    """The state of the site as it was at most INTERVAL ago, or the last one that is known.

    A database that hangs holds up no visitor for longer than PATIENCE, and nobody at all once it is
    known to hang: `asking` gives a promise of the state.

    until: of the clock; for as long nobody needs to ask. on_change is called before that moves on,
    with what there is to answer for: a state, or None if nobody knows it, or it is known no more;
    and whether the database is away.
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
        self._heard = float("-inf")  # of the clock, when what was heard last was asked
        self._lock = Lock()
        self._question: _Question | None = None

    def look_again(self) -> None:
        """Take what is known for old."""
        self.until = float("-inf")

    def renew(self) -> None:
        """Ask, unless somebody has just done it."""
        with self._lock:
            while self.clock() >= self.until:  # the answer to an old question is an old one
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
