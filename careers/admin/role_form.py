"""The form of a role and of its rows: steps, salary bands and pivots.

A role with many rows is read, checked and shown with as many queries as a role with one.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet

from careers.models import SAME_BACKGROUND_TWICE, SAME_PATH_TWICE, Background
from paths.forms import Autocomplete, ItemsField, keys, label
from paths.models import LearningPath

SHARE = re.compile(r"(?P<share>100|[1-9][0-9]?)\s*%?\s+(?P<activity>\S.*)")
CHANGED_ELSEWHERE = (
    "This row was changed or removed by someone else meanwhile. "
    "Tick “Remove” and add it again if it is still needed."
)


class TimeSplitField(ItemsField):
    """A day as `30 prompts`, one a line: a list of {share, activity}, shares in percent."""

    expected = "begin with a percentage from 1 to 100, then the activity, as in “30 prompts”."

    def write(self, item: dict[str, Any]) -> str:
        return f"{item.get('share', '')} {item.get('activity', '')}".strip()

    def read(self, line: str) -> dict[str, Any] | None:
        found = SHARE.fullmatch(line)
        return {"share": int(found["share"]), "activity": found["activity"]} if found else None


class KnownChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among things that the formset loaded for all of its forms at once."""

    known: Mapping[str, Model] = {}

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        try:
            return self.known[str(value)]
        except KeyError:
            raise ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
            ) from None


class KnownAutocomplete(Autocomplete):
    """An autocomplete that shows what its field knows, without a query of its own."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:  # noqa: ARG002
        known = self.choices.field.known
        chosen = [(key, label(known[key])) for key in value if key in known]
        options = [self.create_option(name, key, text, True, 0) for key, text in chosen]
        return [(None, options, 0)]


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of a role. Its model's clean() has every rule; the database is asked for none."""

    def clean(self) -> dict[str, Any]:
        # Without ModelForm.clean() Django leaves the constraints out: each would cost a query.
        return self.cleaned_data

    def _get_validation_exclusions(self) -> set[str]:
        # What a row points at was looked up already, by the formset.
        fields = self.instance._meta.fields  # noqa: SLF001
        pointers = {field.name for field in fields if field.is_relation}
        return super()._get_validation_exclusions() | pointers  # type: ignore[misc,no-any-return]


class RowFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """The rows of one kind that a role has. pointer: the field that no two rows may share."""

    pointer = ""
    target: type[Model]
    same_twice = ""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"] = self._own_key(form.fields["id"])
        if self.pointer:
            form.fields[self.pointer].known = self.known

    def _own_key(self, field: Any) -> KnownChoiceField:
        own = KnownChoiceField(
            field.queryset, initial=field.initial, required=False, widget=forms.HiddenInput
        )
        own.known = self.own_rows
        own.error_messages |= dict.fromkeys(("required", "invalid_choice"), CHANGED_ELSEWHERE)
        return own

    @cached_property
    def own_rows(self) -> dict[str, Model]:
        return {str(row.pk): row for row in self.get_queryset()}

    @cached_property
    def known(self) -> dict[str, Model]:
        """Everything that the rows point at, or are submitted to point at, in one query."""
        if self.is_bound:
            names = (f"{self.add_prefix(i)}-{self.pointer}" for i in range(self.total_form_count()))
            pointed = [self.data.get(name) for name in names]
        else:
            pointed = [getattr(row, f"{self.pointer}_id") for row in self.get_queryset()]
        found = self.target._default_manager.in_bulk(keys(pointed))
        return {str(key): thing for key, thing in found.items()}

    def clean(self) -> None:
        """Each target once, in the words of the model's own constraint."""
        taken = self._targets_elsewhere() if self.pointer else set()
        for form in self.forms if self.pointer else ():
            target = form.cleaned_data.get(self.pointer)
            if target is None or form.cleaned_data.get("DELETE"):
                continue
            if target.pk in taken:
                form.add_error(self.pointer, self.same_twice)
            taken.add(target.pk)

    def _targets_elsewhere(self) -> set[int]:
        """What rows point at that this form doesn't hold: others may be editing the role, too."""
        here = {str(form.instance.pk) for form in self.initial_forms}
        rows = (row for key, row in self.own_rows.items() if key not in here)
        return {getattr(row, f"{self.pointer}_id") for row in rows}

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        self._make_way()
        return super().save_existing_objects(commit)

    def _make_way(self) -> None:
        """Take out the rows that leave their target, so that two rows can swap theirs.

        Those that stay are written again, under the same key, when Django saves them.
        """
        leaving = [
            form.instance.pk
            for form in self.initial_forms
            if form in self.deleted_forms or self.pointer in form.changed_data
        ]
        if leaving:
            self.get_queryset().filter(pk__in=leaving).delete()


class StepFormSet(RowFormSet):
    pointer = "path"
    target = LearningPath
    same_twice = SAME_PATH_TWICE


class PivotFormSet(RowFormSet):
    pointer = "background"
    target = Background
    same_twice = SAME_BACKGROUND_TWICE
