"""Undo a revision: each field back to what it was, unless it was changed since."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from careers.models import Edit, Origin, Revision
from careers.sync.comparing.merge import merge
from careers.sync.comparing.plan import RETIRED, Action, Change, PlannedField
from careers.sync.entries import Entry, rename_paths
from careers.sync.kinds import ORDER
from careers.sync.problems import CatalogError
from careers.sync.rows import LiveEntries, read_live
from careers.sync.wording.reasons import Reason
from careers.sync.writing.merged import broken_rules
from careers.sync.writing.record import edits_between, write_revision
from careers.sync.writing.removals import refuse_many_removals
from careers.sync.writing.sides import keep_writers_out
from careers.sync.writing.write import Writer

type Thing = tuple[str, int]  # a kind, and the primary key of its row

NOT_UNDONE = {"formerly"}  # a thing's former addresses go on redirecting


class Unrevertable(Exception):
    """A revision can't be undone. reasons: why."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("\n".join(map(str, reasons)))
        self.reasons = reasons


@transaction.atomic
def revert(
    number: int,
    by: str,
    user: Any = None,
    *,
    of: Thing | None = None,
    allow_removals: int | None = None,
) -> Revision:
    """Undo revision `number` by another revision. The files don't have it until an export.

    Things that the revision added are retired. of: undo only this thing's edits. by: an editor's
    name, or a system user's. allow_removals: as for an apply. Raises Unrevertable if a field was
    changed since, or would break a rule, and TooManyRemovals; then nothing is written.
    """
    keep_writers_out()
    changes, live = _undoing_changes(number, of)
    retired = (change.live for change in changes if _retires(change))
    entries = {key: entry for key, (entry, _) in live.items()}
    refuse_many_removals(retired, entries, allow_removals)
    writer = Writer(live)
    try:
        writer.write(changes)
    except CatalogError as error:
        raise Unrevertable(*(Reason(problem.message) for problem in error.problems)) from None
    # Other things may have changed too: a lesson that goes or comes changes its path's outline.
    edits = edits_between(live, read_live())
    made = write_revision(Origin.REVERT, by, edits, user=user, reverts_id=number)
    if made is None:  # such as an outline that lacks a lesson only because that was retired
        raise Unrevertable(_along_with_another(number))
    return made


def preview_revert(number: int, of: Thing | None = None) -> list[Change]:
    """The changes that revert() would make. Raises Unrevertable as revert() does, except if another
    row has a unique value already."""
    return _undoing_changes(number, of)[0]


def _retires(change: Change) -> bool:
    return any((field.name, field.value) == ("status", RETIRED) for field in change.fields)


def _undoing_changes(number: int, of: Thing | None) -> tuple[list[Change], LiveEntries]:
    is_possible = number.bit_length() < 64  # no database takes a larger one
    found = Edit.objects.filter(revision=number) if is_possible else Edit.objects.none()
    edits = list(found.filter(kind=of[0], row=of[1]) if of else found)
    if not edits:
        raise Unrevertable(Reason(f"There is no revision {number}{' of this' if of else ''}."))
    live = read_live()
    changes = _Undo(live).changes(edits)
    if all(edit.field in NOT_UNDONE for edit in edits):
        to_this = " to this" if of else ""
        words = f"only added former addresses{to_this}, and these go on redirecting."
        raise Unrevertable(Reason(f"Revision {number} {words}"))
    if not changes:
        raise Unrevertable(Reason(f"Revision {number} is undone already."))
    if all(map(_leaves_an_outline, changes)):
        raise Unrevertable(_along_with_another(number))
    return changes, live


def _leaves_an_outline(change: Change) -> bool:
    """Whether a change of an outline only adds or takes out lessons: they come and go by their own
    edits, so that without these it leaves everything as it is."""
    if change.entry.kind != "paths" or [field.name for field in change.fields] != ["lessons"]:
        return False
    (outline,) = change.fields
    before, after = outline.live, outline.value
    return [each for each in before if each in after] == [each for each in after if each in before]


def _along_with_another(number: int) -> Reason:
    return Reason(f"Revision {number} changed this along with another thing: undo it there.")


class _Undo:
    """Turns edits into the changes that undo them. live: every entry with its row."""

    def __init__(self, live: LiveEntries) -> None:
        self.by_row = {(kind, row.pk): entry for (kind, _), (entry, row) in live.items()}
        self.path_names = {
            old: entry.key
            for (kind, _), (entry, _) in live.items()
            if kind == "paths"
            for old in entry.formerly
        }

    def changes(self, edits: Iterable[Edit]) -> list[Change]:
        by_row: dict[tuple[str, int], list[Edit]] = defaultdict(list)
        for edit in edits:
            by_row[edit.kind, edit.row].append(edit)
        reasons: list[Reason] = []
        changes = []
        for row, of_row in by_row.items():
            entry = self.by_row[row]
            fields, changed_since = self._fields(entry, of_row)
            restored = {**entry.values, **{each.name: each.value for each in fields}}
            broken = broken_rules(entry.kind, restored)
            reasons += changed_since or [Reason(words, entry.id, part) for part, words in broken]
            if fields:
                changes.append(Change(Action.CHANGE, entry, entry.id, tuple(fields)))
        if reasons:
            raise Unrevertable(*reasons)
        return sorted(changes, key=lambda change: (ORDER[change.entry.kind], change.id))

    def _fields(
        self, entry: Entry, edits: Iterable[Edit]
    ) -> tuple[list[PlannedField], list[Reason]]:
        """The fields that get their old value back, and those that were changed since."""
        fields, changed_since = [], []
        for edit in edits:
            if edit.field in NOT_UNDONE:
                continue
            name, made, wanted = _undone(edit)
            # Paths that the edit names may have been renamed since.
            made, wanted = (
                rename_paths(entry.kind, name, value, self.path_names) for value in (made, wanted)
            )
            current = entry.values[name]
            merged = merge(name, made, wanted, current)
            changed_since += [
                Reason("It was changed since.", entry.id, name + conflict.where)
                for conflict in merged.conflicts
            ]
            if merged.value != current:
                fields.append(PlannedField(entry.id, name, made, wanted, current, merged.value))
        return fields, changed_since


def _undone(edit: Edit) -> tuple[str, Any, Any]:
    """A field, what the edit made of it, and what to set it to. An added thing is to be retired."""
    if not edit.field:
        added: Any = edit.after
        return "status", added["status"], RETIRED
    return edit.field, edit.after, edit.before
