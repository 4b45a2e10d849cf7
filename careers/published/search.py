"""Which roles match a visitor's choices, in which order, and what other choices would match.

Pure. Matches are looked up in indexes; the roles aren't tested one by one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from heapq import nsmallest

from careers.published.catalog import (
    ENTRY_BARS,
    MOST_TO_CHOOSE,
    Background,
    Band,
    Catalog,
    Path,
    Role,
    once,
)
from careers.published.lookup.roads import roads
from careers.published.lookup.role_words import role_words
from careers.published.query import Reader
from careers.published.titles import concepts as titles
from careers.published.titles.concepts import Wanted
from careers.published.visitor import Visitor
from careers.published.words import listed, lower_first
from paths.hours import tenths

CURRENCY = "EUR"  # bands in other currencies aren't compared: no exchange rate holds for a year
MOST_HOURS, MOST_PAY = 10_000, 10_000_000
LONGEST_SEARCH = 100  # characters
MOST_THRESHOLDS = 8  # of a choice of hours or pay
UNKNOWN = 10 * MOST_HOURS + 1  # tenths of an hour, more than any choice


class Sort(StrEnum):
    """The orders of a list. Recommended: the best match first, or else the editors' order."""

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
    """A visitor's choices. hours: the most, in all; band: the least middle of a salary band, in
    euro a year.

    wanted: the words of `q`, read.
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
        """The choices in the address that leave roles out: parameter → the choice in words."""
        background = self.visitor.said
        said = {
            "q": f"“{self.q}”" if self.q else "",
            "from": f"from {lower_first(background.title)}" if background else "",
            "path": f"with {self.path.title}" if self.path else "",
            "hours": f"at most {self.hours:,} h" if self.hours else "",
            "band": f"about €{self.band:,} a year or more" if self.band else "",
        }
        return {name: words for name, words in said.items() if words}

    @property
    def has_choice(self) -> bool:
        """Whether roles are left out or put in order, even if only by the plan's background."""
        return bool(self.chosen or self.visitor.background)

    @property
    def narrows(self) -> bool:
        """Whether anything is chosen besides the background and the search words."""
        return bool(self.path or self.hours or self.band) or self.sort != Sort.RECOMMENDED

    @property
    def weighs_pay(self) -> bool:
        """Whether roles are ordered or filtered by pay."""
        return bool(self.band) or self.sort == Sort.BAND

    @property
    def is_by_demand(self) -> bool:
        """Whether every role is open to the visitor, so that only demands decide the order."""
        background = self.visitor.background
        is_open = background is not None and background.starts_fresh
        return is_open and self.sort == Sort.RECOMMENDED and not self.wanted

    @property
    def corrected(self) -> tuple[tuple[str, str], ...]:
        """The misspelled words, as typed, each with the word that it was read as."""
        return tuple(pair for each in self.wanted for pair in each.corrected)

    @property
    def in_order(self) -> str:
        """The order of the roles in words; "" for the recommended one."""
        return IN_ORDER.get(self.sort, "")

    @property
    def in_words(self) -> str:
        """All choices that leave roles out: "security, from data scientist", or ""."""
        return ", ".join((self.chosen | {"q": self.q} if self.q else self.chosen).values())


def read_search(reader: Reader, catalog: Catalog, visitor: Visitor) -> Search:
    """Read the choices from an address."""
    q = reader.words("q")
    if len(q) > LONGEST_SEARCH:
        reader.refuse("q", f"A search can have at most {LONGEST_SEARCH} characters.")
        q = ""
    sort = reader.one_of("sort", {each.value: each for each in Sort}, "order")
    return Search(
        visitor,
        q,
        reader.one_of("path", catalog.paths, "path"),
        reader.whole("hours", MOST_HOURS, "hours"),
        reader.whole("band", MOST_PAY, "euros a year"),
        sort or Sort.RECOMMENDED,
        titles.read_search(q, role_words(catalog).own) if q else (),
    )


@dataclass(frozen=True, slots=True)
class FacetOption:
    """A value that can be chosen, and how many roles would match it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Drop:
    """Choices to drop together. count: how many roles would then match; words: the choices."""

    names: tuple[str, ...]
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The roles that match, in order. facets: parameter → the values that can be chosen for it.

    drops: if no role matches, the smallest sets of choices to drop. elsewhere: roles that match
    everything but the visitor's background, because no pivot from it is on record; those that ask
    least beforehand come first, and of these the ones with the least work left.
    """

    roles: tuple[Role, ...]
    facets: dict[str, tuple[FacetOption, ...]]
    drops: tuple[Drop, ...]
    elsewhere: tuple[Role, ...]


class _Figures:
    """The figures that roles are ordered and filtered by, each by the role's place.

    minutes: of all lessons. hours: the same in tenths of an hour, rounded as pages show them: a
    role shown with 40 h must match "at most 40 h"; UNKNOWN of a role without lessons. pays: see
    _pay(). ways: background → the places of the roles with a pivot from it.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.roles = tuple(catalog.roles.values())
        self.every = frozenset(range(len(self.roles)))
        self.minutes = roads(catalog).minutes
        self.pays = [_pay(role) for role in self.roles]
        ways: dict[str, set[int]] = defaultdict(set)
        for place, role in enumerate(self.roles):
            for pivot in role.pivots:
                ways[pivot.background.slug].add(place)
        self.ways = dict(ways)
        self.hours = [tenths(minutes) if minutes else UNKNOWN for minutes in self.minutes]
        self.known_hours = sorted(tenths(minutes) for minutes in self.minutes if minutes)
        self.known_pays = sorted(
            _pay(role) for role in self.roles if compared_band(role) is not None
        )
        self.all_hours, self.all_pays = sorted(self.hours), sorted(self.pays)
        self.backgrounds = _most_common(catalog.backgrounds, self.ways)
        self.paths = _most_common(catalog.paths, roads(catalog).stopping)

    def count(self, places: "_Places", others: Collection[int]) -> int:
        """How many of `others` are in `places`. others: places without duplicates."""
        is_all = len(places) == len(self.every)
        return len(others) if is_all else sum(place in places for place in others)

    def in_order(
        self, figures: Sequence[int], of_all: Sequence[int], places: "_Places"
    ) -> Sequence[int]:
        """The figures of some places, ascending. of_all: the sorted figures of all places."""
        is_all = len(places) == len(self.every)
        return of_all if is_all else sorted(figures[place] for place in places)


def _most_common[Thing](
    all_of_them: Mapping[str, Thing], roles: Mapping[str, Collection[int]]
) -> list[Thing]:
    """The things with the most roles, as many as can be offered, in their own order."""
    slugs = nsmallest(MOST_TO_CHOOSE, all_of_them, key=lambda slug: -len(roles.get(slug, ())))
    offered = set(slugs)
    return [thing for slug, thing in all_of_them.items() if slug in offered]


@once
def _figures(catalog: Catalog) -> _Figures:
    return _Figures(catalog)


def search_roles(catalog: Catalog, search: Search) -> SearchResult:
    """Find the roles that match a search."""
    figures = _figures(catalog)
    fitting = _fitting(catalog, search)
    found = _all_of(figures, fitting.values())
    but_for = {
        name: _all_of(figures, (places for each, places in fitting.items() if each != name))
        for name in ("from", "path", "hours", "band")
    }
    order = _Order(catalog, search)
    elsewhere = but_for["from"] - found if "from" in fitting else frozenset()
    return SearchResult(
        roles=order.roles(found),
        facets=_facets(catalog, search, but_for),
        drops=() if found else tuple(_drops(search, _misses(figures, fitting))),
        elsewhere=order.roles_elsewhere(elsewhere),
    )


type _Places = AbstractSet[int]


def _fitting(catalog: Catalog, search: Search) -> dict[str, _Places]:
    """Parameter → the places of the roles that match its choice."""
    figures = _figures(catalog)
    fitting: dict[str, _Places] = {}
    if search.q:  # without a letter or digit, it matches no role
        wanted = search.wanted
        fitting["q"] = role_words(catalog).find(wanted) if wanted else frozenset()
    if (background := search.visitor.background) and not background.starts_fresh:
        fitting["from"] = figures.ways.get(background.slug, frozenset())
    if path := search.path:
        fitting["path"] = frozenset(roads(catalog).stopping.get(path.slug, ()))
    if search.hours:
        most = search.hours * 10
        fitting["hours"] = {n for n, hours in enumerate(figures.hours) if hours <= most}
    if pay := search.band:
        fitting["band"] = {n for n, each in enumerate(figures.pays) if each >= pay}
    return fitting


def _all_of(figures: _Figures, sets: Iterable[_Places]) -> _Places:
    smallest_first = sorted(sets, key=len)
    return (
        frozenset.intersection(figures.every, *smallest_first)
        if smallest_first
        else (figures.every)
    )


def _misses(figures: _Figures, fitting: Mapping[str, _Places]) -> Iterator[frozenset[str]]:
    """For each role, the choices that it doesn't match."""
    for place in figures.every:
        yield frozenset(name for name, places in fitting.items() if place not in places)


def compared_band(role: Role) -> Band | None:
    """The band that a role is ordered and filtered by: its first in CURRENCY, or None."""
    return next((band for band in role.bands if band.currency == CURRENCY), None)


def middle_of_band(band: Band) -> int:
    """The middle that the source gives, or else the midpoint of the band."""
    return (band.low + band.high) // 2 if band.middle is None else band.middle


def _pay(role: Role) -> int:
    """The middle of a role's pay, gross a year; -1, which matches no choice, if it is unknown."""
    band = compared_band(role)
    return middle_of_band(band) if band else -1


class _Order:
    """Puts places of roles in order. Ties stay in the editors' order."""

    def __init__(self, catalog: Catalog, search: Search) -> None:
        self.catalog = catalog
        self.search = search
        self.figures = _figures(catalog)

    @cached_property
    def left(self) -> Sequence[int]:
        """For each role, the minutes that are left for this visitor."""
        return roads(self.catalog).left(self.search.visitor.knows)

    def roles(self, places: _Places) -> tuple[Role, ...]:
        is_as_edited = self.search.sort == Sort.RECOMMENDED and not (
            self.search.wanted or self.search.visitor.background
        )
        if is_as_edited and len(places) == len(self.figures.every):
            return self.figures.roles  # most requests ask for this, and sorting takes long
        return tuple(self.figures.roles[place] for place in self._sort(places))

    def _sort(self, places: _Places) -> list[int]:
        in_order = sorted(places)
        if self.search.sort != Sort.RECOMMENDED:
            return sorted(in_order, key=self._by_choice)
        if self.search.wanted:
            ranks = role_words(self.catalog).ranks(self.search.wanted)
            return sorted(in_order, key=lambda place: (ranks[place], self._way(place)))
        return sorted(in_order, key=self._way) if self.search.visitor.background else in_order

    def roles_elsewhere(self, places: _Places) -> tuple[Role, ...]:
        """Roles without a pivot, in order: as chosen, or else those that ask least first."""
        is_chosen = self.search.sort != Sort.RECOMMENDED
        in_order = sorted(sorted(places), key=self._by_choice if is_chosen else self._demand)
        return tuple(self.figures.roles[place] for place in in_order)

    def _by_choice(self, place: int) -> int | str | tuple[bool, int]:
        match self.search.sort:
            case Sort.HOURS:
                return self._has_none(place), self.figures.minutes[place]
            case Sort.LEFT:
                return self._has_none(place), self.left[place]
            case Sort.BAND:
                return -self.figures.pays[place]
        return self.figures.roles[place].title.casefold()

    def _has_none(self, place: int) -> bool:
        """Whether a role has no lessons: then nobody knows its hours, and it is the last."""
        return not self.figures.minutes[place]

    def _way(self, place: int) -> tuple[int, ...]:
        """A sort key: how well the visitor's background fits; the least is best.

        If every role is open to them, no fit is known, and the roles' demands decide.
        """
        background = self.search.visitor.background
        if not background:
            return (0,)
        if background.starts_fresh:
            return self._demand(place)
        return (_fit(self.figures.roles[place], background),)

    def _demand(self, place: int) -> tuple[int, bool, int]:
        """A role's demands on the visitor: its entry bar, then the minutes that are left."""
        return _bar(self.figures.roles[place]), self._has_none(place), self.left[place]


def nearest_first(catalog: Catalog, visitor: Visitor, most: int) -> list[Role]:
    """The `most` roles that fit the visitor's background best; ties by what the roles demand.

    Without a background, the first in the editors' order.
    """
    figures = _figures(catalog)
    if not (background := visitor.background):
        return list(figures.roles[:most])
    left = roads(catalog).left(visitor.knows)

    def key(place: int) -> tuple[int, ...]:
        role = figures.roles[place]
        fit = 0 if background.starts_fresh else _fit(role, background)
        return fit, _bar(role), not figures.minutes[place], left[place]

    return [figures.roles[place] for place in nsmallest(most, range(len(figures.roles)), key=key)]


FITS = ("strong", "good", "possible")  # best first


def _fit(role: Role, background: Background) -> int:
    """How well a background fits a role: an index into FITS, or len(FITS) if unknown."""
    fit = next((pivot.fit for pivot in role.pivots if pivot.background == background), "")
    return FITS.index(fit) if fit in FITS else len(FITS)


def _bar(role: Role) -> int:
    """How much a role asks for before its paths: an index into ENTRY_BARS, or its length."""
    bar = role.entry_bar
    return ENTRY_BARS.index(bar) if bar in ENTRY_BARS else len(ENTRY_BARS)


def _drops(search: Search, misses: Iterable[frozenset[str]]) -> Iterator[Drop]:
    """The smallest sets of choices to drop, so that any role matches; most matches first."""
    # Only choices in the address: what the plan says must be changed in the plan.
    sets = Counter(missed for missed in misses if missed <= search.chosen.keys())
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
    catalog: Catalog, search: Search, but_for: Mapping[str, _Places]
) -> dict[str, tuple[FacetOption, ...]]:
    """The values of each facet. The counts apply all choices but that of the facet itself."""
    background, path = search.visitor.said, search.path
    figures, stopping = _figures(catalog), roads(catalog).stopping
    return {
        "from": tuple(
            FacetOption(
                each.slug,
                each.title,
                len(but_for["from"])
                if each.starts_fresh
                else figures.count(but_for["from"], figures.ways.get(each.slug, ())),
                each == background,
            )
            for each in _offered(figures.backgrounds, background)
        ),
        "path": tuple(
            FacetOption(
                each.slug,
                each.title,
                figures.count(but_for["path"], stopping.get(each.slug, ())),
                each == path,
            )
            for each in _offered(figures.paths, path)
        ),
        "hours": tuple(_hours(figures, search, but_for["hours"])),
        "band": tuple(_pays(figures, search, but_for["band"])),
    }


def offered_backgrounds(catalog: Catalog, chosen: Background | None) -> list[Background]:
    """The backgrounds to choose from: all, or if there are many, those with the most roles."""
    return _offered(_figures(catalog).backgrounds, chosen)


def _offered[Thing](offered: list[Thing], chosen: Thing | None) -> list[Thing]:
    """The values to offer, and the one that is already chosen."""
    return [*offered, chosen] if chosen and chosen not in offered else offered


def _hours(figures: _Figures, search: Search, places: _Places) -> Iterator[FacetOption]:
    hours = figures.in_order(figures.hours, figures.all_hours, places)
    extremes = [-(-each // 10) for each in (*figures.known_hours[:1], *figures.known_hours[-1:])]
    for most in thresholds(extremes, 10, search.hours):
        fit = bisect_right(hours, most * 10)
        yield FacetOption(str(most), f"at most {most:,} h", fit, most == search.hours)


def _pays(figures: _Figures, search: Search, places: _Places) -> Iterator[FacetOption]:
    pays = figures.in_order(figures.pays, figures.all_pays, places)
    for least in thresholds(figures.known_pays, 10_000, search.band, down=True):
        fit = len(pays) - bisect_left(pays, least)
        yield FacetOption(str(least), f"about €{least:,} or more", fit, least == search.band)


def thresholds(
    values: Iterable[int], unit: int, chosen: int | None, *, down: bool = False
) -> list[int]:
    """At most MOST_THRESHOLDS round numbers within the range of values, and the chosen one.

    They are multiples of the unit, which is doubled until they are few enough. The last one is the
    least that no value exceeds; with `down`, the first one is the greatest that all values reach.
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
