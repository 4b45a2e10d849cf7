"""Which roles a visitor chose to compare, and why some that the address names are left out.

Pure.
"""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from careers.published.catalog import Catalog, Role, once
from careers.published.lookup.similar import SimilarNames
from careers.published.query import MOST_REFUSED, Reader, find, shown

PARAMETER = "r"  # given once for each role
LEAST_COMPARED = 2
MOST_COMPARED = 3
SIMILAR = 0.7  # difflib's ratio, from 0 to 1: a less similar name would be a bad guess


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no role has. value: the name as a page may show it. nearest: the role that may be
    meant, or None.

    roles: the comparison with the nearest role added.
    """

    value: str
    nearest: Role | None
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """A comparison in which one role is replaced by another. out: the role that is replaced."""

    out: Role
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Surplus:
    """A role that there is no room for. swaps: the comparisons that have it instead of another."""

    role: Role
    swaps: tuple[Swap, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The roles to compare, in the order of the address, and what of the address is left out.

    in_order: the same roles in the catalog's order. twice: roles that were named more than once.
    unnamed: how many more unknown and surplus names there are than the page lists.
    is_unfinished: whether a form was sent with an empty field and too few roles to compare.
    """

    roles: tuple[Role, ...] = ()
    in_order: tuple[Role, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    twice: tuple[Role, ...] = ()
    surplus: tuple[Surplus, ...] = ()
    unnamed: int = 0
    is_unfinished: bool = False

    @property
    def slots(self) -> tuple[Role | None, ...]:
        """The roles, then None for each that can still be added."""
        return (*self.roles, *[None] * (MOST_COMPARED - len(self.roles)))


def read_tray(reader: Reader, catalog: Catalog) -> tuple[Role, ...]:
    """The roles chosen for comparison so far, on a page where a visitor goes on choosing."""
    return tuple(reader.some_of(PARAMETER, catalog.roles, "role", MOST_COMPARED))


def read_selection(reader: Reader, catalog: Catalog) -> Selection:
    """The roles to compare: the first MOST_COMPARED that the address names, each once."""
    names = reader.texts(PARAMETER)
    meant = {name: find_role(catalog, name) for name in names}
    asked = Counter(role.slug for name in names if (role := meant[name]))
    known = [catalog.roles[slug] for slug in asked]
    unknown = [name for name, role in meant.items() if not role]
    roles, surplus = tuple(known[:MOST_COMPARED]), known[MOST_COMPARED:]
    return Selection(
        roles,
        in_order=tuple(sorted(roles, key=lambda role: catalog.roles.places[role.slug])),
        unknown=tuple(_unknown(name, roles, catalog) for name in unknown[:MOST_REFUSED]),
        twice=tuple(role for role in roles if asked[role.slug] > 1),
        surplus=tuple(Surplus(role, _swaps(role, roles)) for role in surplus[:MOST_REFUSED]),
        unnamed=sum(max(0, len(each) - MOST_REFUSED) for each in (unknown, surplus)),
        is_unfinished=len(roles) < LEAST_COMPARED and reader.is_left_empty(PARAMETER),
    )


def find_role(catalog: Catalog, name: str) -> Role | None:
    """The role with this slug, or formerly; in a large catalog, also this title or alias."""
    role = find(catalog.roles, name)
    if not role and catalog.has_many_roles:
        slug = _names(catalog).slugs.get(_key(name))
        role = catalog.roles[slug] if slug else None
    return role


def _unknown(name: str, roles: tuple[Role, ...], catalog: Catalog) -> Unknown:
    nearest = nearest_role(name, catalog)
    if nearest is None or nearest in roles:
        return Unknown(shown(name), None, ())
    return Unknown(shown(name), nearest, (*roles[: MOST_COMPARED - 1], nearest))


def nearest_role(name: str, catalog: Catalog) -> Role | None:
    """The role whose slug, title or alias is most similar to a name, or None."""
    slug = _names(catalog).nearest(_key(name))
    return catalog.roles[slug] if slug else None


class _Names:
    """The slugs, titles and aliases of all roles, to look up a name that may be misspelled.

    A name that several roles have means the first of them.
    """

    def __init__(self, catalog: Catalog) -> None:
        roles = catalog.roles.values()
        self.slugs = _first_of((alias, role) for role in roles for alias in role.aliases)
        self.slugs |= _first_of((name, role) for role in roles for name in (role.title, role.slug))
        # A title is typed, while a slug is looked up before: so a title wins over another's slug.
        self.slugs |= _first_of((role.title, role) for role in roles)
        self.similar = SimilarNames(self.slugs)

    @cached_property
    def in_order(self) -> list[str]:
        return sorted(self.slugs)

    def nearest(self, key: str) -> str | None:
        """The slug of the role with the most similar name, or the first that begins so, or None."""
        similar = self.similar.nearest(key, SIMILAR) or self._begun(f"{key}-")
        return self.slugs[similar] if similar else None

    def _begun(self, beginning: str) -> str | None:
        at = bisect_left(self.in_order, beginning)
        begun = takewhile(lambda name: name.startswith(beginning), islice(self.in_order, at, None))
        places = self.places
        return min(begun, key=places.__getitem__, default=None)

    @cached_property
    def places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.slugs)}


@once
def _names(catalog: Catalog) -> _Names:
    return _Names(catalog)


def _first_of(named: Iterable[tuple[str, Role]]) -> dict[str, str]:
    """Key of a name → the slug of the first role that has it."""
    slugs: dict[str, str] = {}
    for name, role in named:
        slugs.setdefault(_key(name), role.slug)
    return slugs


def _key(name: str) -> str:
    return "-".join(unicodedata.normalize("NFC", name.casefold()).split())


def _swaps(role: Role, roles: tuple[Role, ...]) -> tuple[Swap, ...]:
    return tuple(
        Swap(out, tuple(role if each is out else each for each in roles)) for out in reversed(roles)
    )
