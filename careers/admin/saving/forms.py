"""Forms that give what was typed as an entry's values, and take merged values in its place."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.forms.formsets import all_valid

from careers.sync import KINDS, LISTS, Values, kind_of
from paths.forms import FaithfulForm, PageForm
from paths.models import LearningPath, Lesson


class EntryForm(FaithfulForm):
    """The form of one thing of the catalog. Call its methods once it is valid."""

    def values(self) -> dict[str, Any]:
        """What was typed, as an entry has it: a path as its slug, lessons as their numbers."""
        of_model = {field.name for field in self.instance._meta.get_fields()}
        return {name: self._value(name) for name in self.fields if name in of_model}

    def _value(self, name: str) -> Any:
        match self.cleaned_data[name]:
            case LearningPath() as path:
                return path.slug
            case Lesson() as lesson:
                return lesson.number
            case QuerySet() as things:
                return sorted(getattr(thing, _key(things)) for thing in things)
        return getattr(self.instance, name)  # as cleaned by the model's field

    def check_rows(self, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        """Add errors that only the thing and its rows together show. rows: list → its items."""

    def replace(self, values: Values) -> None:
        """Put values in place of those submitted, and validate all as if submitted."""
        data: Any = copy(self.data)
        for name, value in values.items():
            data.setlist(self.add_prefix(name), self._sent(name, value))
        self.data = data
        self.shown |= values
        self.full_clean()

    def _sent(self, name: str, value: Any) -> list[Any]:
        """A value as a browser would send it."""
        match getattr(self.fields[name], "queryset", None):
            case QuerySet() as things:
                named = value if isinstance(value, list) else [value]
                found = things.model._default_manager.filter(**{f"{_key(things)}__in": named})
                return list(found.values_list("pk", flat=True))
        return [self.fields[name].prepare_value(value)]


class EntryPageForm(EntryForm, PageForm):
    """The form of a thing that has a page of its own."""


def _key(things: "QuerySet[Any]") -> str:
    """The field by which entries refer to these things."""
    return KINDS[kind_of(things.model)].key


@dataclass(frozen=True, slots=True)
class FormWithRows:
    """A thing's form with the formsets of its rows, and the inlines that these belong to."""

    form: Any  # an EntryForm
    formsets: list[Any]
    inlines: list[Any]

    def is_valid(self) -> bool:
        if not all([self.form.is_valid(), all_valid(self.formsets)]):  # both: show all errors
            return False
        self.form.check_rows({each.name: each.items() for each in self.formsets})
        return bool(self.form.is_valid())

    def refuse_doubled(self, stored: Values) -> None:
        """Add an error for each list with two items that nothing tells apart, unless it is
        unchanged. stored: the stored values. Call it once all is valid and merged."""
        for name, items in self.values().items():
            rule = LISTS.get(name)
            if rule and rule.twice and items != stored.get(name) and rule.doubled(items):
                self.form.add_error(name if name in self.form.fields else None, rule.twice)

    def values(self) -> Values:
        own: Values = self.form.values()
        return {**own, **{each.name: each.items() for each in self.formsets}}

    def replace(self, values: Values) -> None:
        """Put values in place of those submitted, and validate them as if submitted."""
        own = dict(values)
        for each in self.formsets:
            if each.name in own:
                each.replace(own.pop(each.name))
        if own:
            self.form.replace(own)
