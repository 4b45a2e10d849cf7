"""What became of a request, and its line in the log."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from logging import LogRecord
from typing import NamedTuple


class Answered(NamedTuple):
    """A request that was answered.

    at: Unix time of the answer. route: the pattern of the address, as "/careers/<slug:slug>/".
    seconds: until the answer was ready. is_hit: whether it came from memory.
    """

    at: float
    request_id: str
    method: str
    route: str
    status: int
    seconds: float
    is_hit: bool

    @property
    def cache(self) -> str:
        return "hit" if self.is_hit else "miss"


def answered_in(record: LogRecord) -> Sequence[Answered]:
    """The requests that a log record reports. Formatters write a line for each."""
    found: Sequence[Answered] = getattr(record, "answered", ())
    return found


def json_line(record: LogRecord, answered: Answered) -> str:
    """The line of the JSON formatter, in a twentieth of its time: there may be thousands."""
    at, request_id, method, route, status, seconds, _ = answered
    told = method, route, status, answered.cache
    before, after = _around(record.levelname, record.name, told)
    when = f"{_second(int(at))}.{int(at % 1 * 1000):03d}+00:00"
    return f'{{"time": "{when}{before}{request_id}{after}{seconds * 1000:.2f}}}'


def text_line(record: LogRecord, answered: Answered) -> str:
    at, _, method, route, status, seconds, _ = answered
    when = f"{_second(int(at))}.{int(at % 1 * 1000):03d}"
    told = f"{method} {route} {status}, {answered.cache}, {seconds * 1000:.2f} ms"
    return f"{when} {record.levelname} {record.name}: {told}"


@lru_cache(16)
def _second(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()[:19]


@lru_cache(4096)
def _around(level: str, logger: str, told: tuple[str, str, int, str]) -> tuple[str, str]:
    """A JSON line up to the request's id, and from there to its milliseconds."""
    method, route, status, cache = told
    first = {"level": level, "logger": logger, "message": f"{method} {route} {status}"}
    last = {"method": method, "route": route, "status": status, "cache": cache}
    return (
        f'", {json.dumps(first)[1:-1]}, "request_id": "',
        f'", {json.dumps(last)[1:-1]}, "ms": ',
    )
