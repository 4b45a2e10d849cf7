"""Published lessons, compressed to a fifth of their memory.

Pure. Every worker holds all lessons of the catalog, but shows only a few at a time. The lessons of
a path are compressed together, and unpacked when one of them is asked for.
"""

import pickle
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from careers.published.roadmap import LessonRef

QUICKLY = 1  # zlib's level
MOST_UNPACKED = 64  # paths whose unpacked lessons stay in memory


class Packable(Protocol):
    """What a pack needs to know of a lesson."""

    @property
    def pk(self) -> int: ...
    @property
    def ref(self) -> LessonRef: ...
    @property
    def published_at(self) -> datetime: ...


class LessonPack[Lesson: Packable]:
    """The published lessons of one path, in teaching order.

    numbers, pks: one for each lesson. published: when each was first public, in seconds since 1970.
    """

    __slots__ = ("_packed", "numbers", "pks", "published")

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self.numbers = array("I", (lesson.ref.number for lesson in lessons))
        self.pks = array("Q", (lesson.pk for lesson in lessons))
        self.published = array("d", (lesson.published_at.timestamp() for lesson in lessons))
        self._packed = zlib.compress(pickle.dumps(tuple(lessons)), QUICKLY)

    def lessons(self) -> dict[int, Lesson]:
        """Number → lesson."""
        lessons: tuple[Lesson, ...] = pickle.loads(zlib.decompress(self._packed))  # noqa: S301  ours
        return {lesson.ref.number: lesson for lesson in lessons}


_unpacked = lru_cache(MOST_UNPACKED)(LessonPack.lessons)


class PackedLessons[Lesson: Packable](Mapping[int, Lesson]):
    """Number → lesson, path by path in teaching order."""

    def __init__(self, packs: Iterable[LessonPack[Lesson]]) -> None:
        self._packs = tuple(packs)
        self._pack_of = {number: pack for pack in self._packs for number in pack.numbers}

    def __getitem__(self, number: int) -> Lesson:
        lesson: Lesson = _unpacked(self._pack_of[number])[number]
        return lesson

    def __contains__(self, number: object) -> bool:
        return number in self._pack_of

    def __iter__(self) -> Iterator[int]:
        return iter(self._pack_of)

    def __len__(self) -> int:
        return len(self._pack_of)

    def rows(self) -> Iterator[tuple[int, int]]:
        """(primary key, number) of each lesson."""
        for pack in self._packs:
            yield from zip(pack.pks, pack.numbers, strict=True)

    def published(self) -> Iterator[tuple[float, int]]:
        """(when it was first public, in seconds since 1970; number) of each lesson."""
        for pack in self._packs:
            yield from zip(pack.published, pack.numbers, strict=True)


class NumbersOfRows:
    """Primary key → number of a lesson. In arrays, which take a tenth of a dictionary's memory."""

    def __init__(self, rows: Iterable[tuple[int, int]]) -> None:
        in_order = sorted(rows)
        self._pks = array("Q", (pk for pk, _ in in_order))
        self._numbers = array("I", (number for _, number in in_order))

    def get(self, pk: int) -> int | None:
        place = bisect_left(self._pks, pk)
        is_there = place < len(self._pks) and self._pks[place] == pk
        return self._numbers[place] if is_there else None


EMPTY: LessonPack[Any] = LessonPack(())
