"""A job ad's title → the nearest roles, with the reason for each, or none.

Pure: plain values in, plain values out. Nothing is learned and nothing is looked up elsewhere. The
title's words are read as a few concepts, in four languages; so are the roles' titles and aliases;
and the two are laid side by side. What a role is called, and which titles may mean it, comes from
the catalog alone, so another catalog has its own decoder. Of a field in which it has no role, a
word decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from careers.published.catalog import Catalog, Role, differing_roles, once_updated
from careers.published.titles import matching
from careers.published.titles.concepts import Reading, concepts_of, fold, read_title, singular
from careers.published.titles.index import TitleIndex
from careers.published.titles.matching import Match
from careers.published.titles.names import RoleTitles, Sense
from careers.published.titles.quoting import pieces_of
from careers.published.titles.units import units_of
from careers.published.titles.why_none import why_none_of


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a title was read as.

    title: as read, with single spaces. matches: best first, at most MOST_MATCHES. set_aside: words
    that say level, place, contract or gender, as typed. corrected: misspelled words, as typed, each
    with the word it was read as. unread: words that say nothing known of the job, as typed. varies:
    what such a title means from firm to firm, or "". why_none: a sentence where there is no match,
    else "". more: how many other roles share the name of a match.
    """

    title: str
    matches: tuple[Match, ...]
    set_aside: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    varies: str
    why_none: str
    more: int = 0


def decode_title(title: str, roles: Iterable[RoleTitles] | TitleIndex) -> Decoded:
    """Find the roles that a job ad's title may mean. Who asks often keeps a TitleIndex of them."""
    titles = roles if isinstance(roles, TitleIndex) else TitleIndex(roles)
    title = " ".join(title.split())
    reading = read_title(title, titles.own_words)
    meant = matching.senses_meant(reading, titles)
    found = list(matching.exactly(reading, titles))
    for unit in units_of(reading):
        found += matching.by_occupation(unit, titles)
        found += matching.by_names(unit, titles, {one.match.slug for one in found})
    if found:
        found += matching.by_field(reading, titles)
    found += matching.by_sense(reading, meant)
    matches = matching.best_of(found)
    return Decoded(
        title=title,
        matches=matches,
        set_aside=tuple(title[start:end] for start, end in reading.aside),
        corrected=tuple((title[start:end], word) for start, end, word in reading.corrected),
        unread=_unread(reading, titles, meant),
        varies=next((sense.varies for sense in meant if sense.varies), ""),
        why_none="" if matches else why_none_of(reading, titles),
        more=_more(reading, titles, {match.slug for match in matches}),
    )


def _more(title: Reading, titles: TitleIndex, shown: set[str]) -> int:
    """How many roles that aren't shown have the same name as one that is."""
    key = _name_key(matching.without_aside(title))
    names = titles.called(concepts_of(title.tokens))
    sharing = {name.slug for name in names if not name.narrowed and _name_key(name.text) == key}
    return len(sharing - shown) if sharing & shown else 0


def _name_key(name: str) -> list[str]:
    """What two names have in common that differ in the order of their words, or in a plural."""
    return sorted(map(singular, fold(name).split()))


def _unread(title: Reading, titles: TitleIndex, meant: Iterable[Sense]) -> tuple[str, ...]:
    """The words that neither the vocabulary nor any role's name knows."""
    read_by_name = titles.said.union(*(sense.concepts for sense in meant))
    return tuple(
        title.text[start:end]
        for start, end in pieces_of(
            title,
            [each for each in title.tokens if not each.known and not each.concepts & read_by_name],
        )
    )


def _titles_of(role: Role) -> RoleTitles:
    return RoleTitles(role.slug, role.title, role.aliases, role.titles)


def _same_titles(titles: TitleIndex, before: Catalog, now: Catalog) -> TitleIndex | None:
    """What was made before, as long as roles are called the same."""
    roles = differing_roles(before, now)
    if roles is None or any(_titles_of(was) != _titles_of(role) for was, role in roles.values()):
        return None
    return titles


@once_updated(_same_titles)
def title_index(catalog: Catalog) -> TitleIndex:
    """The names of a catalog's roles, made once for as long as they are called the same."""
    titles = TitleIndex(map(_titles_of, catalog.roles.values()))
    decode_title("misspeled", titles)  # what is looked up for such a word is made for the first
    return titles
