"""A plan in words: what an apply would do, or did, as lines for a terminal and as JSON. Pure."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from careers.sync.comparing.matching import item_names, pair_by_place
from careers.sync.comparing.merge import Absent
from careers.sync.comparing.plan import Action, Change, Plan, PlannedField
from careers.sync.comparing.spelling import told_apart
from careers.sync.entries import Entry, Key
from careers.sync.kinds import KINDS, one_spelling

SIDE = 200  # characters of a side of a conflict
VALUE = 60  # characters of a value on each side of an arrow
BEFORE = 20  # at most this many of these precede the first difference
MOST_THINGS = 10  # things that are listed of one revision
MOST_ITEMS = 6  # items that are listed of one list


# -- Lines ---------------------------------------------------------------------------------


def plan_lines(plan: Plan) -> Iterator[str]:
    """What an apply would do, field by field, and a last line with counts."""
    for action in Action:
        for change in plan.changes:
            if change.action is action:
                yield from _change(change)
    for field in plan.drift:
        yield f"{'keep':9}{_field(field, field.file, field.value)}"
    for field in plan.conflicts:
        yield conflict_text(field)
    counts = plan.counts()
    yield (
        f"Plan: {counts['add']} to add, {counts['change']} to change, {counts['retire']} to "
        f"retire, {many(counts['drift'], 'live edit')} to keep, "
        f"{many(counts['conflict'], 'conflict')}."
    )


def applied_lines(plan: Plan) -> Iterator[str]:
    """What an apply did, thing by thing, and a last line with counts."""
    added = [change.entry for change in plan.changes if change.action is Action.ADD]
    if added:
        yield f"{'add':7}{count_by_kind(added)}"
    for change in plan.changes:
        if change.action is not Action.ADD:
            names = ", ".join(field.name for field in change.fields)
            yield f"{change.action.value:7}{label(change.id)}: {names}"
    for field in plan.drift:
        yield f"{'keep':7}{label(field.id)}: {field.name} was edited live"
    counts = plan.counts()
    yield (
        f"Catalog applied: {counts['add']} added, {counts['change']} changed, "
        f"{counts['retire']} retired, {many(counts['drift'], 'live edit')} kept."
    )


def drift_lines(plan: Plan, made: Collection[Entry]) -> Iterator[str]:
    """The live edits that no file has. made: the things that were created live."""
    for field in plan.drift:
        yield f"{'edited':9}{_field(field, field.file, field.value)}"
    for field in plan.conflicts:
        yield f"{'edited':9}{_field(field, field.file, field.live)}, against the file"
    for entry in made:
        yield f"{'made':9}{label(entry.id)}"
    edits = many(len(plan.drift) + len(plan.conflicts), "live edit")
    yield f"Drift: {edits} and {many(len(made), 'thing')} made live that the files don't have."


def choice_lines(chosen: Iterable[PlannedField], take: str, left: int) -> Iterator[str]:
    """The conflicts for which a side was chosen. left: how many are still open."""
    for field in chosen:
        value = field.file if take == "file" else field.live
        yield f"{'take':9}{label(field.id)}: {field.name}: {take}: {_cut(_one_line(value), 0)}"
    if left:
        yield f"{many(left, 'conflict')} left. Nothing is written before all are settled."
    else:
        yield "No conflict is left: `catalog apply` carries it out."


def revision_lines(revision: Any, edits: Iterable[Any]) -> Iterator[str]:
    """A revision and what it changed. edits: its edits, those of one thing next to each other."""
    when = f"{revision.made_at:%Y-%m-%d %H:%M} UTC"
    what = f"reverts {revision.reverts_id}" if revision.reverts_id else revision.origin
    yield f"{revision.number:<6} {when}  {what} by {revision.by or 'nobody named'}"
    things = [
        (key, ", ".join(edit.field or "added" for edit in of_thing))
        for key, of_thing in groupby(edits, key=lambda edit: label((edit.kind, edit.key)))
    ]
    for key, names in things[:MOST_THINGS]:
        yield f"{'':7}{key}: {names}"
    if len(things) > MOST_THINGS:
        yield f"{'':7}and {len(things) - MOST_THINGS} more"


def conflict_text(field: PlannedField) -> str:
    """A conflict, and below it what each side says."""
    file, live = map(str, told_apart(str(field.file), str(field.live)))
    same = _first_difference(file, live)
    # Begin where the texts part, unless that is in sight from their beginning.
    is_far = max(len(file), len(live)) > SIDE and same > SIDE - BEFORE
    start = same - BEFORE if is_far else 0
    return (
        f"conflict: {label(field.id)}: {field.name}\n"
        f"  file: {_shortened(file, start)}\n"
        f"  live: {_shortened(live, start)}"
    )


def label(key: Key) -> str:
    """What a thing is called in lines and commands: “roles/ml-engineer”."""
    return "/".join(key)


def count_by_kind(entries: Iterable[Entry]) -> str:
    """How many there are of each kind: “8 backgrounds, 1 path”."""
    counts = Counter(entry.kind for entry in entries)
    return ", ".join(
        f"{number} {KINDS[kind].noun if number == 1 else kind}"
        for kind, number in sorted(counts.items())
    )


def field_line(each: PlannedField, old: Any, new: Any) -> str:
    """What became of a field: its name and the difference, without the thing."""
    return f"{each.name}: {difference_line(each.name, old, new)}"


def value_in_words(value: Any) -> str:
    """A value for people to read: one line per item of a list; “(empty)” for what is empty."""
    match value:
        case Absent():
            return "(not there)"
        case None | "" | []:
            return "(empty)"
        case [*items]:
            return "\n".join(f"– {value_in_words(item)}" for item in items)
        case dict():
            return "; ".join(
                f"{key}: {value_in_words(part)}" for key, part in value.items() if part
            )
    return str(value)


def _shortened(text: str, start: int) -> str:
    """At most SIDE characters of a text. If any are left out, its length is added."""
    if len(text) <= SIDE and not start:
        return text
    cut = text[start : start + SIDE]
    more = "…" if start + SIDE < len(text) else ""
    return f"{'…' if start else ''}{cut}{more} ({len(text):,} characters)"


def _first_difference(one: str, other: str) -> int:
    """The place of the first character in which two texts differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def many(number: int, noun: str) -> str:
    """“1 problem”, “2 problems”."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _change(change: Change) -> Iterator[str]:
    action = f"{change.action.value:9}"
    if change.action is not Action.CHANGE:
        yield f"{action}{label(change.id)}"
        return
    for field in change.fields:
        yield f"{action}{_field(field, field.live, field.value)}"


def _field(each: PlannedField, old: Any, new: Any) -> str:
    return f"{label(each.id)}: {field_line(each, old, new)}"


# -- What differs --------------------------------------------------------------------------


def difference_line(field: str, old: Any, new: Any) -> str:
    """What became of a value, on one line: “old → new”, or what a list lost, got and changed."""
    match old, new:
        case [*_], [*_]:
            return _listed(list(_items(field, old, new))) or "in another order"
        case dict(), dict():
            keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
            return ", ".join(
                f"{key}: {difference_line(key, old.get(key), new.get(key))}" for key in keys
            )
    one, other = _side_by_side(old, new)
    same = _first_difference(one, other)
    start = max(0, same - BEFORE) if max(len(one), len(other)) > VALUE else 0
    return f"{_cut(one, start)} → {_cut(other, start)}"


def _items(field: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    pairs = pair_by_place(field, old, new)
    kept, names = set(pairs), item_names(field, old)
    for place, item in enumerate(old):
        if place not in kept:
            yield f"− {_cut(_one_line(item), 0)}"
    for was, item in zip(pairs, new, strict=True):
        if was is None:
            yield f"+ {_cut(_one_line(item), 0)}"
        elif old[was] != item:
            yield f"{names[was]}: {difference_line(field, old[was], item)}".removeprefix(": ")


def _listed(items: list[str]) -> str:
    more = len(items) - MOST_ITEMS
    return "; ".join([*items[:MOST_ITEMS], *([f"{more} more"] if more > 0 else [])])


def _one_line(value: Any) -> str:
    """A value as JSON, which shows line breaks and other invisible characters as escapes."""
    return json.dumps(value, ensure_ascii=not str(value).isprintable(), default=lambda _: None)


def _side_by_side(old: Any, new: Any) -> tuple[str, str]:
    """Each value on one line. If the two look alike but are spelled differently in Unicode, letters
    beyond ASCII are escaped."""
    one, other = _one_line(old), _one_line(new)
    if one != other and one_spelling(one) == one_spelling(other):
        return json.dumps(old, default=str), json.dumps(new, default=str)
    return one, other


def _cut(text: str, start: int) -> str:
    """The part of a text that fits on one side of an arrow, with … where something is left out."""
    cut = text[start : start + VALUE]
    return f"{'…' if start else ''}{cut}{'…' if start + VALUE < len(text) else ''}"


# -- JSON ----------------------------------------------------------------------------------


def plan_as_json(plan: Plan, fingerprint: str) -> str:
    """A plan as JSON, for programs and for a later apply, which compares the fingerprint."""
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


def _sides(field: PlannedField) -> dict[str, Any]:
    return {
        "entry": label(field.id),
        "field": field.name,
        "base": field.base,
        "file": field.file,
        "live": field.live,
        "value": field.value,
    }
