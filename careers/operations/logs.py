"""What the log is spared: a fault that lasts says what it is once, and not with every request."""

import logging
import time
from threading import Lock

from django.db import InterfaceError, OperationalError

from careers.database.availability import DatabaseAway

SECONDS_BETWEEN_EQUAL_FAULTS = 60.0


class LastingFaults(logging.Filter):
    """Lets a fault of the database through once a minute, and none that was told already.

    That the database is away, `careers.database` says, once. Others, such as a full disk, differ
    by their first line.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        fault = record.exc_info[1] if record.exc_info else None
        if isinstance(fault, DatabaseAway):
            return False
        if isinstance(fault, OperationalError | InterfaceError):
            return self._is_due(str(fault).partition("\n")[0])
        return True

    def _is_due(self, words: str) -> bool:
        now = time.monotonic()
        with self._lock:
            recent = {
                said: at
                for said, at in self._said.items()
                if now - at < SECONDS_BETWEEN_EQUAL_FAULTS
            }
            self._said = {words: now} | recent
            return words not in recent
