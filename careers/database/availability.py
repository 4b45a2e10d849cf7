"""Whether the database answers, as far as this process knows: one failed try counts for all."""

import logging
import time
from threading import Lock

from django.db import OperationalError

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_TRIES = 1.0


class DatabaseAway(OperationalError):
    """The database can't be reached, or couldn't be a moment ago. The log has said so."""


class Availability:
    """Lets one caller per second try a database that is away, and refuses the others at once.

    Otherwise each would wait for the connection's time-out, and hold its thread meanwhile. The log
    gets one line when the database goes away and one when it is back, however long that takes and
    whichever thread finds out.

    heard: how many outcomes (answers or silences) were noted so far. A caller reads it before it
    asks the database, and hands it back with the outcome: if it has changed, another thread has
    newer news, and this outcome is dropped.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._away_since: float | None = None
        self._next_try = 0.0
        self._said_at: float | None = None
        self.heard = 0

    @property
    def is_away(self) -> bool:
        return self._away_since is not None

    def require(self) -> None:
        """Return if the database answers, as far as is known, or if it is time to try again.

        Raises DatabaseAway otherwise.
        """
        if self._away_since is None:
            return
        with self._lock:
            now = time.monotonic()
            if self._away_since is not None and now < self._next_try:
                raise DatabaseAway("the database is away")
            self._next_try = now + SECONDS_BETWEEN_TRIES

    def note_silence(self, why: BaseException | str, heard: int) -> None:
        """Note that the database couldn't be reached, or didn't answer in time.

        heard: its value before the database was asked.
        """
        with self._lock:
            if self.heard != heard:
                return
            self.heard += 1
            now = time.monotonic()
            self._next_try = now + SECONDS_BETWEEN_TRIES
            if self._away_since is None:
                self._away_since = now
            is_news = self._note_said()
        if is_news:
            self._say(why)

    def report(self, why: BaseException | str, heard: int) -> None:
        """Log that the database doesn't answer, unless that is logged, or no longer true.

        heard: its value before the database was asked.
        """
        with self._lock:
            is_news = self.heard == heard and self._note_said()
        if is_news:
            self._say(why)

    def _note_said(self) -> bool:
        if self._said_at is not None:
            return False
        self._said_at = time.monotonic()
        return True

    @staticmethod
    def _say(why: BaseException | str) -> None:
        logger.error(
            "The database doesn't answer (%s). Pages in memory are shown for at most a day; "
            "others get 503 until it answers.",
            " ".join(str(why).split()) or type(why).__name__,
        )

    def note_answer(self, heard: int) -> None:
        """Note that the database answered. heard: its value before the database was asked."""
        with self._lock:
            if self.heard != heard:
                return
            self.heard += 1
            self._away_since = None
            said_at, self._said_at = self._said_at, None
        if said_at is not None:
            seconds = time.monotonic() - said_at
            logger.warning("The database answers again, after %.0f s.", seconds)


availability = Availability()
