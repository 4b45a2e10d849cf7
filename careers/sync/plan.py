"""What an apply would do: base, files and live compared field by field.

Pure: plain values in, plain values out. `base` is what the files said at the last apply, `files` is
what they say now, `live` is what the database says.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from careers.sync.entries import KINDS, Entry, Key, Values

RETIRED = "retired"


class Action(StrEnum):
    """What happens to one entry."""

    ADD = "add"
    CHANGE = "change"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one entry in which the sides differ."""

    id: Key
    name: str
    base: Any
    file: Any
    live: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that an apply would write. fields: those that get the file's value.

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
    """changes: in the order in which to write them. drift: live edits that stay as they are.

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
class _Sides:
    """One entry on all three sides. file is None where the document is gone."""

    file: Entry | None
    base: Entry | None
    live: Entry | None

    @property
    def known(self) -> Entry:
        known = self.file or self.base
        assert known is not None  # noqa: S101  sides are made of a file or a base
        return known


def plan(
    base: Mapping[Key, Entry],
    files: Mapping[Key, Entry],
    live: Mapping[Key, Entry],
    *,
    overwrite: bool = False,
) -> Plan:
    """Compare the three sides. overwrite: take the file's value wherever the two writers differ."""
    changes: list[Change] = []
    drift: list[Field] = []
    conflicts: list[Field] = []
    bases: list[tuple[Entry, Key | None]] = []
    for sides in _matched(base, files, live):
        fields = list(_differing(sides))
        kept = [field for field in fields if field.file == field.base]
        clashing = [
            field for field in fields if field.base != field.file and field.live != field.base
        ]
        if overwrite:
            kept, clashing = [], []
        elif sides.file is None and kept and not clashing:
            # The document is gone and the row was edited: retiring it would hide those edits.
            kept, clashing = [], fields
        conflicts += clashing
        drift += kept
        taken = tuple(field for field in fields if field not in kept and field not in clashing)
        if change := _change(sides, taken):
            changes.append(change)
        remembered = sides.file or _retired(sides)
        if remembered and (sides.base is None or remembered != sides.base):
            bases.append((remembered, sides.base.id if sides.base else None))
    order = {kind: place for place, kind in enumerate(KINDS)}
    changes.sort(key=lambda change: (order[change.entry.kind], change.entry.key))
    return Plan(tuple(changes), tuple(drift), tuple(conflicts), tuple(bases))


def _matched(
    base: Mapping[Key, Entry], files: Mapping[Key, Entry], live: Mapping[Key, Entry]
) -> Iterator[_Sides]:
    """Each thing on all its sides. A renamed thing is found by its former names, on either side."""
    renamed_live = {
        (entry.kind, old): entry for entry in live.values() for old in entry.formerly
    }  # an editor renamed the row
    seen = set()
    for key, file in files.items():
        names = [key, *((file.kind, old) for old in sorted(file.formerly))]
        known = _first(base, names)
        row = _first(live, names) or _first(renamed_live, names[:1])
        seen.add(known.id if known else key)
        yield _Sides(file, known, row)
    for key, known in base.items():
        if key not in seen:
            yield _Sides(None, known, live.get(key) or renamed_live.get(key))


def _first(entries: Mapping[Key, Entry], names: Iterable[Key]) -> Entry | None:
    return next((entries[name] for name in names if name in entries), None)


def _retired(sides: _Sides) -> Entry | None:
    """What to remember of a document that is gone: what it said, retired."""
    if sides.base is None or "status" not in sides.base.values:
        return sides.base
    old = sides.base
    return Entry(old.kind, old.key, {**old.values, "status": RETIRED}, old.formerly, old.file)


def _differing(sides: _Sides) -> Iterator[Field]:
    """The fields that the file gives (or gave) in which live and file differ."""
    file = sides.file or _retired(sides)
    if file is None or sides.live is None:
        return
    was: Values = sides.base.values if sides.base else {}
    for name, value in file.values.items():
        current = sides.live.values.get(name)
        if current != value:
            yield Field(file.id, name, was.get(name, _NEVER), value, current)
    if sides.file and not sides.file.formerly <= sides.live.formerly:
        addresses = sides.file.formerly | sides.live.formerly
        current = sorted(sides.live.formerly)
        yield Field(file.id, "formerly", current, sorted(addresses), current)


class _Never:
    """The base's value where there is no base: equal to nothing that a file can say."""

    def __repr__(self) -> str:
        return "(nothing)"


_NEVER = _Never()


def _change(sides: _Sides, fields: tuple[Field, ...]) -> Change | None:
    entry = sides.known
    if sides.live is None:
        return Change(Action.ADD, entry, None, ()) if sides.file else None
    if not fields:
        return None
    action = Action.CHANGE if sides.file else Action.RETIRE
    return Change(action, entry, sides.live.id, fields)
