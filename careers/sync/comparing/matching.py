"""Pair the items of a changed list with those of the list before. Pure."""

from collections.abc import Callable, Collection, Hashable, Sequence
from functools import partial
from typing import Any

from careers.sync.kinds import KINDS, LISTS


def pair_items(field: str, old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each new item the index of the old item that it was, or None. field: as in “steps”.

    An item named after another thing, as a step after its path, is the same item only as long as
    the name is. Any other item may be rewritten: then it is the one that was in its place.
    """
    pairs = pair_by_place(field, old, new)
    rule = LISTS.get(field)
    if rule is None or rule.rewritable:
        return pairs
    return [
        was if was is not None and rule.id(old[was]) == rule.id(item) else None
        for was, item in zip(pairs, new, strict=True)
    ]


def pair_by_place(field: str, old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each new item the index of the old one that it pairs with: an equal one, else one with
    the same id, else one with the same name, else the one in the same place, whatever its name.
    None if there is none. Of several that fit, the most similar one."""
    pairs: list[int | None] = [None] * len(new)
    used: set[int] = set()
    for mark in (_alone, partial(_item_id, field), partial(item_name, field)):
        unused = _by_mark(mark, old, used)
        for place, item in enumerate(new):
            if pairs[place] is None and (free := unused.get(_hashable(mark(item)))):
                pairs[place] = _take_most_alike(item, old, free)
        used = {was for was in pairs if was is not None}
    for place in range(len(new)):  # an unpaired item takes the old item after its predecessor's
        before = pairs[place - 1] if place else -1
        if pairs[place] is None and before is not None and before + 1 not in used:
            pairs[place] = before + 1 if before + 1 < len(old) else None
            used.add(before + 1)
    return pairs


def _by_mark(
    mark: Callable[[Any], Any], items: Sequence[Any], used: Collection[int]
) -> dict[Hashable, list[int]]:
    """Mark → the indexes of the unused items that have it, lowest first. Leaves out items without a
    mark."""
    places: dict[Hashable, list[int]] = {}
    for place, item in enumerate(items):
        if place not in used and (known := mark(item)) not in (None, ""):
            places.setdefault(_hashable(known), []).append(place)
    return places


def _take_most_alike(item: Any, old: Sequence[Any], free: list[int]) -> int:
    """Take the index of the most similar item out of the free ones; on a tie, the first."""
    best = free[0]
    if len(free) > 1 and item != old[best]:
        best = max(free, key=lambda was: _fields_alike(item, old[was]))
    free.remove(best)
    return best


def _alone(item: Any) -> tuple[Any]:
    """The mark by which equal items find each other: the whole item."""
    return (item,)


def _hashable(value: Any) -> Hashable:
    """A hashable form of a JSON value. Two are equal if the values are."""
    if isinstance(value, dict):
        return dict, frozenset((key, _hashable(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_hashable, value))
    found: Hashable = value
    return found


def _item_id(field: str, item: Any) -> Any:
    """The id of an item that is a mapping; None for others, or if its list has no rule."""
    return LISTS[field].id(item) if field in LISTS and isinstance(item, dict) else None


def _fields_alike(item: Any, other: Any) -> int:
    """How many fields two items have in common."""
    if not (isinstance(item, dict) and isinstance(other, dict)):
        return 0
    return sum(item[key] == other[key] for key in item.keys() & other.keys())


def item_name(field: str, item: Any, among: Sequence[Any] = ()) -> str:
    """The name of an item that is a mapping, “rag” for a step; empty for a text or a number.

    among: the items of its list. If several have its name, the name has all parts of its id.
    """
    if not isinstance(item, dict):
        return ""
    if field in KINDS:  # things as a file lists them
        return str(item[KINDS[field].key])
    rule = LISTS.get(field)
    if rule is None or not rule.by:
        return ""
    return rule.label(rule.id(item), [rule.id(each) for each in among] if rule.apart_by else ())


def item_names(field: str, items: Sequence[Any]) -> list[str]:
    """The name of each item of a list, made unique by all parts of its id if need be."""
    names = [item_name(field, item) for item in items]
    namesakes: dict[str, list[Any]] = {}
    for name, item in zip(names, items, strict=True):
        namesakes.setdefault(name, []).append(item)
    return [
        item_name(field, item, namesakes[name]) for name, item in zip(names, items, strict=True)
    ]
