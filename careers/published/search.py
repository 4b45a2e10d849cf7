"""Which roles fit what a visitor chose, in which order, and what another choice would leave.

Pure. Each role is held against each choice once, however many options a page offers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from careers.published.catalog import ENTRY_BARS, Band, Catalog, Path, Role
from careers.published.query import Reader
from careers.published.titles import concepts as titles
from careers.published.titles.concepts import Wanted, singular
from careers.published.visitor import Visitor
from careers.published.words import listed, lower_first
from paths.hours import MINUTES_AN_HOUR

CURRENCY = "EUR"  # bands in others aren't compared: no exchange rate holds for a year
MOST_HOURS, MOST_PAY = 10_000, 10_000_000
LONGEST_SEARCH = 100  # letters
MOST_THRESHOLDS = 8  # that a choice of hours or pay offers


class Sort(StrEnum):
    """The orders of a list. Recommended: the best match first, otherwise the editors' order."""

    RECOMMENDED = "recommended"
    HOURS = "hours"
    LEFT = "left"
    BAND = "band"
    TITLE = "title"


SORTS = {
    Sort.RECOMMENDED: "Recommended",
    Sort.HOURS: "Fewest hours",
    Sort.LEFT: "Fewest hours left",
    Sort.BAND: "Highest pay",
    Sort.TITLE: "Title",
}
IN_ORDER = {
    Sort.HOURS: "fewest hours first",
    Sort.LEFT: "fewest hours left first",
    Sort.BAND: "highest pay first",
    Sort.TITLE: "by title",
}


@dataclass(frozen=True, slots=True)
class Search:
    """What a visitor chose. hours: at most, in all; band: the least middle of a year's pay.

    wanted: what `q` asks for, as it is read.
    """

    visitor: Visitor
    q: str = ""
    path: Path | None = None
    hours: int | None = None
    band: int | None = None
    sort: Sort = Sort.RECOMMENDED
    wanted: tuple[Wanted, ...] = ()

    @property
    def chosen(self) -> dict[str, str]:
        """The choices that leave roles out: parameter → the choice in words."""
        background = self.visitor.background
        said = {
            "q": f"“{self.q}”" if self.q else "",
            "from": f"from {lower_first(background.title)}" if background else "",
            "path": f"with {self.path.title}" if self.path else "",
            "hours": f"at most {self.hours:,} h" if self.hours else "",
            "band": f"about €{self.band:,} a year or more" if self.band else "",
        }
        return {name: words for name, words in said.items() if words}

    @property
    def narrows(self) -> bool:
        """Whether something is chosen but for where a visitor comes from and what they typed."""
        return bool(self.path or self.hours or self.band) or self.sort != Sort.RECOMMENDED

    @property
    def weighs_pay(self) -> bool:
        """Whether roles are ordered or left out by what they pay."""
        return bool(self.band) or self.sort == Sort.BAND

    @property
    def corrected(self) -> tuple[tuple[str, str], ...]:
        """Misspelled words, as typed, each with the word that it was read as."""
        return tuple(pair for each in self.wanted for pair in each.corrected)

    @property
    def in_order(self) -> str:
        """The order of the roles in words; empty for the one that the site recommends."""
        return IN_ORDER.get(self.sort, "")

    @property
    def in_words(self) -> str:
        """All choices that leave roles out: "security, from data scientist". Empty without any."""
        return ", ".join((self.chosen | {"q": self.q} if self.q else self.chosen).values())


def read_search(reader: Reader, catalog: Catalog, visitor: Visitor) -> Search:
    """What an address asks for."""
    q = reader.words("q")
    if len(q) > LONGEST_SEARCH:
        reader.refuse("q", f"A search takes at most {LONGEST_SEARCH} letters.")
        q = ""
    sort = reader.one_of("sort", {each.value: each for each in Sort}, "order")
    return Search(
        visitor,
        q,
        reader.one_of("path", catalog.paths, "path"),
        reader.whole("hours", MOST_HOURS, "hours"),
        reader.whole("band", MOST_PAY, "euro a year"),
        sort or Sort.RECOMMENDED,
        titles.read_search(q, _words(catalog)) if q else (),
    )


def _words(catalog: Catalog) -> frozenset[str]:
    return frozenset(word for role in catalog.roles.values() for word in role.searchable.split())


@dataclass(frozen=True, slots=True)
class FacetOption:
    """A value that can be chosen, and how many roles it would leave."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Drop:
    """Choices to drop together. count: how many roles would fit then; words: what they choose."""

    names: tuple[str, ...]
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The roles that fit, in order. facets: parameter → the values that it can have.

    drops: where no role fits, the fewest choices to drop. elsewhere: roles that fit but for the
    visitor's background, since no way from there is on record: those that ask least beforehand
    first, and of these the one with the least left.
    """

    roles: tuple[Role, ...]
    facets: dict[str, tuple[FacetOption, ...]]
    drops: tuple[Drop, ...]
    elsewhere: tuple[Role, ...]


def search_roles(catalog: Catalog, search: Search) -> SearchResult:
    """Hold every role against what was chosen."""
    conditions = _conditions(search)
    misses = {
        slug: frozenset(name for name, holds in conditions.items() if not holds(role))
        for slug, role in catalog.roles.items()
    }
    roles = catalog.roles.values()
    fitting = [role for role in roles if not misses[role.slug]]
    but_for = {
        name: [role for role in roles if misses[role.slug] <= {name}]
        for name in ("from", "path", "hours", "band")
    }
    return SearchResult(
        roles=tuple(sorted(fitting, key=_order(search))),
        facets=_facets(catalog, search, but_for),
        drops=() if fitting else tuple(_drops(search, misses.values())),
        elsewhere=tuple(
            sorted(
                (role for role in roles if misses[role.slug] == {"from"}),
                key=lambda role: _demand(role, search.visitor),
            )
        ),
    )


def _conditions(search: Search) -> dict[str, Callable[[Role], bool]]:
    """Parameter → whether a role fits what is chosen there."""
    conditions: dict[str, Callable[[Role], bool]] = {}
    if search.q:  # one without a letter or digit fits no role
        wanted = search.wanted
        conditions["q"] = lambda role: (
            bool(wanted) and all(_says(role.searchable, role.concepts, each) for each in wanted)
        )
    if (background := search.visitor.background) and not background.starts_fresh:
        conditions["from"] = lambda role: any(p.background == background for p in role.pivots)
    if path := search.path:
        conditions["path"] = lambda role: any(s.path == path.slug for s in role.roadmap.stops)
    if hours := search.hours:
        conditions["hours"] = lambda role: _minutes(role) <= hours * MINUTES_AN_HOUR
    if pay := search.band:
        conditions["band"] = lambda role: _pay(role) >= pay
    return conditions


def _says(text: str, concepts: frozenset[str], wanted: Wanted) -> bool:
    """Whether a text has what is wanted: words that begin so, or others of the same meaning."""
    if wanted.concepts and wanted.concepts <= concepts:
        return True
    return all(f" {word}" in text or f" {singular(word)}" in text for word in wanted.words)


def _minutes(role: Role) -> int:
    return role.roadmap.hours.minutes_planned


def compared_band(role: Role) -> Band | None:
    """The band by which roles are ordered and filtered: the first in CURRENCY."""
    return next((band for band in role.bands if band.currency == CURRENCY), None)


def middle_of_band(band: Band) -> int:
    """What a source calls the middle of a band, or else what lies halfway between its ends."""
    return (band.low + band.high) // 2 if band.middle is None else band.middle


def _pay(role: Role) -> int:
    """The middle of what a role pays, gross a year; -1, below any choice, where nobody knows."""
    band = compared_band(role)
    return middle_of_band(band) if band else -1


def _order(search: Search) -> Callable[[Role], tuple[object, ...]]:
    """A sort key. Roles with the same key stay in the editors' order."""
    visitor = search.visitor

    def recommended(role: Role) -> tuple[object, ...]:
        # A match in the title ranks above one in the text, and a better fit above a worse.
        named = all(
            _says(role.searchable_names, role.named_concepts, each) for each in search.wanted
        )
        return (not named, *_way(role, visitor))

    orders: dict[Sort, Callable[[Role], tuple[object, ...]]] = {
        Sort.RECOMMENDED: recommended,
        Sort.HOURS: lambda role: (_minutes(role),),
        Sort.LEFT: lambda role: (role.roadmap.work_left(visitor.knows).minutes,),
        Sort.BAND: lambda role: (-_pay(role),),
        Sort.TITLE: lambda role: (role.title.casefold(),),
    }
    return orders[search.sort]


def nearest_first(roles: Iterable[Role], visitor: Visitor) -> list[Role]:
    """Roles, the best fit from where a visitor comes from first, then those that ask least of them.

    In the editors' order if the visitor doesn't say.
    """
    if not visitor.background:
        return list(roles)
    return sorted(roles, key=lambda role: (*_way(role, visitor), *_demand(role, visitor)))


FITS = ("strong", "good", "possible")  # best first


def _way(role: Role, visitor: Visitor) -> tuple[int, ...]:
    """How well a visitor's background fits: the least comes first.

    Whoever is open to every role is told by what the roles ask of them, since no fit is known.
    """
    if not visitor.background:
        return (0,)
    if visitor.background.starts_fresh:
        return _demand(role, visitor)
    ranks = (rank for rank, fit in enumerate(FITS) if _fit(role, visitor) == fit)
    return (next(ranks, len(FITS)),)


def _demand(role: Role, visitor: Visitor) -> tuple[int, int]:
    """What a role asks of a visitor: first what comes before the paths, then minutes of lessons."""
    bars = (rank for rank, bar in enumerate(ENTRY_BARS) if bar == role.entry_bar)
    return next(bars, len(ENTRY_BARS)), role.roadmap.work_left(visitor.knows).minutes


def _fit(role: Role, visitor: Visitor) -> str:
    return next((p.fit for p in role.pivots if p.background == visitor.background), "")


def _drops(search: Search, misses: Iterable[frozenset[str]]) -> Iterator[Drop]:
    """The fewest choices to drop for any role to fit; those that let most roles fit come first."""
    sets = Counter(misses)
    fewest = min(map(len, sets), default=0)
    for missed, count in sets.most_common():
        if len(missed) == fewest:
            names = tuple(name for name in search.chosen if name in missed)
            yield Drop(
                names, listed([_quoted(search.chosen[name]) for name in names], "and"), count
            )


def _quoted(words: str) -> str:
    return words if words.startswith("“") else f"“{words}”"


def _facets(
    catalog: Catalog, search: Search, but_for: Mapping[str, list[Role]]
) -> dict[str, tuple[FacetOption, ...]]:
    """The values of each choice. A count holds all other choices, but not the present one."""
    background, path = search.visitor.background, search.path
    ways = Counter(pivot.background.slug for role in but_for["from"] for pivot in role.pivots)
    stops = Counter(stop.path for role in but_for["path"] for stop in role.roadmap.stops)
    return {
        "from": tuple(
            FacetOption(
                each.slug,
                each.title,
                len(but_for["from"]) if each.starts_fresh else ways[each.slug],
                each == background,
            )
            for each in catalog.backgrounds.values()
        ),
        "path": tuple(
            FacetOption(each.slug, each.title, stops[each.slug], each == path)
            for each in catalog.paths.values()
        ),
        "hours": tuple(_hours(catalog, search, but_for["hours"])),
        "band": tuple(_pays(catalog, search, but_for["band"])),
    }


def _hours(catalog: Catalog, search: Search, roles: list[Role]) -> Iterator[FacetOption]:
    every = [-(-_minutes(role) // MINUTES_AN_HOUR) for role in catalog.roles.values()]
    for most in thresholds(every, 10, search.hours):
        fit = sum(_minutes(role) <= most * MINUTES_AN_HOUR for role in roles)
        yield FacetOption(str(most), f"at most {most:,} h", fit, most == search.hours)


def _pays(catalog: Catalog, search: Search, roles: list[Role]) -> Iterator[FacetOption]:
    every = [_pay(role) for role in catalog.roles.values() if compared_band(role)]
    for least in thresholds(every, 10_000, search.band, down=True):
        fit = sum(_pay(role) >= least for role in roles)
        yield FacetOption(str(least), f"about €{least:,} or more", fit, least == search.band)


def thresholds(
    values: Iterable[int], unit: int, chosen: int | None, *, down: bool = False
) -> list[int]:
    """At most MOST_THRESHOLDS round numbers among some values, and the chosen one.

    They are multiples of a unit, or of its double, fourfold … where the values lie far apart. The
    last is the first that no value exceeds; with `down`, the first is the last that all reach.
    """
    known = sorted(values)
    found: set[int] = {chosen} if chosen else set()
    if known:
        first, last = known[0], known[-1]
        while (last - first) // unit >= MOST_THRESHOLDS - 1:
            unit *= 2
        low = first // unit if down else -(-first // unit)
        high = last // unit if down else -(-last // unit)
        found |= {n * unit for n in range(low, high + 1) if n > 0}
    return sorted(found)
