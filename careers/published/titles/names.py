"""What roles are called, and which titles may mean them, read as concepts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from careers.published.catalog import AdTitle
from careers.published.titles.concepts import Words, concepts_of, fold, read_title, singular
from careers.published.titles.occupations import Occupation, occupation_of

_BRACKETS = re.compile(r"\s*\(([^()]+)\)$")


@dataclass(frozen=True, slots=True)
class RoleTitles:
    """What a role is called. near: titles that may mean it."""

    slug: str
    title: str
    aliases: tuple[str, ...] = ()
    near: tuple[AdTitle, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One of a role's names, read as concepts.

    called: what the name is to the role, in words. narrowed: for a title without its brackets, what
    stood in them.
    """

    slug: str
    text: str
    called: str
    concepts: frozenset[str]
    occupation: Occupation
    narrowed: str = ""


def count_of_names(role: RoleTitles) -> int:
    """How many names a role has: its title, its aliases, and its title without brackets."""
    return 1 + len(role.aliases) + bool(_in_brackets(role.title)[1])


def _in_brackets(title: str) -> tuple[str, str]:
    """A title without its brackets, and what stands in them, or nothing."""
    found = _BRACKETS.search(title)
    return (title[: found.start()], found.group(1)) if found else (title, "")


def name_of(role: RoleTitles, which: int) -> Name:
    """One of a role's names, by its number: 0 is its title, its aliases follow."""
    if which == 0:
        return _name(role.slug, role.title, "this role’s own title")
    if which <= len(role.aliases):
        return _name(role.slug, role.aliases[which - 1], "one of the names of this role")
    named, narrowed = _in_brackets(role.title)
    return _name(role.slug, named, "", narrowed)


def _name(slug: str, text: str, called: str, narrowed: str = "") -> Name:
    concepts = concepts_of_name(text)
    return Name(slug, text, called, concepts, occupation_of(concepts), narrowed)


@lru_cache(maxsize=1024)  # every title is held against some twenty of the same names
def concepts_of_name(text: str) -> frozenset[str]:
    """What a name says. No word in it is misspelled."""
    return concepts_of(read_title(text, Words(fold(text).split())).tokens)


def owners_of(names: Iterable[Name]) -> dict[frozenset[str], str]:
    """Concepts → the role whose name stands for them: the shortest that says just these.

    “ML Systems Engineer” and “ML Engineer” are read as the same concepts. If they belong to two
    roles, only the shorter stands for those concepts; the longer matches word for word alone.
    """
    owners: dict[frozenset[str], str] = {}
    for name in sorted(names, key=lambda name: len(name.text.split())):
        owners.setdefault(name.concepts, name.slug)
    return owners


class Sense(NamedTuple):
    """A title that may mean a role, as concepts. varies: what to look for in the ad, or nothing."""

    slug: str
    concepts: frozenset[str]
    varies: str


def sense_of(slug: str, title: str, varies: str) -> Sense:
    return Sense(slug, concepts_of_name(title), varies)


def own_words_of(roles: Iterable[RoleTitles]) -> Words:
    """The folded words of all names and titles of a catalog, also as they are said of one."""
    texts = (
        text
        for role in roles
        for text in (role.title, *role.aliases, *(near.title for near in role.near))
    )
    words = frozenset(word for text in texts for word in fold(text).split())
    return Words(words | {singular(word) for word in words})
