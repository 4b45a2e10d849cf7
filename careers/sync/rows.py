"""Catalog entries as rows of the database, both ways: entry to instances, rows to entries."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Prefetch

from careers.models import Background, HiringSignal, Pivot, Role, SalaryBand, Step
from careers.sync.entries import Entry, Values
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
    "paths": ("slug", "title", "status", "position", "summary", "description"),
    "lessons": (
        "slug",
        "number",
        "title",
        "summary",
        "minutes",
        "practice_minutes",
        "objectives",
        "skip_if",
        "sources",
        "status",
        "body",
    ),
    "backgrounds": ("slug", "title", "status", "position", "summary"),
    "roles": (
        "slug",
        "title",
        "code",
        "line",
        "status",
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

type Live = dict[tuple[str, str], tuple[Entry, Model]]


def live() -> Live:
    """Everything in the database as entries, in a constant number of queries."""
    entries: Live = {}
    for kind, read in (
        ("signals", _signals),
        ("paths", _paths),
        ("lessons", _lessons),
        ("backgrounds", _backgrounds),
        ("roles", _roles),
    ):
        for entry, row in read():
            entries[kind, entry.key] = (entry, row)
    return entries


def _own(kind: str, row: Model) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS[kind]}


def _signals() -> Iterable[tuple[Entry, Model]]:
    for row in HiringSignal.objects.all():
        yield Entry("signals", row.slug, _own("signals", row)), row


def _paths() -> Iterable[tuple[Entry, Model]]:
    standing = Lesson.objects.exclude(status=Status.RETIRED).only("number", "path", "position")
    rows = LearningPath.objects.prefetch_related(
        "former_slugs", Prefetch("lessons", standing.order_by("position", "number"))
    )
    for row in rows:
        values = _own("paths", row) | {"lessons": [lesson.number for lesson in row.lessons.all()]}
        yield Entry("paths", row.slug, values, _former(row)), row


def _lessons() -> Iterable[tuple[Entry, Model]]:
    rows = Lesson.objects.select_related("path").prefetch_related("former_slugs__path", "signals")
    for row in rows:
        values = _own("lessons", row) | {
            "path": row.path.slug,
            "signals": sorted(signal.slug for signal in row.signals.all()),
        }
        former = frozenset(f"{old.path.slug}/{old.slug}" for old in row.former_slugs.all())
        yield Entry("lessons", str(row.number), values, former), row


def _backgrounds() -> Iterable[tuple[Entry, Model]]:
    for row in Background.objects.prefetch_related("knows"):
        knows = sorted(lesson.number for lesson in row.knows.all())
        yield Entry("backgrounds", row.slug, _own("backgrounds", row) | {"knows": knows}), row


def _roles() -> Iterable[tuple[Entry, Model]]:
    rows = Role.objects.prefetch_related(
        "former_slugs", "steps__path", "pivots__background", "salary_bands"
    )
    for row in rows:
        values = _own("roles", row) | {
            "steps": [
                {"path": each.path.slug, **{name: getattr(each, name) for name in STEP_FIELDS}}
                for each in row.steps.all()
            ],
            "pivots": [
                {
                    "background": each.background.slug,
                    **{name: getattr(each, name) for name in PIVOT_FIELDS},
                }
                for each in row.pivots.all()
            ],
            "salary_bands": [_band(each) for each in row.salary_bands.all()],
        }
        yield Entry("roles", row.slug, values, _former(row)), row


def _band(band: SalaryBand) -> dict[str, Any]:
    return {name: getattr(band, name) for name in BAND_FIELDS} | {
        "middle_is": band.middle_is or None,
        "collected": band.collected.isoformat(),
        "source": {"title": band.source_title, "url": band.source_url},
    }


def _former(row: LearningPath | Role) -> frozenset[str]:
    return frozenset(old.slug for old in row.former_slugs.all())
