"""What live said since the files say what they said at the last apply; the revisions know.

An export writes live values into files and leaves the base alone, for it may be thrown away. So a
file that has one of these values is an older state of live, not an edit against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from careers.models import Edit
from careers.sync.comparing.plan import EntrySides, Older
from careers.sync.entries import Key
from careers.sync.rows import BATCH, LiveEntries

# By a thing's key: field → the catalog version with which its file began to say what it says.
type Since = Mapping[Key, Mapping[str, int]]


def read_older(entries: Iterable[EntrySides], rows: LiveEntries, since: Since) -> Older:
    """The values that live had, where files have changed; at most one query a kind."""
    # Kind → primary key of a row → its live key, and since when each changed field counts.
    wanted: dict[str, dict[int, tuple[Key, dict[str, int]]]] = defaultdict(dict)
    for sides in entries:
        if sides.live and (fields := dict(_changed_fields(sides, since))):
            row: Any = rows[sides.live.id][1]
            wanted[sides.live.kind][row.pk] = (sides.live.id, fields)
    older: dict[Key, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for kind, of_rows in wanted.items():
        for edit in _edits(kind, of_rows):
            key, fields = of_rows[edit.row]
            for name, values in _said(edit).items():
                if name in fields and edit.revision_id > fields[name]:
                    older[key][name] += values
    return older


def _changed_fields(sides: EntrySides, since: Since) -> Iterator[tuple[str, int]]:
    """The fields in which a file says something else than at the last apply and than live."""
    if sides.file is None or sides.live is None:
        return
    was = sides.base.said if sides.base else {}
    known = since.get(sides.base.id, {}) if sides.base else {}
    for name, value in sides.file.values.items():
        if not (name in was and was[name] == value) and sides.live.values.get(name) != value:
            yield name, known.get(name, 0)


def _edits(kind: str, of_rows: Mapping[int, tuple[Key, Mapping[str, int]]]) -> Iterator[Edit]:
    oldest = min(number for _, fields in of_rows.values() for number in fields.values())
    edits = Edit.objects.filter(kind=kind, revision__gt=oldest)
    if len(of_rows) <= BATCH:
        edits = edits.filter(row__in=list(of_rows))
    return (edit for edit in edits.order_by("revision", "pk").iterator() if edit.row in of_rows)


def _said(edit: Edit) -> Mapping[str, list[Any]]:
    """Field → its values before and after an edit; of a thing that was added, its first ones."""
    if edit.field:
        return {edit.field: [edit.before, edit.after]}
    added: Any = edit.after
    return {name: [value] for name, value in added.items()}
