"""Revisions: who changed what in the catalog, when and from where, field by field."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Max

from careers import index
from careers.models import Edit, Origin, Revision
from careers.sync.comparing.plan import Change
from careers.sync.entries import Entry, Key
from careers.sync.rows import BATCH, LiveEntries, key_of_row
from careers.sync.writing.news import mark_news


def write_revision(origin: Origin, by: str, edits: Iterable[Edit], **more: Any) -> Revision | None:
    """Write one revision with its edits, in the transaction that made them; None without any.

    This increments the catalog version, updates the search index, and notes which edits are news to
    visitors. more: the revision's `user` or `reverts_id`.
    """
    made = list(edits)
    if not made:
        return None
    revision = Revision.begin(origin, by, **more)
    for edit in made:
        edit.revision = revision
    mark_news(made, revision)
    Edit.objects.bulk_create(made, batch_size=BATCH)
    changed = defaultdict(set)
    for edit in made:
        changed[edit.kind].add(edit.row)
    index.refresh(changed)
    return revision


def note_export(version: int) -> None:
    """Mark the last revision up to a catalog version as exported."""
    last = Revision.objects.filter(number__lte=version).aggregate(Max("number"))["number__max"]
    Revision.objects.filter(number=last, exported=False).update(exported=True)


def edits_of_changes(changes: Iterable[Change], rows: Mapping[Key, Any]) -> Iterator[Edit]:
    """The edits that a plan's changes come to. rows: after the changes, by the live key of each
    change or, for an added thing, by the key of its entry."""
    for change in changes:
        entry = change.entry
        row = rows[change.live or entry.id]
        if change.live is None:
            yield _addition(entry, row)
        for field in change.fields:
            yield _edit(entry, row, field.name, field.live, field.value)


def edits_between(before: LiveEntries, after: LiveEntries) -> Iterator[Edit]:
    """The edits that lead from the entries before to those after, however they came about."""
    was = {(entry.kind, row.pk): entry for entry, row in before.values()}
    for entry, row in after.values():
        old = was.get((entry.kind, row.pk))
        if old is None:
            yield _addition(entry, row)
            continue
        for name, value in entry.values.items():
            if old.values[name] != value:
                yield _edit(entry, row, name, old.values[name], value)


def _addition(entry: Entry, row: Any) -> Edit:
    """The one edit of an added thing, with all its values."""
    former = {"formerly": sorted(entry.formerly)} if entry.formerly else {}
    return _edit(entry, row, "", None, {**entry.values, **former})


def _edit(entry: Entry, row: Any, field: str, before: Any, after: Any) -> Edit:
    return Edit(
        kind=entry.kind,
        key=str(key_of_row(row)),
        row=row.pk,
        title=row.title,
        field=field,
        before=before,
        after=after,
        file=entry.file,
        line=entry.lines.get(field, 0),
    )
