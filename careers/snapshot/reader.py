"""Read the published catalog from the rows, or what has changed since an earlier version."""

import datetime
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import batched, groupby
from operator import attrgetter
from typing import Any

from django.core.validators import slug_re
from django.db.models import Max, Model, Q, QuerySet
from django.urls import reverse

from careers.models import (
    Background,
    CatalogVersion,
    Edit,
    FormerRoleSlug,
    HiringSignal,
    Pivot,
    Revision,
    Role,
    SalaryBand,
    Step,
)
from careers.published import catalog as published
from careers.published.catalog import Catalog, Source, Things, Version
from careers.published.glossary import Glossary, Place
from careers.published.glossary import Term as GlossaryTerm
from careers.published.lookup.lesson_packs import LessonPack, PackedLessons
from careers.published.lookup.roads import roads
from careers.published.roadmap import LessonRef, Stop, total_hours
from careers.snapshot.roadmaps import make_further_path, make_roadmap, make_stop
from careers.snapshot.sharing import SharedValues
from paths.models import (
    FormerPathSlug,
    LearningPath,
    Lesson,
    Price,
    SlugModel,
    Status,
    Term,
)

logger = logging.getLogger(__name__)
ROLES_AT_ONCE = 500
TRIES = 3  # reads, if the catalog changes while it is read


def newest_version() -> Version:
    """The catalog's version in the database."""
    return Version(*CatalogVersion.current())


def read_catalog(version: Version, before: Catalog | None = None) -> Catalog:
    """The catalog in the database, read again if somebody changed it meanwhile.

    before: an earlier version. What hasn't changed since is taken from it.
    """
    for _ in range(TRIES):
        changed = _changed_since(before, version) if before else None
        catalog = _CatalogReader(before, changed).catalog(version)
        now = newest_version()
        if now == version:
            break
        version = now
    return catalog


@dataclass(frozen=True, slots=True)
class _Changed:
    """The primary keys of the rows that changed since a version of the catalog was read."""

    roles: frozenset[int]
    paths: frozenset[int]


MOST_CHANGED = 500  # things; if more have changed, everything is read


def _changed_since(before: Catalog, version: Version) -> _Changed | None:
    """What the revisions since a version changed; None if they don't tell, or if it is too much."""
    since = before.version.number
    revisions = Revision.objects.filter(number__gt=since, number__lte=version.number)
    if not 0 < version.number - since == revisions.count():
        return None  # raised without a revision, or gone back
    named = Edit.objects.filter(revision__in=revisions).order_by()
    keys: dict[str, set[int]] = defaultdict(set)
    for kind, row in named.values_list("kind", "row").distinct()[: MOST_CHANGED + 1]:
        keys[kind].add(row)
    if sum(map(len, keys.values())) > MOST_CHANGED:
        return None
    numbers = Lesson.objects.filter(pk__in=keys["lessons"]).values_list("number", "path")
    paths = set(keys["paths"])
    for number, path in numbers:
        paths.add(path)
        if here := before.paths.get(roads(before).path_of.get(number, "")):
            paths.add(here.pk)
    return _Changed(frozenset(keys["roles"]), frozenset(paths))


def _copy[Value](kind: type[Value], row: Model, **more: Any) -> Value:
    """A value with the fields that a row has under the same names. more: its other fields."""
    names = {field.name for field in fields(kind)} - more.keys()  # type: ignore[arg-type]
    values = {name: getattr(row, name) for name in names}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return kind(**values | lists | more)


def _readable[Row: Model, Value](
    read: Callable[[Row], Value], rows: Iterable[Row]
) -> Iterator[tuple[Row, Value]]:
    """The rows, each with what is read of it.

    Code that saves without any check can leave a row that can't be read. It is left out and logged:
    one bad row is no reason to have no site.
    """
    for row in rows:
        try:
            value = read(row)
        except Exception:
            logger.exception("%r, row %s, can't be shown; mend it in the admin.", row, row.pk)
        else:
            yield row, value


def _sources(row: Any) -> tuple[Source, ...]:
    return tuple(Source(source["title"], source["url"]) for source in row.sources)


def _first_seen(row: SlugModel) -> datetime.datetime:
    """When the public could first see a published thing, as far as is known."""
    return row.published_at or row.updated_at


def _files(row: Lesson, path: LearningPath) -> Iterable[published.File]:
    for file in row.files:
        url = reverse("lesson-file", args=[path.slug, row.slug, file["name"]])
        yield published.File(file["name"], url)


class _CatalogReader:
    """Reads what changed since an earlier version, or everything, and puts a catalog together.

    A path is made of its row and its lessons; a role of its row, what belongs to it, and the paths,
    backgrounds and signals that it names. If none of these changed, the earlier value is kept.
    """

    def __init__(self, before: Catalog | None = None, changed: _Changed | None = None) -> None:
        self.before = before if changed else None
        self.changed = changed
        self.shared = SharedValues()
        self.former_paths = _former(FormerPathSlug, "path")
        self.former_roles = _former(FormerRoleSlug, "role")
        self.paths = self._paths()
        self.places = {pk: place for place, pk in enumerate(self.paths)}
        self.refs = {ref.number: ref for path in self.paths.values() for ref in path.lessons}
        self.public = {number: ref for number, ref in self.refs.items() if ref.is_published}
        self.path_of = {
            ref.number: path.slug for path in self.paths.values() for ref in path.lessons
        }
        self.backgrounds = self._backgrounds()
        self.signals = self._signals()
        self.signals_of_path: dict[str, list[published.Signal]] = defaultdict(list)
        for signal in self.signals:
            for slug in dict.fromkeys(self.path_of[ref.number] for ref in signal.lessons):
                self.signals_of_path[slug].append(signal)

    def catalog(self, version: Version) -> Catalog:
        return Catalog(
            version,
            Things((role.slug, role) for role in self._roles()),
            Things((path.slug, path) for path in self.paths.values()),
            Things((background.slug, background) for background in self.backgrounds.values()),
            Things((signal.slug, signal) for signal in self.signals),
            PackedLessons(path.pack for path in self.paths.values()),
            self._glossary(),
            {row.model: _copy(published.Price, row) for row in Price.objects.published()},
        )

    # Paths and lessons

    def _paths(self) -> dict[int, published.Path]:
        """The public paths by primary key, in the order that pages show."""
        in_order = LearningPath.objects.published()
        kept: dict[int, published.Path] = {}
        if self.before and self.changed:
            kept = {
                pk: path
                for pk, path in self.before.paths.by_pk.items()
                if pk not in self.changed.paths and path.formerly == tuple(self.former_paths[pk])
            }
        keys = list(in_order.values_list("pk", flat=True))
        wanted = [pk for pk in keys if pk not in kept]
        rows = in_order if len(wanted) == len(keys) else in_order.filter(pk__in=wanted)
        read = dict(self._read_paths([*rows], is_all=len(wanted) == len(keys)))
        found = {**kept, **read}
        return {pk: found[pk] for pk in keys if pk in found}

    def _read_paths(
        self, rows: list[LearningPath], *, is_all: bool
    ) -> Iterator[tuple[int, published.Path]]:
        readable = [row for row, _ in _readable(LearningPath.get_absolute_url, rows)]
        lessons = Lesson.objects.filter(path__status=Status.PUBLISHED).in_outline()
        news = Edit.objects.all()
        if not is_all:
            keys = [row.pk for row in readable]
            lessons = lessons.filter(path__in=keys)
            of_lessons = Lesson.objects.filter(path__in=keys).values("pk")
            news = news.filter(
                Q(kind="paths", row__in=keys) | Q(kind="lessons", row__in=of_lessons)
            )
        else:
            news = news.filter(kind__in=["paths", "lessons"])
        days = _last_days(news)
        left = {row.pk: row for row in readable}
        in_order = lessons.order_by("path", "position", "number").iterator(chunk_size=2_000)
        for key, of_path in groupby(in_order, attrgetter("path_id")):
            if row := left.pop(key, None):  # None for one published since
                yield key, self._path(row, list(of_path), days)
        for key, row in left.items():
            yield key, self._path(row, [], days)

    def _path(
        self, row: LearningPath, lessons: list[Lesson], days: dict[tuple[str, int], datetime.date]
    ) -> published.Path:
        """A path. A draft lesson has neither title nor address."""
        refs, public = [], []
        begin = reverse("lesson", args=[row.slug, "x"])[: -len("x/")]
        seen = _first_seen(row)

        def read(each: Lesson) -> published.Lesson | None:
            return _lesson(each, row, begin, seen) if each.is_published else None

        for each, lesson in _readable(read, lessons):
            ref = (
                lesson.ref
                if lesson
                else LessonRef(each.number, each.minutes, each.practice_minutes)
            )
            refs.append(ref)
            if lesson:
                public.append(lesson)
        changed = [
            days.get(("paths", row.pk)),
            *(days.get(("lessons", each.pk)) for each in public),
        ]
        return _copy(
            published.Path,
            row,
            url=row.get_absolute_url(),
            lessons=tuple(refs),
            hours=total_hours(refs),
            formerly=tuple(self.former_paths[row.pk]),
            published_at=seen,
            changed_on=max(filter(None, changed), default=None),
            pack=LessonPack(public),
        )

    # What roles name

    def _backgrounds(self) -> dict[int, published.Background]:
        knows: dict[int, set[int]] = defaultdict(set)
        for background, number in _pairs(Background.knows.through, "background"):
            if number in self.refs:
                knows[background].add(number)
        rows = self.shared.rows(Background.objects.published())
        found = {
            row.pk: _copy(
                published.Background, row, knows=frozenset(knows[row.pk]), sources=sources
            )
            for row, sources in _readable(_sources, rows)
        }
        old = self.before.backgrounds if self.before else {}
        return {pk: _same(old.get(each.slug), each) for pk, each in found.items()}

    def _signals(self) -> list[published.Signal]:
        produced: dict[int, list[LessonRef]] = defaultdict(list)
        for signal, number in _pairs(HiringSignal.lessons.through, "hiringsignal"):
            if number in self.public:
                produced[signal].append(self.public[number])
        rows = self.shared.rows(HiringSignal.objects.published())
        found = [
            _copy(
                published.Signal,
                row,
                sources=sources,
                lessons=tuple(sorted(produced[row.pk], key=lambda lesson: lesson.number)),
            )
            for row, sources in _readable(_sources, rows)
        ]
        old = self.before.signals if self.before else {}
        return [_same(old.get(each.slug), each) for each in found]

    def _glossary(self) -> Glossary:
        named = Term.objects.values_list("pk", "lesson__number")
        taught = {pk: ref for pk, number in named if (ref := self.public.get(number or 0))}
        terms = [
            GlossaryTerm(
                term.slug,
                term.title,
                tuple(term.also),
                term.meaning,
                taught.get(term.pk),
                term.linked,
                term.pk,
                tuple(Place(place["title"], place["url"]) for place in term.learn),
            )
            for term in Term.objects.published()
        ]
        if self.before and set(self.before.glossary.terms) == set(terms):
            return self.before.glossary  # its pattern takes long to make
        return Glossary.of(terms)

    # Roles

    def _roles(self) -> list[published.Role]:
        """The public roles in the order that pages show."""
        in_order = Role.objects.published().in_order()
        kept = {role.pk: role for role in self._roles_as_before()}
        keys = list(in_order.values_list("pk", flat=True))
        wanted = [pk for pk in keys if pk not in kept]
        # In batches: rows take much more memory than what is kept of them.
        batches = batched(wanted, ROLES_AT_ONCE)
        read = {role.pk: role for batch in batches for role in self._read_roles(batch)}
        return [kept.get(pk) or read[pk] for pk in keys if pk in kept or pk in read]

    def _roles_as_before(self) -> Iterator[published.Role]:
        """The roles of the earlier version of which nothing has changed."""
        if not self.before or not self.changed:
            return
        same_paths = {path.slug for path in self._kept(self.before.paths, self.paths)}
        backgrounds = self.backgrounds
        same_ways = {each.slug for each in self._kept(self.before.backgrounds, backgrounds)}
        is_same_proof = list(self.before.signals.values()) == self.signals
        changed = self.changed.roles | self._naming_what_is_new(self.before)
        for pk, role in self.before.roles.by_pk.items():
            named = {stop.path for stop in role.roadmap.stops}
            named.update(path.path for path in role.roadmap.further)
            if (
                pk not in changed
                and named <= same_paths
                and all(pivot.background.slug in same_ways for pivot in role.pivots)
                and role.formerly == tuple(self.former_roles[pk])
                and (is_same_proof or role.signals == self._signals_at(named))
            ):
                yield role

    def _naming_what_is_new(self, before: Catalog) -> set[int]:
        """The roles, by primary key, that name a path or a background which wasn't public before.

        Earlier roles don't show it, so they don't tell.
        """
        paths = self.paths.keys() - before.paths.by_pk.keys()
        backgrounds = {
            pk for pk, each in self.backgrounds.items() if each.slug not in before.backgrounds
        }
        naming: list[QuerySet[Any]] = []
        if paths:
            naming.append(Step.objects.filter(path__in=paths))
            naming.append(Role.further.through.objects.filter(learningpath__in=paths))
        if backgrounds:
            naming.append(Pivot.objects.filter(background__in=backgrounds))
        return {role for rows in naming for role in rows.order_by().values_list("role", flat=True)}

    @staticmethod
    def _kept[Thing](before: Things[Thing], now: dict[int, Thing]) -> Iterator[Thing]:
        """The earlier things that are still the same objects."""
        values = {id(each) for each in now.values()}
        return (each for each in before.values() if id(each) in values)

    def _signals_at(self, paths: Iterable[str]) -> tuple[published.Signal, ...] | None:
        """Empty if these paths have no signals; None if they have some, which may be new."""
        touched = any(self.signals_of_path.get(path) for path in paths)
        return None if touched else ()

    def _read_roles(self, keys: Collection[int]) -> Iterator[published.Role]:
        of_roles = Role.objects.published().filter(pk__in=keys)
        roles = dict(_readable(_own, self.shared.rows(of_roles)))
        in_order = Step.objects.filter(role__in=keys).order_by("position", "pk")
        steps = _by_role(step for step in self.shared.rows(in_order) if step.path_id in self.paths)
        of_pay = SalaryBand.objects.filter(role__in=keys).order_by("position", "pk")
        bands = _by_role(self.shared.rows(of_pay))
        pivots = _by_role(self.shared.rows(Pivot.objects.published().filter(role__in=keys)))
        days = _last_days(Edit.objects.filter(kind="roles", row__in=keys))
        further = self._further(keys)
        for role, own in roles.items():
            yield self._role(
                role,
                own,
                bands[role.pk],
                pivots[role.pk],
                steps[role.pk],
                further[role.pk],
                days.get(("roles", role.pk)),
            )

    def _further(self, keys: Collection[int]) -> dict[int, list[int]]:
        """Role → the paths to go further with, by primary key, in the order of paths."""
        named = Role.further.through.objects.filter(role__in=keys)
        found: dict[int, list[int]] = defaultdict(list)
        pairs = named.values_list("role", "learningpath")
        for role, path in sorted(pairs, key=lambda pair: self.places.get(pair[1], 0)):
            if path in self.places:
                found[role].append(path)
        return found

    def _role(  # noqa: PLR0913, PLR0917  what hangs on a role's row
        self,
        role: Role,
        own: dict[str, Any],
        bands: list[SalaryBand],
        pivots: list[Pivot],
        steps: list[Step],
        further: list[int],
        day: datetime.date | None,
    ) -> published.Role:
        paths = [self.paths[step.path_id] for step in steps]
        stops = [make_stop(step, path) for step, path in zip(steps, paths, strict=True)]
        taken = {step.path_id for step in steps}
        beyond = (make_further_path(self.paths[key]) for key in further if key not in taken)
        signals = {
            id(signal): signal for stop in stops for signal in self.signals_of_path[stop.path]
        }
        in_order = [each for each in self.signals if id(each) in signals] if signals else ()
        changed = [day, *(path.changed_on for path in paths)]
        return _copy(
            published.Role,
            role,
            **own,
            bands=tuple(_copy(published.Band, band) for band in bands),
            pivots=tuple(
                _copy(
                    published.Pivot,
                    pivot,
                    background=self.backgrounds[pivot.background_id],
                    fit_label=pivot.get_fit_display(),
                )
                for pivot in pivots
                if pivot.background_id in self.backgrounds
            ),
            signals=tuple(_signals_of(stops, in_order)),
            roadmap=make_roadmap(role, stops, beyond),
            formerly=tuple(self.former_roles[role.pk]),
            published_at=_first_seen(role),
            changed_on=max(filter(None, changed), default=None),
        )


def _lesson(
    row: Lesson, path: LearningPath, begin: str, seen: datetime.datetime
) -> published.Lesson:
    """A published lesson. Nobody could read it before its path was published too.

    begin: how the addresses of the path's lessons begin. seen: when the path was first seen.
    """
    if not slug_re.match(row.slug):
        reverse("lesson", args=[path.slug, row.slug])  # raises what is wrong with it
    return published.Lesson(
        LessonRef(row.number, row.minutes, row.practice_minutes, row.title, f"{begin}{row.slug}/"),
        path.slug,
        row.slug,
        row.summary,
        tuple(row.objectives),
        tuple(row.needs),
        tuple(row.skip_if),
        tuple(row.packages),
        _sources(row),
        max(_first_seen(row), seen),
        tuple(_files(row, path)),
        row.pk,
    )


def _same[Thing](before: Thing | None, now: Thing) -> Thing:
    """The value read before, if it is equal: then what refers to it can be kept as well."""
    return before if before == now and before is not None else now


def _last_days(news: "QuerySet[Edit]") -> dict[tuple[str, int], datetime.date]:
    """Kind and primary key → the last day with news of it."""
    dated = news.filter(day__isnull=False).order_by().values_list("kind", "row")
    return {(kind, row): day for kind, row, day in dated.annotate(last=Max("day"))}


def _own(role: Role) -> dict[str, Any]:
    """The fields that come from a role's row alone, and can fail if the row is damaged."""
    return {
        "url": role.get_absolute_url(),
        "time_split": tuple(published.Share(**part) for part in role.time_split),
        "titles": tuple(published.AdTitle(**each) for each in role.titles),
        "sources": _sources(role),
    }


def _pairs(through: Any, thing: str) -> Iterable[tuple[int, int]]:
    """Pairs: the primary key of a thing, and the number of one of its lessons."""
    pairs: Iterable[tuple[int, int]] = through.objects.values_list(thing, "lesson__number")
    return pairs


def _former(model: Any, thing: str) -> dict[int, list[str]]:
    """Primary key → the slugs that a thing formerly had."""
    found: dict[int, list[str]] = defaultdict(list)
    for key, slug in model.objects.order_by("pk").values_list(thing, "slug"):
        found[key].append(slug)
    return found


def _by_role[Row: (SalaryBand, Pivot, Step)](rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.role_id].append(row)
    return found


def _signals_of(
    stops: Iterable[Stop], signals: Iterable[published.Signal]
) -> Iterable[published.Signal]:
    """The signals that lessons of a roadmap produce, each with these lessons alone."""
    numbers = {lesson.number for stop in stops for lesson in stop.lessons}
    for signal in signals:
        lessons = tuple(lesson for lesson in signal.lessons if lesson.number in numbers)
        if lessons:
            yield replace(signal, lessons=lessons)
