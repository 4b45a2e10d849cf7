"""Merge one field three ways: a list item by item, any other value as a whole.

Pure: plain values in, plain values out. `base` is what the file said at the last apply, `file` and
`live` are what became of it since. A change that only one side made is taken over. Where both sides
changed the same thing differently, there is a conflict.

`older` are values that were live since then and that an export wrote into files. If the file has
one of them, it got it from the export, and live went on from there: live wins. A value that was
live but never exported is the file author's own, even if live once had the same.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from careers.sync.comparing.order import Chain
from careers.sync.kinds import LISTS, ListRule

type Id = Hashable  # what identifies an item in its list
type Item = Any  # of a list: a text, a number, or a mapping of plain JSON

ORDER_PART = " (order)"  # ends the name of a list whose order is in conflict


class Absent:
    """Stands for an item or a field that a side lacks. No file can contain it."""

    def __repr__(self) -> str:
        return "(nothing)"


ABSENT = Absent()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field, or a part of it, that both sides changed differently.

    where: the part, as in “[rag].why”, “[rag]” or “ (order)”; empty for the whole field.
    """

    where: str
    base: Any
    file: Any
    live: Any


def field_of(name: str) -> str:
    """The field that a conflict's name begins with: “steps” of “steps[rag].why”."""
    return name.partition("[")[0].removesuffix(ORDER_PART)


# Chooses the side whose value a conflict gets: FILE, LIVE, or an empty text to leave it open.
type ChooseSide = Callable[[Any], str]
FILE, LIVE = "file", "live"


def nothing_chosen(_conflict: Any) -> str:
    """Leave every conflict open."""
    return ""


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a merge. While there are conflicts, value is the live one."""

    value: Any
    conflicts: tuple[Conflict, ...] = ()


def merge(  # noqa: PLR0913, PLR0917 - a field, its three sides, and what decides between them
    name: str,
    base: Any,
    file: Any,
    live: Any,
    choose: ChooseSide = nothing_chosen,
    older: Sequence[Any] = (),
) -> Merged:
    """Merge the three values of a field.

    choose: decides conflicts. older: what exports wrote since base.

    A list with a rule in LISTS is merged item by item. An item that one side added stays; one that
    a side removed and the other didn't touch goes; one that both changed is merged field by field.
    The order is that of the side that changed it.

    A list in which two items can't be told apart is merged as a whole: nobody can say which of the
    two was changed.
    """
    if file in older:
        return Merged(live)
    rule = LISTS.get(name)
    if rule and _has_items(rule, file) and _has_items(rule, live):
        bases = [side for side in (base, *older) if _has_items(rule, side)]
        if bases:
            return _merged_list(rule, bases, file, live, choose)
    value = _three_way(base, file, live)
    if value is not _CONFLICT:
        return Merged(value)
    conflict = Conflict("", base, file, live)
    side = choose(conflict)
    return Merged(file if side == FILE else live, () if side else (conflict,))


def _has_items(rule: ListRule, side: Any) -> bool:
    """Whether a side is a list of items that can be told apart."""
    if not isinstance(side, list) or (rule.empty_is_all and not side):
        return False
    return rule.are_told_apart(side)


def _merged_list(
    rule: ListRule, bases: list[Any], file: Any, live: Any, choose: ChooseSide
) -> Merged:
    """Merge a list from the first base. If that conflicts, use the base nearest to the file
    instead, provided that this gives no conflict and loses no live edit.

    If a file's list was exported and then edited further, the exported list is the nearest base: it
    shows which items were rewritten.
    """

    def distance(base: list[Item]) -> int:
        return len(set(map(rule.id, base)) ^ set(map(rule.id, file)))

    base, *older = bases
    nearest = min(bases, key=distance)
    if nearest is not base:
        found = _ListMerge(rule, nothing_chosen, older).merged(base, file, live)
        again = _ListMerge(rule, nothing_chosen, bases).merged(nearest, file, live)
        is_better = found.conflicts and not again.conflicts
        if is_better and not _lacks_edits(rule, base, live, again.value):
            return again
    return _ListMerge(rule, choose, older).merged(base, file, live)


def _lacks_edits(rule: ListRule, base: list[Item], live: list[Item], merged: list[Item]) -> bool:
    """Whether a merged list lacks a live edit: an item, or a field of one."""
    was, is_ = ({rule.id(item): item for item in items} for items in (base, merged))
    for item in live:
        had, has = was.get(rule.id(item), ABSENT), is_.get(rule.id(item), ABSENT)
        if item == had:
            continue
        if has is ABSENT:
            return True
        fields = item if isinstance(item, Mapping) else {}
        for name, value in fields.items():
            before = had.get(name) if isinstance(had, Mapping) else None
            if value != before and _is_lost(name, before, value, has.get(name)):
                return True
    return False


def _is_lost(name: str, before: Any, value: Any, has: Any) -> bool:
    """Whether a field of a merged item lacks its live edit."""
    rule = LISTS.get(name)
    if rule and isinstance(has, list) and not (rule.empty_is_all and not value):
        return _lacks_edits(rule, before or [], value, has)
    return bool(value != has)


_CONFLICT = object()


def _three_way(base: Any, file: Any, live: Any) -> Any:
    """The value of the side that changed it; _CONFLICT if both did, differently."""
    if file == base:
        return live
    return file if live in (base, file) else _CONFLICT


# -- Lists ---------------------------------------------------------------------------------

type _Side = Mapping[Id, Item]  # a list's items by id, in order


@dataclass(frozen=True, slots=True)
class _ListMerge:
    """Merges one list by its rule. older: states of it that were exported since the base."""

    rule: ListRule
    choose: ChooseSide
    older: Sequence[list[Item]] = ()

    def merged(self, *sides: list[Item]) -> Merged:
        base, file, live = _by_id(self.rule, *sides)
        older = [self._older(state, sides[0], sides[1]) for state in self.older]
        items: dict[Id, Item] = {}
        conflicts: list[Conflict] = []
        for id_ in {**file, **live}:
            items[id_], found = self._item(id_, older, base, file, live)
            conflicts += found
        kept = {id_ for id_, item in items.items() if item is not ABSENT}
        order, found = self._order(base, file, live, kept)
        conflicts += found
        merged = [items[id_] for id_ in order]
        if not conflicts and not self._is_meant(merged, *sides[1:]):
            whole = Conflict("", *sides)
            side = self.choose(whole)
            return Merged(sides[1] if side == FILE else sides[2], () if side else (whole,))
        return Merged(sides[2] if conflicts else merged, tuple(conflicts))

    def _is_meant(self, merged: list[Item], *sides: list[Item]) -> bool:
        """Whether a merged list has one side's total, and isn't empty if that means everything."""
        says_all = self.rule.empty_is_all and not merged
        return _adds_up(self.rule, merged, *sides) and not says_all

    def _chosen(self, conflicts: Iterable[Conflict]) -> str:
        """The side chosen for these conflicts; empty if none is, or if they differ."""
        sides = {self.choose(conflict) for conflict in conflicts} - {""}
        return sides.pop() if len(sides) == 1 else ""

    def _older(self, state: list[Item], base: list[Item], file: list[Item]) -> _Side:
        *_, items = _by_id(self.rule, base, file, state)
        return items

    def _item(
        self, id_: Id, older: Sequence[_Side], *sides: _Side
    ) -> tuple[Item | Absent, list[Conflict]]:
        """An item's merged value, or ABSENT if it is removed, and its conflicts."""
        base, file, live = (side.get(id_, ABSENT) for side in sides)
        had = [state.get(id_, ABSENT) for state in older]
        exported = [*had, *(item for state in older for item in state.values())]
        item = live if file in exported else _three_way(base, file, live)
        if item is not _CONFLICT:
            return item, []
        where = f"[{self.rule.label(id_, {each for side in sides for each in side})}]"
        if file is ABSENT or live is ABSENT or self.rule.name(file) != self.rule.name(live):
            conflict = Conflict(where, base, file, live)
            side = self.choose(conflict)
            return file if side == FILE else live, [] if side else [conflict]
        if not isinstance(live, Mapping):  # one name in two spellings
            return live, []
        had = [item for item in had if item is not ABSENT]
        return self._fields(where, had, {} if base is ABSENT else base, file, live)

    def _fields(
        self, where: str, had: Sequence[Item], *sides: Mapping[str, Any]
    ) -> tuple[Item, list[Conflict]]:
        """An item that both sides changed, merged field by field, and its conflicts."""
        item: dict[str, Any] = {}
        conflicts: list[Conflict] = []
        for names in _groups(self.rule, {**sides[1], **sides[2]}):
            said = [tuple(side.get(name, ABSENT) for name in names) for side in sides]
            older = [tuple(item.get(name, ABSENT) for name in names) for item in had]
            values = said[2] if said[1] in older else _three_way(*said)
            if values is _CONFLICT and names[0] in LISTS:
                lists = [*(side[0] for side in said), *(state[0] for state in older)]
                inner = self._inner_list(where, names[0], *lists)
                values = (inner.value,)
                conflicts += inner.conflicts
            elif values is _CONFLICT:
                found = [
                    Conflict(f"{where}.{name}", base, file, live)
                    for name, base, file, live in zip(names, *said, strict=True)
                    if file != live
                ]
                side = self._chosen(found)
                values = said[1] if side == FILE else said[2]
                conflicts += [] if side else found
            item |= zip(names, values, strict=True)
        return {name: value for name, value in item.items() if value is not ABSENT}, conflicts

    def _inner_list(self, where: str, name: str, *sides: Any) -> Merged:
        """A list within an item, merged like any other."""

        def within(conflict: Conflict) -> Conflict:
            return replace(conflict, where=f"{where}.{name}{conflict.where}")

        base, file, live, *older = sides
        found = merge(name, base, file, live, lambda each: self.choose(within(each)), older)
        return Merged(found.value, tuple(map(within, found.conflicts)))

    def _order(
        self, base: _Side, file: _Side, live: _Side, kept: set[Id]
    ) -> tuple[list[Id], list[Conflict]]:
        """The items to keep, in the order of the side that moved any; a conflict if both did."""
        if not self.rule.ordered:
            return sorted(kept), []  # type: ignore[type-var]
        in_file, in_live = _common(live, file), _common(file, live)
        file_moved = _common(base, in_file) != _common(in_file, base)
        live_moved = _common(base, in_live) != _common(in_live, base)
        file_leads = file_moved
        if in_file != in_live and file_moved == live_moved:
            labels = (_labels(self.rule, side) for side in (base, file, live))
            conflict = Conflict(ORDER_PART, *labels)
            side = self.choose(conflict)
            if not side:
                return list(live), [conflict]
            file_leads = side == FILE
        leading, other = (file, live) if file_leads else (live, file)
        return _merged_order(list(leading), list(other), kept), []


def _adds_up(rule: ListRule, merged: list[Item], *sides: list[Item]) -> bool:
    """Whether a merged list has the total of one of the sides. True if its rule names no total."""

    def total(items: list[Item]) -> int:
        return sum(item[rule.total] for item in items)

    return not rule.total or total(merged) in {total(side) for side in sides}


def _by_id(rule: ListRule, *sides: list[Item]) -> Iterator[_Side]:
    """Each side's items by id. An item whose id was rewritten keeps the old one."""
    base, file, live = ({rule.id(item): item for item in side} for side in sides)
    yield base
    for side, other in ((file, live), (live, file)):
        had = _former_ids(rule, base, side, other) if rule.rewritable else {}
        yield {had.get(id_, id_): item for id_, item in side.items()}


def _former_ids(rule: ListRule, base: _Side, side: _Side, other: _Side) -> dict[Id, Id]:
    """New id of a side → the id that the item had in the base: one of the same name, or the one in
    its place.

    An id that is new on both sides is left out: it is the same item, wherever each side put it.
    """
    renamed = _of_one_name(rule, base, side)
    known = {*renamed, *renamed.values()}
    gone, new = _runs(base, without={*side, *known}), _runs(side, without={*base, *known})
    in_place = {
        came: went
        for neighbor in gone
        for came, went in zip(new.get(neighbor, []), gone[neighbor], strict=False)
    }
    return {came: went for came, went in (renamed | in_place).items() if came not in other}


def _of_one_name(rule: ListRule, base: _Side, side: _Side) -> dict[Id, Id]:
    """New id → the removed id of the same name, if there is exactly one of each."""
    gone, new = (
        Counter(rule.name_in(id_) for id_ in ids if id_ not in others)
        for ids, others in ((base, side), (side, base))
    )
    went = {rule.name_in(id_): id_ for id_ in base if id_ not in side}
    return {
        id_: went[name]
        for id_ in side
        if id_ not in base and gone[name := rule.name_in(id_)] == new[name] == 1
    }


def _runs(ids: Iterable[Id], *, without: Collection[Id]) -> dict[Id | None, list[Id]]:
    """The ids that are not in `without`, grouped by the id in it that they follow."""
    runs = defaultdict(list)
    neighbor = None
    for id_ in ids:
        if id_ in without:
            neighbor = id_
        else:
            runs[neighbor].append(id_)
    return runs


def _groups(rule: ListRule, names: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """An item's fields in groups that merge as one: each alone, except those that belong
    together."""
    return dict.fromkeys(rule.together if name in rule.together else (name,) for name in names)


def _labels(rule: ListRule, side: _Side) -> list[str]:
    ids = [rule.id(item) for item in side.values()]
    return [rule.label(id_, ids) for id_ in ids]


def _common(others: Iterable[Id], ids: Iterable[Id]) -> list[Id]:
    """Those of the ids that are also in `others`, in the order of the ids."""
    known = set(others)
    return [id_ for id_ in ids if id_ in known]


def _merged_order(leading: list[Id], other: list[Id], kept: set[Id]) -> list[Id]:
    """The ids to keep, in the leading order. One that only the other side has goes behind the id
    that it follows there or, if that is gone, behind what the leading side put in its place.
    """
    order = Chain(_common(kept, leading))
    new = set(order) - set(other)
    last: Id | None = None
    for id_ in other:
        if id_ in kept:
            if id_ not in order:
                order.insert(id_, last)
            last = id_
        else:
            while order.after(last) in new:
                last = order.after(last)
    return list(order)
