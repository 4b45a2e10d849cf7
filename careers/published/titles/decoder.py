"""A job ad's title → the nearest roles, with the reason for each, or none.

Pure: plain values in, plain values out. There is no model and no look-up elsewhere. The words of
the title are read as concepts, in several languages, and so are the roles' titles and aliases; then
the two are compared. What a role is called, and which titles may mean it, comes from the catalog
alone, so each catalog has its own decoder. A word for a field in which the catalog has no role
decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from careers.published.catalog import Catalog, Role, differing_roles, once_updated
from careers.published.titles import matching
from careers.published.titles.concepts import (
    Reading,
    Token,
    concepts_of,
    fold,
    read_title,
    singular,
)
from careers.published.titles.index import TitleIndex
from careers.published.titles.matching import Match, Strength
from careers.published.titles.names import RoleTitles, Sense
from careers.published.titles.quoting import as_typed, pieces_of
from careers.published.titles.sides import sides_of
from careers.published.titles.units import units_of
from careers.published.titles.why_none import why_none_of


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a title was read as.

    title: with single spaces. matches: best first, at most MOST_MATCHES. set_aside: words for
    level, place, contract or gender, as typed. corrected: misspelled words, as typed, each with the
    word it was read as. unread: words that weren't understood, as typed. varies: what such a title
    means from firm to firm, or "". why_none: a sentence if nothing matches, else "". more: how many
    other roles share the name of a match. shared: that name, as a role has it, or "".
    is_of_several: whether the title names several jobs, and the matches are in its order.
    varies_of: the job that `varies` is about, as typed, if there are several.
    """

    title: str
    matches: tuple[Match, ...]
    set_aside: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    varies: str
    why_none: str
    more: int = 0
    shared: str = ""
    is_of_several: bool = False
    varies_of: str = ""


def decode_title(title: str, roles: Iterable[RoleTitles] | TitleIndex) -> Decoded:
    """Find the roles that a job ad's title may mean. For many titles, pass a TitleIndex."""
    titles = roles if isinstance(roles, TitleIndex) else TitleIndex(roles)
    title = " ".join(title.split())
    reading = read_title(title, titles.own_words)
    whole = _meaning(reading, titles)
    sides = [] if _is_a_name(whole) else _meanings_of_sides(reading, titles)
    meanings = sides or [whole]
    matches = matching.side_by_side([each.matches for each in meanings])
    shown = {match.slug for match in matches}
    senses = [sense for each in meanings for sense in each.senses]
    unread = _unread(reading, titles, senses)
    said = ((each, sense.varies) for each in meanings for sense in each.senses if sense.varies)
    of, varies = next(said, (whole, ""))
    sharing = (_sharing(each.title, titles, shown) for each in meanings)
    more, shared = max(sharing, key=lambda each: each[0])
    return Decoded(
        title=title,
        matches=matches,
        set_aside=tuple(title[start:end] for start, end in reading.aside),
        corrected=_corrected(reading, unread),
        unread=tuple(title[start:end] for start, end in pieces_of(reading, unread)),
        varies=varies,
        varies_of=as_typed(of.title, of.title.tokens) if len(sides) > 1 and varies else "",
        why_none="" if matches else why_none_of(reading, titles),
        more=more,
        shared=shared,
        is_of_several=len(sides) > 1 and len(matches) > 1,
    )


class _Meaning(NamedTuple):
    """The meaning of a title, or of one side of it."""

    title: Reading
    senses: list[Sense]
    matches: tuple[Match, ...]


def _meaning(reading: Reading, titles: TitleIndex) -> _Meaning:
    meant = matching.senses_meant(reading, titles)
    found = list(matching.exactly(reading, titles))
    for unit in units_of(reading):
        found += matching.by_occupation(unit, titles)
        found += matching.by_names(unit, titles, {one.match.slug for one in found})
    if found:
        found += matching.by_field(reading, titles)
    found += matching.by_sense(reading, meant)
    return _Meaning(reading, meant, matching.best_of(found))


def _is_a_name(whole: _Meaning) -> bool:
    return any(match.strength is Strength.EXACT for match in whole.matches)


def _meanings_of_sides(title: Reading, titles: TitleIndex) -> list[_Meaning]:
    """The meanings of the sides of a title; none unless any side matches a role."""

    @cache
    def meaning(text: str) -> _Meaning:
        return _meaning(read_title(text, titles.own_words), titles)

    texts = sides_of(title, titles, lambda text: bool(meaning(text).matches))
    sides = [meaning(text) for text in texts]
    return sides if any(side.matches for side in sides) else []


def _sharing(title: Reading, titles: TitleIndex, shown: set[str]) -> tuple[int, str]:
    """How many roles that aren't shown share a name with one that is, if the title is that name;
    and the name, as the first of the roles has it. If there are none, 0 and "".
    """
    key = _name_key(matching.without_aside(title))
    called = titles.called(concepts_of(title.tokens))
    names = [name for name in called if not name.narrowed and _name_key(name.text) == key]
    sharing = {name.slug for name in names}
    more = len(sharing - shown) if sharing & shown else 0
    return more, names[0].text if more else ""


def _name_key(name: str) -> list[str]:
    """A key that is the same for names that differ only in word order or in plurals."""
    return sorted(map(singular, fold(name).split()))


def _unread(title: Reading, titles: TitleIndex, meant: Iterable[Sense]) -> list[Token]:
    """The words that aren't in the vocabulary, nor in a role's name, nor in the meanings found."""
    meanings = frozenset[str]().union(*(sense.concepts for sense in meant))
    return [
        each for each in title.tokens if not titles.knows(each) and not each.concepts & meanings
    ]


def _corrected(title: Reading, unread: Iterable[Token]) -> tuple[tuple[str, str], ...]:
    """The misspelled words that were understood; the others are reported as unread."""
    strange = {each.start for each in unread}
    found = (each for each in title.corrected if each[0] not in strange)
    return tuple((title.text[start:end], word) for start, end, word in found)


def _titles_of(role: Role) -> RoleTitles:
    return RoleTitles(role.slug, role.title, role.aliases, role.titles)


def _same_titles(titles: TitleIndex, before: Catalog, now: Catalog) -> TitleIndex | None:
    """The same index, if all roles are still called the same; else None."""
    roles = differing_roles(before, now)
    if roles is None or any(_titles_of(was) != _titles_of(role) for was, role in roles.values()):
        return None
    return titles


@once_updated(_same_titles)
def title_index(catalog: Catalog) -> TitleIndex:
    """The index of a catalog's role names, kept while all roles are called the same."""
    titles = TitleIndex(map(_titles_of, catalog.roles.values()))
    decode_title("misspeled", titles)  # builds the look-up tables for misspelled words now
    return titles
