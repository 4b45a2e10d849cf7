"""Write what the files say into the database: all of it or nothing, and never over a live edit."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

from careers.models import (
    Background,
    CatalogEntry,
    HiringSignal,
    Pivot,
    Role,
    SalaryBand,
    Step,
)
from careers.sync import rows
from careers.sync.entries import Entry, Key
from careers.sync.plan import Change, Plan, plan
from careers.sync.problems import CatalogError, Place, Problem
from paths import markdown
from paths.models import CatalogVersion, LearningPath, Lesson


class Conflict(Exception):
    """Files and database were both changed, differently. plan: what stands against what."""

    def __init__(self, found: Plan) -> None:
        super().__init__(f"{len(found.conflicts)} conflicts")
        self.plan = found


@transaction.atomic
def apply(entries: list[Entry], *, overwrite: bool = False) -> Plan:
    """Bring the database to what the entries say and return what was done.

    overwrite: take the files' side wherever an editor changed what a file says. Without it live
    edits are kept. Raises Conflict, with nothing written, where both sides changed the same field.
    """
    _keep_writers_out()
    live = rows.live()
    found = plan(
        {entry.id: entry for entry in _bases()},
        {entry.id: entry for entry in entries},
        {key: entry for key, (entry, _) in live.items()},
        overwrite=overwrite,
    )
    if found.conflicts:
        raise Conflict(found)
    _Writer(live).write(found)
    rendered = _render_again()
    if found.changes or rendered:
        CatalogVersion.rise()
    return found


def _keep_writers_out() -> None:
    """Let nobody change between what is read here and what is written; readers go on.

    SQLite has taken its write lock already: transactions begin IMMEDIATE.
    """
    if connection.vendor != "postgresql":
        return
    locked: list[type[models.Model]] = [
        *rows.MODELS.values(),
        Step,
        Pivot,
        SalaryBand,
        CatalogEntry,
    ]
    names = (model._meta.db_table for model in locked)  # noqa: SLF001
    tables = ", ".join(map(connection.ops.quote_name, names))
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _bases() -> list[Entry]:
    return [
        Entry(row.kind, row.key, row.values["values"], frozenset(row.values["formerly"]), row.file)
        for row in CatalogEntry.objects.all()
    ]


def _render_again() -> bool:
    """Lessons that an older renderer made. Whether there were any."""
    old = list(Lesson.objects.exclude(rendered_by=markdown.VERSION))
    for lesson in old:
        lesson.save(update_fields=["body_html", "rendered_by"])
    return bool(old)


class _Writer:
    """Writes a plan's changes. live: the rows as they were read, by key."""

    def __init__(self, live: rows.Live) -> None:
        self.rows = {key: row for key, (_, row) in live.items()}
        self.by_slug: dict[str, dict[str, Any]] = {
            model.__name__: {row.slug: row for row in self.rows.values() if isinstance(row, model)}
            for model in (LearningPath, HiringSignal, Background)
        }
        for entry, row in live.values():  # files may know a path by a name that an editor changed
            for old in entry.formerly if isinstance(row, LearningPath) else ():
                self.by_slug["LearningPath"].setdefault(old, row)
        self.lessons: dict[int, Lesson] = {
            row.number: row for row in self.rows.values() if isinstance(row, Lesson)
        }

    def write(self, found: Plan) -> None:
        self._park(found.changes)
        for change in found.changes:
            self._write_row(change)
        for change in found.changes:
            self._write_order(change)
        self._remember(found.bases)

    def _park(self, changes: tuple[Change, ...]) -> None:
        """Move values that are about to change, and that only one row may have, out of the way.

        Two roles may swap their codes; no row may ever stand in another's way meanwhile.
        """
        for name, moved_by in (("slug", {"slug", "path"}), ("code", {"code"})):
            moving: dict[type[models.Model], list[int]] = {}
            for change in changes:
                if change.live and any(field.name in moved_by for field in change.fields):
                    row = self.rows[change.live]
                    moving.setdefault(type(row), []).append(row.pk)
            for model, keys in moving.items():
                parked = Concat(Value("~"), Cast(F("pk"), models.CharField(max_length=20)))
                model._default_manager.filter(pk__in=keys).update(**{name: parked})

    def _write_row(self, change: Change) -> None:
        kind = change.entry.kind
        row = self.rows[change.live] if change.live else rows.MODELS[kind]()
        values = self._values(change)
        address = _address(row) if change.live else None
        for name, value in rows.fields(kind, values).items():
            setattr(row, name, value)
        if isinstance(row, Lesson) and "path" in values:
            row.path = self.by_slug["LearningPath"][values["path"]]
        _refuse_what_is_taken(row, change.entry)
        row.save()
        self._index(row)
        self._keep_addresses(row, address, values)
        match row:
            case Lesson() if "signals" in values:
                row.signals.set(self.by_slug["HiringSignal"][slug] for slug in values["signals"])
            case Background() if "knows" in values:
                row.knows.set(self.lessons[number] for number in values["knows"])
            case Role():
                self._write_parts(row, values)

    def _values(self, change: Change) -> dict[str, Any]:
        if change.live is None:
            return dict(change.entry.values) | {"formerly": sorted(change.entry.formerly)}
        return {field.name: field.file for field in change.fields}

    def _index(self, row: models.Model) -> None:
        if isinstance(row, Lesson):
            self.lessons[row.number] = row
        elif type(row).__name__ in self.by_slug:
            self.by_slug[type(row).__name__][cast("Any", row).slug] = row

    def _keep_addresses(self, row: Any, old: Any, values: dict[str, Any]) -> None:
        if not isinstance(row, LearningPath | Role | Lesson):
            return
        if old and old != _address(row):
            row.keep_address(*old)
        for former in values.get("formerly", []):
            if isinstance(row, Lesson):
                path, slug = former.split("/")
                row.keep_address(self.by_slug["LearningPath"].get(path) or row.path, slug)
            else:
                row.keep_address(former)

    def _write_parts(self, role: Role, values: dict[str, Any]) -> None:
        if "steps" in values:
            paths = self.by_slug["LearningPath"]
            made = [(rows.step(item, place), item) for place, item in enumerate(values["steps"])]
            for step, item in made:
                step.path = paths[item["path"]]
            _replace(role.steps, Step, role, [step for step, _ in made])
        if "pivots" in values:
            backgrounds = self.by_slug["Background"]
            pivots = [rows.pivot(item, place) for place, item in enumerate(values["pivots"])]
            for pivot, item in zip(pivots, values["pivots"], strict=True):
                pivot.background = backgrounds[item["background"]]
            _replace(role.pivots, Pivot, role, pivots)
        if "salary_bands" in values:
            bands = [rows.salary_band(item, n) for n, item in enumerate(values["salary_bands"])]
            _replace(role.salary_bands, SalaryBand, role, bands)

    def _write_order(self, change: Change) -> None:
        """A path's lessons take their places once all of them have rows."""
        values = self._values(change)
        if change.entry.kind != "paths" or "lessons" not in values:
            return
        for place, number in enumerate(values["lessons"], start=1):
            lesson = self.lessons[number]
            if lesson.position != place:
                lesson.position = place
                lesson.save(update_fields=["position"])

    def _remember(self, bases: tuple[tuple[Entry, Key | None], ...]) -> None:
        for entry, before in bases:
            kind, key = before or entry.id
            CatalogEntry.objects.update_or_create(
                kind=kind,
                key=key,
                defaults={
                    "key": entry.key,
                    "file": entry.file,
                    "values": {"values": entry.values, "formerly": sorted(entry.formerly)},
                },
            )


def _address(row: Any) -> Any:
    """What keep_address() takes: what a row was known by before it changes."""
    if isinstance(row, Lesson):
        return row.path, row.slug
    return (row.slug,) if isinstance(row, LearningPath | Role) else None


def _refuse_what_is_taken(row: models.Model, entry: Entry) -> None:
    """Raise CatalogError where a row that no file knows has what only one may have."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        place = Place(entry.file)
        raise CatalogError(Problem("taken", words, place) for words in error.messages) from None


def _replace(manager: Any, model: Any, role: Role, new: list[Any]) -> None:
    manager.all().delete()
    for item in new:
        item.role = role
    model.objects.bulk_create(new)
