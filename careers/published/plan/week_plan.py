"""Which lesson when: a learner's hours, shared out over the days that they chose. Pure.

A lesson is read and practiced in one go, unless it is longer than a session: then it is in equal
parts. How many these are depends on the lesson and the length of a session alone, so that a part
keeps its name however much was done before it. Sessions are a little longer or shorter for it; what
one lacks is added to the next, and the other way around.

No session goes on past midnight: it begins earlier where the learner chose no time, and where that
isn't enough, what doesn't fit goes on to the next study day.
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
LONGER = 4  # a session may be longer by one part in so many
USUAL_DAYS = (1, 3, 6)  # of who chose none: Monday, Wednesday, Saturday
USUAL_TIME = datetime.time(18)
EARLIEST_TIME = datetime.time(8)  # of who chose none
MOST_WEEKS = 52
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a lesson, or all of it. number, count: which of how many parts it is.

    reading, practice: minutes. begins: by the clock of whoever learns, wherever that hangs.
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
    """What is learned on one day."""

    day: datetime.date
    parts: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What a day has room for. begins: by the clock; days: how many such days a week has.

    asked: minutes of a session by the plan's hours alone; room: minutes from then to midnight.
    """

    begins: datetime.time
    days: int
    asked: int
    room: int
    is_early: bool  # earlier than is usual, since a session would else not end on its day

    @property
    def size(self) -> int:
        """Minutes of a session."""
        return min(self.asked, self.room)

    @property
    def longest(self) -> int:
        """Minutes of a session at most, if it is one lesson."""
        return min(self.size + self.size // LONGER, self.room)

    @property
    def is_too_late(self) -> bool:
        """Whether no session fits in."""
        return self.room < SHORTEST_SESSION

    @property
    def is_too_short(self) -> bool:
        """Whether fewer hours a week fit in than the plan has."""
        return self.room < self.asked

    @property
    def minutes_a_week(self) -> int:
        """What fits in."""
        return self.size * self.days


@dataclass(frozen=True)
class WeekPlan:
    """Sessions by day. later: how many lessons come after MOST_WEEKS weeks."""

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
        """The day of the last session."""
        return self.sessions[-1].day if self.sessions else None


def plan_weeks(plan: StudyPlan, lessons: Iterable[LessonRef], today: datetime.date) -> WeekPlan:
    """Share lessons out over the weeks from the plan's start, or from today where that is past.

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
    spare = 0  # minutes that the last sessions were too short or, below 0, too long
    for day in _dates(first, end, days):
        if not rest or each.is_too_late:
            break
        parts, spare = _fill(rest, each, spare, datetime.datetime.combine(day, each.begins))
        if parts:
            sessions.append(Session(day, parts))
    later = {part.lesson.number for part in rest}
    return WeekPlan(tuple(sessions), len(later), each)


def minutes_held(plan: StudyPlan) -> int:
    """Minutes a week that a plan comes to: of its pace, or less where its days hold less.

    0 without a pace, and where its days hold no session.
    """
    if not plan.pace:
        return 0
    day = study_day(plan)
    if day.is_too_late:
        return 0
    return day.minutes_a_week if day.is_too_short else plan.minutes_a_week


def study_day(plan: StudyPlan) -> StudyDay:
    """What a day of a plan has room for: of one with a pace."""
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
    """A lesson's parts, whose time isn't known yet."""
    minutes, reading = lesson.total_minutes, lesson.minutes
    count = 1 if minutes <= day.longest else -(-minutes // day.size)
    for number in range(1, count + 1):
        share = minutes * number // count - minutes * (number - 1) // count
        read = min(reading, share)
        reading -= read
        some_time = datetime.datetime.min  # noqa: DTZ901  clocks on walls have no zone
        yield Part(lesson, read, share - read, some_time, number, count)


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _days(plan: StudyPlan) -> tuple[int, ...]:
    """The days of a week on which a session is long enough, evenly among those that were chosen."""
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
    """The parts of one session, and the minutes by which it was too short, or too long.

    It has one at least, unless those before it were too long by a whole session.
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
