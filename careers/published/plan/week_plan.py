"""Which lesson on which day: a learner's hours, spread over the days that they chose. Pure.

A lesson is read and practiced in one session, unless it is longer than one: then it is divided into
equal parts. How many depends only on the lesson and the length of a session, so that a part is
called the same however much was done before it. Sessions therefore vary a little in length; what
one lacks is added to the next, and the other way around.

No session goes on past midnight. If the learner chose no time, sessions begin earlier to fit; what
still doesn't fit is left for the next study day.
"""

import datetime
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from careers.published.plan.study_plan import StudyPlan
from careers.published.roadmap import LessonRef
from paths.hours import MINUTES_AN_HOUR

SHORTEST_PART = 15  # minutes
SHORTEST_SESSION = 2 * SHORTEST_PART
LONGER = 4  # a session may be longer by a quarter of its length
USUAL_DAYS = (1, 3, 6)  # if the learner chose none: Monday, Wednesday, Saturday
USUAL_TIME = datetime.time(18)
EARLIEST_TIME = datetime.time(8)  # if the learner chose none
MOST_WEEKS = 52
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Part:
    """A lesson, or one of its parts. number: which part, from 1; count: of how many.

    reading, practice: minutes. begins: local time, without a time zone.
    """

    lesson: LessonRef
    reading: int
    practice: int
    begins: datetime.datetime
    number: int = 1
    count: int = 1

    @property
    def minutes(self) -> int:
        return self.reading + self.practice

    @property
    def duration(self) -> datetime.timedelta:
        return datetime.timedelta(minutes=self.minutes)

    @property
    def ends(self) -> datetime.datetime:
        return self.begins + self.duration


@dataclass(frozen=True, slots=True)
class Session:
    """The parts to learn on one day."""

    day: datetime.date
    parts: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What a study day has room for. begins: local time; days: how many of them a week has.

    asked: the minutes of a session that the pace asks for; room: minutes from `begins` to midnight.
    """

    begins: datetime.time
    days: int
    asked: int
    room: int
    is_early: bool  # begins before the usual time, so that a session ends before midnight

    @property
    def size(self) -> int:
        """The usual minutes of a session."""
        return min(self.asked, self.room)

    @property
    def longest(self) -> int:
        """The most minutes of a session, allowed if that keeps a lesson in one piece."""
        return min(self.size + self.size // LONGER, self.room)

    @property
    def is_too_late(self) -> bool:
        """Whether not even the shortest session fits before midnight."""
        return self.room < SHORTEST_SESSION

    @property
    def is_too_short(self) -> bool:
        """Whether the days hold fewer hours a week than the plan's pace."""
        return self.room < self.asked

    @property
    def minutes_a_week(self) -> int:
        """How many minutes a week the days hold."""
        return self.size * self.days


@dataclass(frozen=True)
class WeekPlan:
    """Sessions by day. later: how many lessons don't fit into MOST_WEEKS weeks."""

    sessions: tuple[Session, ...]
    later: int
    day: StudyDay

    @cached_property
    def weeks(self) -> tuple[tuple[datetime.date, tuple[Session, ...]], ...]:
        """The sessions by week, each with its Monday."""
        by_week = groupby(self.sessions, lambda session: _monday(session.day))
        return tuple((monday, tuple(sessions)) for monday, sessions in by_week)

    @property
    def parts(self) -> Iterator[Part]:
        return (part for session in self.sessions for part in session.parts)

    @property
    def ends(self) -> datetime.date | None:
        """The day of the last session, or None without sessions."""
        return self.sessions[-1].day if self.sessions else None


def plan_weeks(plan: StudyPlan, lessons: Iterable[LessonRef], today: datetime.date) -> WeekPlan:
    """Spread lessons over the weeks from the plan's start, or from today if that is later.

    Raises ValueError if the plan has no pace.
    """
    if not plan.pace:
        message = "a week plan needs a pace"
        raise ValueError(message)
    days = _days(plan)
    each = study_day(plan)
    first = plan.begins(today)
    end = _monday(first) + datetime.timedelta(weeks=MOST_WEEKS)
    rest = deque(part for lesson in lessons for part in _parts(lesson, each))
    sessions = []
    spare = 0  # minutes by which the last sessions were too short or, if negative, too long
    for day in _dates(first, end, days):
        if not rest or each.is_too_late:
            break
        parts, spare = _fill(rest, each, spare, datetime.datetime.combine(day, each.begins))
        if parts:
            sessions.append(Session(day, parts))
    later = {part.lesson.number for part in rest}
    return WeekPlan(tuple(sessions), len(later), each)


def minutes_held(plan: StudyPlan) -> int:
    """The minutes a week of a plan: those of its pace, or fewer if its days hold fewer.

    0 without a pace, and if its days are too short for any session.
    """
    if not plan.pace:
        return 0
    day = study_day(plan)
    if day.is_too_late:
        return 0
    return day.minutes_a_week if day.is_too_short else plan.minutes_a_week


def study_day(plan: StudyPlan) -> StudyDay:
    """The study day of a plan that has a pace."""
    days = len(_days(plan))
    asked = plan.minutes_a_week // days
    begins = USUAL_TIME if plan.at is None else plan.at
    longest = asked + asked // LONGER
    is_early = plan.at is None and longest > _room(begins)
    if is_early:
        hours = -(-longest // MINUTES_AN_HOUR)
        begins = datetime.time(max(HOURS_A_DAY - hours, EARLIEST_TIME.hour))
    return StudyDay(begins, days, asked, _room(begins), is_early)


def _room(begins: datetime.time) -> int:
    """Minutes from a time of day to midnight."""
    return (HOURS_A_DAY - begins.hour) * MINUTES_AN_HOUR - begins.minute


def _parts(lesson: LessonRef, day: StudyDay) -> Iterator[Part]:
    """Divide a lesson into parts, whose `begins` is still to be set."""
    minutes, reading = lesson.total_minutes, lesson.minutes
    count = 1 if minutes <= day.longest else -(-minutes // day.size)
    for number in range(1, count + 1):
        share = minutes * number // count - minutes * (number - 1) // count
        read = min(reading, share)
        reading -= read
        some_time = datetime.datetime.min  # noqa: DTZ901  wall-clock time has no zone
        yield Part(lesson, read, share - read, some_time, number, count)


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _days(plan: StudyPlan) -> tuple[int, ...]:
    """The days of a week to use: as many of the chosen ones as don't make sessions too short."""
    chosen = sorted(plan.days) or USUAL_DAYS
    most = max(1, plan.minutes_a_week // SHORTEST_SESSION)
    count = min(len(chosen), most)
    return tuple(chosen[len(chosen) * n // count] for n in range(count))


def _dates(
    first: datetime.date, end: datetime.date, days: tuple[int, ...]
) -> Iterator[datetime.date]:
    every = (first + datetime.timedelta(days=n) for n in range((end - first).days))
    return (day for day in every if day.isoweekday() in days)


def _fill(
    rest: deque[Part], day: StudyDay, spare: int, begins: datetime.datetime
) -> tuple[tuple[Part, ...], int]:
    """Take the parts of one session. Returns them, and by how many minutes it was too short or,
    if negative, too long.

    It has at least one part, unless the sessions before it were too long by a whole session.
    """
    parts: list[Part] = []
    room = day.size + min(spare, day.size // 2)
    until = begins + datetime.timedelta(minutes=day.room)
    while rest and room > 0 and begins + rest[0].duration <= until:
        if parts and rest[0].minutes > room + day.size // LONGER:
            break
        parts.append(replace(rest.popleft(), begins=begins))
        begins, room = parts[-1].ends, room - parts[-1].minutes
    return tuple(parts), room
