"""Reads the published catalog, without lesson bodies, once for each process and catalog version."""

import datetime
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from threading import Lock
from typing import Any

from django.db.models import Max, Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from careers.models import (
    Background,
    CatalogVersion,
    Edit,
    FormerRoleSlug,
    HiringSignal,
    Pivot,
    Role,
    SalaryBand,
    Sequence,
    Step,
)
from careers.published import catalog as published
from careers.published.catalog import Catalog, Source, Things, Version
from careers.published.glossary import Glossary
from careers.published.glossary import Term as GlossaryTerm
from careers.published.roadmap import FurtherPath, LessonRef, OtherLine, Roadmap, Stop, total_hours
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
_reading = Lock()
_kept: Catalog | None = None

TRIES = 3  # when the catalog changes while it is read


def current() -> Catalog:
    """The catalog as it is now. One query, unless the catalog version has changed.

    Code that changes rows past the admin and `catalog apply` has to call `CatalogVersion.rise()` in
    the same transaction, or this keeps answering with what it read before; `index.rebuild()`, which
    raises it as well, lets a search find the change.
    """
    global _kept  # noqa: PLW0603 - the one thing that a process keeps
    version = _version()
    kept = _kept
    if kept is None or kept.version != version:
        with _reading:
            if _kept is None or _kept.version != version:
                _kept = _read(version)
            kept = _kept
    return kept


def forget() -> None:
    """Read the catalog again at the next call. For tests, which roll versions back."""
    global _kept  # noqa: PLW0603
    _kept = None


class CatalogRequest(HttpRequest):
    """A request with the state of the catalog that answers it."""

    catalog: Catalog


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give each request `request.catalog`: current(), called once and only if it is used."""

    def with_catalog(request: HttpRequest) -> HttpResponse:
        request.catalog = SimpleLazyObject(current)  # type: ignore[attr-defined]
        return get_response(request)

    return with_catalog


def _version() -> Version:
    return Version(*CatalogVersion.current())


def _read(version: Version) -> Catalog:
    """The catalog in the database, read again if somebody changed it meanwhile."""
    for _ in range(TRIES):
        catalog = _CatalogReader().catalog(version)
        now = _version()
        if now == version:
            break
        version = now
    return catalog


def _copy[Value](kind: type[Value], row: Model, **more: Any) -> Value:
    """A value whose fields are those of a row with the same names. more: its other fields."""
    names = {field.name for field in fields(kind)} - more.keys()  # type: ignore[arg-type]
    values = {name: getattr(row, name) for name in names}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return kind(**values | lists | more)


def _readable[Row: Model, Value](
    read: Callable[[Row], Value], rows: Iterable[Row]
) -> Iterator[tuple[Row, Value]]:
    """Rows, each with what is read of it.

    Whoever saves past every check can leave a row that nothing can be made of. It is left out and
    named in the log: one row is no reason to have no site.
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
    """When the public could see a published thing first, as far as is known."""
    return row.published_at or row.updated_at


def _lesson(row: Lesson, path: LearningPath) -> published.Lesson:
    """A published lesson. Nobody could read it before its path was published too."""
    url = reverse("lesson", args=[path.slug, row.slug])
    return _copy(
        published.Lesson,
        row,
        ref=LessonRef(row.number, row.minutes, row.practice_minutes, row.title, url),
        path=path.slug,
        sources=_sources(row),
        files=tuple(_files(row, path)),
        published_at=max(_first_seen(row), _first_seen(path)),
    )


def _files(row: Lesson, path: LearningPath) -> Iterable[published.File]:
    for file in row.files:
        url = reverse("lesson-file", args=[path.slug, row.slug, file["name"]])
        yield published.File(file["name"], url)


class _CatalogReader:
    """Reads each kind of row with one query, then puts the catalog together."""

    def __init__(self) -> None:
        rows = LearningPath.objects.published()
        paths = [path for path, _ in _readable(LearningPath.get_absolute_url, rows)]
        self.former_paths = _former(FormerPathSlug, "path")
        self.former_roles = _former(FormerRoleSlug, "role")
        self.published: dict[int, published.Lesson] = {}
        self.lessons = self._lessons({path.pk: path for path in paths})
        self.by_pk = {pk: ref for refs in self.lessons.values() for pk, ref in refs.items()}
        self.paths = {path.pk: self._path(path) for path in paths}
        self.further = self._further()
        self.backgrounds = self._backgrounds()
        self.signals = self._signals()
        self.changed = self._changed()

    def catalog(self, version: Version) -> Catalog:
        roles = dict(_readable(_own, Role.objects.published().in_order()))
        stopping = self._steps({role.pk for role in roles})
        lines = self._lines(roles, stopping)
        self.paths = {pk: replace(path, lines=tuple(lines[pk])) for pk, path in self.paths.items()}
        bands = _by_role(SalaryBand.objects.order_by("position", "pk"))
        pivots = _by_role(Pivot.objects.published())
        return Catalog(
            version,
            Things(
                (
                    role.slug,
                    self._role(role, own, bands[role.pk], pivots[role.pk], stopping[role.pk]),
                )
                for role, own in roles.items()
            ),
            Things((path.slug, path) for path in self.paths.values()),
            Things((background.slug, background) for background in self.backgrounds.values()),
            Things((signal.slug, signal) for signal in self.signals),
            {
                lesson.number: self.published[lesson.number]
                for path in self.paths.values()
                for lesson in path.lessons
                if lesson.is_published
            },
            self._glossary(),
            {row.model: _copy(published.Price, row) for row in Price.objects.published()},
        )

    def _lessons(self, paths: dict[int, LearningPath]) -> dict[int, dict[int, LessonRef]]:
        """Path → lesson, by primary keys. A draft has neither title nor address.

        Fills self.published with the published lessons, by number.
        """
        found: dict[int, dict[int, LessonRef]] = defaultdict(dict)
        rows = Lesson.objects.filter(path__status=Status.PUBLISHED).in_outline()
        here = (row for row in rows if row.path_id in paths)  # another was published since

        def read(row: Lesson) -> published.Lesson | None:
            return _lesson(row, paths[row.path_id]) if row.is_published else None

        for row, lesson in _readable(read, here):
            ref = LessonRef(row.number, row.minutes, row.practice_minutes)
            if lesson:
                self.published[row.number] = lesson
                ref = lesson.ref
            found[row.path_id][row.pk] = ref
        return found

    def _path(self, path: LearningPath) -> published.Path:
        lessons = tuple(self.lessons[path.pk].values())
        hours = total_hours(lessons)
        url = path.get_absolute_url()
        return _copy(
            published.Path,
            path,
            url=url,
            lessons=lessons,
            hours=hours,
            lines=(),
            formerly=tuple(self.former_paths[path.pk]),
            published_at=_first_seen(path),
        )

    def _changed(self) -> dict[str, dict[int, datetime.date]]:
        """Kind → primary key → the last day with news, for a path also of its published lessons."""
        news = Edit.objects.filter(day__isnull=False).order_by().values_list("kind", "row")
        found: dict[str, dict[int, datetime.date]] = defaultdict(dict)
        for kind, row, day in news.annotate(last=Max("day")):
            found[kind][row] = day
        for path, refs in self.lessons.items():
            for pk, ref in refs.items():
                day = found["lessons"].get(pk) if ref.is_published else None
                if day and day > found["paths"].get(path, datetime.date.min):
                    found["paths"][path] = day
        return found

    def _backgrounds(self) -> dict[int, published.Background]:
        knows: dict[int, set[int]] = defaultdict(set)
        for background, lesson in _pairs(Background.knows.through, "background"):
            if lesson in self.by_pk:
                knows[background].add(self.by_pk[lesson].number)
        return {
            row.pk: _copy(
                published.Background, row, knows=frozenset(knows[row.pk]), sources=sources
            )
            for row, sources in _readable(_sources, Background.objects.published())
        }

    def _signals(self) -> list[published.Signal]:
        produced: dict[int, list[LessonRef]] = defaultdict(list)
        for signal, lesson in _pairs(HiringSignal.lessons.through, "hiringsignal"):
            if lesson in self.by_pk and self.by_pk[lesson].is_published:
                produced[signal].append(self.by_pk[lesson])
        rows = HiringSignal.objects.published()
        return [
            _copy(
                published.Signal,
                row,
                sources=sources,
                lessons=tuple(sorted(produced[row.pk], key=lambda lesson: lesson.number)),
            )
            for row, sources in _readable(_sources, rows)
        ]

    def _further(self) -> dict[int, list[int]]:
        """Role → the paths to go further with, by primary key, in the order of paths."""
        places = {path: place for place, path in enumerate(self.paths)}
        named = Role.further.through.objects.values_list("role", "learningpath")
        found: dict[int, list[int]] = defaultdict(list)
        for role, path in sorted(named, key=lambda pair: places.get(pair[1], 0)):
            if path in places:
                found[role].append(path)
        return found

    def _glossary(self) -> Glossary:
        lessons = {pk: ref for pk, ref in self.by_pk.items() if ref.is_published}
        return Glossary.of(
            GlossaryTerm(
                term.slug,
                term.title,
                tuple(term.also),
                term.meaning,
                lessons.get(term.lesson_id or 0),
                term.linked,
                term.pk,
            )
            for term in Term.objects.published()
        )

    def _steps(self, roles: set[int]) -> dict[int, list[Step]]:
        """Role → its steps to public paths, by primary key."""
        steps = Step.objects.order_by("position", "pk")
        return _by_role(
            step for step in steps if step.path_id in self.paths and step.role_id in roles
        )

    def _lines(
        self, roles: Iterable[Role], stopping: dict[int, list[Step]]
    ) -> dict[int, list[OtherLine]]:
        """Path → the lines that stop there, by primary key, in the order of roles."""
        lines: dict[int, list[OtherLine]] = defaultdict(list)
        for role in roles:
            line = OtherLine(role.code, role.line, role.title, role.get_absolute_url())
            for step in stopping[role.pk]:
                taken = frozenset(step.only) if step.only else None
                lines[step.path_id].append(replace(line, lessons=taken))
        return lines

    def _beyond(self, role: Role, steps: list[Step]) -> Iterable[FurtherPath]:
        own = {step.path_id for step in steps}
        for key in self.further[role.pk]:
            if key not in own:
                yield make_further_path(self.paths[key])

    def _role(
        self,
        role: Role,
        own: dict[str, Any],
        bands: list[SalaryBand],
        pivots: list[Pivot],
        steps: list[Step],
    ) -> published.Role:
        paths = [self.paths[step.path_id] for step in steps]
        # All roles share the path's own tuple of lines: copies would grow with the square of roles.
        stops = [make_stop(step, path, path.lines) for step, path in zip(steps, paths, strict=True)]
        changed = [self.changed["roles"].get(role.pk)]
        changed += [self.changed["paths"].get(step.path_id) for step in steps]
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
            signals=tuple(_signals_of(stops, self.signals)),
            roadmap=make_roadmap(role, stops, self._beyond(role, steps)),
            formerly=tuple(self.former_roles[role.pk]),
            published_at=_first_seen(role),
            changed_on=max(filter(None, changed), default=None),
        )


def _own(role: Role) -> dict[str, Any]:
    """What a role's row says by itself, and can't be read of every row."""
    return {
        "url": role.get_absolute_url(),
        "time_split": tuple(published.Share(**part) for part in role.time_split),
        "titles": tuple(published.AdTitle(**each) for each in role.titles),
        "sources": _sources(role),
    }


def _pairs(through: Any, thing: str) -> Iterable[tuple[int, int]]:
    """Pairs of primary keys: of a thing, and of one of its lessons."""
    pairs: Iterable[tuple[int, int]] = through.objects.values_list(thing, "lesson")
    return pairs


def _former(model: Any, thing: str) -> dict[int, list[str]]:
    """Primary key → the slugs that a thing had."""
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


def make_stop(step: Step, path: published.Path, lines: tuple[OtherLine, ...] = ()) -> Stop:
    """The stop that a step, saved or not, makes at a path. lines: of all roles that stop there."""
    return Stop(
        path=path.slug,
        title=path.title,
        position=path.position,
        url=path.url,
        why=step.why,
        emphasis=step.emphasis,
        outline=path.lessons,
        only=frozenset(step.only),
        focus=frozenset(step.focus),
        lines=lines,
    )


def make_further_path(path: published.Path) -> FurtherPath:
    """A path beyond the last stop of a roadmap."""
    return FurtherPath(
        path=path.slug,
        title=path.title,
        position=path.position,
        url=path.url,
        summary=path.summary,
        hours=path.hours,
        first_lesson=next((lesson for lesson in path.lessons if lesson.is_published), None),
    )


def make_roadmap(role: Role, stops: Iterable[Stop], further: Iterable[FurtherPath] = ()) -> Roadmap:
    """The roadmap of a role, saved or not."""
    return Roadmap(
        role=role.title,
        url=role.get_absolute_url() if role.has_address else "",
        code=role.code,
        line=role.line,
        in_sequence=role.sequence == Sequence.IN_SEQUENCE,
        stops=tuple(stops),
        after_paths=role.after_paths,
        not_taught=role.not_taught,
        fit_questions=len(role.fit_questions),
        further=tuple(further),
    )
