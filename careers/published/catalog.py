"""The published catalog as plain values, from which pages count, compare and list.

Pure: no Django, no clock, no input or output. `careers.snapshot` makes it from the rows. Drafts and
retired things aren't in it, except that draft lessons count: without a title or an address.
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

MOST_TO_CHOOSE = 40  # the most things that a form or page lists to choose from


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the catalog. number: rises with every change; 0 before the first."""

    number: int
    changed_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a fact."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class File:
    """A file beside a lesson, for readers to download."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A published lesson without its body. path: its path's slug. pk: of its row.

    published_at: when it first became public.
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
    """A learning path. lessons: planned and published, in teaching order.

    formerly: its earlier slugs. pk: of its row. published_at: when it first became public.
    changed_on: the last day with news of it or its lessons. pack: its published lessons.
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
    "adverts", "records", "article", or "". method: how the figure was found, a sentence or a URL.
    for_title: the neighboring title that was measured instead, or "". See `pay.evidence`.
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
    """Where a person comes from. knows: numbers of the lessons that they can skip, drafts included.

    starts_fresh: whether every role is open to them. advice: what helps them to choose one.
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
    """The way from a background to a role. months: how long it takes, or None if no source says."""

    background: Background
    fit: str
    fit_label: str
    months: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Signal:
    """An artifact that a hirer checks. lessons: the published ones that produce it."""

    slug: str
    title: str
    summary: str
    passes: str
    fails: str
    sources: tuple[Source, ...]
    lessons: tuple[LessonRef, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the working day. share: in percent."""

    share: int
    activity: str


@dataclass(frozen=True, slots=True)
class AdTitle:
    """A title in job ads that may mean a role. varies: what to look for in the ad, or ""."""

    title: str
    varies: str = ""


# What a role asks for before its paths, least first.
ENTRY_BARS = ("nothing", "skill", "trade", "degree", "years")


@dataclass(frozen=True, slots=True)
class Role:
    """A job with all that its page shows. pivots: the best fit first.

    pk: of its row, which stays the same when its address changes.
    entry_bar: one of ENTRY_BARS, or "" if unknown. beforehand: what exactly the role asks for.
    formerly: its earlier slugs. published_at: when it first became public. changed_on: the last day
    with news of it, its paths or their lessons.
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
    """What calls of a hosted model cost, in dollars for a million tokens, such as “0.10”.

    model: its name in requests. collected: the day the source was read.
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
    """Slug → thing, with indexes over all of them."""

    @cached_property
    def former(self) -> dict[str, Thing]:
        """Former slug → the thing that had it; the first, if several had."""
        pairs = [(old, thing) for thing in self.values() for old in getattr(thing, "formerly", ())]
        return dict(reversed(pairs))

    @cached_property
    def similar(self) -> SimilarNames:
        return SimilarNames(self)

    @cached_property
    def places(self) -> dict[str, int]:
        """Slug → place in the order, from 0."""
        return {slug: place for place, slug in enumerate(self)}

    @cached_property
    def by_pk(self) -> dict[int, Thing]:
        """Primary key of its row → thing."""
        return {getattr(thing, "pk", 0): thing for thing in self.values()}


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that is public: slug → thing, in the order in which pages list it.

    lessons: number → published lesson, path by path in teaching order. prices: by the model's name
    in requests. made: cached results of functions; see `once`.
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
        """Whether there are too many to list: visitors then type the name of a role."""
        return len(self.roles) > MOST_TO_CHOOSE

    @property
    def outline(self) -> Iterator[LessonRef]:
        """Every lesson of every path, planned or published, in teaching order."""
        return (lesson for path in self.paths.values() for lesson in path.lessons)


type Make[Made] = Callable[[Catalog], Made]
type Update[Made] = Callable[[Made, Catalog, Catalog], Made | None]

_makers: dict[Make[Any], tuple[Make[Any], Update[Any] | None]] = {}


def once[Made](make: Make[Made]) -> Make[Made]:
    """Decorate a function of a catalog, so that it is called once for each and its result kept.

    For what pages look up, instead of going through all roles on each request.
    """
    return _once(make, None)


def once_updated[Made](update: Update[Made]) -> Callable[[Make[Made]], Make[Made]]:
    """The same for what takes long to make. update: a faster way, called with an earlier catalog's
    result, that catalog, and this one; returns None where it doesn't apply."""
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
    """Call every function that is decorated with `once`, before a request needs its result. before:
    an earlier catalog, whose results are updated where that is possible."""
    for make, (_, update) in _makers.items():
        if before and update and make in before.made:
            found = update(before.made[make], before, catalog)
            if found is not None:
                catalog.made[make] = found
    for made, _ in _makers.values():
        made(catalog)


MOST_DIFFERING = 100  # roles: with more changes, make a result anew instead of updating it


def differing_roles(before: Catalog, now: Catalog) -> dict[int, tuple[Role, Role]] | None:
    """Place → (role before, role now), for each role that isn't the same object as before.

    None if roles were added, removed or moved, or if more than MOST_DIFFERING changed.
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
    """The published lesson with this primary key, or None."""
    number = _numbers_of_rows(catalog).get(pk)
    return None if number is None else catalog.lessons[number]


@once
def _numbers_of_rows(catalog: Catalog) -> NumbersOfRows:
    if isinstance(catalog.lessons, PackedLessons):
        return NumbersOfRows(catalog.lessons.rows())
    return NumbersOfRows((lesson.pk, number) for number, lesson in catalog.lessons.items())


def published_lessons(catalog: Catalog) -> Iterable[tuple[float, int]]:
    """(when it first became public, in seconds since 1970; number) of each published lesson."""
    if isinstance(catalog.lessons, PackedLessons):
        return catalog.lessons.published()
    return ((each.published_at.timestamp(), number) for number, each in catalog.lessons.items())
