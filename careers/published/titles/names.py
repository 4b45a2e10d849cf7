"""The names of roles, and titles that may mean them, as concepts."""

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
    """The names of a role. near: titles that may mean it."""

    slug: str
    title: str
    aliases: tuple[str, ...] = ()
    near: tuple[AdTitle, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a role, and its concepts.

    called: a phrase that says what the name is to the role. narrowed: if the name is a title
    without its final brackets, what was in them; else "".
    """

    slug: str
    text: str
    called: str
    concepts: frozenset[str]
    occupation: Occupation
    narrowed: str = ""


def count_of_names(role: RoleTitles) -> int:
    """How many names a role has: its title, its aliases, and its title without brackets, if any."""
    return 1 + len(role.aliases) + bool(_in_brackets(role.title)[1])


def _in_brackets(title: str) -> tuple[str, str]:
    """A title without its final brackets, and what is in them; or the title and ""."""
    found = _BRACKETS.search(title)
    return (title[: found.start()], found.group(1)) if found else (title, "")


def name_of(role: RoleTitles, which: int) -> Name:
    """A name of a role by number: its title, its aliases, its title without brackets."""
    if which == 0:
        return _name(role.slug, role.title, "this role’s own title")
    if which <= len(role.aliases):
        return _name(role.slug, role.aliases[which - 1], "one of the names of this role")
    named, narrowed = _in_brackets(role.title)
    return _name(role.slug, named, "", narrowed)


def _name(slug: str, text: str, called: str, narrowed: str = "") -> Name:
    concepts = concepts_of_name(text)
    return Name(slug, text, called, concepts, occupation_of(concepts), narrowed)


@lru_cache(maxsize=1024)  # every title is compared with the same twenty names or so
def concepts_of_name(text: str) -> frozenset[str]:
    """The concepts of a name. All of its words count as spelled right."""
    return concepts_of(read_title(text, Words(fold(text).split())).tokens)


def owners_of(names: Iterable[Name]) -> dict[frozenset[str], str]:
    """Concepts → the role that owns them: the one with the shortest name for exactly these.

    “ML Systems Engineer” and “ML Engineer” mean the same concepts. If they belong to two roles,
    only the shorter one matches by concepts, and the longer one only word for word.
    """
    owners: dict[frozenset[str], str] = {}
    for name in sorted(names, key=lambda name: len(name.text.split())):
        owners.setdefault(name.concepts, name.slug)
    return owners


class Sense(NamedTuple):
    """A title that may mean a role. varies: what to look for in the ad, or ""."""

    slug: str
    title: str
    concepts: frozenset[str]
    varies: str


def sense_of(slug: str, title: str, varies: str) -> Sense:
    return Sense(slug, title, concepts_of_name(title), varies)


def own_words_of(roles: Iterable[RoleTitles]) -> Words:
    """The folded words of all names and titles of a catalog, plurals also in the singular."""
    texts = (
        text
        for role in roles
        for text in (role.title, *role.aliases, *(near.title for near in role.near))
    )
    words = frozenset(word for text in texts for word in fold(text).split())
    return Words(words | {singular(word) for word in words})
