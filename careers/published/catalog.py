"""The published catalog as plain values: what every page that counts, compares or lists is made of.

Pure: no Django, no clock, no input or output. `careers.snapshot` reads it from the rows. Drafts and
retired things are not in it, but for draft lessons: they count, without a title or an address.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from threading import Lock
from typing import Any

from careers.published.glossary import Glossary
from careers.published.lookup.lesson_packs import EMPTY, LessonPack, NumbersOfRows, PackedLessons
from careers.published.lookup.similar import SimilarNames
from careers.published.roadmap import LessonRef, Roadmap
from paths.hours import Hours

MOST_TO_CHOOSE = 40  # things that a form or a page lists for somebody to choose one


@dataclass(frozen=True, slots=True)
class Version:
    """The state of the catalog. number: rises with every change, 0 before the first."""

    number: int
    changed_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Source:
    """What a fact rests on."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class File:
    """What stands beside a lesson, for readers to download."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A published lesson without its body. path: its slug. pk: of its row.

    published_at: when the public could read it first.
    """

    ref: LessonRef
    path: str
    slug: str
    summary: str
    objectives: tuple[str, ...]
    needs: tuple[str, ...]
    skip_if: tuple[str, ...]
    packages: tuple[str, ...]
    sources: tuple[Source, ...]
    published_at: datetime.datetime
    files: tuple[File, ...] = ()
    pk: int = 0


@dataclass(frozen=True, slots=True)
class Path:
    """A learning path. lessons: planned or published, in teaching order.

    formerly: the slugs that it had. pk: of its row. published_at: when the public could see it
    first. changed_on: the last day with news of it or its lessons. pack: its published lessons.
    """

    slug: str
    title: str
    summary: str
    description: str
    setup: str
    position: int
    url: str
    lessons: tuple[LessonRef, ...]
    hours: Hours
    formerly: tuple[str, ...] = ()
    pk: int = 0
    published_at: datetime.datetime | None = None
    changed_on: datetime.date | None = None
    pack: "LessonPack[Lesson]" = field(default=EMPTY, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Band:
    """What a role is paid in one region: gross a year, in whole units of the currency.

    ends: what low and high are: "range", "quartiles" or "mean-to-quartile". basis: "survey",
    "adverts", "records", "article", or nothing. method: how it was made, a sentence or an address.
    for_title: the neighboring title that was measured. `pay.evidence` weighs it.
    """

    region: str
    currency: str
    low: int
    high: int
    middle: int | None
    middle_is: str
    ends: str
    measures: str
    basis: str
    sample: int | None
    method: str
    for_title: str
    period: str
    experience: str
    source_title: str
    source_url: str
    collected: datetime.date
    note: str


@dataclass(frozen=True, slots=True)
class Background:
    """Where a person comes from. knows: numbers of lessons that they can skip, also drafts.

    starts_fresh: whether every role is open to them. advice: what helps them to choose.
    """

    slug: str
    title: str
    summary: str
    knows: frozenset[int]
    starts_fresh: bool = False
    advice: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Pivot:
    """The way from a background to a role. months: None where no source says how long it takes."""

    background: Background
    fit: str
    fit_label: str
    months: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Signal:
    """An artefact that a hirer checks. lessons: the published ones that produce it."""

    slug: str
    title: str
    summary: str
    passes: str
    fails: str
    sources: tuple[Source, ...]
    lessons: tuple[LessonRef, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What a part of the day goes into. share: in percent."""

    share: int
    activity: str


@dataclass(frozen=True, slots=True)
class AdTitle:
    """A title in job ads that may mean a role. varies: what to look for in the ad, or nothing."""

    title: str
    varies: str = ""


# How much a role asks for before the paths, from the least to the most.
ENTRY_BARS = ("nothing", "skill", "trade", "degree", "years")


@dataclass(frozen=True, slots=True)
class Role:
    """A job with all that its page shows. pivots: the best fit first.

    pk: of its row, which outlives a change of address.
    entry_bar: one of ENTRY_BARS, or nothing where nobody knows. beforehand: what it asks for.
    formerly: the slugs that it had. published_at: when the public could see it first. changed_on:
    the last day with news of it, its paths or their lessons.
    """

    slug: str
    title: str
    url: str
    code: str
    line: str
    group: str
    aliases: tuple[str, ...]
    summary: str
    daily_work: tuple[str, ...]
    time_split: tuple[Share, ...]
    honest_scope: str
    not_for_you_if: tuple[str, ...]
    fit_questions: tuple[str, ...]
    sources: tuple[Source, ...]
    bands: tuple[Band, ...]
    pivots: tuple[Pivot, ...]
    signals: tuple[Signal, ...]
    roadmap: Roadmap
    updated_at: datetime.datetime
    pk: int = 0
    formerly: tuple[str, ...] = ()
    titles: tuple[AdTitle, ...] = ()
    entry_bar: str = ""
    beforehand: str = ""
    published_at: datetime.datetime | None = None
    changed_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What calls of a hosted model cost, in dollars for a million tokens, as “0.10”.

    model: as code names it. collected: the day on which the source was read.
    """

    title: str
    model: str
    size: str
    price_in: str
    price_out: str
    collected: datetime.date
    source: str
    url: str


class Things[Thing](dict[str, Thing]):
    """Slug → thing. What is asked of all of them is looked up, however many there are."""

    @cached_property
    def former(self) -> dict[str, Thing]:
        """A slug that a thing had → the thing; of several, the first."""
        pairs = [(old, thing) for thing in self.values() for old in getattr(thing, "formerly", ())]
        return dict(reversed(pairs))

    @cached_property
    def similar(self) -> SimilarNames:
        return SimilarNames(self)

    @cached_property
    def places(self) -> dict[str, int]:
        """Slug → its place, from 0."""
        return {slug: place for place, slug in enumerate(self)}

    @cached_property
    def by_pk(self) -> dict[int, Thing]:
        """The primary key of a row → the thing that was read from it."""
        return {getattr(thing, "pk", 0): thing for thing in self.values()}


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that is public: slug → thing, in the order in which pages list it.

    lessons: number → published lesson, path by path in teaching order. prices: by the model's name
    in requests. made: what was made of it once; see `once`.
    """

    version: Version
    roles: Things[Role] = field(default_factory=Things)
    paths: Things[Path] = field(default_factory=Things)
    backgrounds: Things[Background] = field(default_factory=Things)
    signals: Things[Signal] = field(default_factory=Things)
    lessons: Mapping[int, Lesson] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)
    prices: dict[str, Price] = field(default_factory=dict)
    made: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("roles", "paths", "backgrounds", "signals"):
            object.__setattr__(self, name, Things(getattr(self, name)))

    @property
    def has_many_roles(self) -> bool:
        """Whether there are too many to choose from: who looks for one types its name."""
        return len(self.roles) > MOST_TO_CHOOSE

    @property
    def outline(self) -> Iterator[LessonRef]:
        """Every lesson of every path, planned or published, in teaching order."""
        return (lesson for path in self.paths.values() for lesson in path.lessons)


type Make[Made] = Callable[[Catalog], Made]
type Update[Made] = Callable[[Made, Catalog, Catalog], Made | None]

_makers: dict[Make[Any], tuple[Make[Any], Update[Any] | None]] = {}


def once[Made](make: Make[Made]) -> Make[Made]:
    """Have a function of a catalog called once for each catalog, and what it gives kept with it.

    For what pages look up instead of going through all roles at each visit.
    """
    return _once(make, None)


def once_updated[Made](update: Update[Made]) -> Callable[[Make[Made]], Make[Made]]:
    """The same of what takes long to make. update: makes it of what was made of an earlier catalog,
    of that one and of this one, where that is less work; gives None where it isn't."""
    return lambda make: _once(make, update)


def _once[Made](make: Make[Made], update: Update[Made] | None) -> Make[Made]:
    making = Lock()

    @wraps(make)
    def made(catalog: Catalog) -> Made:
        if make not in catalog.made:
            with making:
                if make not in catalog.made:
                    catalog.made[make] = make(catalog)
        found: Made = catalog.made[make]
        return found

    _makers[make] = made, update
    return made


def prepare(catalog: Catalog, before: Catalog | None = None) -> None:
    """Make all that pages look up, before anybody waits for it. before: an earlier catalog, of
    which what can be is kept."""
    for make, (_, update) in _makers.items():
        if before and update and make in before.made:
            found = update(before.made[make], before, catalog)
            if found is not None:
                catalog.made[make] = found
    for made, _ in _makers.values():
        made(catalog)


MOST_DIFFERING = 100  # roles of which something that was made is changed instead of made anew


def differing_roles(before: Catalog, now: Catalog) -> dict[int, tuple[Role, Role]] | None:
    """The places of roles that aren't the very same as before, each with both.

    None where roles came, went or moved, or very many changed.
    """
    if len(before.roles) != len(now.roles):
        return None
    found: dict[int, tuple[Role, Role]] = {}
    for place, pair in enumerate(zip(before.roles.values(), now.roles.values(), strict=True)):
        was, role = pair
        if was is role:
            continue
        if was.pk != role.pk or len(found) == MOST_DIFFERING:
            return None
        found[place] = was, role
    return found


def lesson_of_row(catalog: Catalog, pk: int) -> Lesson | None:
    """The published lesson that was read from the row with a primary key."""
    number = _numbers_of_rows(catalog).get(pk)
    return None if number is None else catalog.lessons[number]


@once
def _numbers_of_rows(catalog: Catalog) -> NumbersOfRows:
    if isinstance(catalog.lessons, PackedLessons):
        return NumbersOfRows(catalog.lessons.rows())
    return NumbersOfRows((lesson.pk, number) for number, lesson in catalog.lessons.items())


def published_lessons(catalog: Catalog) -> Iterable[tuple[float, int]]:
    """When each published lesson could be read first, in seconds since 1970, and its number."""
    if isinstance(catalog.lessons, PackedLessons):
        return catalog.lessons.published()
    return ((each.published_at.timestamp(), number) for number, each in catalog.lessons.items())
