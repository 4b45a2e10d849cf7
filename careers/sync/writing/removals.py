"""Find documents that are gone, and limit how many things may be retired at once."""

from collections import Counter
from collections.abc import Iterable, Mapping

from careers.models import CatalogEntry
from careers.sync.entries import Entry, Key
from careers.sync.rows import base_entry
from paths.models import Status

MOST_REMOVALS = 0.1  # of what is published, at once


class TooManyRemovals(Exception):
    """More things would be retired than is allowed.

    kinds: kind → how many would be, and how many are published. number: of all kinds together.
    """

    def __init__(self, kinds: dict[str, tuple[int, int]]) -> None:
        self.kinds = kinds
        self.number = sum(number for number, _ in kinds.values())
        super().__init__(f"{self.number} removals")


def vanished(entries: Iterable[Entry]) -> list[Entry]:
    """The base's entries of documents that are missing here, apart from those renamed."""
    here = set()
    for entry in entries:
        here.add(entry.id)
        here.update((entry.kind, old) for old in entry.formerly)
    remembered = CatalogEntry.objects.filter(gone=False)
    keys = remembered.values_list("pk", "kind", "key")
    lacking = [pk for pk, kind, key in keys if (kind, key) not in here]
    return [base_entry(row) for row in remembered.filter(pk__in=lacking).order_by("pk")]


def refuse_many_removals(
    retired: Iterable[Key | None], live: Mapping[Key, Entry], allowed: int | None
) -> None:
    """Raise TooManyRemovals if more is retired than is allowed.

    retired: the keys of rows; what isn't published doesn't count. allowed: how many things; None
    stands for a tenth of what is published, and never all of a kind.
    """
    public = {key for key, each in live.items() if each.values["status"] == Status.PUBLISHED}
    going = Counter(key[0] for key in retired if key in public)
    there = Counter(key[0] for key in public)
    if allowed is not None:
        too_many = going.total() > allowed
    else:
        few = MOST_REMOVALS * there.total()
        too_many = going.total() > few or any(going[kind] == there[kind] for kind in going)
    if too_many:
        raise TooManyRemovals({kind: (number, there[kind]) for kind, number in going.items()})
