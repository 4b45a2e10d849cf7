"""Words for a plan: what an apply would do or did, as lines and as JSON. Pure."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from careers.sync.comparing.matching import name, paired
from careers.sync.comparing.merge import Nothing
from careers.sync.comparing.plan import Action, Change, Field, Plan
from careers.sync.entries import Entry, Key

SHOWN = 60  # characters of a value on one side of an arrow
AROUND = 20  # of them before the first that differs
THINGS = 10  # of a revision
ITEMS = 6  # of a list's differences


# -- Lines ---------------------------------------------------------------------------------


def planned(plan: Plan) -> Iterator[str]:
    """What an apply would do, thing by thing and field by field, and how much of each."""
    for action in Action:
        for change in plan.changes:
            if change.action is action:
                yield from _change(change)
    for field in plan.drift:
        yield f"{'keep':9}{_field(field, field.file, field.value)}"
    for field in plan.conflicts:
        yield conflict(field)
    counts = plan.counts()
    yield (
        f"Plan: {counts['add']} to add, {counts['change']} to change, {counts['retire']} to "
        f"retire, {_many(counts['drift'], 'live edit')} to keep, "
        f"{_many(counts['conflict'], 'conflict')}."
    )


def applied(plan: Plan) -> Iterator[str]:
    """What an apply did."""
    added = [change.entry for change in plan.changes if change.action is Action.ADD]
    if added:
        yield f"{'add':7}{count(added)}"
    for change in plan.changes:
        if change.action is not Action.ADD:
            names = ", ".join(field.name for field in change.fields)
            yield f"{change.action.value:7}{label(change.id)}: {names}"
    for field in plan.drift:
        yield f"{'keep':7}{label(field.id)}: {field.name} was edited live"
    counts = plan.counts()
    yield (
        f"Catalog applied: {counts['add']} added, {counts['change']} changed, "
        f"{counts['retire']} retired, {counts['drift']} live edits kept."
    )


def drifting(plan: Plan, unfiled: Iterable[Entry]) -> Iterator[str]:
    """The live edits that no file has, and the things. unfiled: those that were made live."""
    made = list(unfiled)
    for field in plan.drift:
        yield f"{'edited':9}{_field(field, field.file, field.value)}"
    for field in plan.conflicts:
        yield f"{'edited':9}{_field(field, field.file, field.live)}, against the file"
    for entry in made:
        yield f"{'made':9}{label(entry.id)}"
    edits = _many(len(plan.drift) + len(plan.conflicts), "live edit")
    yield f"Drift: {edits} and {_many(len(made), 'thing')} made live that the files don't have."


def settled(fields: Iterable[Field], take: str, left: int) -> Iterator[str]:
    """What was chosen. left: how many conflicts nobody has settled yet."""
    for field in fields:
        value = field.file if take == "file" else field.live
        yield f"{'take':9}{label(field.id)}: {field.name}: {take}: {_cut(_one_line(value), 0)}"
    if left:
        yield f"{_many(left, 'conflict')} left. Nothing is written before all are settled."
    else:
        yield "No conflict is left: `catalog apply` carries it out."


def logged(revision: Any, edits: Iterable[Any]) -> Iterator[str]:
    """A revision and what it changed. edits: of one thing one behind the other."""
    when = f"{revision.made_at:%Y-%m-%d %H:%M}"
    what = f"reverts {revision.reverts_id}" if revision.reverts_id else revision.origin
    yield f"{revision.number:<6} {when}  {what} by {revision.by or 'nobody named'}"
    things = [
        (key, ", ".join(edit.field or "added" for edit in of_thing))
        for key, of_thing in groupby(edits, key=lambda edit: label((edit.kind, edit.key)))
    ]
    for key, names in things[:THINGS]:
        yield f"{'':7}{key}: {names}"
    if len(things) > THINGS:
        yield f"{'':7}and {len(things) - THINGS} more"


def conflict(field: Field) -> str:
    return (
        f"conflict: {label(field.id)}: {field.name}\n"
        f"  file: {shown(field.file)}\n"
        f"  live: {shown(field.live)}"
    )


def label(key: Key) -> str:
    return "/".join(key)


def count(entries: Iterable[Entry]) -> str:
    """How many there are of each kind."""
    kinds: dict[str, int] = {}
    for entry in entries:
        kinds[entry.kind] = kinds.get(entry.kind, 0) + 1
    return ", ".join(
        f"{number} {kind.removesuffix('s') if number == 1 else kind}"
        for kind, number in sorted(kinds.items())
    )


def field(each: Field, old: Any, new: Any) -> str:
    """What became of a field, without saying whose it is."""
    return f"{each.name}: {difference(each.name, old, new)}"


def readable(value: Any) -> str:
    """A value in words for a page: an item a line, and a sign for what is empty or not there."""
    match value:
        case Nothing():
            return "(not there)"
        case None | "" | []:
            return "(empty)"
        case [*items]:
            return "\n".join(f"– {readable(item)}" for item in items)
        case dict():
            return "; ".join(f"{key}: {readable(part)}" for key, part in value.items() if part)
    return str(value)


def shown(value: Any, limit: int = 200) -> str:
    text = str(value)
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text):,} characters)"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _change(change: Change) -> Iterator[str]:
    action = f"{change.action.value:9}"
    if change.action is not Action.CHANGE:
        yield f"{action}{label(change.id)}"
        return
    for field in change.fields:
        yield f"{action}{_field(field, field.live, field.value)}"


def _field(each: Field, old: Any, new: Any) -> str:
    return f"{label(each.id)}: {field(each, old, new)}"


# -- What differs --------------------------------------------------------------------------


def difference(field: str, old: Any, new: Any) -> str:
    """What became of a field, on one line: “old → new”, or what went out of a list and came in."""
    match old, new:
        case [*_], [*_]:
            return _listed(list(_items(field, old, new))) or "in another order"
        case dict(), dict():
            keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
            return ", ".join(
                f"{key}: {difference(key, old.get(key), new.get(key))}" for key in keys
            )
    one, other = _one_line(old), _one_line(new)
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, same - AROUND) if max(len(one), len(other)) > SHOWN else 0
    return f"{_cut(one, start)} → {_cut(other, start)}"


def _items(field: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    pairs = paired(field, old, new)
    for place, item in enumerate(old):
        if place not in pairs:
            yield f"− {_cut(_one_line(item), 0)}"
    for was, item in zip(pairs, new, strict=True):
        if was is None:
            yield f"+ {_cut(_one_line(item), 0)}"
        elif old[was] != item:
            yield f"{name(field, old[was])}: {difference(field, old[was], item)}".removeprefix(": ")


def _listed(items: list[str]) -> str:
    more = len(items) - ITEMS
    return "; ".join([*items[:ITEMS], *([f"{more} more"] if more > 0 else [])])


def _one_line(value: Any) -> str:
    """A value as JSON: whatever it holds, it stays on its line and can be seen."""
    return json.dumps(value, ensure_ascii=not str(value).isprintable(), default=lambda _: None)


def _cut(text: str, start: int) -> str:
    """The part of a text that begins near a place, with a sign where something is left out."""
    cut = text[start : start + SHOWN]
    return f"{'…' if start else ''}{cut}{'…' if start + SHOWN < len(text) else ''}"


# -- JSON ----------------------------------------------------------------------------------


def as_json(plan: Plan, fingerprint: str) -> str:
    """A plan for programs, and for a later apply: the same as long as the three sides are."""
    whole = {
        "fingerprint": fingerprint,
        "changes": [
            {
                "action": change.action.value,
                "entry": label(change.id),
                "fields": dict(_fields(change)),
            }
            for change in plan.changes
        ],
        "drift": [_sides(field) for field in plan.drift],
        "conflicts": [_sides(field) for field in plan.conflicts],
        "counts": plan.counts(),
    }
    text = json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False, default=lambda _: None)
    return f"{text}\n"


def _fields(change: Change) -> Iterator[tuple[str, dict[str, Any]]]:
    if change.action is Action.ADD:
        for field, value in change.entry.values.items():
            yield field, {"old": None, "new": value}
    for each in change.fields:
        yield each.name, {"old": each.live, "new": each.value}


def _sides(field: Field) -> dict[str, Any]:
    return {
        "entry": label(field.id),
        "field": field.name,
        "base": field.base,
        "file": field.file,
        "live": field.live,
        "value": field.value,
    }
