"""A role's roadmap and the arithmetic on it.

Pure: no Django, no clock, no input or output. `careers.snapshot` makes these values from saved
rows, and the admin's preview makes them from a form that isn't saved yet. All arithmetic includes
planned lessons, drafts too, and counts each lesson once.
"""

import datetime
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile, islice

from paths.hours import MINUTES_AN_HOUR, Hours, apportioned, tenths, tenths_text


@dataclass(frozen=True, slots=True)
class LessonRef:
    """A lesson in arithmetic. minutes: of reading; practice_minutes: on top of these.

    A draft counts, but has no title or url, because it isn't public.
    """

    number: int
    minutes: int
    practice_minutes: int
    title: str = ""
    url: str = ""

    @property
    def is_published(self) -> bool:
        return bool(self.url)

    @property
    def total_minutes(self) -> int:
        """Reading and practice together."""
        return self.minutes + self.practice_minutes


@dataclass(frozen=True, slots=True)
class Work:
    """A number of lessons, and their minutes of reading and of practice.

    unwritten: minutes of reading and practice in lessons that aren't published.
    """

    lessons: int = 0
    reading: int = 0
    practice: int = 0
    unwritten: int = 0

    @property
    def minutes(self) -> int:
        """Reading and practice together."""
        return self.reading + self.practice

    @property
    def minutes_published(self) -> int:
        """The minutes that can be learned today. Forecasts count only these."""
        return self.minutes - self.unwritten

    def __add__(self, other: "Work") -> "Work":
        return Work(
            self.lessons + other.lessons,
            self.reading + other.reading,
            self.practice + other.practice,
            self.unwritten + other.unwritten,
        )

    def __sub__(self, part: "Work") -> "Work":
        """The work that remains without a part of it."""
        return Work(
            self.lessons - part.lessons,
            self.reading - part.reading,
            self.practice - part.practice,
            self.unwritten - part.unwritten,
        )


@dataclass(frozen=True, slots=True)
class ShownHours:
    """Part of some work in hours, as pages show it. `reading` and `practice` add up exactly to
    `all`; `all` and `rest`, which is shown elsewhere, add up to the whole."""

    all: str
    reading: str
    practice: str
    rest: str


def shown_hours(part: Work, whole: Work | None = None) -> ShownHours:
    """Round a part so that it adds up with the rest to the whole. By default it is the whole."""
    of_whole = whole or part
    rest = max(of_whole.minutes - part.minutes, 0)
    mine, others = apportioned(tenths(of_whole.minutes), [part.minutes, rest])
    reading, practice = apportioned(mine, [part.reading, part.practice])
    return ShownHours(*map(tenths_text, (mine, reading, practice, others)))


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A role's line at a station. color: the name of the line's color.

    lessons: the numbers of the lessons that the role takes there, or None for all of the path.
    """

    code: str
    color: str
    title: str
    url: str
    lessons: frozenset[int] | None = None

    def takes(self, number: int) -> bool:
        """Whether the role takes a lesson of the station's path. number: the lesson's."""
        return self.lessons is None or number in self.lessons

    def after(self, number: int, outline: Iterable[LessonRef]) -> tuple[LessonRef, ...]:
        """The lessons of the station's path that the role takes after one of them, in order."""
        passed = dropwhile(lambda lesson: lesson.number != number, outline)
        return tuple(lesson for lesson in islice(passed, 1, None) if self.takes(lesson.number))


@dataclass(frozen=True)
class Stop:
    """A step of a roadmap: a path, and why the role stops there.

    path: its slug. position: sorts all paths. outline: every lesson of the path. only: the numbers
    of the lessons that the role takes; empty for all. focus: the numbers of those that stand out.
    Numbers in either that the path no longer has are ignored. lines: of all roles that stop there,
    this one included.
    """

    path: str
    title: str
    position: int
    url: str
    why: str
    emphasis: str
    outline: tuple[LessonRef, ...] = ()
    only: frozenset[int] = frozenset()
    focus: frozenset[int] = frozenset()
    lines: tuple[OtherLine, ...] = ()

    @cached_property
    def lessons(self) -> tuple[LessonRef, ...]:
        """The lessons that the role takes, in teaching order."""
        return tuple(taken(self.outline, self.only))

    @property
    def is_partial(self) -> bool:
        """Whether the role leaves out lessons of the path."""
        return len(self.lessons) < len(self.outline)

    @cached_property
    def in_focus(self) -> tuple[LessonRef, ...]:
        """The lessons that the role takes and that stand out, in teaching order."""
        return tuple(lesson for lesson in self.lessons if lesson.number in self.focus)

    @property
    def is_all_in_focus(self) -> bool:
        return bool(self.lessons) and len(self.in_focus) == len(self.lessons)

    @property
    def singled_out(self) -> tuple[LessonRef, ...]:
        """The lessons that a card names: those taken if that isn't all, or else those in focus."""
        if self.is_partial:
            return self.lessons
        return () if self.is_all_in_focus else self.in_focus

    @property
    def drafts_singled_out(self) -> int:
        """How many of these aren't published yet."""
        return sum(not lesson.is_published for lesson in self.singled_out)

    @cached_property
    def hours(self) -> Hours:
        """The hours of the lessons that the role takes."""
        return total_hours(self.lessons)

    @property
    def path_hours(self) -> Hours:
        """The hours of the whole path."""
        return total_hours(self.outline)

    @property
    def first_lesson(self) -> LessonRef | None:
        """The first published lesson, or None."""
        return self.first_beyond(frozenset())

    def first_beyond(self, done: AbstractSet[int]) -> LessonRef | None:
        """The first published lesson that isn't done, or None. done: numbers."""
        rest = (lesson for lesson in self.lessons if lesson.number not in done)
        return next((lesson for lesson in rest if lesson.is_published), None)


@dataclass(frozen=True, slots=True)
class FurtherPath:
    """A path to go on with after a roadmap. Its hours aren't counted for the role.

    path: its slug. position: as for a stop.
    """

    path: str
    title: str
    position: int
    url: str
    summary: str
    hours: Hours
    first_lesson: LessonRef | None


@dataclass(frozen=True)
class Roadmap:
    """A role's stops in order. after_paths: what comes after them, or "".

    further: paths beyond the last stop; the role doesn't take their lessons. fit_questions: how
    many the site asks after the first week.
    """

    role: str
    url: str
    code: str
    line: str
    in_sequence: bool
    stops: tuple[Stop, ...]
    after_paths: str
    not_taught: str
    further: tuple[FurtherPath, ...] = ()
    fit_questions: int = 0

    @cached_property
    def hours(self) -> Hours:
        """The hours of its lessons, each counted once."""
        return total_hours(self.lessons)

    @property  # not cached: every role would keep a tuple of its own
    def lessons(self) -> tuple[LessonRef, ...]:
        """The lessons of all stops in order, each once."""
        found = {lesson.number: lesson for stop in self.stops for lesson in stop.lessons}
        return tuple(found.values())

    @cached_property
    def work(self) -> Work:
        """The work of its lessons, each counted once."""
        return total_work(self.lessons)

    def work_left(self, done: AbstractSet[int]) -> Work:
        """The work left once some lessons are done. done: their numbers."""
        if not done:
            return self.work
        return self.work - total_work(lesson for lesson in self.lessons if lesson.number in done)

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of its lessons."""
        return lesson_numbers(self.lessons)

    @property
    def first_lesson(self) -> LessonRef | None:
        """Where to begin: the first published lesson, in the order of the stops; or None."""
        return self.first_beyond(frozenset())

    def first_beyond(self, done: AbstractSet[int]) -> LessonRef | None:
        """Where to go on once some lessons are done; or None. done: their numbers."""
        firsts = (stop.first_beyond(done) for stop in self.stops)
        return next((lesson for lesson in firsts if lesson), None)


# Six hours: enough to know whether a role fits, and what most people can give in a week.
FIRST_WEEK = 6 * MINUTES_AN_HOUR


@dataclass(frozen=True, slots=True)
class FirstWeek:
    """Where a roadmap begins: the published lessons, in order, until six hours are full.

    Room is kept for the lessons that stand out at the first stop, unless all of them do; lessons
    before these that then don't fit are left for later. then: the first lesson left for later, or
    None.
    """

    lessons: tuple[LessonRef, ...]
    then: LessonRef | None

    @property
    def minutes(self) -> int:
        """Reading and practice. The last lesson may go beyond six hours."""
        return total_work(self.lessons).minutes


def first_week(roadmap: Roadmap) -> FirstWeek:
    readable = [lesson for lesson in roadmap.lessons if lesson.is_published]
    standing_out = _standing_out(roadmap.stops)
    ahead = sum(lesson.total_minutes for lesson in readable if lesson in standing_out)
    lessons: list[LessonRef] = []
    later: list[LessonRef] = []
    minutes = 0
    for lesson in readable:
        kept_free = 0 if lesson in standing_out else ahead
        if minutes + kept_free >= FIRST_WEEK:
            later.append(lesson)
            continue
        lessons.append(lesson)
        minutes += lesson.total_minutes
        ahead -= lesson.total_minutes if lesson in standing_out else 0
    return FirstWeek(tuple(lessons), later[0] if later else None)


def _standing_out(stops: Iterable[Stop]) -> Collection[LessonRef]:
    """The lessons in focus at the first readable stop; none if all of its lessons are."""
    first = next((stop for stop in stops if stop.first_beyond(frozenset())), None)
    return first.in_focus if first and not first.is_all_in_focus else ()


def taken(outline: Iterable[LessonRef], only: Collection[int]) -> Iterable[LessonRef]:
    """The lessons of a path that a step takes. only: their numbers; empty for all."""
    return (lesson for lesson in outline if lesson.number in only) if only else outline


def total_work(lessons: Iterable[LessonRef]) -> Work:
    """The work of some lessons. Duplicates count once."""
    distinct = {lesson.number: lesson for lesson in lessons}.values()
    return Work(
        len(distinct),
        sum(lesson.minutes for lesson in distinct),
        sum(lesson.practice_minutes for lesson in distinct),
        sum(
            lesson.minutes + lesson.practice_minutes
            for lesson in distinct
            if not lesson.is_published
        ),
    )


def total_hours(lessons: Iterable[LessonRef]) -> Hours:
    """The hours of some lessons, planned and published. Duplicates count once."""
    lessons = list(lessons)
    planned = total_work(lessons)
    published = total_work(lesson for lesson in lessons if lesson.is_published)
    return Hours(planned.lessons, published.lessons, planned.minutes, published.minutes)


def work_left(lessons: Iterable[LessonRef], done: AbstractSet[int]) -> Work:
    """The work of the lessons that aren't done. done: numbers."""
    return total_work(lesson for lesson in lessons if lesson.number not in done)


def lesson_numbers(lessons: Iterable[LessonRef]) -> frozenset[int]:
    return frozenset(lesson.number for lesson in lessons)


@dataclass(frozen=True, slots=True)
class NextRoadmap:
    """A roadmap once other lessons are done. counts: the part of its work that is done by then.

    adds: its stops with anything left, each with the work left there.
    """

    roadmap: Roadmap
    counts: Work
    left: Work
    adds: tuple[tuple[Stop, Work], ...]


def next_roadmap(done: AbstractSet[int], roadmap: Roadmap) -> NextRoadmap:
    """What is left of a roadmap once some lessons are done. done: their numbers."""
    left = roadmap.work_left(done)
    rest = ((stop, work_left(stop.lessons, done)) for stop in roadmap.stops)
    return NextRoadmap(
        roadmap,
        counts=roadmap.work - left,
        left=left,
        adds=tuple((stop, work) for stop, work in rest if work.lessons),
    )


# Percent of minutes / (60 × hours a week). At best people are a fifth faster. More often they are
# slower, because practice takes longer than planned and weeks are missed.
FASTER, SLOWER = 80, 140


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long some work takes at a pace, as a range.

    fewest, most: whole weeks. earliest, latest: the months in which the work ends, as their first
    days.
    """

    fewest: int
    most: int
    earliest: datetime.date
    latest: datetime.date


def forecast(minutes: int, minutes_a_week: int, start: datetime.date) -> Forecast:
    """Forecast the end of some work: from -20% to +40% of minutes / minutes a week.

    Weeks are rounded up, since a week that is begun counts. Raises ValueError for a pace below 1.
    """
    if minutes_a_week < 1:
        message = f"a pace is at least 1 minute a week, not {minutes_a_week}"
        raise ValueError(message)
    hundred_weeks = 100 * minutes_a_week
    # In integers: a rounding error of floats would add a whole week.
    fewest, most = (-(-minutes * share // hundred_weeks) for share in (FASTER, SLOWER))
    return Forecast(fewest, most, _month(start, fewest), _month(start, most))


def _month(start: datetime.date, weeks: int) -> datetime.date:
    """The first day of the month that is some weeks after a day."""
    return (start + datetime.timedelta(weeks=weeks)).replace(day=1)
