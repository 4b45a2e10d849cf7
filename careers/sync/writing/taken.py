"""Refuse an apply that would give a unique value to a second thing, or that misses a rename.

What keeps an apply from being carried out is found before anything is written, so that a plan says
it too, with both things and a hint.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from careers.sync.comparing.plan import RETIRED, Action, Change, EntrySides, Plan, match_entries
from careers.sync.comparing.report import label
from careers.sync.entries import Entry, Key, Values
from careers.sync.fields import shared_fields
from careers.sync.kinds import KINDS
from careers.sync.problems import Place, Problem
from careers.sync.writing.merged import MERGED, merge_problems
from careers.sync.writing.sides import Sides

RENAMED, TAKEN = "renamed", "taken"
REFUSALS = {RENAMED, TAKEN, MERGED}  # codes of problems that only the database makes
type Unique = tuple[tuple[str, ...], tuple[Any, ...]]  # some fields, and their values


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing as an apply would leave it. change: what the apply changes, if anything."""

    kind: str
    values: Values
    live: Entry | None
    change: Change | None = None


def refusals(sides: Sides, plan: Plan) -> Iterator[Problem]:
    """What keeps a plan from being carried out, apart from conflicts."""
    pairs = list(match_entries(sides.base, sides.files, sides.live))
    gone = [each for each in pairs if each.live and not each.file and not _is_retired(each.live)]
    renamed = dict(_renamed(gone, plan))
    for change in plan.changes:
        if change.id in renamed:
            yield _problem(change.entry, "title", RENAMED, *renamed[change.id])
    yield from _taken(sides, plan, pairs, renamed)
    yield from merge_problems(sides, plan)


def _is_retired(entry: Entry) -> bool:
    return bool(entry.values.get("status") == RETIRED)


# -- Renamed -------------------------------------------------------------------------------


def _renamed(gone: list[EntrySides], plan: Plan) -> Iterator[tuple[Key, tuple[str, str]]]:
    """New documents that seem to be old ones under another name, each with the message and the
    hint. Without `formerly`, the old address would answer 410."""
    for change in plan.changes:
        kind = KINDS[change.entry.kind]
        if change.action is not Action.ADD or not kind.has_page or kind.key != "slug":
            continue
        for old in gone:
            if old.known.kind == change.entry.kind and _is_the_same(old.known, change.entry):
                words = f"this is {old.known.file} under another name, as it seems"
                yield change.id, (words, _formerly(old.known.key, change.entry))
                break


def _is_the_same(old: Entry, new: Entry) -> bool:
    """Whether two documents of one kind seem to be about one thing: they have the same title or the
    same unique value, or the new one has all lessons of the old one."""
    alone = [fields for fields, _ in shared_fields(old.kind).unique() if fields != ("slug",)]
    lessons = set(old.values.get("lessons", ()))
    return (
        old.values["title"] == new.values["title"]
        or any(all(old.values.get(f) == new.values.get(f) for f in fields) for fields in alone)
        or bool(lessons and lessons <= set(new.values.get("lessons", ())))
    )


def _formerly(old: str, new: Entry) -> str:
    kind = KINDS[new.kind].noun
    return (
        f"add `formerly: [{old}]`; if it is another {kind}, retire “{old}” first, in its own file"
    )


# -- Taken ---------------------------------------------------------------------------------


def _taken(
    sides: Sides, plan: Plan, pairs: list[EntrySides], renamed: Mapping[Key, Any]
) -> Iterator[Problem]:
    paths = {
        each.file.key: each.live.key
        for each in pairs
        if each.file and each.live and each.file.kind == "paths"
    }
    things = list(_things(sides, plan))
    has: dict[tuple[str, Unique], list[_Thing]] = {}
    for thing in things:
        for fields, _ in shared_fields(thing.kind).unique():
            values = tuple(_plain(name, thing.values.get(name), paths) for name in fields)
            has.setdefault((thing.kind, (fields, values)), []).append(thing)
    for (kind, (fields, _)), claiming in has.items():
        words = dict(shared_fields(kind).unique())[fields]
        for thing in claiming if len(claiming) > 1 else ():
            if thing.change is None or thing.change.id in renamed or not _sets(thing, fields):
                continue
            other = next(each for each in claiming if each is not thing)
            who = _who(other, thing, fields)
            yield _problem(thing.change.entry, fields[-1], TAKEN, words, who)


def _things(sides: Sides, plan: Plan) -> Iterator[_Thing]:
    """All things as they would be after an apply."""
    changed = {change.live: change for change in plan.changes if change.live}
    for key, (entry, _) in sides.rows.items():
        change = changed.get(key)
        new = {field.name: field.value for field in change.fields} if change else {}
        yield _Thing(entry.kind, {**entry.values, **new}, entry, change)
    for change in plan.changes:
        if change.live is None:
            yield _Thing(change.entry.kind, change.entry.values, None, change)


def _plain(name: str, value: Any, paths: Mapping[str, str]) -> Any:
    """A value to compare by. A path goes by its row's key, whatever files call it."""
    return paths.get(value, value) if name == "path" else value


def _sets(thing: _Thing, fields: tuple[str, ...]) -> bool:
    """Whether the apply sets one of these fields."""
    assert thing.change is not None  # noqa: S101  asked of changed things only
    names = {field.name for field in thing.change.fields}
    return thing.live is None or not names.isdisjoint(fields)


def _who(other: _Thing, thing: _Thing, fields: tuple[str, ...]) -> str:
    """Which thing has the value, and what to do about it."""
    if other.change and _sets(other, fields):
        return f"{other.change.entry.file} has it as well"
    # It may be in no file: an editor can have given it.
    assert other.live is not None  # noqa: S101  a thing without a row is added, which sets all
    who = f"{label(other.live.id)}, “{other.live.values['title']}”, has it"
    if other.values["status"] == RETIRED:
        who += ", though it is retired"
    kind = KINDS[thing.kind]
    if thing.live is None and kind.key != "slug":
        return f"{who}: if this is the same, its {kind.key} never changes"
    if thing.live is None and kind.has_page and kind.key not in fields:
        return f"{who}: if this is the same, add `formerly: [{other.live.key}]`"
    return f"{who}: change one of the two"


def _problem(entry: Entry, field: str, code: str, words: str, hint: str) -> Problem:
    line = entry.lines.get(field, 0)
    return Problem(code, words, Place(entry.file, line, int(bool(line))), hint)
