"""A role's roadmap and the arithmetic on it, on plain values.

Pure: no Django, no clock, no input or output. Whoever has rows, or a form that nobody saved yet,
makes these values of them; pages and previews show these values.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from paths.hours import Hours


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
class OtherLine:
    """A role that stops at the same station. color: the name of its line's color."""

    code: str
    color: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of a roadmap: one path and why the role stops there.

    path: its slug. position: where it stands among all paths, low numbers first.
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
    also: tuple[OtherLine, ...] = ()


@dataclass(frozen=True, slots=True)
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

    @property
    def hours(self) -> Hours:
        """Over all stops. A path counts once, however often it is listed."""
        return total_hours(self.stops)

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
