"""Revisions: who changed what of the catalog, when and from where, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from careers.models import Edit, Origin, Revision
from careers.sync.comparing.plan import Change
from careers.sync.entries import Entry, Key, Values
from careers.sync.rows import Live, known_by
from careers.sync.writing import news
from careers.sync.writing.write import BATCH


def write(origin: Origin, by: str, edits: Iterable[Edit], **more: Any) -> Revision | None:
    """One revision with its edits, in the transaction that makes them; None if there are none.

    It raises the catalog version, and says what of it visitors see. more: the revision's `user`
    or `reverts`.
    """
    made = list(edits)
    if not made:
        return None
    revision = Revision.begin(origin, by, **more)
    for edit in made:
        edit.revision = revision
    news.mark(made, revision)
    Edit.objects.bulk_create(made, batch_size=BATCH)
    return revision


def of_changes(changes: Iterable[Change], rows: Mapping[Key, Any]) -> Iterator[Edit]:
    """What a plan's changes did. rows: each as it is now, by the key that the change knows."""
    for change in changes:
        entry = change.entry
        row = rows[change.live or entry.id]
        if change.live is None:
            yield _edit(entry, row, "", None, _whole(entry.values, entry.formerly))
        for field in change.fields:
            yield _edit(entry, row, field.name, field.live, field.value)


def of_difference(before: Live, after: Live) -> Iterator[Edit]:
    """What became of rows between two moments, by whatever means."""
    was = {(entry.kind, row.pk): entry for entry, row in before.values()}
    for entry, row in after.values():
        old = was.get((entry.kind, row.pk))
        if old is None:
            yield _edit(entry, row, "", None, _whole(entry.values, entry.formerly))
            continue
        for name, value in entry.values.items():
            if old.values[name] != value:
                yield _edit(entry, row, name, old.values[name], value)


def _whole(values: Values, formerly: Iterable[str]) -> dict[str, Any]:
    former = sorted(formerly)
    return {**values, "formerly": former} if former else {**values}


def _edit(entry: Entry, row: Any, field: str, before: Any, after: Any) -> Edit:
    return Edit(
        kind=entry.kind,
        key=str(known_by(row)),
        row=row.pk,
        title=row.title,
        field=field,
        before=before,
        after=after,
        file=entry.file,
        line=entry.lines.get(field, 0),
    )
