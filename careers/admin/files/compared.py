"""How the files and the database compare, thing by thing, for the page “Catalog”."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from careers.admin.conflicts import ConflictToResolve, Option
from careers.admin.files.choices import radio
from careers.admin.people.permissions import may_see_things
from careers.admin.revisions.differences import FieldDifference, field_differences
from careers.admin.titles import Titles
from careers.models import Apply, Side
from careers.sync import (
    CatalogError,
    Change,
    ComparedCatalog,
    Key,
    Labels,
    LeftOut,
    PlannedField,
    Problem,
    compare_folder,
    field_label,
    grouped_problems,
    model_of,
    reason_in_words,
    thing_label,
    told_apart,
)

MOST_COMPARED = 50  # things of each list that are compared field by field


@dataclass(frozen=True, slots=True)
class ComparedThing:
    """One thing of the catalog and how files and database differ about it.

    url: its form; empty if it has no row or the user may not see it. labels: of the fields that
    differ. differences: how they differ; empty if there are too many such things.
    """

    title: str
    url: str = ""
    conflicts: tuple[ConflictToResolve, ...] = ()
    labels: tuple[str, ...] = ()
    differences: tuple[FieldDifference, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class FilesAndDatabase:
    """How the two compare. problems: of the files; with any, nothing was compared.

    last: the last apply. refusals: what keeps the files from being applied. unfiled: things added
    live that no file has. has_choices: whether sides were chosen that no apply has carried out yet.
    unwritable: why some live edits can't be written to files. has_patch: whether the rest can.
    """

    last: Apply | None
    problems: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    conflicts: tuple[ComparedThing, ...] = ()
    changes: tuple[ComparedThing, ...] = ()
    drift: tuple[ComparedThing, ...] = ()
    unfiled: tuple[ComparedThing, ...] = ()
    has_choices: bool = False
    fingerprint: str = ""
    unwritable: tuple[str, ...] = ()
    has_patch: bool = True

    @property
    def problems_as_shown(self) -> list[str]:
        return list(grouped_problems(self.problems))

    @property
    def refusals_as_shown(self) -> list[str]:
        return list(grouped_problems(self.refusals))

    @property
    def open_conflicts(self) -> int:
        """How many fields wait for a choice."""
        return sum(len(thing.conflicts) for thing in self.conflicts)

    @property
    def files_lack(self) -> bool:
        """Whether an export would write anything."""
        return bool(self.drift or self.unfiled)


def files_and_database(request: HttpRequest, *, at_a_glance: bool = False) -> FilesAndDatabase:
    """Compare the two, with the titles and links that the request's user may see.

    at_a_glance: leave out how fields differ and what is unwritable.
    """
    last = Apply.objects.first()
    try:
        found = compare_folder(settings.CATALOG_DIR)
    except CatalogError as error:
        return FilesAndDatabase(last, tuple(error.problems))
    plan, things = found.plan, _Things(found, request, 0 if at_a_glance else MOST_COMPARED)
    left_out = LeftOut() if at_a_glance else found.left_out()
    return FilesAndDatabase(
        last,
        refusals=found.refusals(),
        conflicts=tuple(things.with_conflicts(plan.conflicts)),
        changes=tuple(things.with_changes(plan.changes)),
        drift=tuple(things.with_drift(plan.drift)),
        unfiled=tuple(things.thing(entry.id) for entry in found.unfiled),
        has_choices=found.has_choices,
        fingerprint=found.fingerprint,
        unwritable=tuple(reason_in_words(each, things.title) for each in left_out.reasons),
        has_patch=not left_out.is_all,
    )


class _Things:
    """Groups a plan's parts by thing. most: how many things are compared field by field."""

    def __init__(self, found: ComparedCatalog, request: HttpRequest, most: int) -> None:
        self.found = found
        self.request = request
        self.most = most
        self.titles = Titles(request)

    def with_conflicts(self, conflicts: Iterable[PlannedField]) -> Iterator[ComparedThing]:
        for key, fields in groupby(conflicts, key=lambda field: field.id):
            yield self.thing(key, conflicts=tuple(map(self._conflict, fields)))

    def with_changes(self, changes: Iterable[Change]) -> Iterator[ComparedThing]:
        for place, change in enumerate(changes):
            sides = [(each.name, each.live, each.value) for each in change.fields]
            key = change.live or change.id
            yield self.thing(key, is_new=change.live is None, **self._fields(key, sides, place))

    def with_drift(self, drift: Iterable[PlannedField]) -> Iterator[ComparedThing]:
        for place, (key, fields) in enumerate(groupby(drift, key=lambda field: field.id)):
            sides = [(each.name, each.file, each.value) for each in fields]
            yield self.thing(key, **self._fields(key, sides, place))

    def thing(self, key: Key, **more: Any) -> ComparedThing:
        row = self.found.row_of(key)
        if row is None:
            return ComparedThing(thing_label(key, self.title(*key)), **more)
        model = model_of(key[0])._meta
        url = ""
        if may_see_things(self.request, model.model):
            url = reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[row.pk])
        return ComparedThing(thing_label(key, row.title), url, **more)

    def _conflict(self, conflict: PlannedField) -> ConflictToResolve:
        labels = Labels(conflict.id[0], self.title)
        sides = (conflict.base, conflict.file, conflict.live)
        base, file, live = told_apart(*(labels.value(conflict.name, side) for side in sides))
        options = (
            Option("Both began from", base),
            Option(
                "The file says", file, self.found.place_of(conflict), Side.FILE, "Take the file’s"
            ),
            Option("Here it says", live, "", Side.LIVE, "Keep what is here"),
        )
        return ConflictToResolve(labels.part(conflict.name), radio(conflict), options)

    def _fields(
        self, key: Key, fields: Collection[tuple[str, Any, Any]], place: int
    ) -> dict[str, Any]:
        """What a ComparedThing says of its fields. fields: (name, before, after) of each. place:
        the thing's index among those that are listed with it."""
        kind = key[0]
        compared = field_differences(kind, fields, self.title) if place < self.most else ()
        return {
            "labels": tuple(field_label(kind, name) for name, *_ in fields),
            "differences": tuple(compared),
        }

    def title(self, kind: str, key: str) -> str:
        """The title of a thing: from the files, if the database doesn't have it."""
        title = self.titles(kind, key)
        return self.found.title_in_files((kind, key)) if title == key else title
