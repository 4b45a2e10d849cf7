"""Which item of a list is which: before and after a change. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from careers.sync.kinds import LISTS


def paired(field: str, old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each new item the old one that it is, or was: equal, of one name, or in its place.

    field: the list's, as in “steps”.
    """
    pairs: list[int | None] = [None] * len(new)

    def is_equal(place: int, was: int) -> bool:
        return bool(new[place] == old[was])

    def has_its_name(place: int, was: int) -> bool:
        known = name(field, new[place])
        return bool(known) and known == name(field, old[was])

    def stands_in_its_place(place: int, was: int) -> bool:
        """Whether both stand first, or behind what is one and the same item."""
        return (pairs[place - 1] if place else -1) == was - 1

    tests: tuple[Callable[[int, int], bool], ...] = (is_equal, has_its_name, stands_in_its_place)
    for test in tests:
        for place in range(len(new)):
            free = (was for was in range(len(old)) if was not in pairs and test(place, was))
            if pairs[place] is None:
                pairs[place] = next(free, None)
    return pairs


def pair_same_items(field: str, old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """As paired() does, but an item that is named for another thing is the same by that name only.

    A step to another path is another step, wherever it stands.
    """
    pairs = paired(field, old, new)
    rule = LISTS.get(field)
    if rule is None or rule.rewritable:
        return pairs
    return [
        was if was is not None and rule.id(old[was]) == rule.id(item) else None
        for was, item in zip(pairs, new, strict=True)
    ]


def name(field: str, item: Any) -> str:
    """What an item with keys is called among its like; nothing for a text."""
    if not isinstance(item, dict):
        return ""
    by = (LISTS[field].by if field in LISTS else ()) or ("slug",)
    return ", ".join(str(item[key]) for key in by if item.get(key))
