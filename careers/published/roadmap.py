"""A role's roadmap and the arithmetic on it, on plain values.

Pure: no Django, no clock, no input or output. Whoever has rows, or a form that nobody saved yet,
makes these values of them; pages and previews show these values. All arithmetic counts planned
lessons, drafts included, as `paths.hours` does, and counts no lesson twice.
"""

import datetime
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from paths.hours import MINUTES_AN_HOUR, Hours


@dataclass(frozen=True, slots=True)
class LessonRef:
    """A lesson as arithmetic sees it. minutes: of reading; practice_minutes: beside them.

    One that is planned and not published counts, and has neither title nor url.
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
    """Some lessons and what they take, in minutes: of reading, and of practice beside it."""

    lessons: int = 0
    reading: int = 0
    practice: int = 0

    @property
    def minutes(self) -> int:
        """Reading and practice together."""
        return self.reading + self.practice

    def __add__(self, other: "Work") -> "Work":
        return Work(
            self.lessons + other.lessons,
            self.reading + other.reading,
            self.practice + other.practice,
        )

    def __sub__(self, part: "Work") -> "Work":
        """The rest, of which `part` is none."""
        return Work(
            self.lessons - part.lessons,
            self.reading - part.reading,
            self.practice - part.practice,
        )


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A role that stops at the same station. color: the name of its line's color."""

    code: str
    color: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of a roadmap: one path and why the role stops there.

    path: its slug. position: where it stands among all paths, low numbers first. lines: that stop
    there, the role's own among them.
    """

    path: str
    title: str
    position: int
    url: str
    why: str
    emphasis: str
    hours: Hours
    first_lesson: LessonRef | None
    lessons: tuple[LessonRef, ...] = ()
    lines: tuple[OtherLine, ...] = ()


@dataclass(frozen=True)
class Roadmap:
    """A role's stops in order. after: what comes once they are done, or an empty text."""

    role: str
    url: str
    code: str
    line: str
    in_sequence: bool
    stops: tuple[Stop, ...]
    after: str
    not_taught: str

    @cached_property
    def hours(self) -> Hours:
        """Over all stops. A path counts once, however often it is listed."""
        return total_hours(self.stops)

    @cached_property
    def lessons(self) -> tuple[LessonRef, ...]:
        """Of all stops, in order; each once."""
        found = {lesson.number: lesson for stop in self.stops for lesson in stop.lessons}
        return tuple(found.values())

    @cached_property
    def work(self) -> Work:
        """What its lessons take."""
        return work(self.lessons)

    def left(self, done: AbstractSet[int]) -> Work:
        """What is left of it once the lessons of some numbers are done."""
        return self.work - work(lesson for lesson in self.lessons if lesson.number in done)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of its lessons: what "done" is said in."""
        return numbers(self.lessons)

    @property
    def first_lesson(self) -> LessonRef | None:
        """Where to begin: the first lesson that can be read, in the order of the stops."""
        return next((stop.first_lesson for stop in self.stops if stop.first_lesson), None)


def lesson_hours(lessons: Iterable[LessonRef]) -> Hours:
    """The sum over distinct lessons: none counts twice, however often it is listed."""
    distinct = {lesson.number: lesson for lesson in lessons}.values()
    published = [lesson for lesson in distinct if lesson.is_published]
    return Hours(
        len(distinct),
        len(published),
        sum(lesson.total_minutes for lesson in distinct),
        sum(lesson.total_minutes for lesson in published),
    )


def total_hours(stops: Iterable[Stop]) -> Hours:
    """The sum over the distinct paths of some stops."""
    by_path = {stop.path: stop.hours for stop in stops}
    return sum(by_path.values(), Hours())


def work(lessons: Iterable[LessonRef]) -> Work:
    """What some lessons take. None counts twice, however often it is listed."""
    distinct = {lesson.number: lesson for lesson in lessons}.values()
    return Work(
        len(distinct),
        sum(lesson.minutes for lesson in distinct),
        sum(lesson.practice_minutes for lesson in distinct),
    )


def left(lessons: Iterable[LessonRef], done: AbstractSet[int]) -> Work:
    """What is left of some lessons once those of some numbers are done."""
    return work(lesson for lesson in lessons if lesson.number not in done)


def numbers(lessons: Iterable[LessonRef]) -> frozenset[int]:
    """The numbers of some lessons."""
    return frozenset(lesson.number for lesson in lessons)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two roadmaps share and what is each one's own."""

    shared: Work
    a_only: Work
    b_only: Work


def overlap(a: Iterable[LessonRef], b: Iterable[LessonRef]) -> Overlap:
    """Split the lessons of two roadmaps into shared and own."""
    a, b = list(a), list(b)
    in_a, in_b = numbers(a), numbers(b)
    return Overlap(
        shared=work(lesson for lesson in a if lesson.number in in_b),
        a_only=left(a, in_b),
        b_only=left(b, in_a),
    )


@dataclass(frozen=True, slots=True)
class Next:
    """A roadmap once another is done. counts: what was done that it needs too.

    adds: its stops that have anything left, with what is left there.
    """

    roadmap: Roadmap
    counts: Work
    left: Work
    adds: tuple[tuple[Stop, Work], ...]


def next_roadmaps(
    done: Roadmap,
    others: Iterable[Roadmap],
    known: AbstractSet[int] = frozenset(),
    most: int | None = None,
) -> list[Next]:
    """Other roadmaps by what is left of each once one is done, least first; then by name.

    known: numbers of lessons that need no time either. most: how many roadmaps to give.
    """
    finished = done.numbers | known
    found = [(other.left(finished).minutes, other.role, other) for other in others]
    found.sort(key=lambda each: each[:2])
    rest = (other for *_, other in found if other != done)
    return [after(finished, other) for other in islice(rest, most)]


def after(done: AbstractSet[int], roadmap: Roadmap) -> Next:
    """What a roadmap still takes when the lessons of some numbers are done."""
    lessons = roadmap.lessons
    rest = ((stop, left(stop.lessons, done)) for stop in roadmap.stops)
    return Next(
        roadmap,
        counts=work(lesson for lesson in lessons if lesson.number in done),
        left=left(lessons, done),
        adds=tuple((stop, work) for stop, work in rest if work.lessons),
    )


# Percent of the plain division. People are a fifth faster at best, and more often slower, since
# practice overruns and weeks fall out.
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


def forecast(minutes: int, hours_a_week: int, start: datetime.date) -> Forecast:
    """When some minutes of work end, from -20% to +40% of minutes / (60 × hours a week).

    Weeks are rounded up: a week that is begun counts. Raises ValueError for a pace below 1.
    """
    if hours_a_week < 1:
        message = f"a pace is at least 1 hour a week, not {hours_a_week}"
        raise ValueError(message)
    hundred_weeks = 100 * MINUTES_AN_HOUR * hours_a_week
    # Whole numbers: 1.4 is none that a computer can hold, and a week more would be the price.
    fewest, most = (-(-minutes * share // hundred_weeks) for share in (FASTER, SLOWER))
    return Forecast(fewest, most, _month(start, fewest), _month(start, most))


def _month(start: datetime.date, weeks: int) -> datetime.date:
    """The first day of the month in which some weeks from a day end."""
    return (start + datetime.timedelta(weeks=weeks)).replace(day=1)
