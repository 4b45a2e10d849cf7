"""Find what exports wrote into files since the base, by the revisions.

An export writes live values into files and leaves the base alone, since its files may be thrown
away. So a file that has one of these values is an older state of live, not an edit against it. A
value that was live but went out in no export can only be an author's.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import inf
from typing import Any

from careers.models import Edit, Revision
from careers.sync.comparing.order import with_file_positions
from careers.sync.comparing.plan import EntrySides, Older
from careers.sync.entries import Entry, Key
from careers.sync.kinds import KINDS
from careers.sync.rows import BATCH, LiveEntries

# Key → field → the catalog version with which the base got its value.
type Since = Mapping[Key, Mapping[str, int]]


def read_older(
    entries: Iterable[EntrySides],
    files: Mapping[Key, Entry],
    rows: LiveEntries,
    since: Since,
    also: int | None = None,
) -> Older:
    """The exported values of fields that changed in files, in one query and at most two per kind.

    A position means something only beside others: it counts as exported if all that the files list
    stood in the files' order. also: a catalog version that counts as exported.
    """
    # Kind → primary key → live key, and changed field → the version since which exports count.
    wanted: dict[str, dict[int, tuple[Key, dict[str, int]]]] = defaultdict(dict)
    for sides in entries:
        if sides.live and (fields := dict(_changed_fields(sides, since))):
            row: Any = rows[sides.live.id][1]
            wanted[sides.live.kind][row.pk] = (sides.live.id, fields)
    older: dict[Key, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    exports = _read_exports(also) if wanted else []
    if not exports:
        return older
    for kind, of_rows in wanted.items():
        places = _take_places(kind, of_rows.values())
        if places and _stood_so(kind, files, rows, max(places.values()), exports):
            for key in places:
                older[key]["position"].append(files[key].values["position"])
        for key, name, values in _exported_values(kind, of_rows, exports):
            older[key][name] += values
    return older


type Exports = Sequence[int]  # the exported catalog versions, in order


def _read_exports(also: int | None) -> Exports:
    exported = Revision.objects.filter(exported=True).order_by()
    numbers = set(exported.values_list("number", flat=True))
    return sorted(numbers if also is None else {*numbers, also})


def _is_any_from(exports: Exports, begin: int, end: float = inf) -> bool:
    """Whether a version from `begin` on and before `end` was exported."""
    place = bisect_left(exports, begin)
    return place < len(exports) and exports[place] < end


def _exported_values(
    kind: str, of_rows: Mapping[int, tuple[Key, Mapping[str, int]]], exports: Exports
) -> Iterator[tuple[Key, str, list[Any]]]:
    """Each row's live key and fields, with the values that they had at exports since they count."""
    if not any(fields for _, fields in of_rows.values()):
        return
    # Row and field → its values one after the other, each with the version that brought it.
    said: dict[tuple[int, str], list[tuple[int, Any]]] = defaultdict(list)
    for edit in _edits(kind, of_rows):
        _, fields = of_rows[edit.row]
        for name, before, after in _said(edit):
            if name in fields and edit.revision_id > fields[name]:
                values = said[edit.row, name]
                if not values and before is not _NOTHING:
                    values.append((fields[name], before))
                values.append((edit.revision_id, after))
    for (row, name), values in said.items():
        ends: list[float] = [*(begin for begin, _ in values[1:]), inf]
        found = [
            value
            for (begin, value), end in zip(values, ends, strict=True)
            if _is_any_from(exports, begin, end)
        ]
        yield of_rows[row][0], name, found


def _take_places(kind: str, things: Iterable[tuple[Key, dict[str, int]]]) -> dict[Key, int]:
    """Take the positions out of the changed fields of listed things. Return the version since which
    each counts, by key."""
    listed = things if KINDS[kind].is_listed else ()
    return {key: fields.pop("position") for key, fields in listed if "position" in fields}


def _stood_so(
    kind: str, files: Mapping[Key, Entry], rows: LiveEntries, since: int, exports: Exports
) -> bool:
    """Whether the things that files list stood live in the files' order at an export since a
    catalog version."""
    in_files = {key: entry for key, entry in files.items() if key[0] == kind}
    return any(
        all(
            entry.values["position"] == in_files[key].values["position"]
            for key, entry in with_file_positions(order, in_files).items()
        )
        for order in _orders(kind, rows, since, exports)
    )


def _orders(
    kind: str, rows: LiveEntries, since: int, exports: Exports
) -> Iterator[Mapping[Key, Entry]]:
    """The things of a kind with the positions that they had at exports since a catalog version."""
    things: list[tuple[Entry, Any]] = [each for key, each in rows.items() if key[0] == kind]
    things.sort(key=lambda thing: (str(thing[0].values["title"]), thing[1].pk))  # order of ties
    now = {row.pk: entry.values["position"] for entry, row in things}
    edits = Edit.objects.filter(kind=kind, field="position", revision__gt=since)
    moves = [
        (number, {edit.row: edit.before for edit in of_one})
        for number, of_one in groupby(
            edits.order_by("-revision_id", "-pk"), key=lambda edit: edit.revision_id
        )
    ]
    begins = [*(number for number, _ in moves[1:]), since]
    for (end, before), begin in zip(moves, begins, strict=False):
        now |= before
        if _is_any_from(exports, begin, end):
            yield {
                entry.id: replace(entry, values={**entry.values, "position": now[row.pk]})
                for entry, row in things
            }


def _changed_fields(sides: EntrySides, since: Since) -> Iterator[tuple[str, int]]:
    """The fields whose file value is neither the base's nor the live one, each with the version
    that the base's value is from."""
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


_NOTHING = object()


def _said(edit: Edit) -> Iterator[tuple[str, Any, Any]]:
    """Each field of an edit, with its value before and after; of an added thing only the latter."""
    if edit.field:
        yield edit.field, edit.before, edit.after
        return
    added: Any = edit.after
    yield from ((name, _NOTHING, value) for name, value in added.items())
