"""What an apply would do: base, files and live compared field by field.

Pure: plain values in, plain values out. `base` is what the files said at the last apply, `files` is
what they say now, `live` is what the database says.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from careers.sync.comparing.merge import (
    ABSENT,
    FILE,
    Conflict,
    field_of,
    merge,
    nothing_chosen,
)
from careers.sync.entries import Entry, Key, Values, rename_paths
from careers.sync.kinds import KINDS, ORDER

RETIRED = "retired"
EMPTY: tuple[Any, ...] = ("", None, [])


class Action(StrEnum):
    """What happens to one entry."""

    ADD = "add"
    CHANGE = "change"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class PlannedField:
    """A field of an entry in which file and live differ, and the value that it is to have.

    name: in a conflict within a list, the part that conflicts, as in “steps[rag].why”.
    value: the file's, the live one, or, of a list that both sides changed, the two merged.
    """

    id: Key
    name: str
    base: Any
    file: Any
    live: Any
    value: Any

    @property
    def top(self) -> str:
        """The field itself: “steps” where the name is “steps[rag].why”."""
        return field_of(self.name)


# Chooses the side whose value a conflict gets: “file”, “live”, or an empty text to leave it open.
type ChooseFieldSide = Callable[[PlannedField], str]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that an apply would write. fields: those that get a new value.

    live: the key of the entry's row; None if there is no row yet.
    """

    action: Action
    entry: Entry
    live: Key | None
    fields: tuple[PlannedField, ...]

    @property
    def id(self) -> Key:
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Plan:
    """What an apply would do.

    changes: in the order in which to write them.
    drift: fields whose live edits are kept, so that rows still differ from the files. A list can be
    among both changes and drift: it gets the file's new items and keeps live edits.
    conflicts: fields that both sides changed differently. While there is one, nothing is written.
    bases: entries to store as what the files said, each with the key under which it is stored now,
    or None.
    """

    changes: tuple[Change, ...]
    drift: tuple[PlannedField, ...]
    conflicts: tuple[PlannedField, ...]
    bases: tuple[tuple[Entry, Key | None], ...]

    @property
    def is_empty(self) -> bool:
        """Whether an apply would write nothing at all."""
        return not (self.changes or self.conflicts or self.bases)

    def counts(self) -> dict[str, int]:
        """How many entries are added, changed and retired; how many fields drift and conflict."""
        actions = Counter(change.action.value for change in self.changes)
        return {action.value: actions[action.value] for action in Action} | {
            "drift": len(self.drift),
            "conflict": len(self.conflicts),
        }


@dataclass(slots=True)
class EntrySides:
    """One entry on the three sides; None on a side that lacks it. At least one of file and base has
    it."""

    file: Entry | None
    base: Entry | None
    live: Entry | None

    @property
    def known(self) -> Entry:
        """What the file says, or said last."""
        known = self.file or self.base
        assert known is not None  # noqa: S101  match_entries() gives one or the other
        return known


@dataclass(frozen=True, slots=True)
class _PathNames:
    """Paths that base or live call by another name: the name there → the name in the files.

    base: names in the base. live: names of rows. older: also former names of rows. A step is
    identified by its path, and stays the same step when that path is renamed.
    """

    base: Mapping[str, str]
    live: Mapping[str, str]
    older: Mapping[str, str]

    @classmethod
    def of(cls, entries: Iterable[EntrySides]) -> "_PathNames":
        paths = [sides for sides in entries if sides.file and sides.file.kind == "paths"]
        of_base = [(each.base.key, each.known.key) for each in paths if each.base]
        of_live = [(each.live.key, each.known.key) for each in paths if each.live]
        of_older = [
            (old, each.known.key) for each in paths if each.live for old in each.live.formerly
        ]
        return cls(_differing(of_base), _differing(of_live), _differing([*of_older, *of_live]))


def _differing(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: in_files for name, in_files in names if name != in_files}


# Live key → field → the values that exports wrote since the file began to say what the base says.
type Older = Mapping[Key, Mapping[str, Sequence[Any]]]


def make_plan(  # noqa: PLR0913 - the three sides, and what decides between them
    base: Mapping[Key, Entry],
    files: Mapping[Key, Entry],
    live: Mapping[Key, Entry],
    *,
    overwrite: bool = False,
    choose: ChooseFieldSide = nothing_chosen,
    older: Older | None = None,
) -> Plan:
    """Compare the three sides. overwrite: take the file's value wherever file and live differ.

    choose: decides conflicts. If a document is gone and its row was edited, the choice for `status`
    decides about the whole thing: retire it, or go on showing it. older: if a file's value is one
    of these, it came from an export, and the live value stays.
    """
    changes: list[Change] = []
    drift: list[PlannedField] = []
    conflicts: list[PlannedField] = []
    bases: list[tuple[Entry, Key | None]] = []
    entries = sorted(match_entries(base, files, live), key=_place)
    paths = _PathNames.of(entries)
    for sides in entries:
        fields = tuple(_differing_fields(sides, paths))
        written, kept, unresolved = (
            _all_from_file(sides, fields)
            if overwrite
            else _sorted_out(sides, fields, choose, _older_of(sides, older or {}, paths))
        )
        drift += kept
        conflicts += unresolved
        if change := _change(sides, written):
            changes.append(change)
        said = sides.file or _retired_base(sides)
        if said and not _is_remembered(said, sides.base):
            bases.append((said, sides.base.id if sides.base else None))
    return Plan(tuple(changes), tuple(drift), tuple(conflicts), tuple(bases))


def _is_remembered(entry: Entry, base: Entry | None) -> bool:
    return entry == base and entry.lines == base.lines


def _place(sides: EntrySides) -> tuple[int, str]:
    return ORDER[sides.known.kind], sides.known.key


type _Fields = tuple[PlannedField, ...]
type _SortedOut = tuple[_Fields, _Fields, _Fields]


def _all_from_file(sides: EntrySides, fields: _Fields) -> _SortedOut:
    """Write every field that the file gives, and keep what it leaves out."""
    given = sides.known.values.keys() | {"formerly"}
    written = tuple(replace(field, value=field.file) for field in fields if field.name in given)
    return written, tuple(field for field in fields if field.name not in given), ()


def _older_of(sides: EntrySides, older: Older, paths: _PathNames) -> Mapping[str, Sequence[Any]]:
    """The older live values of a thing, with paths renamed as in the files."""
    if sides.file is None or sides.live is None:
        return {}
    kind = sides.live.kind
    return {
        name: [rename_paths(kind, name, value, paths.older) for value in values]
        for name, values in older.get(sides.live.id, {}).items()
    }


def _sorted_out(
    sides: EntrySides,
    fields: _Fields,
    choose: ChooseFieldSide,
    older: Mapping[str, Sequence[Any]],
) -> _SortedOut:
    """The fields to write, those whose live edits are kept, and the conflicts."""
    merged, conflicts = _merged_fields(fields, choose, older)
    written = tuple(field for field in merged if field.value != field.live)
    kept = tuple(field for field in merged if field.value != field.file)
    if sides.file is None and kept and (written or conflicts):
        return _sorted_out_gone(sides, fields, choose)
    return written, kept, conflicts


def _sorted_out_gone(sides: EntrySides, fields: _Fields, choose: ChooseFieldSide) -> _SortedOut:
    """The same for a thing whose document is gone and whose row was edited. Retiring it would hide
    these edits, so there is one decision about all of it."""
    status = tuple(field for field in fields if field.name == "status")
    match next(map(choose, status), ""):
        case "":
            return (), (), fields
        case side if side == FILE:
            return _all_from_file(sides, status)
    return (), fields, ()


def _merged_fields(
    fields: Iterable[PlannedField], choose: ChooseFieldSide, older: Mapping[str, Sequence[Any]]
) -> tuple[_Fields, _Fields]:
    """The fields that merge, each with its merged value, and the conflicts of those that don't."""
    merged: list[PlannedField] = []
    conflicts: list[PlannedField] = []
    for field in fields:
        whole, found = _merged_field(field, choose, older.get(field.name, ()))
        if not found:
            merged.append(whole)
        conflicts += found
    return tuple(merged), tuple(conflicts)


def _merged_field(
    field: PlannedField, choose: ChooseFieldSide, older: Sequence[Any]
) -> tuple[PlannedField, _Fields]:
    def planned(part: Conflict) -> PlannedField:
        name = field.name + part.where
        return PlannedField(field.id, name, part.base, part.file, part.live, part.live)

    sides = (field.base, field.file, field.live)
    result = merge(field.name, *sides, lambda part: choose(planned(part)), older)
    return replace(field, value=result.value), tuple(map(planned, result.conflicts))


def match_entries(
    base: Mapping[Key, Entry], files: Mapping[Key, Entry], live: Mapping[Key, Entry]
) -> Iterator[EntrySides]:
    """Match each entry's sides. A renamed entry is found by its former names.

    A document that was applied before keeps the row that it had then, whatever other things are
    called now. For any other document, a name means the thing that has it now, before one that had
    it formerly. A document that takes back a former name of a row belongs to that row, and its base
    is what was applied under the row's present name.
    """
    free_bases = {key: entry for key, entry in base.items() if key not in files}
    known = {
        key: base.get(key) or _first(free_bases, _former_keys(file)) for key, file in files.items()
    }
    rows = _applied_rows(known, live)
    taken = {row.id for row in rows.values()}
    there = {key: row for key, row in live.items() if key not in taken}
    free_rows = {key: row for key, row in there.items() if key not in files}
    renamed = _by_former_key(free_rows)
    seen = set()
    for key, file in sorted(files.items()):
        former = _former_keys(file)
        row = (
            rows.get(key)
            or there.get(key)
            or _first(free_rows, former)
            or _first(renamed, [key, *former])
        )
        was = known[key] or _first(free_bases, [(row.kind, row.key)] if row else [])
        seen.add(was.id if was else key)
        yield EntrySides(file, was, row)
    for key, was in sorted(base.items()):
        if key not in seen:
            yield EntrySides(None, was, there.get(key) or renamed.get(key))


def _applied_rows(known: Mapping[Key, Entry | None], live: Mapping[Key, Entry]) -> dict[Key, Entry]:
    """The rows of documents that were applied before, by the documents' present keys.

    known: each document's base, or None.
    """
    renamed = _by_former_key(live)
    applied = {key: entry.id for key, entry in known.items() if entry}
    rows = {key: live[was] for key, was in applied.items() if was in live}
    taken = {row.id for row in rows.values()}
    for key, was in applied.items():
        row = renamed.get(was)
        if key not in rows and row and row.id not in taken:
            rows[key] = row
    return rows


def _former_keys(entry: Entry) -> list[Key]:
    return [(entry.kind, old) for old in sorted(entry.formerly)]


def _by_former_key(rows: Mapping[Key, Entry]) -> dict[Key, Entry]:
    return {old: row for _, row in sorted(rows.items()) for old in _former_keys(row)}


def _first(entries: Mapping[Key, Entry], names: Iterable[Key]) -> Entry | None:
    return next((entries[name] for name in names if name in entries), None)


def _retired_base(sides: EntrySides) -> Entry | None:
    """The base of a document that is gone, retired, to be stored as the new base."""
    if sides.base is None or "status" not in sides.base.values:
        return sides.base
    return replace(sides.base, values={**sides.base.values, "status": RETIRED})


def _with_path_names(entry: Entry, names: Mapping[str, str]) -> Values:
    """What an entry says, with paths renamed as in the files."""
    if not names:
        return entry.said
    return {
        name: rename_paths(entry.kind, name, value, names) for name, value in entry.said.items()
    }


def _differing_fields(sides: EntrySides, paths: _PathNames) -> Iterator[PlannedField]:
    """The fields in which live and file differ."""
    file = sides.file or _retired_base(sides)
    if file is None or sides.live is None:
        return
    now = _with_path_names(sides.live, paths.live)
    # Once it is retired, the row of a document that is gone may be edited freely, for nobody sees
    # it. Only showing it again is an edit that counts.
    retired = file == sides.base or now.get("status") == RETIRED
    for field in (*_given_fields(sides, file, now, paths), *_left_out_fields(file, now)):
        if sides.file or not retired or field.name == "status":
            yield field
    if sides.file and not sides.file.formerly <= sides.live.formerly:
        addresses = sides.file.formerly | sides.live.formerly
        current = sorted(sides.live.formerly)
        yield PlannedField(file.id, "formerly", current, sorted(addresses), current, current)


def _given_fields(
    sides: EntrySides, file: Entry, now: Values, paths: _PathNames
) -> Iterator[PlannedField]:
    """The differing fields that the file gives or, if it is gone, gave. now: the live values."""
    was = _with_path_names(sides.base, paths.base) if sides.base else {}
    said = file.values if sides.file else _with_path_names(file, paths.base)
    for name in sorted(file.values):
        value = said[name]
        current = now.get(name)
        if current != value:
            # Without a base value, an empty live field counts as unedited. So does a position in a
            # list, as no file gave it one.
            is_place = name == "position" and KINDS[file.kind].is_listed
            unedited = current if current in EMPTY or is_place else ABSENT
            yield PlannedField(file.id, name, was.get(name, unedited), value, current, current)


def _left_out_fields(file: Entry, now: Values) -> Iterator[PlannedField]:
    """The fields that the file leaves out and whose live value isn't the default. An apply leaves
    them alone, so only a live edit can have changed them."""
    for name, default in sorted(file.left_out.items()):
        current = now.get(name, default)
        if current != default:
            yield PlannedField(file.id, name, default, default, current, current)


def _change(sides: EntrySides, fields: _Fields) -> Change | None:
    entry = sides.known
    if sides.live is None:
        return Change(Action.ADD, entry, None, ()) if sides.file else None
    if not fields:
        return None
    action = Action.CHANGE if sides.file else Action.RETIRE
    return Change(action, entry, sides.live.id, fields)
