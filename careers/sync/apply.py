"""Write what the files say into the database: all of it or nothing, and never over a live edit."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
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
from careers.sync.order import LISTED, filled_in, in_order
from careers.sync.plan import Action, Change, Plan
from careers.sync.problems import CatalogError, Place, Problem
from careers.sync.standing import Standing, standing
from paths import markdown
from paths.models import CatalogVersion, LearningPath, Lesson, Status

MOST_REMOVALS = 0.1  # of what is published, in one apply

# Goes through the changes as they are written, and may count them.
type Watched = Callable[[Sequence[Change]], Iterable[Change]]


class Conflict(Exception):
    """Files and database were both changed, differently. plan: what stands against what."""

    def __init__(self, found: Plan) -> None:
        super().__init__(f"{len(found.conflicts)} conflicts")
        self.plan = found


class Stale(Exception):
    """A saved plan no longer fits: files or database changed since it was made."""


class TooManyRemovals(Exception):
    """More would be retired than by intent. kinds: of which kinds of things, how many of all."""

    def __init__(self, kinds: dict[str, tuple[int, int]]) -> None:
        self.kinds = kinds
        self.number = sum(number for number, _ in kinds.values())
        super().__init__(f"{self.number} removals")


@transaction.atomic
def apply(
    entries: list[Entry],
    *,
    overwrite: bool = False,
    saved: str | None = None,
    allow_removals: int | None = None,
    watched: Watched = iter,
) -> Plan:
    """Bring the database to what the entries say and return what was done.

    overwrite: take the files' side wherever an editor changed what a file says. Without it live
    edits are kept. saved: the fingerprint of a saved plan. allow_removals: how many things may be
    retired; without it a tenth of what is published, and never all of a kind. watched: shows how
    far the changes are. Raises Conflict where both sides changed the same field, Stale or
    TooManyRemovals; then nothing is written.
    """
    sides = standing(entries)
    if saved not in {None, sides.fingerprint()}:
        raise Stale
    found = sides.plan(overwrite=overwrite)
    if found.conflicts:
        raise Conflict(found)
    _check_removals(found, sides, allow_removals)
    _Writer(sides.rows).write(found, sides, watched)
    rendered = _render_again()
    if found.changes or rendered:
        CatalogVersion.rise()
    return found


def _check_removals(found: Plan, sides: Standing, allowed: int | None) -> None:
    """Raise TooManyRemovals if more goes than is allowed, or than a slip of the hand may take."""
    public = {key for key, each in sides.live.items() if each.values["status"] == Status.PUBLISHED}
    retired = [change.live for change in found.changes if change.action is Action.RETIRE]
    going = Counter(key[0] for key in retired if key in public)
    there = Counter(key[0] for key in public)
    if allowed is not None:
        too_many = going.total() > allowed
    else:
        few = MOST_REMOVALS * there.total()
        too_many = going.total() > few or any(going[kind] == there[kind] for kind in going)
    if too_many:
        raise TooManyRemovals({kind: (number, there[kind]) for kind, number in going.items()})


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

    def write(self, found: Plan, sides: Standing, watched: Watched) -> None:
        self._park(found.changes)
        for change in watched(found.changes):
            self._write_row(change)
        for change in found.changes:
            self._write_order(change)
        self._write_places(found, sides)
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
        self.rows.setdefault(change.entry.id, row)
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
        return {field.name: field.value for field in change.fields}

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

    def _write_places(self, found: Plan, sides: Standing) -> None:
        """Things of a list that changes get the places that it gives them, but for a live order.

        Things that no file has stay behind the same neighbor.
        """
        kept = {field.id: field.live for field in found.drift if field.name == "position"}
        for kind in {change.entry.kind for change in found.changes}.intersection(LISTED):
            listed = {key: each for key, each in sides.files.items() if key[0] == kind}
            places = {key: each.values["position"] for key, each in listed.items()}
            places |= {key: place for key, place in kept.items() if key in listed}
            live = in_order(entry for key, (entry, _) in sides.rows.items() if key[0] == kind)
            order = filled_in(sorted(places, key=places.__getitem__), [each.id for each in live])
            for place, key in enumerate(order, start=1):
                row: Any = self.rows[key]
                if row.position != place:
                    row.position = place
                    row.save(update_fields=["position"])

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
