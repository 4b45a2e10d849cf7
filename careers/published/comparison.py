"""Two or three roles side by side: what their lessons share, and what a switch costs.

Pure: plain values in, plain values out. All arithmetic counts planned lessons, drafts included,
and counts no lesson twice, as `careers.published.roadmap` does.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate, combinations, permutations

from careers.published.catalog import Pivot, Role
from careers.published.roadmap import (
    LessonRef,
    Roadmap,
    Stop,
    Work,
    lesson_numbers,
    total_work,
)
from careers.published.visitor import Effort, Visitor
from careers.published.words import listed


@dataclass(frozen=True, slots=True)
class LessonGroup:
    """The lessons that exactly these of the compared roles need.

    stops: where those lessons are, each with the work there.
    """

    roles: tuple[Role, ...]
    work: Work
    stops: tuple[tuple[Stop, Work], ...]

    @property
    def titles(self) -> str:
        return listed([role.title for role in self.roles], "and")

    @property
    def slugs(self) -> frozenset[str]:
        return frozenset(role.slug for role in self.roles)


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a role's bar: its lessons of one group. others: the other roles of the group.

    start: the minutes of all segments before it.
    """

    group: LessonGroup
    others: tuple[Role, ...]
    start: int

    @property
    def titles(self) -> str:
        """The titles of the others, of which there is at least one."""
        return listed([role.title for role in self.others], "and")


@dataclass(frozen=True, slots=True)
class Column:
    """One of the roles. effort: the visitor's effort for it; rest: the other compared roles.

    start: the first published lesson that the visitor neither knows nor has done, or None.
    """

    role: Role
    effort: Effort
    start: LessonRef | None
    rest: tuple[Role, ...]
    segments: tuple[Segment, ...]

    @property
    def strongest(self) -> tuple[Pivot, ...]:
        """The pivots with the best fit: one, or several with the same fit."""
        pivots = self.role.pivots
        return tuple(pivot for pivot in pivots if pivot.fit == pivots[0].fit)

    @property
    def has_months(self) -> bool:
        """Whether a source says how many months it takes from one of the strongest."""
        return any(pivot.months for pivot in self.strongest)


@dataclass(frozen=True, slots=True)
class Switch:
    """From one role to another: the work of the origin that counts there, and the work left.

    left_for_you: the work left without the lessons that the visitor knows or has done.
    """

    origin: Role
    target: Role
    counts: Work
    left: Work
    left_for_you: Work

    @property
    def is_countable(self) -> bool:
        """Whether both roles have lessons."""
        return all(role.roadmap.lessons for role in (self.origin, self.target))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Roles side by side. groups: the first has the lessons that all roles need, if any.

    together: the work of all roles, each lesson counted once. longest: minutes of the longest role.
    """

    columns: tuple[Column, ...]
    groups: tuple[LessonGroup, ...]
    switches: tuple[Switch, ...]
    together: Work
    longest: int

    @property
    def titles(self) -> str:
        return listed([column.role.title for column in self.columns], "or")

    @property
    def shared(self) -> Work:
        """The work that all of them need."""
        return self.groups[0].work

    @property
    def common_start(self) -> LessonRef | None:
        """The lesson that all of them begin with, or None."""
        first = self.columns[0].start
        return first if all(column.start == first for column in self.columns) else None

    @property
    def can_begin(self) -> bool:
        """Whether the visitor can read a further lesson of any of them."""
        return any(column.start for column in self.columns)

    @property
    def known(self) -> frozenset[str]:
        """The rows to show: those about which at least one role says something."""
        roles = [column.role for column in self.columns]
        found = {
            "day": any(role.daily_work for role in roles),
            "time": any(role.time_split for role in roles),
            "pay": any(role.bands for role in roles),
            "besides": any(role.roadmap.after_paths or role.roadmap.not_taught for role in roles),
            "scope": any(role.honest_scope or role.not_for_you_if for role in roles),
            "paths": any(role.roadmap.stops for role in roles),
            "pivots": any(role.pivots for role in roles),
            "signals": any(role.signals for role in roles),
        }
        return frozenset(name for name, is_known in found.items() if is_known)


def compare_roles(roles: Sequence[Role], visitor: Visitor) -> Comparison:
    """Compare two or more roles, in the order given."""
    groups = tuple(_groups(roles))
    return Comparison(
        columns=tuple(_column(role, roles, groups, visitor) for role in roles),
        groups=groups,
        switches=tuple(
            _switch(origin, target, groups, visitor.knows)
            for origin, target in permutations(roles, 2)
        ),
        together=_sum(groups),  # each lesson is in one group
        longest=max(role.roadmap.work.minutes for role in roles),
    )


def _groups(roles: Sequence[Role]) -> Iterator[LessonGroup]:
    """A group for each set of roles that share lessons no other needs, the largest set first.

    The set of all roles has a group even if they share nothing.
    """
    numbers = {role.slug: role.roadmap.numbers for role in roles}
    for size in range(len(roles), 0, -1):
        for some in combinations(roles, size):
            others = [numbers[role.slug] for role in roles if role not in some]
            wanted = frozenset.intersection(*(numbers[role.slug] for role in some))
            stops = tuple(_stops(some[0].roadmap, wanted.difference(*others)))
            if stops or not others:
                yield LessonGroup(some, sum((work for _, work in stops), Work()), stops)


def _stops(roadmap: Roadmap, wanted: AbstractSet[int]) -> Iterator[tuple[Stop, Work]]:
    """The stops that teach any of the wanted lessons. A lesson counts at the first that has it."""
    for stop in roadmap.stops:
        here = [lesson for lesson in stop.lessons if lesson.number in wanted]
        wanted = wanted - lesson_numbers(here)
        if here:
            yield stop, total_work(here)


def _column(
    role: Role, roles: Sequence[Role], groups: Sequence[LessonGroup], visitor: Visitor
) -> Column:
    mine = [group for group in groups if role.slug in group.slugs and group.work.lessons]
    starts = accumulate((group.work.minutes for group in mine), initial=0)
    segments = (
        Segment(group, tuple(each for each in group.roles if each is not role), start)
        for group, start in zip(mine, starts, strict=False)  # starts has the end as well
    )
    rest = tuple(each for each in roles if each is not role)
    start = role.roadmap.first_beyond(visitor.knows)
    return Column(role, visitor.effort_for(role), start, rest, tuple(segments))


def _switch(
    origin: Role, target: Role, groups: Iterable[LessonGroup], known: AbstractSet[int]
) -> Switch:
    both = {origin.slug, target.slug}
    counts = _sum(group for group in groups if both <= group.slugs)
    left = target.roadmap.work - counts
    left_for_you = target.roadmap.work_left(origin.roadmap.numbers | known) if known else left
    return Switch(origin, target, counts, left, left_for_you)


def _sum(groups: Iterable[LessonGroup]) -> Work:
    return sum((group.work for group in groups), Work())
