"""Where a reader goes on after the last readable lesson of a path. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from careers.published.roadmap import LessonRef, OtherLine, Roadmap, Stop


@dataclass(frozen=True, slots=True)
class Onward:
    """A lesson with which some roles go on. path: the title of its path. lines: the roles'."""

    lesson: LessonRef
    path: str
    lines: tuple[OtherLine, ...]


def onward(path: str, number: int, roadmaps: Iterable[Roadmap]) -> list[Onward]:
    """The next readable lessons after a path, each with the roles that go on with it.

    path, number: of the lesson that was read last. Each role goes on with a later step, or, if its
    steps are in any order and no later one can be read yet, with an earlier one. The lesson of the
    most roles comes first; of several, that of the first role.
    """
    found: dict[int, Onward] = {}
    for roadmap in roadmaps:
        stop = next(_ahead(path, number, roadmap), None)
        if stop and stop.first_lesson:
            line = OtherLine(roadmap.code, roadmap.line, roadmap.role, roadmap.url)
            lesson = stop.first_lesson
            known = found.get(lesson.number)
            lines = (*known.lines, line) if known else (line,)
            found[lesson.number] = Onward(lesson, stop.title, lines)
    return sorted(found.values(), key=lambda each: -len(each.lines))


def _ahead(path: str, number: int, roadmap: Roadmap) -> Iterator[Stop]:
    """The readable stops after the lesson, in the order in which a reader comes to them."""
    passed = [place for place, stop in enumerate(roadmap.stops) if _has(stop, path, number)]
    if passed:
        stops = roadmap.stops[passed[0] + 1 :]
        if not roadmap.in_sequence:
            stops += roadmap.stops[: passed[0]]
        yield from (stop for stop in stops if stop.first_lesson)


def _has(stop: Stop, path: str, number: int) -> bool:
    return stop.path == path and (number in stop.only if stop.only else True)
