"""What the indexes must answer, found the slow way, by looking at each roadmap."""

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from careers.published.roadmap import (
    LessonRef,
    NextRoadmap,
    Roadmap,
    Work,
    lesson_numbers,
    next_roadmap,
    total_work,
    work_left,
)


@dataclass(frozen=True)
class Overlap:
    """The work that two roadmaps share, and the work of each that the other lacks."""

    shared: Work
    a_only: Work
    b_only: Work


def overlap(a: Iterable[LessonRef], b: Iterable[LessonRef]) -> Overlap:
    """Split the lessons of two roadmaps into shared and own. Each lesson counts once."""
    a, b = list(a), list(b)
    in_a, in_b = lesson_numbers(a), lesson_numbers(b)
    return Overlap(
        shared=total_work(lesson for lesson in a if lesson.number in in_b),
        a_only=work_left(a, in_b),
        b_only=work_left(b, in_a),
    )


def kept_elsewhere(
    done: Collection[LessonRef], others: Iterable[Roadmap], most: int
) -> list[tuple[Roadmap, Work]]:
    """The roadmaps that share most of some lessons' work, each with the work shared.

    most: how many roadmaps to give. Those that share nothing are left out.
    """
    counted = [
        (other, total_work(lesson for lesson in done if lesson.number in other.numbers))
        for other in others
    ]
    kept = [(other, work) for other, work in counted if work.lessons]
    return sorted(kept, key=lambda each: (-each[1].minutes, each[0].role))[:most]


def next_roadmaps(
    done: Roadmap,
    others: Iterable[Roadmap],
    known: AbstractSet[int] = frozenset(),
    most: int | None = None,
) -> list[NextRoadmap]:
    """Other roadmaps with lessons once one is done, sorted by the work left, then by role.

    known: numbers of other lessons that are done. most: how many roadmaps to give.
    """
    finished = done.numbers | known
    taught = (other for other in others if other.lessons)
    found = [(other.work_left(finished).minutes, other.role, other) for other in taught]
    found.sort(key=lambda each: each[:2])
    rest = (other for *_, other in found if other != done)
    return [next_roadmap(finished, other) for other in islice(rest, most)]
