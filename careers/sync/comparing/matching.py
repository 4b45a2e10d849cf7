"""Which item of a changed list is which of the list before. Pure."""

from collections.abc import Callable, Sequence
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
    """For each new item the index of an old item: one that is equal, or has its name, or else the
    one that stood in its place, under whatever name; None where there was none."""
    pairs: list[int | None] = [None] * len(new)

    def is_equal(place: int, was: int) -> bool:
        return bool(new[place] == old[was])

    def has_its_name(place: int, was: int) -> bool:
        known = item_name(field, new[place])
        return bool(known) and known == item_name(field, old[was])

    def stands_in_its_place(place: int, was: int) -> bool:
        """Whether both stand first, or both follow one and the same item."""
        return (pairs[place - 1] if place else -1) == was - 1

    tests: tuple[Callable[[int, int], bool], ...] = (is_equal, has_its_name, stands_in_its_place)
    for test in tests:
        for place in range(len(new)):
            free = (was for was in range(len(old)) if was not in pairs and test(place, was))
            if pairs[place] is None:
                pairs[place] = next(free, None)
    return pairs


def item_name(field: str, item: Any) -> str:
    """What tells an item with keys apart: “rag”, of a step; empty for a text or a number."""
    if not isinstance(item, dict):
        return ""
    by = LISTS[field].by if field in LISTS else ()
    if not by and field in KINDS:  # the things of a kind, in their file
        by = (KINDS[field].key,)
    return ", ".join(str(item[key]) for key in by if item.get(key))
