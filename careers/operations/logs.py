"""The log's formats, and its filters: a lasting fault isn't logged with every request."""

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
    """Lets 5xx answers through only if an exception caused them.

    A 503 that is meant, to a probe or a slow sender, has a log line of its own.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


class LastingFaults(logging.Filter):
    """Lets each database fault through once a minute.

    That the database is away is dropped: `careers.database` logs it once. Other faults, such as a
    full disk, are told apart by their first line. So is whatever keeps the site from being ready,
    since it is probed all the time.
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
    """Adds the request's id to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


HELD_BACK = ("request", "server_time", "status_code")  # Django's; a request has query values


class Text(logging.Formatter):
    """Plain text, with a line for each answered request."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        lines = (text_line(record, each) for each in answered_in(record))
        return "\n".join(lines) or super().format(record)


class Json(JsonFormatter):
    """A JSON object per line: time, level, logger, message, and whatever else a record has."""

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
