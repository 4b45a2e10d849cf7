"""Undo a revision: each field back to what it was, unless it was changed since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction

from careers.models import Edit, Origin, Revision
from careers.sync import rows
from careers.sync.comparing.merge import merge
from careers.sync.comparing.plan import RETIRED, Action, Change, Field
from careers.sync.comparing.report import label
from careers.sync.entries import Entry, with_paths_renamed
from careers.sync.kinds import ORDER
from careers.sync.problems import CatalogError
from careers.sync.reading.rules import errors
from careers.sync.writing import record, removals
from careers.sync.writing.sides import keep_writers_out
from careers.sync.writing.write import Writer

# Addresses that a thing had go on redirecting: nothing takes them away.
KEPT = {"formerly"}


class Unrevertable(Exception):
    """A revision can't be undone. reasons: a line for each."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@transaction.atomic
def revert(
    number: int, by: str, user: Any = None, *, allow_removals: int | None = None
) -> Revision:
    """Undo revision `number` with a revision of its own, which reads as drift until exported.

    What the revision added is retired. by: an editor's name, or a system user's. allow_removals: as
    of an apply. Raises Unrevertable where something was changed since, or would not be in order,
    and TooManyRemovals; then nothing is written.
    """
    keep_writers_out()
    changes, live = _changes(number)
    going = (change.live for change in changes if _is_retired(change))
    removals.check(going, {key: entry for key, (entry, _) in live.items()}, allow_removals)
    writer = Writer(live)
    try:
        writer.write(changes)
    except CatalogError as error:
        raise Unrevertable(*(problem.message for problem in error.problems)) from None
    edits = record.of_changes(changes, writer.rows)
    made = record.write(Origin.REVERT, by, edits, user=user, reverts_id=number)
    assert made is not None  # noqa: S101  there are changes, so there are edits
    return made


def preview(number: int) -> list[Change]:
    """What revert() would do. Raises Unrevertable as it would, but for what another row has."""
    return _changes(number)[0]


def _is_retired(change: Change) -> bool:
    return any((field.name, field.value) == ("status", RETIRED) for field in change.fields)


def _changes(number: int) -> tuple[list[Change], rows.Live]:
    edits = list(Edit.objects.filter(revision=number))
    if not edits:
        raise Unrevertable(f"There is no revision {number}.")
    live = rows.live()
    changes = _Undo(live).changes(edits)
    if not changes:
        raise Unrevertable(f"Revision {number} is undone already.")
    return changes, live


class _Undo:
    """Makes changes of edits that are to be undone. live: everything, by key."""

    def __init__(self, live: rows.Live) -> None:
        self.live = live
        self.by_row = {(kind, row.pk): entry for (kind, _), (entry, row) in live.items()}
        self.paths = {
            old: entry.key
            for (kind, _), (entry, _) in live.items()
            if kind == "paths"
            for old in entry.formerly
        }

    def changes(self, edits: Iterable[Edit]) -> list[Change]:
        by_thing: dict[tuple[str, int], list[Edit]] = defaultdict(list)
        for edit in edits:
            by_thing[edit.kind, edit.row].append(edit)
        reasons: list[str] = []
        changes = []
        for thing, of_thing in by_thing.items():
            entry = self.by_row[thing]
            fields, clashes = self._fields(entry, of_thing)
            reasons += clashes or _disorder(entry, fields)
            if fields:
                changes.append(Change(Action.CHANGE, entry, entry.id, tuple(fields)))
        if reasons:
            raise Unrevertable(*reasons)
        return sorted(changes, key=lambda change: (ORDER[change.entry.kind], change.id))

    def _fields(self, entry: Entry, edits: Iterable[Edit]) -> tuple[list[Field], list[str]]:
        """The fields that get a value back, and in words those that were changed since."""
        fields, clashes = [], []
        for edit in edits:
            if edit.field in KEPT:
                continue
            name, was, now = _undone(edit)
            was, now = (
                with_paths_renamed(entry.kind, name, side, self.paths) for side in (was, now)
            )
            current = entry.values[name]
            merged = merge(name, was, now, current)
            clashes += [
                f"{label(entry.id)}: {name}{clash.where} was changed since."
                for clash in merged.clashes
            ]
            if merged.value != current:
                fields.append(Field(entry.id, name, was, now, current, merged.value))
        return fields, clashes


def _undone(edit: Edit) -> tuple[str, Any, Any]:
    """A field, what the edit made of it and what it is to be again. What was added is retired."""
    if not edit.field:
        added: Any = edit.after
        return "status", added["status"], RETIRED
    return edit.field, edit.after, edit.before


def _disorder(entry: Entry, fields: Iterable[Field]) -> Iterator[str]:
    """What the models say of a thing with these fields."""
    values: Mapping[str, Any] = {**entry.values, **{each.name: each.value for each in fields}}
    for _, _, row in rows.with_parts(entry.kind, values):
        for name, error in errors(row):
            yield from (f"{label(entry.id)}: {name}: {words}" for words in error.messages)
