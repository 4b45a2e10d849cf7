"""Which roles stop at which path, and how much work some lessons save each role.

Pure. A lesson belongs to one path, and a roadmap stops at a path once. So what two roadmaps share,
or what somebody knows of one, is a sum over paths, and need not be counted lesson by lesson.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from typing import overload

from careers.published.catalog import Catalog, Role, once
from careers.published.roadmap import (
    LessonRef,
    NextRoadmap,
    OtherLine,
    Roadmap,
    Work,
    next_roadmap,
    taken,
    total_work,
)

_NONE: "array[int]" = array("I")


class Roads:
    """The roadmaps of a catalog. Roles are identified by their place in its order, from 0.

    stopping: path → the roles that stop there, in order. going_on: path → the roles that go further
    with it, in order. minutes: for each role, of all its lessons.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.roles = tuple(catalog.roles.values())
        self.outlines = {slug: path.lessons for slug, path in catalog.paths.items()}
        self.stopping: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self.going_on: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._only: dict[str, dict[int, AbstractSet[int]]] = defaultdict(dict)
        self.minutes: array[int] = array("I", bytes(4 * len(self.roles)))
        full = {slug: _minutes(lessons) for slug, lessons in self.outlines.items()}
        for place, role in enumerate(self.roles):
            for path in role.roadmap.further:
                self.going_on[path.path].append(place)
            for stop in role.roadmap.stops:
                self.stopping[stop.path].append(place)
                if stop.path not in full:
                    self.outlines[stop.path] = stop.outline
                    full[stop.path] = _minutes(stop.outline)
                if stop.only:
                    self._only[stop.path][place] = stop.only
                self.minutes[place] += (
                    _minutes(taken(stop.outline, stop.only)) if stop.only else full[stop.path]
                )

    def at(self, path: str) -> list[Role]:
        """The roles that stop at a path, in their order."""
        return [self.roles[place] for place in self.stopping.get(path, ())]

    def lines(self, path: str, but: str = "") -> "Lines":
        """The lines of the roles that stop at a path, in order. but: the url of a role to omit."""
        places = self.stopping.get(path, _NONE)
        own = bisect_left(places, self._places_by_url.get(but, len(self.roles)))
        if own < len(places) and self.roles[places[own]].url == but:
            places = places[:own] + places[own + 1 :]
        return Lines(self.line, path, places)

    def lines_through(self, path: str, lesson: int) -> "Lines":
        """The lines of the roles that take one lesson of a path. lesson: its number."""
        without = {place for place, only in self._only.get(path, {}).items() if lesson not in only}
        places: Sequence[int] = self.stopping.get(path, _NONE)
        if without:
            places = [place for place in places if place not in without]
        return Lines(self.line, path, places)

    def lines_beyond(self, path: str) -> "Lines":
        """The lines of the roles that go further with a path, in order."""
        return Lines(self.line, "", self.going_on.get(path, _NONE))

    def line(self, path: str, place: int) -> OtherLine:
        """The line of a role at a path, with the lessons that it takes there. place: the role's."""
        only = self._only.get(path, {}).get(place)
        line = self._lines[place]
        return replace(line, lessons=frozenset(only)) if only else line

    @cached_property
    def _lines(self) -> tuple[OtherLine, ...]:
        """The line of each role at a path that it takes as a whole."""
        return tuple(OtherLine(role.code, role.line, role.title, role.url) for role in self.roles)

    @cached_property
    def _places_by_url(self) -> dict[str, int]:
        return {role.url: place for place, role in enumerate(self.roles)}

    @cached_property
    def path_of(self) -> dict[int, str]:
        """The number of a lesson, planned or published → its path."""
        return {ref.number: path for path, outline in self.outlines.items() for ref in outline}

    @cached_property
    def shortest(self) -> tuple[int, ...]:
        """The places of all roles, fewest minutes first, then by title."""
        key = self._order(self.minutes)
        return tuple(sorted(range(len(self.roles)), key=key))

    def among(self, numbers: AbstractSet[int]) -> Iterator[tuple[str, list[LessonRef]]]:
        """Lessons grouped by path, in the catalog's order. Unknown numbers are ignored."""
        paths = {self.path_of[number] for number in numbers if number in self.path_of}
        for path in sorted(paths, key=self._places.__getitem__):
            yield path, [ref for ref in self.outlines[path] if ref.number in numbers]

    def lessons(self, numbers: AbstractSet[int]) -> tuple[LessonRef, ...]:
        """Lessons in teaching order. Unknown numbers are ignored."""
        return tuple(ref for _, refs in self.among(numbers) for ref in refs)

    def minutes_of(self, numbers: AbstractSet[int]) -> dict[int, int]:
        """Place of a role → the minutes of its lessons among these, for roles that have any."""
        found: dict[int, int] = defaultdict(int)
        for path, refs in self.among(numbers):
            whole = _minutes(refs)
            parts = self._only.get(path, {})
            for place in self.stopping.get(path, ()):
                only = parts.get(place)
                found[place] += _minutes(taken(refs, only)) if only else whole
        return {place: minutes for place, minutes in found.items() if minutes}

    def left(self, known: AbstractSet[int]) -> "array[int]":
        """For each role, the minutes of its lessons that aren't among the known. known: numbers."""
        left = self.minutes[:]
        for place, minutes in self.minutes_of(known).items():
            left[place] -= minutes
        return left

    @cached_property
    def _places(self) -> dict[str, int]:
        return {path: place for place, path in enumerate(self.outlines)}

    def _order(self, minutes: "array[int] | dict[int, int]") -> "_Order":
        return _Order(self.roles, minutes)

    def _least(self, minutes: dict[int, int], most: int) -> list[int]:
        """The places of the `most` roles with the fewest minutes; ties by title."""
        bound = max(nsmallest(most, minutes.values()), default=0)
        few = sorted(place for place, each in minutes.items() if each <= bound)
        return sorted(few, key=self._order(minutes))[:most]

    def nearest(self, done: Roadmap, known: AbstractSet[int], most: int) -> list[NextRoadmap]:
        """The next roadmaps after a finished one: least work left first, ties by title.

        Those without a lesson, published or planned, are left out. known: numbers of other lessons
        that are done. most: how many roadmaps to return.
        """
        finished = done.numbers | known
        shared = self.minutes_of(finished)
        left = {place: self.minutes[place] - minutes for place, minutes in shared.items()}
        others = (place for place in self.shortest if self.minutes[place] and place not in left)
        left |= {place: self.minutes[place] for place in islice(others, most + 1)}
        roadmaps = (self.roles[place].roadmap for place in self._least(left, most + 1))
        rest = (roadmap for roadmap in roadmaps if roadmap != done)
        return [next_roadmap(finished, roadmap) for roadmap in islice(rest, most)]

    def kept(
        self, done: Iterable[LessonRef], but: Collection[Role], most: int
    ) -> list[tuple[Roadmap, Work]]:
        """The roadmaps for which most of the done lessons count, each with the work that counts.

        Roles for which none count are left out, and so is `but`. most: how many to return.
        """
        lessons = {lesson.number: lesson for lesson in done}
        shared = self.minutes_of(lessons.keys())
        negative = {place: -minutes for place, minutes in shared.items()}
        best = self._least(negative, most + len(but))
        others = (self.roles[place].roadmap for place in best if self.roles[place] not in but)
        return [
            (other, total_work(lessons[n] for n in lessons.keys() & other.numbers))
            for other in islice(others, most)
        ]


class Lines(Sequence[OtherLine]):
    """The lines of some roles at a path. Each is made when it is read: there may be thousands, of
    which a page shows a few.
    """

    def __init__(
        self, find: Callable[[str, int], OtherLine], path: str, places: Sequence[int]
    ) -> None:
        self._find = find
        self._path = path
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, which: int) -> OtherLine: ...
    @overload
    def __getitem__(self, which: slice) -> list[OtherLine]: ...
    def __getitem__(self, which: int | slice) -> OtherLine | list[OtherLine]:
        if isinstance(which, slice):
            return [self._find(self._path, place) for place in self._places[which]]
        return self._find(self._path, self._places[which])


class _Order:
    """A sort key for places of roles: minutes, then title."""

    def __init__(self, roles: tuple[Role, ...], minutes: "array[int] | dict[int, int]") -> None:
        self.roles = roles
        self.minutes = minutes

    def __call__(self, place: int) -> tuple[int, str]:
        return self.minutes[place], self.roles[place].roadmap.role


def _minutes(lessons: Iterable[LessonRef]) -> int:
    return sum(lesson.minutes + lesson.practice_minutes for lesson in lessons)


@once
def roads(catalog: Catalog) -> Roads:
    return Roads(catalog)
