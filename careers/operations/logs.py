"""What the log says and what it is spared: a fault that lasts isn't told with every request."""

import logging
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock

from django.db import InterfaceError, OperationalError
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from careers.database.availability import DatabaseAway
from careers.operations.answered import answered_in, json_line, text_line

request_id: ContextVar[str] = ContextVar("request_id", default="")

SECONDS_BETWEEN_EQUAL_FAULTS = 60.0
PROBES = "careers.operations.probes"  # their logger


class Faults(logging.Filter):
    """Lets an answer of 5xx through that came of a fault.

    One that puts somebody off, as a probe or who sends too slowly, is told of by its own line.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


class LastingFaults(logging.Filter):
    """Lets a fault of the database through once a minute, and none that was told already.

    That the database is away, `careers.database` says, once. Others, such as a full disk, differ
    by their first line. So does what keeps a site from being ready, which is probed all the time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        fault = record.exc_info[1] if record.exc_info else None
        if isinstance(fault, DatabaseAway):
            return False
        if isinstance(fault, OperationalError | InterfaceError) or record.name == PROBES:
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


class RequestIds(logging.Filter):
    """Tells of every line which request it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


HELD_BACK = ("request", "server_time", "status_code")  # of Django's; a request has query values


class Text(logging.Formatter):
    """A line for who reads along, and one for each request."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        lines = (text_line(record, each) for each in answered_in(record))
        return "\n".join(lines) or super().format(record)


class Json(JsonFormatter):
    """A JSON object a line: when, how bad, who says it, what, and whatever else a record has."""

    def __init__(self) -> None:
        super().__init__(
            ["asctime", "levelname", "name", "message", "request_id"],
            reserved_attrs=[*RESERVED_ATTRS, *HELD_BACK],
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
        )

    def format(self, record: logging.LogRecord) -> str:
        lines = (json_line(record, each) for each in answered_in(record))
        return "\n".join(lines) or super().format(record)

    def formatTime(self, record: logging.LogRecord, _datefmt: str | None = None) -> str:  # noqa: N802
        at = datetime.fromtimestamp(record.created, UTC)
        return at.isoformat(timespec="milliseconds")
