"""Which item of a changed list is which of the list before. Pure."""

from collections.abc import Callable, Sequence
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

    def is_equal(place: int, was: int) -> bool:
        return bool(new[place] == old[was])

    def has_its_id(place: int, was: int) -> bool:
        known = _item_id(field, new[place])
        return known is not None and known == _item_id(field, old[was])

    def has_its_name(place: int, was: int) -> bool:
        known = item_name(field, new[place])
        return bool(known) and known == item_name(field, old[was])

    def stands_in_its_place(place: int, was: int) -> bool:
        """Whether both stand first, or both follow one and the same item."""
        return (pairs[place - 1] if place else -1) == was - 1

    tests: tuple[Callable[[int, int], bool], ...] = (
        *(is_equal, has_its_id, has_its_name),
        stands_in_its_place,
    )
    for test in tests:
        for place in range(len(new)):
            free = (was for was in range(len(old)) if was not in pairs and test(place, was))
            if pairs[place] is None:
                alike = partial(_fields_alike, new[place])
                pairs[place] = max(free, key=lambda was: alike(old[was]), default=None)
    return pairs


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
    return rule.label(rule.id(item), [rule.id(each) for each in among])
