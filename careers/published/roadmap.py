"""A role's roadmap and the arithmetic on it.

Pure: no Django, no clock, no input or output. `careers.snapshot` makes these values of saved rows,
and the admin's preview of a form that isn't saved yet. All arithmetic counts planned lessons, that
is, drafts too, and counts each lesson once.
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
    """A lesson as arithmetic sees it. minutes: of reading; practice_minutes: on top of these.

    A draft counts, but has neither a title nor a url: nobody may see them yet.
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
    """How many lessons there are, and their minutes of reading and of practice.

    unwritten: minutes of both, of lessons that can't be read yet.
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
        """Of what can be read today: weeks and dates are counted from it alone."""
        return self.minutes - self.unwritten

    def __add__(self, other: "Work") -> "Work":
        return Work(
            self.lessons + other.lessons,
            self.reading + other.reading,
            self.practice + other.practice,
            self.unwritten + other.unwritten,
        )

    def __sub__(self, part: "Work") -> "Work":
        """What remains without a part of it."""
        return Work(
            self.lessons - part.lessons,
            self.reading - part.reading,
            self.practice - part.practice,
            self.unwritten - part.unwritten,
        )


@dataclass(frozen=True, slots=True)
class ShownHours:
    """Some work of a whole in hours, as pages show it: reading and practice add up to all of it,
    and that and the rest, which is shown elsewhere, to the whole."""

    all: str
    reading: str
    practice: str
    rest: str


def shown_hours(part: Work, whole: Work | None = None) -> ShownHours:
    """How hours of a part are shown beside those of a whole. Without a whole it is one itself."""
    of_whole = whole or part
    rest = max(of_whole.minutes - part.minutes, 0)
    mine, others = apportioned(tenths(of_whole.minutes), [part.minutes, rest])
    reading, practice = apportioned(mine, [part.reading, part.practice])
    return ShownHours(*map(tenths_text, (mine, reading, practice, others)))


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A role that stops at the same station. color: the name of its line's color.

    lessons: the numbers of those that it takes of the path, or None if it takes all of them.
    """

    code: str
    color: str
    title: str
    url: str
    lessons: frozenset[int] | None = None

    def takes(self, number: int) -> bool:
        """Whether the lesson with this number, of the station's path, counts for the role."""
        return self.lessons is None or number in self.lessons

    def after(self, number: int, outline: Iterable[LessonRef]) -> tuple[LessonRef, ...]:
        """What the role takes of the station's path after the lesson with this number, in order."""
        passed = dropwhile(lambda lesson: lesson.number != number, outline)
        return tuple(lesson for lesson in islice(passed, 1, None) if self.takes(lesson.number))


@dataclass(frozen=True)
class Stop:
    """A step of a roadmap, as the map shows it: a path, and why the role stops there.

    path: its slug. position: among all paths, low numbers first. outline: every lesson of the path.
    only: the numbers of the lessons that the role takes, none for all. focus: the numbers of those
    that stand out. Both may name what the path no longer has: that counts for nothing. lines: of
    all roles that stop there, this one's included.
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
        """Those that the role takes, in teaching order."""
        return tuple(taken(self.outline, self.only))

    @property
    def is_partial(self) -> bool:
        """Whether the role leaves out lessons of the path."""
        return len(self.lessons) < len(self.outline)

    @cached_property
    def in_focus(self) -> tuple[LessonRef, ...]:
        """Those of its lessons that stand out, in teaching order."""
        return tuple(lesson for lesson in self.lessons if lesson.number in self.focus)

    @property
    def is_all_in_focus(self) -> bool:
        return bool(self.lessons) and len(self.in_focus) == len(self.lessons)

    @property
    def singled_out(self) -> tuple[LessonRef, ...]:
        """Those that a card names: what it takes if that isn't all, or else what stands out."""
        if self.is_partial:
            return self.lessons
        return () if self.is_all_in_focus else self.in_focus

    @property
    def drafts_singled_out(self) -> int:
        """How many of those nobody can read yet."""
        return sum(not lesson.is_published for lesson in self.singled_out)

    @cached_property
    def hours(self) -> Hours:
        """The sum over its lessons."""
        return total_hours(self.lessons)

    @property
    def path_hours(self) -> Hours:
        """The sum over the whole path."""
        return total_hours(self.outline)

    @property
    def first_lesson(self) -> LessonRef | None:
        """The first of its lessons that can be read."""
        return self.first_beyond(frozenset())

    def first_beyond(self, done: AbstractSet[int]) -> LessonRef | None:
        """The first of its lessons that can be read and isn't among these numbers."""
        rest = (lesson for lesson in self.lessons if lesson.number not in done)
        return next((lesson for lesson in rest if lesson.is_published), None)


@dataclass(frozen=True, slots=True)
class FurtherPath:
    """A path to go further with once a roadmap is done. Its hours aren't the role's.

    path: its slug. position: as of a stop.
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
    """A role's stops in order. after_paths: what comes once they are done, or an empty text.

    further: paths beyond the last stop. They aren't among the role's lessons. fit_questions: how
    many are asked after its first week.
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
        """The sum over its distinct lessons."""
        return total_hours(self.lessons)

    @property  # not kept: a worker would have each lesson once for every role that takes it
    def lessons(self) -> tuple[LessonRef, ...]:
        """The lessons of all stops in order, each once."""
        found = {lesson.number: lesson for stop in self.stops for lesson in stop.lessons}
        return tuple(found.values())

    @cached_property
    def work(self) -> Work:
        """The work of its distinct lessons."""
        return total_work(self.lessons)

    def work_left(self, done: AbstractSet[int]) -> Work:
        """The work that is left once the lessons with these numbers are done."""
        return self.work - total_work(lesson for lesson in self.lessons if lesson.number in done)

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of its lessons."""
        return lesson_numbers(self.lessons)

    @property
    def first_lesson(self) -> LessonRef | None:
        """Where to begin: the first lesson that can be read, in the order of the stops."""
        return self.first_beyond(frozenset())

    def first_beyond(self, done: AbstractSet[int]) -> LessonRef | None:
        """Where to begin once the lessons with these numbers are done."""
        firsts = (stop.first_beyond(done) for stop in self.stops)
        return next((lesson for lesson in firsts if lesson), None)


# By then one knows whether a role fits: six hours, which is what most can give in a week.
FIRST_WEEK = 6 * MINUTES_AN_HOUR


@dataclass(frozen=True, slots=True)
class FirstWeek:
    """Where a roadmap begins: the lessons that can be read, in order, until six hours are full.

    Where some of the first stop stand out, these are among them, and what would come right before
    them and no longer fits is left for later. then: the first of all others, or None where nothing
    follows yet.
    """

    lessons: tuple[LessonRef, ...]
    then: LessonRef | None

    @property
    def minutes(self) -> int:
        """Reading and practice together. The last lesson may end after six hours."""
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
    """Those of the first stop with lessons to read, if not all of them do."""
    first = next((stop for stop in stops if stop.first_beyond(frozenset())), None)
    return first.in_focus if first and not first.is_all_in_focus else ()


def taken(outline: Iterable[LessonRef], only: Collection[int]) -> Iterable[LessonRef]:
    """The lessons of a path that a step takes. only: their numbers, none for all."""
    return (lesson for lesson in outline if lesson.number in only) if only else outline


def total_work(lessons: Iterable[LessonRef]) -> Work:
    """The work of some lessons. One that is listed twice counts once."""
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
    """The hours of some lessons, planned and published. One that is listed twice counts once."""
    lessons = list(lessons)
    planned = total_work(lessons)
    published = total_work(lesson for lesson in lessons if lesson.is_published)
    return Hours(planned.lessons, published.lessons, planned.minutes, published.minutes)


def work_left(lessons: Iterable[LessonRef], done: AbstractSet[int]) -> Work:
    """The work of some lessons without those whose numbers are done."""
    return total_work(lesson for lesson in lessons if lesson.number not in done)


def lesson_numbers(lessons: Iterable[LessonRef]) -> frozenset[int]:
    return frozenset(lesson.number for lesson in lessons)


@dataclass(frozen=True, slots=True)
class NextRoadmap:
    """A roadmap as it looks once other lessons are done. counts: the work of it that is done.

    adds: its stops with anything left, each with the work left there.
    """

    roadmap: Roadmap
    counts: Work
    left: Work
    adds: tuple[tuple[Stop, Work], ...]


def next_roadmap(done: AbstractSet[int], roadmap: Roadmap) -> NextRoadmap:
    """What a roadmap still takes once the lessons with these numbers are done."""
    left = roadmap.work_left(done)
    rest = ((stop, work_left(stop.lessons, done)) for stop in roadmap.stops)
    return NextRoadmap(
        roadmap,
        counts=roadmap.work - left,
        left=left,
        adds=tuple((stop, work) for stop, work in rest if work.lessons),
    )


# Percent of minutes / (60 × hours a week). People are a fifth faster at best, and more often
# slower: practice overruns, and weeks fall out.
FASTER, SLOWER = 80, 140


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long some minutes take at a pace, as a range. The months are their first days.

    fewest, most: whole weeks. earliest, latest: the months in which the range ends.
    """

    fewest: int
    most: int
    earliest: datetime.date
    latest: datetime.date


def forecast(minutes: int, minutes_a_week: int, start: datetime.date) -> Forecast:
    """When some minutes of work end, from -20% to +40% of minutes / minutes a week.

    Weeks are rounded up: a week that is begun counts. Raises ValueError for less than 1 a week.
    """
    if minutes_a_week < 1:
        message = f"a pace is at least 1 minute a week, not {minutes_a_week}"
        raise ValueError(message)
    hundred_weeks = 100 * minutes_a_week
    # In whole numbers, since 1.4 isn't exact as a float: 5 weeks would be rounded up to 8, not 7.
    fewest, most = (-(-minutes * share // hundred_weeks) for share in (FASTER, SLOWER))
    return Forecast(fewest, most, _month(start, fewest), _month(start, most))


def _month(start: datetime.date, weeks: int) -> datetime.date:
    """The first day of the month in which some weeks from a day end."""
    return (start + datetime.timedelta(weeks=weeks)).replace(day=1)
