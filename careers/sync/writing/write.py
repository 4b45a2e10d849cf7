"""Write changes into rows, many at once: what points at others comes after them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

from careers.models import Background, Pivot, Role, SalaryBand, Step
from careers.sync import rows
from careers.sync.comparing.plan import Change
from careers.sync.entries import Entry, Values
from careers.sync.problems import CatalogError, Place, Problem
from paths.models import LearningPath, Lesson, SlugModel

# Goes through the changes as they are written, and may count them.
type Watched = Callable[[Sequence[Change]], Iterable[Change]]

BATCH = 500  # rows in one statement
# What only one row of a kind may have.
UNIQUE: dict[str, tuple[tuple[str, ...], ...]] = {
    "signals": (("slug",),),
    "paths": (("slug",),),
    "lessons": (("number",), ("path_id", "slug")),
    "backgrounds": (("slug",),),
    "roles": (("slug",), ("code",)),
}


class Writer:
    """Writes changes. live: the rows as they were read; `rows` has each as it is then, by key."""

    def __init__(self, live: rows.Live) -> None:
        self.rows = {key: row for key, (_, row) in live.items()}
        self.by_slug: dict[str, dict[str, Any]] = defaultdict(dict)
        self.lessons: dict[int, Lesson] = {}
        for key, row in self.rows.items():
            self._index(key[0], row)
        for entry, row in live.values():  # files may know a path by a name that an editor changed
            for old in entry.formerly if isinstance(row, LearningPath) else ():
                self.by_slug["paths"].setdefault(old, row)

    def write(self, changes: Sequence[Change], watched: Watched = iter) -> None:
        """Raises CatalogError where a row that no file knows has what only one may have."""
        self._park(changes)
        self._outline(changes)
        for kind, group in groupby(watched(changes), key=lambda change: change.entry.kind):
            self._write_kind(kind, list(group))
        moved = [lesson for lesson in self.moved if lesson.pk]
        Lesson.objects.bulk_update(moved, ["position"], batch_size=BATCH)

    def _park(self, changes: Iterable[Change]) -> None:
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

    def _outline(self, changes: Iterable[Change]) -> None:
        """Where each lesson is to stand in its path; rows that are there take their places."""
        self.places: dict[int, int] = {}
        for change in changes:
            if change.entry.kind == "paths":
                numbers = values_of(change).get("lessons", ())
                self.places |= {number: place for place, number in enumerate(numbers, start=1)}
        self.moved = []
        for number, place in self.places.items():
            lesson = self.lessons.get(number)
            if lesson and lesson.position != place:
                lesson.position = place
                self.moved.append(lesson)

    def _write_kind(self, kind: str, changes: list[Change]) -> None:
        written = [(change, *self._changed(change)) for change in changes]
        self._refuse_what_is_taken(kind, [(change.entry, row) for change, row, _ in written])
        added = [row for change, row, _ in written if not change.live]
        rows.MODELS[kind]._default_manager.bulk_create(added, batch_size=BATCH)
        for change, row, address in written:
            if change.live:
                row.save()
            else:
                self.rows.setdefault(change.entry.id, row)
            self._index(kind, row)
            _keep_addresses(row, address, values_of(change), self.by_slug["paths"])
        known = {row.pk for change, row, _ in written if change.live}
        _Parts(self, known).write(kind, [(values_of(change), row) for change, row, _ in written])

    def _changed(self, change: Change) -> tuple[Any, Any]:
        """The row with a change's values, not saved yet, and what keep_address() takes of it."""
        kind = change.entry.kind
        row: Any = self.rows[change.live] if change.live else rows.MODELS[kind]()
        address = _address(row) if change.live else None
        values = values_of(change)
        for name, value in rows.fields(kind, values).items():
            setattr(row, name, value)
        if isinstance(row, Lesson):
            row.position = self.places.get(row.number, row.position)
            if "path" in values:
                row.path = self.by_slug["paths"][values["path"]]
        if isinstance(row, SlugModel) and not change.live:
            row.settle()
        return row, address

    def _refuse_what_is_taken(self, kind: str, written: list[tuple[Entry, Any]]) -> None:
        model = rows.MODELS[kind]
        others = [row for row in self.rows.values() if isinstance(row, model)]
        everyone = {id(row): row for row in (*others, *(row for _, row in written))}.values()
        for names in UNIQUE[kind]:
            have = Counter(tuple(getattr(row, name) for name in names) for row in everyone)
            for entry, row in written:
                if have[tuple(getattr(row, name) for name in names)] > 1:
                    _refuse(row, entry)

    def _index(self, kind: str, row: models.Model) -> None:
        if isinstance(row, Lesson):
            self.lessons[row.number] = row
        else:
            self.by_slug[kind][cast("Any", row).slug] = row


class _Parts:
    """Writes what belongs to rows that are written: steps, pivots, bands, links to lessons.

    known: the keys of those rows that may have some already.
    """

    def __init__(self, writer: Writer, known: set[int]) -> None:
        self.writer = writer
        self.known = known

    def write(self, kind: str, written: list[tuple[Values, Any]]) -> None:
        match kind:
            case "lessons":
                signals = self.writer.by_slug["signals"]
                self._link(Lesson.signals, "signals", written, signals.__getitem__)
            case "backgrounds":
                self._link(Background.knows, "knows", written, self.writer.lessons.__getitem__)
            case "roles":
                self._replace("steps", Step, written, self._step)
                self._replace("pivots", Pivot, written, self._pivot)
                self._replace("salary_bands", SalaryBand, written, rows.salary_band)

    def _link(
        self,
        relation: Any,
        name: str,
        written: list[tuple[Values, Any]],
        find: Callable[[Any], models.Model],
    ) -> None:
        """Let the rows point at what their values name, and at nothing else."""
        # Of a relation that is seen from its other end, the fields are the other way round.
        ends = (relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name())
        own, other = reversed(ends) if relation.reverse else ends
        touched = [(row, values[name]) for values, row in written if name in values]
        had = self.known & {row.pk for row, _ in touched}
        relation.through.objects.filter(**{f"{own}__in": had}).delete()
        relation.through.objects.bulk_create(
            (
                relation.through(**{f"{own}_id": row.pk, f"{other}_id": find(each).pk})
                for row, named in touched
                for each in named
            ),
            batch_size=BATCH,
        )

    def _replace(
        self,
        name: str,
        model: type[models.Model],
        written: list[tuple[Values, Any]],
        build: Callable[[Values, int], Any],
    ) -> None:
        """Give roles the items that their values have, and no others."""
        touched = [(role, values[name]) for values, role in written if name in values]
        had = self.known & {role.pk for role, _ in touched}
        model._default_manager.filter(role__in=had).delete()
        items = []
        for role, wanted in touched:
            for place, item in enumerate(wanted):
                built = build(item, place)
                built.role = role
                items.append(built)
        model._default_manager.bulk_create(items, batch_size=BATCH)

    def _step(self, item: Values, place: int) -> Step:
        step = rows.step(item, place)
        step.path = self.writer.by_slug["paths"][item["path"]]
        return step

    def _pivot(self, item: Values, place: int) -> Pivot:
        pivot = rows.pivot(item, place)
        pivot.background = self.writer.by_slug["backgrounds"][item["background"]]
        return pivot


def values_of(change: Change) -> dict[str, Any]:
    """The fields that a change writes, with their values; of a new thing all of them."""
    if change.live is None:
        return dict(change.entry.values) | {"formerly": sorted(change.entry.formerly)}
    return {field.name: field.value for field in change.fields}


def _address(row: Any) -> Any:
    """What keep_address() takes: what a row was known by before it changes."""
    if isinstance(row, Lesson):
        return row.path, row.slug
    return (row.slug,) if isinstance(row, LearningPath | Role) else None


def _keep_addresses(row: Any, old: Any, values: Values, paths: dict[str, Any]) -> None:
    """Let a row's earlier addresses go on redirecting. old: what keep_address() takes, or None."""
    if not isinstance(row, LearningPath | Role | Lesson):
        return
    if old and old != _address(row):
        row.keep_address(*old)
    for former in values.get("formerly", []):
        if isinstance(row, Lesson):
            path, slug = former.split("/")
            row.keep_address(paths.get(path) or row.path, slug)
        else:
            row.keep_address(former)


def _refuse(row: models.Model, entry: Entry) -> None:
    """Raise CatalogError, in the words of the model, for what another row has."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        place = Place(entry.file)
        raise CatalogError(Problem("taken", words, place) for words in error.messages) from None
