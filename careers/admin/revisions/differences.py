"""How fields changed, as an editor reads it: by labels and titles."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from careers.models import Edit
from careers.sync import Difference, Labels, TitleOf, field_label, find_difference

type BeforeAfter = tuple[str, Any, Any]  # a field's name, and what it said before and after


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field's label, and how it changed."""

    label: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class EditDifference:
    """An edit and how its field changed; for an addition, all fields that it filled."""

    edit: Edit
    fields: tuple[FieldDifference, ...]

    @property
    def is_addition(self) -> bool:
        return not self.edit.field


def edit_differences(edits: Collection[Edit], title_of: TitleOf) -> list[EditDifference]:
    """The edits, each with how its fields changed, in the same order."""
    return [
        EditDifference(edit, tuple(field_differences(edit.kind, _fields(edit), title_of)))
        for edit in edits
    ]


def field_differences(
    kind: str, fields: Iterable[BeforeAfter], title_of: TitleOf
) -> Iterator[FieldDifference]:
    """How a thing's fields changed. kind: the thing's."""
    labels = Labels(kind, title_of)
    for name, before, after in fields:
        found = labels.difference(name, find_difference(name, before, after))
        yield FieldDifference(field_label(kind, name), found)


def _fields(edit: Edit) -> Iterator[BeforeAfter]:
    """The edit's field; for an addition every field that it filled, as empty before."""
    if edit.field:
        yield edit.field, edit.before, edit.after
        return
    after: dict[str, Any] = edit.after or {}
    for name, value in after.items():
        if value not in (None, "", [], {}):  # zero and no are said
            yield name, [] if isinstance(value, list) else None, value
