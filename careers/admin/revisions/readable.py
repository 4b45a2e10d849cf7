"""Edits of the catalog as an editor reads them: fields by their names, lessons by their titles."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from careers.models import Edit
from careers.sync.comparing.difference import Difference, difference
from careers.sync.fields import model_of
from careers.sync.kinds import KINDS
from paths.models import Lesson

NUMBERED = {  # fields that name lessons by their numbers
    name
    for kind in KINDS.values()
    for name, reference in kind.references.items()
    if reference.kind == "lessons"
}
NAMES = {"formerly": "earlier addresses", "knows": "lessons known", "signals": "hiring signals"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field's name and what became of it."""

    name: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class Shown:
    """An edit and the fields to read: one, or all that an added thing was added with."""

    edit: Edit
    fields: tuple[Field, ...]

    @property
    def is_addition(self) -> bool:
        return not self.edit.field


def readable(edits: Collection[Edit]) -> list[Shown]:
    """In one query, if they name lessons."""
    changes = (change for edit in edits for change in _changes(edit))
    titles = lesson_titles(numbers(changes))
    return [
        Shown(
            edit,
            tuple(
                field(edit.kind, name, old, new, titles)
                for name, old, new in _changes(edit)
                if old or new
            ),
        )
        for edit in edits
    ]


def field(kind: str, name: str, old: Any, new: Any, titles: dict[int, str]) -> Field:
    """A field's change. titles: of lessons, by number."""
    if name in NUMBERED:
        old, new = ([_lesson(number, titles) for number in side or ()] for side in (old, new))
    return Field(field_name(kind, name), difference(name, old, new))


def field_name(kind: str, name: str) -> str:
    """What the forms call a field."""
    try:
        found: Any = model_of(kind)._meta.get_field(name)  # noqa: SLF001
        known = str(getattr(found, "verbose_name", ""))
    except FieldDoesNotExist:
        known = ""
    return NAMES.get(name) or known or name.replace("_", " ")


def _changes(edit: Edit) -> Iterator[tuple[str, Any, Any]]:
    """Field, before and after; an addition's fields had nothing before."""
    if edit.field:
        yield edit.field, edit.before, edit.after
        return
    after: dict[str, Any] = edit.after or {}
    for name, value in after.items():
        yield name, [] if isinstance(value, list) else None, value


def numbers(changes: Iterable[tuple[str, Any, Any]]) -> set[int]:
    """The lessons that fields name, before or after. changes: field, before and after."""
    sides = (side for name, *both in changes if name in NUMBERED for side in both)
    return {number for side in sides for number in side or ()}


def lesson_titles(numbers: Collection[int]) -> dict[int, str]:
    """The titles of lessons by their numbers."""
    if not numbers:
        return {}
    return dict(Lesson.objects.filter(number__in=numbers).values_list("number", "title"))


def _lesson(number: int, titles: dict[int, str]) -> str:
    return f"{number} {titles[number]}" if number in titles else str(number)
