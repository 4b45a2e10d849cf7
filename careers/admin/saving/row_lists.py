"""Convert between a role's rows and the items of its entry's lists."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from careers.sync import (
    PartWriter,
    SharedFields,
    new_part,
    pair_items,
    part_values,
    shared_fields,
)

type Item = Mapping[str, Any]


def items_of(name: str, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows as items, in the same order. name: the list's name, as in “steps”."""
    return [part_values(_part(name), row) for row in found]


def in_their_rows(
    name: str, there: Sequence[Any], items: Sequence[Item], targets: Mapping[str, Model]
) -> list[Any]:
    """Items as unsaved rows, each with the primary key of the stored row that it matches, if any.

    there: the stored rows. targets: slug → the object that items refer to by it.
    """
    part = _part(name)
    built = [new_part(part, item, place) for place, item in enumerate(items)]
    pairs = pair_items(name, items_of(name, there), items)
    for row, item, was in zip(built, items, pairs, strict=True):
        row.pk = None if was is None else there[was].pk
        for pointer in part.pointers:
            setattr(row, pointer, targets[item[pointer]])
    return built


def write(name: str, owner: Any, there: Sequence[Any], wanted: Sequence[Any]) -> None:
    """Make a thing's rows say what the wanted ones say. Rows that match keep their keys.

    there: the stored rows.
    """
    writer = PartWriter(name, _part(name))
    writer.collect(owner, there, [writer.item(row) for row in wanted])
    writer.write()


def _part(name: str) -> SharedFields:
    return shared_fields("roles").parts[name]
