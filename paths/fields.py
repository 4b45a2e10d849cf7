"""Model fields for what editors write: prose, lists of one-line items, and sets of numbers.

A field keeps its row's value exactly; only what somebody types is tidied up.
"""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models

from paths.text import characters
from paths.text.newlines import unix_newlines


def lines(text: str) -> list[str]:
    """The lines of a text, stripped, without empty ones."""
    return [line.strip() for line in unix_newlines(text).split("\n") if line.strip()]


def one_line(text: str) -> str:
    return re.sub(r"[\r\n]+", " ", text)


def tidy_markdown(text: str) -> str:
    """Remove empty lines at the beginning of a text, and white space at its end.

    Indentation of the first line stays: four spaces make it a code block.
    """
    return re.sub(r"\A(?:[ \t]*\n)+", "", unix_newlines(text)).rstrip()


class WrittenModel(models.Model):
    """A model that refuses texts with unprintable characters, or without any visible one."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for field in self._meta.concrete_fields:
            if field.editable and field.name not in {*errors, *(exclude or ())}:
                texts = characters.texts_in(getattr(self, field.attname))
                if words := next(filter(None, map(characters.problem, texts)), ""):
                    errors[field.name] = [ValidationError(words, code="character")]
        if errors:
            raise ValidationError(errors)


class ProseFormField(forms.CharField):
    """A text area for prose. Surrounding white space is stripped."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return unix_newlines(super().to_python(value) or "")


class MarkdownFormField(forms.CharField):
    """A text area for Markdown. The first line may be indented."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"strip": False})

    def to_python(self, value: Any) -> str:
        return tidy_markdown(super().to_python(value) or "")


class ProseField(models.TextField):  # type: ignore[type-arg]
    """Text of any number of lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        options: dict[str, Any] = {"blank": True, "default": ""} | kwargs
        super().__init__(*args, **options)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": ProseFormField} | kwargs)


class LinesFormField(forms.CharField):
    """A text area with one item per line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def format_item(self, item: str) -> str:
        """Format an item as the line to show."""
        return one_line(item)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(self.format_item, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        text = super().to_python(value) or ""
        ProhibitNullCharactersValidator()(text)  # CharField would check the list, not the text
        return lines(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial or []) != self.to_python(data)
        except ValidationError:
            return True


class LinesField(models.TextField):  # type: ignore[type-arg]
    """A list of one-line texts: `list[str]` in Python, one item per line in the database.

    It is text rather than JSON, so that the admin's search works on any database.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        options: dict[str, Any] = {"blank": True, "default": list} | kwargs
        super().__init__(*args, **options)

    def from_db_value(self, value: str | None, *_: Any) -> list[str]:
        return [item for item in (value or "").split("\n") if item]

    def to_python(self, value: Any) -> list[str]:
        return value if isinstance(value, list) else lines(value or "")

    def get_prep_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))

    def formfield(self, **kwargs: Any) -> Any:
        # Bypass TextField.formfield(), which insists on its own widget.
        return models.Field.formfield(self, **{"form_class": LinesFormField} | kwargs)


NOT_NUMBERS = "Give lessons by their numbers, as in “301, 307”."


class NumbersFormField(forms.CharField):
    """Whole numbers in one line, divided by commas or spaces. The value is a sorted list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        words = (super().to_python(value) or "").replace(",", " ").split()
        if not all(word.isascii() and word.isdigit() and len(word) <= 9 for word in words):
            raise ValidationError(NOT_NUMBERS, code="numbers")
        return sorted(set(map(int, words)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial or []) != self.to_python(data)
        except ValidationError:
            return True


class NumbersField(models.JSONField):
    """A set of whole numbers, as a sorted `list[int]`. Other values in the row are ignored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        options: dict[str, Any] = {"blank": True, "default": list} | kwargs
        super().__init__(*args, **options)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[int]:
        found = super().from_db_value(value, expression, connection)
        items = found if isinstance(found, list) else []
        return sorted({item for item in items if type(item) is int})

    def formfield(self, **kwargs: Any) -> Any:
        # Bypass JSONField.formfield(), which shows brackets.
        return models.Field.formfield(self, **{"form_class": NumbersFormField} | kwargs)
