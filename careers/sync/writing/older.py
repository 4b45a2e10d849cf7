"""What live said since the files say what they said at the last apply; the revisions know.

An export writes live values into files and leaves the base alone, for it may be thrown away. So a
file that has one of these values is an older state of live, not an edit against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from careers.models import Edit
from careers.sync.comparing.order import with_file_positions
from careers.sync.comparing.plan import EntrySides, Older
from careers.sync.entries import Entry, Key
from careers.sync.kinds import KINDS
from careers.sync.rows import BATCH, LiveEntries

# By a thing's key: field → the catalog version with which its file began to say what it says.
type Since = Mapping[Key, Mapping[str, int]]


def read_older(
    entries: Iterable[EntrySides],
    files: Mapping[Key, Entry],
    rows: LiveEntries,
    since: Since,
) -> Older:
    """The values that live had, where files have changed; at most two queries a kind.

    A position says something only beside the others. It counts where all that the files list stood
    in their order.
    """
    # Kind → primary key of a row → its live key, and since when each changed field counts.
    wanted: dict[str, dict[int, tuple[Key, dict[str, int]]]] = defaultdict(dict)
    for sides in entries:
        if sides.live and (fields := dict(_changed_fields(sides, since))):
            row: Any = rows[sides.live.id][1]
            wanted[sides.live.kind][row.pk] = (sides.live.id, fields)
    older: dict[Key, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for kind, of_rows in wanted.items():
        places = _take_places(kind, of_rows.values())
        if places and _stood_so(kind, files, rows, max(places.values())):
            for key in places:
                older[key]["position"].append(files[key].values["position"])
        for key, name, values in _values_since(kind, of_rows):
            older[key][name] += values
    return older


def _values_since(
    kind: str, of_rows: Mapping[int, tuple[Key, Mapping[str, int]]]
) -> Iterator[tuple[Key, str, list[Any]]]:
    """The live key of each row, a field of it, and values that it had."""
    if not any(fields for _, fields in of_rows.values()):
        return
    for edit in _edits(kind, of_rows):
        key, fields = of_rows[edit.row]
        for name, values in _said(edit).items():
            if name in fields and edit.revision_id > fields[name]:
                yield key, name, values


def _take_places(kind: str, things: Iterable[tuple[Key, dict[str, int]]]) -> dict[Key, int]:
    """Take the positions out of the changed fields of listed things, and return since when each
    counts."""
    listed = things if KINDS[kind].is_listed else ()
    return {key: fields.pop("position") for key, fields in listed if "position" in fields}


def _stood_so(kind: str, files: Mapping[Key, Entry], rows: LiveEntries, since: int) -> bool:
    """Whether what the files list stood live in the order that they give, at some time since a
    catalog version."""
    in_files = {key: entry for key, entry in files.items() if key[0] == kind}
    return any(
        all(
            entry.values["position"] == in_files[key].values["position"]
            for key, entry in with_file_positions(order, in_files).items()
        )
        for order in _orders(kind, rows, since)
    )


def _orders(kind: str, rows: LiveEntries, since: int) -> Iterator[Mapping[Key, Entry]]:
    """The things of a kind with the positions that they had, from now back to a catalog version."""
    things: list[tuple[Entry, Any]] = [each for key, each in rows.items() if key[0] == kind]
    things.sort(key=lambda thing: (str(thing[0].values["title"]), thing[1].pk))  # as equals stand
    now = {row.pk: entry.values["position"] for entry, row in things}
    edits = Edit.objects.filter(kind=kind, field="position", revision__gt=since)
    for _, of_one in groupby(
        edits.order_by("-revision_id", "-pk"), key=lambda edit: edit.revision_id
    ):
        now |= {edit.row: edit.before for edit in of_one}
        yield {
            entry.id: replace(entry, values={**entry.values, "position": now[row.pk]})
            for entry, row in things
        }


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
    oldest = min(
        (number for _, fields in of_rows.values() for number in fields.values()), default=0
    )
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
