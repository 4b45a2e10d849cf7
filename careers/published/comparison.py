"""Two or three roles side by side: what their lessons share, and what a switch costs.

Pure: plain values in, plain values out. All arithmetic counts planned lessons, drafts included,
and counts no lesson twice, as `careers.published.roadmap` does.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import accumulate, combinations, permutations

from careers.published.catalog import Catalog, Pivot, Role
from careers.published.query import Ignored, ignored
from careers.published.roadmap import Roadmap, Stop, Work, after, numbers, work
from careers.published.visitor import MOST_COMPARED, MOST_NAMED, Effort, Visitor, compared
from careers.published.words import listed

SIMILAR = 0.7  # from 0 to 1, as difflib measures it; below that a guess would be a bad joke


# What is asked for --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unknown:
    """What names no role. nearest: whom it may mean; roles: the comparison with that one."""

    said: Ignored
    nearest: Role | None
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """A comparison in which a role makes way for another."""

    out: Role
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """A role for which there is no room, and the comparisons that have it instead of another."""

    role: Role
    swaps: tuple[Swap, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The roles to compare, as asked for, and why others of an address aren't among them.

    in_order: the roles in the catalog's order. unnamed: how many more are left out than are named.
    """

    roles: tuple[Role, ...] = ()
    in_order: tuple[Role, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    twice: tuple[Role, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    unnamed: int = 0

    @property
    def slots(self) -> tuple[Role | None, ...]:
        """The roles, and nothing for each that could still be added."""
        return (*self.roles, *[None] * (MOST_COMPARED - len(self.roles)))


def read(slugs: Iterable[str], catalog: Catalog) -> Choice:
    """The roles that some slugs name: the first three, each once. An empty one asks for nothing."""
    said = Counter(text for slug in slugs if (text := slug.replace("\0", "").strip()))
    roles = compared(said, catalog)
    known = [catalog.roles[slug] for slug in said if slug in catalog.roles]
    unknown = [text for text in said if text not in catalog.roles]
    beyond = known[MOST_COMPARED:]
    return Choice(
        roles,
        in_order=tuple(each for each in catalog.roles.values() if each in roles),
        unknown=tuple(_unknown(text, roles, catalog) for text in unknown[:MOST_NAMED]),
        twice=tuple(role for role in roles if said[role.slug] > 1),
        beyond=tuple(_beyond(role, roles) for role in beyond[:MOST_NAMED]),
        unnamed=sum(max(0, len(each) - MOST_NAMED) for each in (unknown, beyond)),
    )


def _unknown(text: str, roles: tuple[Role, ...], catalog: Catalog) -> Unknown:
    nearest = _nearest(text, catalog)
    if nearest is None or nearest in roles:
        return Unknown(ignored("r", text, ""), None, ())
    return Unknown(ignored("r", text, ""), nearest, (*roles[: MOST_COMPARED - 1], nearest))


def _nearest(text: str, catalog: Catalog) -> Role | None:
    """The role whose slug, title or alias is most like a text, if any is."""
    roles = catalog.roles.values()
    names = {_key(alias): role for role in roles for alias in role.aliases}
    names |= {_key(name): role for role in roles for name in (role.title, role.slug)}
    key = _key(text)
    found = get_close_matches(key, names, n=1, cutoff=SIMILAR)
    found = found or [name for name in names if name.startswith(f"{key}-")]
    return names[found[0]] if found else None


def _key(name: str) -> str:
    return "-".join(name.casefold().split())


def _beyond(role: Role, roles: tuple[Role, ...]) -> Beyond:
    swaps = (
        Swap(out, tuple(role if each is out else each for each in roles)) for out in reversed(roles)
    )
    return Beyond(role, tuple(swaps))


# What it shows ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """The lessons that these of the compared roles need, and no other. stops: with work there."""

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
class Part:
    """A piece of a role's bar: its lessons of one group. others: who of the rest needs them.

    start: the minutes of the pieces before it.
    """

    group: Group
    others: tuple[Role, ...]
    start: int

    @property
    def titles(self) -> str:
        """Of the others, of which there is at least one."""
        return listed([role.title for role in self.others], "and")


@dataclass(frozen=True, slots=True)
class Column:
    """One of the roles. effort: what it takes this visitor; rest: the roles without it."""

    role: Role
    effort: Effort
    rest: tuple[Role, ...]
    parts: tuple[Part, ...]

    @property
    def strongest(self) -> tuple[Pivot, ...]:
        """The pivots that fit best: one, or several that fit alike."""
        pivots = self.role.pivots
        return tuple(pivot for pivot in pivots if pivot.fit == pivots[0].fit)

    @property
    def has_months(self) -> bool:
        """Whether a source says how long one of these takes."""
        return any(pivot.months for pivot in self.strongest)


@dataclass(frozen=True, slots=True)
class Switch:
    """What counts and what is left for who has done one role's lessons and turns to another's.

    left_for_you: where this visitor's background gives them some of that too.
    """

    origin: Role
    target: Role
    counts: Work
    left: Work
    left_for_you: Work

    @property
    def is_countable(self) -> bool:
        """Whether both have lessons at all."""
        return all(role.roadmap.lessons for role in (self.origin, self.target))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Roles side by side. groups: first what all need; together: each lesson once.

    longest: the most minutes that any of them takes.
    """

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    switches: tuple[Switch, ...]
    together: Work
    longest: int

    @property
    def titles(self) -> str:
        return listed([column.role.title for column in self.columns], "or")

    @property
    def shared(self) -> Work:
        """What all of them need."""
        return self.groups[0].work


def compare(roles: Sequence[Role], visitor: Visitor) -> Comparison:
    """Lay two or more roles side by side, in the order in which they come."""
    groups = tuple(_groups(roles))
    return Comparison(
        columns=tuple(_column(role, roles, groups, visitor) for role in roles),
        groups=groups,
        switches=tuple(
            _switch(origin, target, visitor.knows) for origin, target in permutations(roles, 2)
        ),
        together=work(lesson for role in roles for lesson in role.roadmap.lessons),
        longest=max(role.roadmap.work.minutes for role in roles),
    )


def _groups(roles: Sequence[Role]) -> Iterator[Group]:
    """A group for each set of roles that needs lessons of its own; for all roles in any case."""
    for size in range(len(roles), 0, -1):
        for some in combinations(roles, size):
            others = [role for role in roles if role not in some]
            group = _group(some, others)
            if group.work.lessons or not others:
                yield group


def _group(roles: tuple[Role, ...], others: Sequence[Role]) -> Group:
    wanted = frozenset.intersection(*(role.roadmap.numbers for role in roles))
    wanted = wanted.difference(*(role.roadmap.numbers for role in others))
    stops = tuple(_stops(roles[0].roadmap, wanted))
    return Group(roles, sum((work for _, work in stops), Work()), stops)


def _stops(roadmap: Roadmap, wanted: AbstractSet[int]) -> Iterator[tuple[Stop, Work]]:
    """The stops that teach any of the wanted lessons. A lesson counts where it comes first."""
    for stop in roadmap.stops:
        here = [lesson for lesson in stop.lessons if lesson.number in wanted]
        wanted = wanted - numbers(here)
        if here:
            yield stop, work(here)


def _column(role: Role, roles: Sequence[Role], groups: Sequence[Group], visitor: Visitor) -> Column:
    mine = [group for group in groups if role.slug in group.slugs and group.work.lessons]
    starts = accumulate((group.work.minutes for group in mine), initial=0)
    parts = (
        Part(group, tuple(each for each in group.roles if each is not role), start)
        for group, start in zip(mine, starts, strict=False)  # the last start is the end
    )
    rest = tuple(each for each in roles if each is not role)
    return Column(role, visitor.of(role), rest, tuple(parts))


def _switch(origin: Role, target: Role, known: AbstractSet[int]) -> Switch:
    done = origin.roadmap.numbers
    then = after(done, target.roadmap)
    return Switch(origin, target, then.counts, then.left, target.roadmap.left(done | known))
