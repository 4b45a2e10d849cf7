"""Where a reader goes on once all of a path that can be read is read. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from careers.published.roadmap import LessonRef, OtherLine, Roadmap, Stop


@dataclass(frozen=True, slots=True)
class Onward:
    """The next lesson on the way to some roles. path: the title of the path that it stands in."""

    lesson: LessonRef
    path: str
    lines: tuple[OtherLine, ...]


def onward(path: str, number: int, roadmaps: Iterable[Roadmap]) -> list[Onward]:
    """The first lessons that can be read behind a path, each with the roles that it counts for.

    path, number: of its lesson that was read last. A role goes on with a later step; one whose
    steps are in any order, with an earlier one if no later one can be read yet. What most roles go
    on with stands first, then what the first role does.
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
    """The stops of which something can be read, in the order in which a reader comes to them."""
    passed = [place for place, stop in enumerate(roadmap.stops) if _has(stop, path, number)]
    if passed:
        stops = roadmap.stops[passed[0] + 1 :]
        if not roadmap.in_sequence:
            stops += roadmap.stops[: passed[0]]
        yield from (stop for stop in stops if stop.first_lesson)


def _has(stop: Stop, path: str, number: int) -> bool:
    return stop.path == path and (number in stop.only if stop.only else True)
