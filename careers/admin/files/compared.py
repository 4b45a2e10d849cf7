"""How the files and the database compare, thing by thing, as the page “Catalog” says it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse

from careers.admin.conflicts import ConflictToResolve, Option
from careers.admin.field_labels import part_label
from careers.admin.files.choices import radio
from careers.models import Apply, Side
from careers.sync import (
    CatalogError,
    Change,
    ComparedCatalog,
    Key,
    PlannedField,
    Problem,
    compare,
    model_of,
    read_catalog,
    report,
)


@dataclass(frozen=True, slots=True)
class ComparedThing:
    """One thing of the catalog and how files and database differ about it.

    url: of its form; empty where no row is the thing's, or the form isn't to be seen. lines: what
    differs, in words.
    """

    title: str
    url: str = ""
    conflicts: tuple[ConflictToResolve, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilesAndDatabase:
    """How the two compare. problems: of the files; with any, nothing was compared.

    unfiled: things that were made live and that no file has. unwritable: why there is no patch.
    """

    last: Apply | None
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[ComparedThing, ...] = ()
    changes: tuple[ComparedThing, ...] = ()
    drift: tuple[ComparedThing, ...] = ()
    unfiled: tuple[ComparedThing, ...] = ()
    fingerprint: str = ""
    unwritable: tuple[str, ...] = ()

    @property
    def open_conflicts(self) -> int:
        """How many fields wait for a choice."""
        return sum(len(thing.conflicts) for thing in self.conflicts)

    @property
    def files_lack(self) -> bool:
        """Whether an export would write anything."""
        return bool(self.drift or self.unfiled)


def files_and_database(
    may_see: Callable[[Any], bool], *, for_export: bool = True
) -> FilesAndDatabase:
    """may_see: whether things of a model may be linked. for_export: find out what is unwritable."""
    last = Apply.objects.first()
    try:
        found = compare(read_catalog(settings.CATALOG_DIR))
    except CatalogError as error:
        return FilesAndDatabase(last, tuple(error.problems))
    plan, things = found.plan, _Things(found, may_see)
    return FilesAndDatabase(
        last,
        conflicts=tuple(things.with_conflicts(plan.conflicts)),
        changes=tuple(things.with_changes(plan.changes)),
        drift=tuple(things.with_drift(plan.drift)),
        unfiled=tuple(things.thing(entry.id) for entry in found.unfiled),
        fingerprint=found.fingerprint,
        unwritable=found.why_unwritable() if for_export else (),
    )


class _Things:
    """Gathers a plan's parts by the thing that they are of."""

    def __init__(self, found: ComparedCatalog, may_see: Callable[[Any], bool]) -> None:
        self.found = found
        self.may_see = may_see

    def with_conflicts(self, conflicts: Iterable[PlannedField]) -> Iterator[ComparedThing]:
        for key, fields in groupby(conflicts, key=lambda field: field.id):
            yield self.thing(key, conflicts=tuple(map(self._conflict, fields)))

    def with_changes(self, changes: Iterable[Change]) -> Iterator[ComparedThing]:
        for change in changes:
            fields = tuple(self._line(each, each.live) for each in change.fields)
            yield self.thing(change.live or change.id, lines=fields or ("is added",))

    def with_drift(self, drift: Iterable[PlannedField]) -> Iterator[ComparedThing]:
        for key, fields in groupby(drift, key=lambda field: field.id):
            lines = tuple(self._line(each, each.file) for each in fields)
            yield self.thing(key, lines=lines)

    def thing(self, key: Key, **more: Any) -> ComparedThing:
        row = self.found.row_of(key)
        if row is None:
            return ComparedThing(report.label(key), **more)
        model = model_of(key[0])._meta
        url = ""
        if self.may_see(model.model):
            url = reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[row.pk])
        name = str(model.verbose_name).capitalize()
        return ComparedThing(f"{name} “{row.title}”", url, **more)

    def _conflict(self, conflict: PlannedField) -> ConflictToResolve:
        base, file, live = map(report.value_in_words, (conflict.base, conflict.file, conflict.live))
        options = (
            Option("Both began from", base),
            Option(
                "The file says", file, self.found.place_of(conflict), Side.FILE, "Take the file’s"
            ),
            Option("Here it says", live, "", Side.LIVE, "Keep what is here"),
        )
        label = part_label(conflict.id[0], conflict.name, self._title)
        return ConflictToResolve(label, radio(conflict), options)

    def _line(self, field: PlannedField, old: Any) -> str:
        """What becomes of a field, in words. old: what it said before."""
        label = part_label(field.id[0], field.name, self._title)
        return f"{label}: {report.difference_line(field.name, old, field.value)}"

    def _title(self, kind: str, key: str) -> str:
        row = self.found.row_of((kind, key))
        return str(row.title) if row else key
