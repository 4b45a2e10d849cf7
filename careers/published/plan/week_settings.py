"""Read a learner's week and background from the form of a study plan. Pure."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from careers.published.catalog import Background
from careers.published.plan.study_plan import (
    EVERY_DAY,
    FIRST_MONDAY,
    LAST_START,
    StudyPlan,
)
from careers.published.query import Ignored, Reader
from careers.published.visitor import MOST_HOURS_A_WEEK


def with_settings(
    plan: StudyPlan, reader: Reader, backgrounds: Mapping[str, Background]
) -> StudyPlan:
    """Put what the form says into a plan: hours a week, days, time of day, start, and background.

    An empty field clears its value. A field that can't be read changes nothing, nor does one that
    the form doesn't have. The reader lists the fields that can't be read.
    """
    background = reader.one_of("from", backgrounds, "background")
    said: dict[str, dict[str, Any]] = {
        "from": {"background": background.slug if background else ""},
        "pace": {"pace": reader.whole("pace", MOST_HOURS_A_WEEK, "hours a week")},
        "at": {"at": _at(reader)},
        "start": {"start": _start(reader)},
        "days": {"days": _days(reader)},
    }
    given = {*filter(reader.is_given, said), "days"}  # no field is sent if no day is checked
    for name in given - {each.name for each in reader.ignored}:
        plan = replace(plan, **said[name])
    return plan


def flaws_of_settings(reader: Reader, backgrounds: Mapping[str, Background]) -> dict[str, Ignored]:
    """The fields of the form that can't be read, by name."""
    with_settings(StudyPlan(), reader, backgrounds)
    return {each.name: each for each in reversed(reader.ignored)}


def _days(reader: Reader) -> frozenset[int]:
    known = {str(day): day for day in EVERY_DAY}
    return frozenset(reader.some_of("days", known, "day", len(known)))


def _at(reader: Reader) -> datetime.time | None:
    asked = reader.words("at")
    try:
        return datetime.time.fromisoformat(asked).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        if asked:
            reader.refuse("at", "It must be a time of day, such as 18:30.")
    return None


def _start(reader: Reader) -> datetime.date | None:
    asked = reader.words("start")
    try:
        day = datetime.date.fromisoformat(asked)
    except ValueError:
        day = None
    if day and FIRST_MONDAY <= day <= LAST_START:
        return day
    if asked:
        why = f"It must be a day from {FIRST_MONDAY} to {LAST_START}, written as {FIRST_MONDAY}."
        reader.refuse("start", why)
    return None
