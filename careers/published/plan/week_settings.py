"""How a learner's week looks, as a form says it. Pure."""

import datetime
from dataclasses import dataclass

from careers.published.plan.study_plan import (
    EVERY_DAY,
    FIRST_MONDAY,
    LAST_START,
    MOST_HOURS_A_WEEK,
)
from careers.published.query import Reader

NAMES = ("pace", "days", "at", "start")


@dataclass(frozen=True, slots=True)
class WeekSettings:
    """Hours a week, on which days (Monday is 1), from what time on, and from which day on."""

    pace: int | None = None
    days: frozenset[int] = frozenset()
    at: datetime.time | None = None
    start: datetime.date | None = None


def read_week_settings(reader: Reader) -> WeekSettings:
    """What the fields of the form say. The reader keeps what can't be read."""
    return WeekSettings(
        reader.whole("pace", MOST_HOURS_A_WEEK, "hours a week"),
        _days(reader),
        _at(reader),
        _start(reader),
    )


def _days(reader: Reader) -> frozenset[int]:
    known = {str(day): day for day in EVERY_DAY}
    return frozenset(reader.some_of("days", known, "day", len(known)))


def _at(reader: Reader) -> datetime.time | None:
    asked = reader.text("at")
    try:
        return datetime.time.fromisoformat(asked).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        if asked:
            reader.refuse("at", "It is a time of day, such as 18:30.")
    return None


def _start(reader: Reader) -> datetime.date | None:
    asked = reader.text("start")
    try:
        day = datetime.date.fromisoformat(asked)
    except ValueError:
        day = None
    if day and FIRST_MONDAY <= day <= LAST_START:
        return day
    if asked:
        why = f"It is a day from {FIRST_MONDAY} to {LAST_START}, written as {FIRST_MONDAY}."
        reader.refuse("start", why)
    return None
