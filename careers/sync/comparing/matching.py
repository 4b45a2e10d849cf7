"""Which item of a changed list is which of the list before. Pure."""

from collections.abc import Callable, Collection, Hashable, Sequence
from functools import partial
from typing import Any

from careers.sync.kinds import KINDS, LISTS


def pair_items(field: str, old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each new item the index of the old item that it was, or None. field: as in “steps”.

    An item that is named for another thing, as a step for its path, is the same as long as the name
    is. Any other item may also be rewritten: then it is the one that stood in its place.
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
    """For each new item the index of an old item: one that is equal, or is told apart by the same,
    or has its name, or else the one that stood in its place, under whatever name; None where there
    was none. Of several of one name, it is the one that is most alike."""
    pairs: list[int | None] = [None] * len(new)
    used: set[int] = set()
    for mark in (_alone, partial(_item_id, field), partial(item_name, field)):
        unused = _by_mark(mark, old, used)
        for place, item in enumerate(new):
            if pairs[place] is None and (free := unused.get(_hashable(mark(item)))):
                pairs[place] = _take_most_alike(item, old, free)
        used = {was for was in pairs if was is not None}
    for place in range(len(new)):  # those that stand first, or follow one and the same item
        before = pairs[place - 1] if place else -1
        if pairs[place] is None and before is not None and before + 1 not in used:
            pairs[place] = before + 1 if before + 1 < len(old) else None
            used.add(before + 1)
    return pairs


def _by_mark(
    mark: Callable[[Any], Any], items: Sequence[Any], used: Collection[int]
) -> dict[Hashable, list[int]]:
    """What marks an item → the indexes of all that it marks and that aren't used, lowest first."""
    places: dict[Hashable, list[int]] = {}
    for place, item in enumerate(items):
        if place not in used and (known := mark(item)) not in (None, ""):
            places.setdefault(_hashable(known), []).append(place)
    return places


def _take_most_alike(item: Any, old: Sequence[Any], free: list[int]) -> int:
    """Take an index out of those that are free: of several that are as much alike the first."""
    best = free[0]
    if len(free) > 1 and item != old[best]:
        best = max(free, key=lambda was: _fields_alike(item, old[was]))
    free.remove(best)
    return best


def _alone(item: Any) -> tuple[Any]:
    """What marks an item that is to be equal: all of it."""
    return (item,)


def _hashable(value: Any) -> Hashable:
    """A value to look up by: two of them are equal where the values are."""
    if isinstance(value, dict):
        return dict, frozenset((key, _hashable(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_hashable, value))
    found: Hashable = value
    return found


def _item_id(field: str, item: Any) -> Any:
    """What tells an item with keys apart; None for a text or a number, or where nothing does."""
    return LISTS[field].id(item) if field in LISTS and isinstance(item, dict) else None


def _fields_alike(item: Any, other: Any) -> int:
    """How many fields two items have in common."""
    if not (isinstance(item, dict) and isinstance(other, dict)):
        return 0
    return sum(item[key] == other[key] for key in item.keys() & other.keys())


def item_name(field: str, item: Any, among: Sequence[Any] = ()) -> str:
    """What an item with keys is known by: “rag”, of a step; empty for a text or a number.

    among: the items of its list. Where several have its name, all that tells it apart is said.
    """
    if not isinstance(item, dict):
        return ""
    if field in KINDS:  # the things of a kind, in their file
        return str(item[KINDS[field].key])
    rule = LISTS.get(field)
    if rule is None or not rule.by:
        return ""
    return rule.label(rule.id(item), [rule.id(each) for each in among] if rule.apart_by else ())


def item_names(field: str, items: Sequence[Any]) -> list[str]:
    """What each item of a list is known by, with all that tells it apart from the others."""
    names = [item_name(field, item) for item in items]
    namesakes: dict[str, list[Any]] = {}
    for name, item in zip(names, items, strict=True):
        namesakes.setdefault(name, []).append(item)
    return [
        item_name(field, item, namesakes[name]) for name, item in zip(names, items, strict=True)
    ]
