"""What an apply would do: base, files and live compared field by field.

Pure: plain values in, plain values out. `base` is what the files said at the last apply, `files` is
what they say now, `live` is what the database says.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from careers.sync.comparing.merge import FILE, NOTHING, Clash, merge
from careers.sync.entries import Entry, Key, Values, with_paths_renamed
from careers.sync.kinds import ORDER

RETIRED = "retired"
EMPTY: tuple[Any, ...] = ("", None, [])


class Action(StrEnum):
    """What happens to one entry."""

    ADD = "add"
    CHANGE = "change"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one entry in which file and live differ, or what of a list they clash in.

    name: in a conflict within a list also of what, as in “steps[rag].why”.
    value: what the row has once the plan is carried out: the file's, the live one, or, of a list
    that both sides changed, what the two make together.
    """

    id: Key
    name: str
    base: Any
    file: Any
    live: Any
    value: Any


# Whose value settles a conflict: “file”, “live”, or an empty text where nobody has chosen.
type Chosen = Callable[[Field], str]


def nothing_chosen(_field: Field) -> str:
    """For a plan in which each conflict stands."""
    return ""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that an apply would write. fields: those that get another value.

    live: the key of the entry's row, or None where there is no row yet.
    """

    action: Action
    entry: Entry
    live: Key | None
    fields: tuple[Field, ...]

    @property
    def id(self) -> Key:
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Plan:
    """changes: in the order in which to write them.

    drift: fields in which live edits stay, so that the rows will say other than the files. A list
    may be among the changes and the drift: it gets the file's items and keeps those edited live.

    conflicts: fields that both sides changed differently; while there is one, nothing is written.
    bases: what to remember of each entry, and under which key it was remembered before (None: not).
    """

    changes: tuple[Change, ...]
    drift: tuple[Field, ...]
    conflicts: tuple[Field, ...]
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
class Sides:
    """One entry on all three sides. file is None where the document is gone."""

    file: Entry | None
    base: Entry | None
    live: Entry | None

    @property
    def known(self) -> Entry:
        known = self.file or self.base
        assert known is not None  # noqa: S101  sides are made of a file or a base
        return known


@dataclass(frozen=True, slots=True)
class _PathNames:
    """What the files call each path: by what the base calls it, and by what its row does.

    A step is known by its path: one whose path was renamed is still the same step.
    """

    base: Mapping[str, str]
    live: Mapping[str, str]

    @classmethod
    def of(cls, things: Iterable[Sides]) -> "_PathNames":
        found = [sides for sides in things if sides.file and sides.file.kind == "paths"]
        return cls(
            {each.base.key: each.known.key for each in found if each.base},
            {each.live.key: each.known.key for each in found if each.live},
        )


def plan(
    base: Mapping[Key, Entry],
    files: Mapping[Key, Entry],
    live: Mapping[Key, Entry],
    *,
    overwrite: bool = False,
    chosen: Chosen = nothing_chosen,
) -> Plan:
    """Compare the three sides. overwrite: take the file's value wherever the two writers differ.

    chosen: whose value a conflict is settled with. Where a document is gone and its row was edited,
    the one for `status` settles all of it: to retire it, or to go on showing it.
    """
    changes: list[Change] = []
    drift: list[Field] = []
    conflicts: list[Field] = []
    bases: list[tuple[Entry, Key | None]] = []
    things = sorted(matched(base, files, live), key=_place)
    paths = _PathNames.of(things)
    for sides in things:
        fields = tuple(_differing(sides, paths))
        judged: _Judged = (
            (_all_of_the_file(fields), (), ()) if overwrite else _judged(sides, fields, chosen)
        )
        taken, kept, clashing = judged
        drift += kept
        conflicts += clashing
        if change := _change(sides, taken):
            changes.append(change)
        remembered = sides.file or _retired(sides)
        if remembered and not _is_remembered(remembered, sides.base):
            bases.append((remembered, sides.base.id if sides.base else None))
    return Plan(tuple(changes), tuple(drift), tuple(conflicts), tuple(bases))


def _is_remembered(entry: Entry, base: Entry | None) -> bool:
    return entry == base and entry.lines == base.lines


def _place(sides: Sides) -> tuple[int, str]:
    return ORDER[sides.known.kind], sides.known.key


type _Fields = tuple[Field, ...]
type _Judged = tuple[_Fields, _Fields, _Fields]


def _all_of_the_file(fields: _Fields) -> _Fields:
    return tuple(replace(field, value=field.file) for field in fields)


def _judged(sides: Sides, fields: _Fields, chosen: Chosen) -> _Judged:
    """Of the fields that differ those to write, those with live edits to keep, and clashes."""
    merged, clashing = _merged(fields, chosen)
    written = tuple(field for field in merged if field.value != field.live)
    kept = tuple(field for field in merged if field.value != field.file)
    if sides.file is None and kept and (written or clashing):
        return _judged_gone(fields, chosen)
    return written, kept, clashing


def _judged_gone(fields: _Fields, chosen: Chosen) -> _Judged:
    """The document is gone and the row was edited: retiring it would hide those edits."""
    status = tuple(field for field in fields if field.name == "status")
    match next(map(chosen, status), ""):
        case "":
            return (), (), fields
        case side if side == FILE:
            return _all_of_the_file(status), (), ()
    return (), fields, ()


def _merged(fields: Iterable[Field], chosen: Chosen) -> tuple[_Fields, _Fields]:
    """Each field with the value that both sides' changes give it, or what of it clashes."""
    merged: list[Field] = []
    clashing: list[Field] = []
    for field in fields:
        whole, parts = _merge(field, chosen)
        if not parts:
            merged.append(whole)
        clashing += parts
    return tuple(merged), tuple(clashing)


def _merge(field: Field, chosen: Chosen) -> tuple[Field, _Fields]:
    def part(clash: Clash) -> Field:
        name = field.name + clash.where
        return Field(field.id, name, clash.base, clash.file, clash.live, clash.live)

    sides = (field.base, field.file, field.live)
    result = merge(field.name, *sides, lambda clash: chosen(part(clash)))
    return replace(field, value=result.value), tuple(map(part, result.clashes))


def matched(
    base: Mapping[Key, Entry], files: Mapping[Key, Entry], live: Mapping[Key, Entry]
) -> Iterator[Sides]:
    """Each thing on all its sides. A renamed thing is found by its former names, on either side.

    What goes by a name today has a better claim to it than what went by it once.
    """
    free_bases = {key: entry for key, entry in base.items() if key not in files}
    free_rows = {key: entry for key, entry in live.items() if key not in files}
    renamed = {
        (row.kind, old): row for _, row in sorted(free_rows.items()) for old in sorted(row.formerly)
    }
    seen = set()
    for key, file in sorted(files.items()):
        former = [(file.kind, old) for old in sorted(file.formerly)]
        known = base.get(key) or _first(free_bases, former)
        row = live.get(key) or _first(free_rows, former) or _first(renamed, [key, *former])
        seen.add(known.id if known else key)
        yield Sides(file, known, row)
    for key, known in sorted(base.items()):
        if key not in seen:
            yield Sides(None, known, live.get(key) or renamed.get(key))


def _first(entries: Mapping[Key, Entry], names: Iterable[Key]) -> Entry | None:
    return next((entries[name] for name in names if name in entries), None)


def _retired(sides: Sides) -> Entry | None:
    """What to remember of a document that is gone: what it said, retired."""
    if sides.base is None or "status" not in sides.base.values:
        return sides.base
    old = sides.base
    return replace(old, values={**old.values, "status": RETIRED})


def _renamed(entry: Entry, paths: Mapping[str, str]) -> Values:
    """An entry's values, with paths called as in the files."""
    return {
        name: with_paths_renamed(entry.kind, name, value, paths)
        for name, value in entry.values.items()
    }


def _differing(sides: Sides, paths: _PathNames) -> Iterator[Field]:
    """The fields that the file gives (or gave) in which live and file differ."""
    file = sides.file or _retired(sides)
    if file is None or sides.live is None:
        return
    was = _renamed(sides.base, paths.base) if sides.base else {}
    now = _renamed(sides.live, paths.live)
    # A gone document's row that is retired already is nobody's, but that it may be seen again.
    retired = file == sides.base or now.get("status") == RETIRED
    silent = sides.file is None and retired
    said = file.values if sides.file else _renamed(file, paths.base)
    for name, value in sorted(said.items()):
        if silent and name != "status":
            continue
        current = now.get(name)
        if current != value:
            # What no file gave before and nobody filled in is nobody's: the file may.
            unowned = current if current in EMPTY else NOTHING
            yield Field(file.id, name, was.get(name, unowned), value, current, current)
    if sides.file and not sides.file.formerly <= sides.live.formerly:
        addresses = sides.file.formerly | sides.live.formerly
        current = sorted(sides.live.formerly)
        yield Field(file.id, "formerly", current, sorted(addresses), current, current)


def _change(sides: Sides, fields: tuple[Field, ...]) -> Change | None:
    entry = sides.known
    if sides.live is None:
        return Change(Action.ADD, entry, None, ()) if sides.file else None
    if not fields:
        return None
    action = Action.CHANGE if sides.file else Action.RETIRE
    return Change(action, entry, sides.live.id, fields)
