"""Catalog entries as rows of the database, both ways: entry to instances, rows to entries."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from careers.models import Background, CatalogEntry, HiringSignal, Pivot, Role, SalaryBand, Step
from careers.sync.entries import Entry, Key, Values
from paths.models import LearningPath, Lesson, Status

MODELS: dict[str, type[Model]] = {
    "signals": HiringSignal,
    "paths": LearningPath,
    "lessons": Lesson,
    "backgrounds": Background,
    "roles": Role,
}

# The fields that an entry and its row share under one name.
FIELDS: dict[str, tuple[str, ...]] = {
    "signals": ("slug", "title", "status", "position", "summary", "passes", "fails", "sources"),
    "paths": ("slug", "title", "status", "instead", "position", "summary", "description"),
    "lessons": (
        "slug",
        "number",
        "title",
        "summary",
        "minutes",
        "practice_minutes",
        "needs",
        "objectives",
        "skip_if",
        "sources",
        "status",
        "instead",
        "body",
    ),
    "backgrounds": ("slug", "title", "status", "position", "summary"),
    "roles": (
        "slug",
        "title",
        "code",
        "line",
        "status",
        "instead",
        "group",
        "position",
        "aliases",
        "summary",
        "daily_work",
        "time_split",
        "honest_scope",
        "not_for_you_if",
        "after_paths",
        "not_taught",
        "sequence",
        "sources",
    ),
}
STEP_FIELDS = ("why", "emphasis")
PIVOT_FIELDS = ("fit", "months", "note")
BAND_FIELDS = (
    "region",
    "currency",
    "low",
    "high",
    "middle",
    "middle_is",
    "measures",
    "grade",
    "proxy_title",
    "experience",
    "sample",
    "period",
    "collected",
    "note",
)

# Where the parts of a salary band's source stand in a document.
DOCUMENT_KEYS: dict[str, tuple[str, ...]] = {
    "source_title": ("source", "title"),
    "source_url": ("source", "url"),
}


# -- Entry to instances --------------------------------------------------------------------


def fields(kind: str, values: Values) -> dict[str, Any]:
    """The row's own fields among an entry's values."""
    return {name: values[name] for name in FIELDS[kind] if name in values}


def instance(kind: str, values: Values) -> Model:
    """An unsaved row with an entry's own fields, without what it points at."""
    return MODELS[kind](**fields(kind, values))


def step(values: Values, position: int) -> Step:
    return Step(position=position, **_pick(values, STEP_FIELDS))


def pivot(values: Values, position: int) -> Pivot:
    return Pivot(position=position, **_pick(values, PIVOT_FIELDS))


def salary_band(values: Values, position: int) -> SalaryBand:
    own = _pick(values, BAND_FIELDS) | {"middle_is": values.get("middle_is") or ""}
    source = values["source"]
    return SalaryBand(
        position=position, source_title=source["title"], source_url=source["url"], **own
    )


def parts(kind: str, values: Values) -> list[tuple[tuple[str | int, ...], Model]]:
    """An entry's row and its children, each with the path of keys where the document holds it."""
    rows: list[tuple[tuple[str | int, ...], Model]] = [((), instance(kind, values))]
    for key, build in (("steps", step), ("pivots", pivot), ("salary_bands", salary_band)):
        for index, item in enumerate(values.get(key, [])):
            rows.append(((key, index), build(item, index)))
    return rows


def _pick(values: Values, names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


# -- Rows to entries -----------------------------------------------------------------------

type Live = dict[Key, tuple[Entry, Model]]

# Kind → the keys of rows; a kind that isn't named has none.
type Only = Mapping[str, Collection[int]]


def live(only: Only | None = None) -> Live:
    """What is in the database as entries, in a constant number of queries.

    only: the rows to read; without it everything.
    """
    readers: dict[str, Callable[[Rows], Iterable[tuple[Entry, Model]]]] = {
        "signals": _signals,
        "paths": _paths,
        "lessons": _lessons,
        "backgrounds": _backgrounds,
        "roles": _roles,
    }
    entries: Live = {}
    for kind, read in readers.items():
        rows = MODELS[kind]._default_manager.all()
        if only is not None:
            rows = rows.filter(pk__in=only.get(kind, ()))
        for entry, row in read(rows) if only is None or only.get(kind) else ():
            entries[kind, entry.key] = (entry, row)
    return entries


def as_entry(row: CatalogEntry) -> Entry:
    """What a file said at the last apply."""
    values, formerly = row.values["values"], frozenset(row.values["formerly"])
    return Entry(row.kind, row.key, values, formerly, row.file, row.lines)


type Rows = QuerySet[Any]


def _own(kind: str, row: Model) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS[kind]}


def _signals(rows: Rows) -> Iterable[tuple[Entry, Model]]:
    for row in rows:
        yield Entry("signals", row.slug, _own("signals", row)), row


def _paths(rows: Rows) -> Iterable[tuple[Entry, Model]]:
    standing = Lesson.objects.exclude(status=Status.RETIRED).only("number", "path", "position")
    lessons = Prefetch("lessons", standing.order_by("position", "number"))
    for row in rows.prefetch_related("former_slugs", lessons):
        values = _own("paths", row) | {"lessons": [lesson.number for lesson in row.lessons.all()]}
        yield Entry("paths", row.slug, values, _former(row)), row


def _lessons(rows: Rows) -> Iterable[tuple[Entry, Model]]:
    # A path is fetched once, not once a lesson.
    whole = rows.prefetch_related("path", "former_slugs__path", "signals").defer("body_html")
    for row in whole:
        values = _own("lessons", row) | {
            "path": row.path.slug,
            "signals": sorted(signal.slug for signal in row.signals.all()),
        }
        former = frozenset(f"{old.path.slug}/{old.slug}" for old in row.former_slugs.all())
        yield Entry("lessons", str(row.number), values, former), row


def _backgrounds(rows: Rows) -> Iterable[tuple[Entry, Model]]:
    for row in rows.prefetch_related("knows"):
        knows = sorted(lesson.number for lesson in row.knows.all())
        yield Entry("backgrounds", row.slug, _own("backgrounds", row) | {"knows": knows}), row


def _roles(rows: Rows) -> Iterable[tuple[Entry, Model]]:
    whole = rows.prefetch_related(
        "former_slugs", "steps__path", "pivots__background", "salary_bands"
    )
    for row in whole:
        parts = (row.steps.all(), row.pivots.all(), row.salary_bands.all())
        yield Entry("roles", row.slug, role_values(row, *parts), _former(row)), row


def role_values(
    row: Role, steps: Iterable[Step], pivots: Iterable[Pivot], bands: Iterable[SalaryBand]
) -> dict[str, Any]:
    """A role's fields, with its parts as lists in their order."""
    return _own("roles", row) | {
        "steps": [{"path": each.path.slug, **_named(each, STEP_FIELDS)} for each in steps],
        "pivots": [
            {"background": each.background.slug, **_named(each, PIVOT_FIELDS)} for each in pivots
        ],
        "salary_bands": [_band(each) for each in bands],
    }


def _named(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _band(band: SalaryBand) -> dict[str, Any]:
    return _named(band, BAND_FIELDS) | {
        "middle_is": band.middle_is or None,
        "collected": band.collected.isoformat(),
        "source": {"title": band.source_title, "url": band.source_url},
    }


def _former(row: LearningPath | Role) -> frozenset[str]:
    return frozenset(old.slug for old in row.former_slugs.all())
