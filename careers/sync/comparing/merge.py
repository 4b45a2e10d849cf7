"""One field merged three ways: a list item by item, everything else as a whole.

Pure: plain values in, plain values out. `base` is what both sides began from, `file` and `live` are
what became of it. What only one side changed is taken from it; what both changed is a clash, unless
they made the same of it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from careers.sync.kinds import LISTS, Items

type Id = Hashable
type Item = Any  # a text, a number, or a mapping of plain JSON


class Nothing:
    """What a side says of a thing that it doesn't have: equal to nothing that a file can say."""

    def __repr__(self) -> str:
        return "(nothing)"


NOTHING = Nothing()


@dataclass(frozen=True, slots=True)
class Clash:
    """What both sides changed, differently.

    where: what of the field, as in “[rag].why”, “[rag]” or “ (order)”; empty for all of it.
    """

    where: str
    base: Any
    file: Any
    live: Any


# Whose value settles a clash: FILE, LIVE, or an empty text where nobody has chosen.
type Choose = Callable[[Clash], str]
FILE, LIVE = "file", "live"


def nobody(_clash: Clash) -> str:
    """For a merge in which nothing was chosen."""
    return ""


@dataclass(frozen=True, slots=True)
class Merged:
    """value: what both sides' changes make of a field; the live one where they clash."""

    value: Any
    clashes: tuple[Clash, ...] = ()


def merge(name: str, base: Any, file: Any, live: Any, choose: Choose = nobody) -> Merged:
    """Merge the field of a name. The lists of LISTS merge item by item. choose: settles clashes.

    An item that one side added is there, one that a side removed and the other left alone is gone,
    and one that both changed merges field by field. The order is that of the side that changed it.
    Where two items of a list, on any side, go by one name, nobody can say which of them was
    changed: such a list is merged as a whole, like any other value.
    """
    rule = LISTS.get(name)
    sides = (base, file, live)
    if rule and all(_has_items(rule, side) for side in sides):
        return _List(rule, choose).merged(base, file, live)
    value = _settled(base, file, live)
    if value is not _CLASH:
        return Merged(value)
    clash = Clash("", base, file, live)
    side = choose(clash)
    return Merged(file if side == FILE else live, () if side else (clash,))


def _has_items(rule: Items, side: Any) -> bool:
    """Whether a side is a list of items that can be told apart."""
    if not isinstance(side, list) or (rule.empty_is_all and not side):
        return False
    return rule.are_told_apart(side)


_CLASH = object()


def _settled(base: Any, file: Any, live: Any) -> Any:
    """The value of the one side that changed it, or of both; _CLASH where they differ."""
    if file == base:
        return live
    return file if live in (base, file) else _CLASH


# -- Lists ---------------------------------------------------------------------------------

type _Side = Mapping[Id, Item]


@dataclass(frozen=True, slots=True)
class _List:
    """Merges one list. rule: how its items are told apart."""

    rule: Items
    choose: Choose

    def merged(self, *sides: list[Item]) -> Merged:
        base, file, live = _by_name(self.rule, *sides)
        items: dict[Id, Item] = {}
        clashes: list[Clash] = []
        for name in {**file, **live}:
            items[name], found = self._item(name, base, file, live)
            clashes += found
        kept = {name for name, item in items.items() if item is not NOTHING}
        order, found = self._order(base, file, live, kept)
        clashes += found
        merged = [items[name] for name in order]
        if not clashes and not self._holds(merged, *sides[1:]):
            whole = Clash("", *sides)
            side = self.choose(whole)
            return Merged(sides[1] if side == FILE else sides[2], () if side else (whole,))
        return Merged(sides[2] if clashes else merged, tuple(clashes))

    def _holds(self, merged: list[Item], *sides: list[Item]) -> bool:
        """Whether a list says what no side meant: a sum of neither, or everything."""
        says_all = self.rule.empty_is_all and not merged
        return _adds_up(self.rule, merged, *sides) and not says_all

    def _chosen(self, clashes: Iterable[Clash]) -> str:
        """The side that was chosen for some of these, and no other for another."""
        sides = {self.choose(clash) for clash in clashes} - {""}
        return sides.pop() if len(sides) == 1 else ""

    def _item(self, name: Id, *sides: _Side) -> tuple[Item | Nothing, list[Clash]]:
        """One item, NOTHING if it is to go; what of it clashes."""
        base, file, live = (side.get(name, NOTHING) for side in sides)
        item = _settled(base, file, live)
        if item is not _CLASH:
            return item, []
        where = f"[{self.rule.label(name)}]"
        if file is NOTHING or live is NOTHING or self.rule.id(file) != self.rule.id(live):
            clash = Clash(where, base, file, live)
            side = self.choose(clash)
            return file if side == FILE else live, [] if side else [clash]
        return self._fields(where, {} if base is NOTHING else base, file, live)

    def _fields(self, where: str, *sides: Mapping[str, Any]) -> tuple[Item, list[Clash]]:
        """An item that both sides changed, field by field."""
        item: dict[str, Any] = {}
        clashes: list[Clash] = []
        for names in _statements(self.rule, {**sides[1], **sides[2]}):
            said = [tuple(side.get(name, NOTHING) for name in names) for side in sides]
            settled = _settled(*said)
            if settled is _CLASH and names[0] in LISTS:
                merged = self._inner_list(where, names[0], *(side[0] for side in said))
                settled = (merged.value,)
                clashes += merged.clashes
            elif settled is _CLASH:
                found = [
                    Clash(f"{where}.{name}", base, file, live)
                    for name, base, file, live in zip(names, *said, strict=True)
                    if file != live
                ]
                side = self._chosen(found)
                settled = said[1] if side == FILE else said[2]
                clashes += [] if side else found
            item |= zip(names, settled, strict=True)
        return {name: value for name, value in item.items() if value is not NOTHING}, clashes

    def _inner_list(self, where: str, name: str, *sides: Any) -> Merged:
        """A list that an item has, merged like any other."""

        def within(clash: Clash) -> Clash:
            return replace(clash, where=f"{where}.{name}{clash.where}")

        base, file, live = sides
        found = merge(name, base, file, live, lambda clash: self.choose(within(clash)))
        return Merged(found.value, tuple(map(within, found.clashes)))

    def _order(
        self, base: _Side, file: _Side, live: _Side, kept: set[Id]
    ) -> tuple[list[Id], list[Clash]]:
        """What is kept, in the order of the side that changed it."""
        if not self.rule.ordered:
            return sorted(kept), []  # type: ignore[type-var]
        in_file, in_live = _among(live, file), _among(file, live)
        leads = _among(base, in_file) != _among(in_file, base)  # the file, if it alone moved items
        if in_file != in_live and leads == (_among(base, in_live) != _among(in_live, base)):
            clash = Clash(" (order)", *(_labels(self.rule, each) for each in (base, file, live)))
            side = self.choose(clash)
            if not side:
                return list(live), [clash]
            leads = side == FILE
        leading, other = (file, live) if leads else (live, file)
        return _woven(list(leading), list(other), kept), []


def _adds_up(rule: Items, merged: list[Item], *sides: list[Item]) -> bool:
    def total(items: list[Item]) -> int:
        return sum(item[rule.total] for item in items)

    return not rule.total or total(merged) in {total(side) for side in sides}


def _by_name(rule: Items, *sides: list[Item]) -> Iterator[_Side]:
    """Each side's items by their names; one that was rewritten goes by the name that it had."""
    base, file, live = ({rule.id(item): item for item in side} for side in sides)
    yield base
    for side, other in ((file, live), (live, file)):
        had = _former_names(base, side, other) if rule.rewritable else {}
        yield {had.get(name, name): item for name, item in side.items()}


def _former_names(base: _Side, side: _Side, other: _Side) -> dict[Id, Id]:
    """New names on one side, each with the name that the base has in its place.

    What both sides call by the same new name is the same item, wherever they put it.
    """
    gone, new = _runs(base, without=side), _runs(side, without=base)
    return {
        came: went
        for neighbor in gone
        for came, went in zip(new.get(neighbor, []), gone[neighbor], strict=False)
        if came not in other
    }


def _runs(names: Iterable[Id], *, without: Collection[Id]) -> dict[Id | None, list[Id]]:
    """The items that another list lacks, by the item of both lists that they follow."""
    runs = defaultdict(list)
    neighbor = None
    for name in names:
        if name in without:
            neighbor = name
        else:
            runs[neighbor].append(name)
    return runs


def _statements(rule: Items, names: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """The fields of an item, those that belong together as one."""
    return dict.fromkeys(rule.together if name in rule.together else (name,) for name in names)


def _labels(rule: Items, side: _Side) -> list[str]:
    return [rule.label(rule.id(item)) for item in side.values()]


def _among(others: Collection[Id], names: Iterable[Id]) -> list[Id]:
    """The items that stand among others as well."""
    return [name for name in names if name in others]


def _woven(leading: list[Id], other: list[Id], kept: set[Id]) -> list[Id]:
    """What is kept in the leading order, the other's new items after the neighbor they followed.

    Where that neighbor is gone they follow what the leading side has new in its place.
    """
    woven = _among(kept, leading)
    new = set(woven) - set(other)
    place = 0
    for name in other:
        if name in woven:
            place = woven.index(name) + 1
        elif name in kept:
            woven.insert(place, name)
            place += 1
        else:
            while place < len(woven) and woven[place] in new:
                place += 1
    return woven
