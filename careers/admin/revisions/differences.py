"""What became of fields, as an editor reads it: fields by their labels, lessons by their titles."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from careers.admin.field_labels import field_label
from careers.models import Edit
from careers.sync import KINDS, Difference, find_difference
from paths.models import Lesson

NUMBERED = {  # fields that name lessons by their numbers
    name
    for kind in KINDS.values()
    for name, reference in kind.references.items()
    if reference.kind == "lessons"
}

type BeforeAfter = tuple[str, Any, Any]  # a field's name, and what it said before and after
type Titles = Mapping[int, str]  # of lessons, by their numbers


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field, by its label, and what became of it."""

    label: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class EditDifference:
    """An edit and what became of its field, or of all that an added thing was added with."""

    edit: Edit
    fields: tuple[FieldDifference, ...]

    @property
    def is_addition(self) -> bool:
        return not self.edit.field


def edit_differences(edits: Collection[Edit]) -> list[EditDifference]:
    """What became of the edits' fields, in at most one query."""
    titles = lesson_titles(each for edit in edits for each in _fields(edit))
    return [
        EditDifference(edit, tuple(field_differences(edit.kind, _fields(edit), titles)))
        for edit in edits
    ]


def field_differences(
    kind: str, fields: Iterable[BeforeAfter], titles: Titles
) -> Iterator[FieldDifference]:
    """What became of fields of a thing. kind: the thing's."""
    for name, *sides in fields:
        if name in NUMBERED:
            sides = [[_lesson(number, titles) for number in side or ()] for side in sides]  # noqa: PLW2901
        yield FieldDifference(field_label(kind, name), find_difference(name, *sides))


def lesson_titles(fields: Iterable[BeforeAfter]) -> Titles:
    """The titles of all lessons that fields name, before or after, in at most one query."""
    sides = (side or () for name, *both in fields if name in NUMBERED for side in both)
    numbers = {number for side in sides for number in side}
    if not numbers:
        return {}
    return dict(Lesson.objects.filter(number__in=numbers).values_list("number", "title"))


def _fields(edit: Edit) -> Iterator[BeforeAfter]:
    """An edit's field; of an addition all that it says, where there was nothing before."""
    if edit.field:
        yield edit.field, edit.before, edit.after
        return
    after: dict[str, Any] = edit.after or {}
    for name, value in after.items():
        if value:
            yield name, [] if isinstance(value, list) else None, value


def _lesson(number: int, titles: Titles) -> str:
    return f"{number} {titles[number]}" if number in titles else str(number)
