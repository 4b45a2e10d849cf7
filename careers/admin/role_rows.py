"""The rows in a role's form: steps, salary bands and pivots.

Reading, checking, showing and writing rows takes the same number of queries for any number of rows.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.http import QueryDict

from careers.admin.saving.row_lists import Item, in_their_rows, items_of, write
from careers.models import (
    SAME_BACKGROUND_TWICE,
    SAME_PATH_TWICE,
    Background,
    not_of_the_path,
)
from paths.forms import Autocomplete, FaithfulForm, whole_numbers
from paths.models import LearningPath, Lesson

CHANGED_ELSEWHERE = (
    "This row was changed or removed by someone else in the meantime. "
    "Check “Remove” and add it again if it is still needed."
)


class PreloadedChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among rows that the formset loaded for all of its forms at once.

    preloaded: these rows by primary key, as a string.
    """

    preloaded: Mapping[str, Model] = {}

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        try:
            return self.preloaded[str(value)]
        except KeyError:
            raise ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
            ) from None


class PreloadedAutocomplete(Autocomplete):
    """An autocomplete that shows preloaded rows, without a query of its own.

    label: returns the text for a row.
    """

    def __init__(self, *args: Any, label: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label = label

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:  # noqa: ARG002
        known = self.choices.field.preloaded
        chosen = [(key, self.label(known[key])) for key in value if key in known]
        options = [self.create_option(name, key, text, True, 0) for key, text in chosen]
        return [(None, options, 0)]


class RowForm(FaithfulForm):
    """A row of a role, checked without queries: its model's clean() has every rule."""

    def clean(self) -> dict[str, Any]:
        # ModelForm.clean() would have Django check the constraints, at a query each.
        self.keep_untouched()
        return self.cleaned_data

    def _get_validation_exclusions(self) -> set[str]:
        # The formset has looked up the rows that foreign keys point at.
        fields = self.instance._meta.fields
        pointers = {field.name for field in fields if field.is_relation}
        return super()._get_validation_exclusions() | pointers  # type: ignore[misc,no-any-return]


class RowFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """A role's rows of one kind.

    pointer: the foreign key whose target no two rows may share. target: the model it points at.
    pointed_at_twice: the error for a second row. note: says that the rows were edited since the
    files were applied; may be empty.

    changed_by_others: whether others changed the rows since the form was opened. Then a row in
    the form may be gone and a row not in it may be new: merging decides about both.
    """

    pointer = ""
    target: type[Model]
    pointed_at_twice = ""

    def __init__(
        self, *args: Any, note: str = "", changed_by_others: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.note = note
        self.changed_by_others = changed_by_others
        self.replaced: list[Any] = []  # rows with merged values, in the order of the forms
        if self.is_bound:
            self._move_gone_rows_behind()

    def _move_gone_rows_behind(self) -> None:
        """Turn submitted rows that have been deleted meanwhile into new ones, after the others.

        Django shows only as many initial forms as there are rows, and would leave out the last.
        """
        total, initial = self.total_form_count(), self.initial_form_count()
        sent = [self.data.get(f"{self.add_prefix(place)}-id", "") for place in range(total)]
        there = [place for place, key in enumerate(sent[:initial]) if key in self.own_rows]
        if len(there) == initial:
            return
        gone = [place for place, key in enumerate(sent[:initial]) if key not in self.own_rows]
        data: Any = copy(self.data)
        data[f"{self.name}-INITIAL_FORMS"] = str(len(there))
        for place in gone:  # merging decides about the row, or an invalid key has it refused
            key = "" if self.changed_by_others else sent[place] or "none"
            data[f"{self.add_prefix(place)}-id"] = key
        order = [*there, *gone, *range(initial, total)]
        self.data = _in_order(data, self.name, order)
        del self.management_form

    @property
    def name(self) -> str:
        """The name of the list in an entry, which is the formset's prefix."""
        return str(self.prefix)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"] = self._own_key(form.fields["id"])
        if self.pointer:
            form.fields[self.pointer].preloaded = self.pointed_at
        if index is not None and index < len(self.replaced):
            form.shown = model_to_dict(self.replaced[index])

    def _own_key(self, field: Any) -> PreloadedChoiceField:
        own = PreloadedChoiceField(
            field.queryset, initial=field.initial, required=False, widget=forms.HiddenInput
        )
        own.preloaded = self.own_rows
        own.error_messages |= dict.fromkeys(("required", "invalid_choice"), CHANGED_ELSEWHERE)
        return own

    @cached_property
    def own_rows(self) -> dict[str, Model]:
        return {str(row.pk): row for row in self.get_queryset()}

    @cached_property
    def pointed_at(self) -> dict[str, Model]:
        """What the rows point at, as stored or as submitted, in one query.

        By primary key, as a string.
        """
        if self.is_bound:
            names = (f"{self.add_prefix(i)}-{self.pointer}" for i in range(self.total_form_count()))
            sent = whole_numbers(map(self.data.get, names))
            found = list(self.target._default_manager.in_bulk(sent).values())
        else:
            found = [getattr(row, self.pointer) for row in self.get_queryset()]
        return {str(thing.pk): thing for thing in found}

    def clean(self) -> None:
        """Refuse a second row with the same target, in the words of the model's constraint."""
        if not self.pointer:
            return
        taken = {getattr(row, f"{self.pointer}_id") for row in self._rows_not_in_form()}
        for form in self.forms:
            target = form.cleaned_data.get(self.pointer)
            if target is None or form.cleaned_data.get("DELETE"):
                continue
            if target.pk in taken:
                form.add_error(self.pointer, self.pointed_at_twice)
            taken.add(target.pk)

    def _rows_not_in_form(self) -> list[Any]:
        """Rows that the form lacks although no revision added any. They are kept."""
        if self.changed_by_others:
            return []
        held = {form.cleaned_data.get("id") for form in self.forms}
        return [row for row in self.own_rows.values() if row not in held]

    @cached_property
    def empty_form(self) -> Any:  # cached: a page asks for it six times
        return super().empty_form

    # -- As a list of the role's entry -------------------------------------------------------

    def items(self) -> list[dict[str, Any]]:
        """The typed rows as an entry's items, in order. Call it only if the rows are valid."""
        return items_of(self.name, self._typed_rows())

    def replace(self, items: Sequence[Item]) -> None:
        """Put other items in place of those submitted, and validate them as if submitted."""
        there = list(self._rows_there())
        wanted = in_their_rows(self.name, there, items, self._targets(items))
        self.data = self._data_of(there, wanted)
        for cached in ("forms", "empty_form", "management_form", "pointed_at"):
            self.__dict__.pop(cached, None)
        self.full_clean()

    def save(self, commit: bool = True) -> list[Any]:  # noqa: ARG002
        """Write the rows if they differ from the stored ones."""
        there, wanted = list(self._rows_there()), self._typed_rows()
        if items_of(self.name, wanted) != items_of(self.name, there):
            write(self.name, self.instance, there, wanted)
        return wanted

    def _typed_rows(self) -> list[Any]:
        empty = {form for form in self.extra_forms if not form.has_changed()}
        gone = empty.union(self.deleted_forms)
        stay = [form.instance for form in self.forms if form not in gone]
        return sorted([*stay, *self._rows_not_in_form()], key=lambda row: row.position)

    def _targets(self, items: Sequence[Item]) -> dict[str, Model]:
        if not self.pointer:
            return {}
        slugs = [item[self.pointer] for item in items]
        found: Any = self.target._default_manager.filter(slug__in=slugs)
        return {thing.slug: thing for thing in found}

    def _rows_there(self) -> QuerySet[Any]:
        """The stored rows, queried anew: validation wrote what was typed into the forms' rows."""
        return self.get_queryset().all()

    def _data_of(self, there: Sequence[Any], wanted: Sequence[Any]) -> Any:
        """The form data that a browser would send for the wanted rows.

        Stored rows come first, as on the page, and are marked for deletion if not wanted.
        """
        kept = {row.pk: row for row in wanted if row.pk}
        first = [kept.get(row.pk, row) for row in there]
        data: Any = copy(self.data)
        for name in [name for name in data if name.startswith(f"{self.prefix}-")]:
            if not name.endswith("_FORMS"):
                del data[name]
        added = [row for row in wanted if not row.pk]
        self.replaced = [*first, *added]
        for place, row in enumerate(self.replaced):
            for name, value in (model_to_dict(row) | {self.fk.name: self.instance.pk}).items():
                data[f"{self.add_prefix(place)}-{name}"] = self._sent(name, value)
            if row.pk and row.pk not in kept:
                data[f"{self.add_prefix(place)}-DELETE"] = "on"
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(first) + len(added))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(first))
        return data

    def _sent(self, name: str, value: Any) -> str:
        """A field's value as a browser would send it."""
        field = self.form.base_fields.get(name)
        shown = field.prepare_value(value) if field else value
        return "" if shown is None else str(shown)


class StepFormSet(RowFormSet):
    pointer = "path"
    target = LearningPath
    pointed_at_twice = SAME_PATH_TWICE

    def clean(self) -> None:
        super().clean()
        lessons = self._lessons()
        for form in self.forms:
            if path := form.cleaned_data.get("path"):
                for name in ("only", "focus"):
                    for number in form.cleaned_data.get(name, ()):
                        if number not in lessons[path.pk]:
                            form.add_error(name, not_of_the_path(number))

    def _lessons(self) -> Mapping[int, set[int]]:
        """Path's primary key → the numbers of its lessons, for the form's paths, in one query."""
        found: dict[int, set[int]] = defaultdict(set)
        paths = [path.pk for path in self.pointed_at.values()]
        for path, number in Lesson.objects.filter(path__in=paths).values_list("path", "number"):
            found[path].add(number)
        return found


class PivotFormSet(RowFormSet):
    pointer = "background"
    target = Background
    pointed_at_twice = SAME_BACKGROUND_TWICE


def _in_order(data: Any, prefix: str, order: Sequence[int]) -> Any:
    """The submitted data with its rows reordered. order: their old indexes, in the new order."""
    places = {str(old): new for new, old in enumerate(order)}
    ordered = QueryDict(mutable=True)
    for name in data:
        row = re.fullmatch(rf"{prefix}-([0-9]+)-(.+)", name)
        place = places.get(row[1]) if row else None
        ordered.setlist(
            f"{prefix}-{place}-{row[2]}" if row and place is not None else name, data.getlist(name)
        )
    return ordered
