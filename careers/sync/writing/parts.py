"""Write the parts of rows, such as a role's steps. A part that stays keeps its primary key."""

from collections.abc import Sequence
from typing import Any

from careers.sync import rows
from careers.sync.comparing.matching import pair_items
from careers.sync.entries import Values
from careers.sync.fields import SharedFields


class PartWriter:
    """Collects the changes of many rows' parts, and writes them in three statements.

    field: the list, as in “steps”. part: the fields that its items and its rows share.
    """

    def __init__(self, field: str, part: SharedFields) -> None:
        self.field = field
        self.part = part
        self.gone: list[int] = []
        self.changed: list[Any] = []
        self.added: list[Any] = []

    def collect(self, owner: Any, had: Sequence[Any], items: Sequence[Values]) -> None:
        """Give a row the parts that the items describe, and no others. had: those that it has.

        Items name things by the primary keys of their rows, which renames don't change.
        """
        was_items = [self.item(row) for row in had]
        pairs = pair_items(self.field, was_items, items)
        kept = set(pairs)
        self.gone += [row.pk for place, row in enumerate(had) if place not in kept]
        for place, (item, was) in enumerate(zip(items, pairs, strict=True)):
            if was is None:
                row = self.part.model(**{self.part.owner: owner})
                self.added.append(self._filled(row, item, place))
            elif item != was_items[was] or place != had[was].position:
                self.changed.append(self._filled(had[was], item, place))

    def write(self) -> None:
        manager = self.part.manager
        names = [*self.part.columns, *self.part.pointers, "position"]
        manager.filter(pk__in=self.gone).delete()
        manager.bulk_update(self.changed, names, batch_size=rows.BATCH)
        manager.bulk_create(self.added, batch_size=rows.BATCH)

    def item(self, row: Any) -> Values:
        """A part's row as an item for collect()."""
        return rows.part_values(self.part, row) | {
            name: getattr(row, f"{name}_id") for name in self.part.pointers
        }

    def _filled(self, row: Any, item: Values, place: int) -> Any:
        rows.set_columns(row, self.part, item)
        for name in self.part.pointers:
            setattr(row, f"{name}_id", item[name])
        row.position = place
        return row
