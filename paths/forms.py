"""Form fields for editors. Any bad input is refused with a message, never with an error page."""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models

from paths.fields import LinesFormField, lines, one_line
from paths.models import ADDRESS_TAKEN, Status, validate_url
from paths.text.newlines import unix_newlines

ERRORS_AT_ONCE = 5
MOST_DIGITS = 18  # any such number fits the database's integers


def whole_number(value: object) -> int | None:
    """A submitted value as a whole number, from 0, that fits the database; or None."""
    text = str(value)
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


def whole_numbers(values: Iterable[object]) -> list[int]:
    """The values that are such numbers."""
    return [number for value in values if (number := whole_number(value)) is not None]


def choice_label(thing: Any) -> str:
    """The label of a thing in a list of choices, with its status unless that is published."""
    if thing.status == Status.PUBLISHED:
        return str(thing)
    return f"{thing} ({thing.get_status_display().lower()})"


class SentenceField(forms.CharField):
    """One sentence, in a text area that shows all of it. Line breaks become spaces."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField sentence"})

    def to_python(self, value: Any) -> str:
        return re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", super().to_python(value) or "")


class ItemsField(forms.CharField):
    """A text area with one item per line. The value is a list of dictionaries.

    A line that can't be read is quoted in the error message, and the text stays as typed.
    expected: the part of that message that says how to write a line.
    """

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    expected = ""

    def __init__(self, **kwargs: Any) -> None:
        # JSONField passes its encoder and decoder to any form field.
        super().__init__(**{k: v for k, v in kwargs.items() if k not in {"encoder", "decoder"}})

    def format_item(self, item: dict[str, Any]) -> str:
        raise NotImplementedError

    def parse_line(self, line: str) -> dict[str, Any] | None:
        """The item of a line, or None if it can't be read."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(map(self._shown_item, value))

    def _shown_item(self, item: Any) -> str:
        """The line of an item. A shell may have stored something else; editors can correct it."""
        return self.format_item(item) if isinstance(item, dict) else one_line(str(item))

    def to_python(self, value: Any) -> list[dict[str, Any]]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        text = super().to_python(value) or ""
        ProhibitNullCharactersValidator()(text)
        rows = unix_newlines(str(value)).split("\n") if text else []  # empty ones count, too
        read = [
            (self.parse_line(line.strip()), place, line.strip())
            for place, line in enumerate(rows, start=1)
            if line.strip()
        ]
        wrong = [(place, line) for item, place, line in read if item is None]
        if wrong:
            raise ValidationError(self._complaints(wrong), code="line")
        return [item for item, *_ in read if item is not None]

    def _complaints(self, wrong: list[tuple[int, str]]) -> list[str]:
        said = [
            f"Line {place}, “{line if len(line) <= 40 else line[:39] + '…'}”: {self.expected}"
            for place, line in wrong[:ERRORS_AT_ONCE]
        ]
        more = len(wrong) - ERRORS_AT_ONCE
        what = "1 more line" if more == 1 else f"{more} more lines"
        return [*said, f"{what} can't be read."] if more > 0 else said


class SourcesField(ItemsField):
    """Sources, one per line as `Title https://…`. The value is a list of {title, url}."""

    expected = "write the title, then the address, as in “A survey https://example.org/survey”."

    def format_item(self, item: dict[str, Any]) -> str:
        return one_line(f"{item.get('title', '')} {item.get('url', '')}")

    def parse_line(self, line: str) -> dict[str, Any] | None:
        found = re.fullmatch(r"(.*\S)\s+(\S+)", line.strip())
        if not found:
            return None
        try:
            validate_url(found[2])
        except ValidationError:
            return None
        return {"title": found[1], "url": found[2]}


class WholeNumberInput(forms.TextInput):
    """A text input for numbers. With type=number, a turn of the mouse wheel or an arrow key changes
    the value, and a comma is silently dropped: 70,5 becomes 705."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"inputmode": "numeric", "autocomplete": "off", "class": "vIntegerField"}
        super().__init__(own | (attrs or {}))


def _as_said(typed: str) -> str:
    """Quote what was typed for an error message, shortened if it is long."""
    return f"“{typed}”" if len(typed) <= 40 else f"“{typed[:40]}…”"


class WholeNumberField(forms.IntegerField):
    """A number of digits only, as in files. Django's field reads 65.000 as 65, and 1_5 as 15.

    Limits are left to the model's validators, which apply to files as well.
    """

    widget = WholeNumberInput

    def __init__(self, *, min_value: Any = None, max_value: Any = None, **more: Any) -> None:  # noqa: ARG002
        super().__init__(**more)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and (typed := value.strip()):
            if not re.fullmatch(r"-?[0-9]+", typed):
                words = f"This must be a whole number, not {_as_said(typed)}."
                raise ValidationError(words, code="invalid")
            value = typed
        return super().to_python(value)


class DayField(forms.DateField):
    """A date as written in files. Django's field also reads 11/12/26, with the month first."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not (typed := value.strip()):
            return super().to_python(value)
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
                return datetime.date.fromisoformat(typed)
        except ValueError:
            pass
        words = f"This must be a real date, as in 2026-11-22, not {_as_said(typed)}."
        raise ValidationError(words, code="invalid")


# The form fields for a model's numbers and dates, in any form.
TYPED: dict[Any, dict[str, Any]] = {
    models.IntegerField: {"form_class": WholeNumberField, "widget": WholeNumberInput},
    models.DateField: {"form_class": DayField, "widget": DayField.widget},
}


class PickedField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of several rows. Values that can't be keys are refused without a query."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if whole_number(key) is None:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key}
                )
        return super().clean(value)


class Autocomplete(AutocompleteSelect):
    """Django's autocomplete, without queries for values that can't be keys."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [str(key) for key in whole_numbers(value)], attr)

    @property
    def media(self) -> forms.Media:
        ours: Any = forms.Script("admin_site/autocomplete.js", type="module")
        return super().media + forms.Media(js=[ours])


class FaithfulForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form whose untouched fields keep their exact values.

    Browsers change line endings and drop white space, and the fields tidy up what is typed. None of
    that may change what nobody touched: a text, or an item of a list.
    shown: field → the value that the page shows.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown: dict[str, Any] = dict(self.initial)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.keep_untouched()
        return self.cleaned_data

    def keep_untouched(self) -> None:
        for name in self.cleaned_data.keys() & self.shown.keys():
            field = self.fields.get(name)
            sent = self.data.get(self.add_prefix(name))
            if isinstance(field, forms.CharField) and isinstance(sent, str):
                value = self.cleaned_data[name]
                self.cleaned_data[name] = _untouched(field, value, sent, self.shown[name])


def _untouched(field: forms.CharField, value: Any, sent: str, shown: Any) -> Any:
    """The value of a field: the shown one if what was sent equals it, else the new one.

    In a list, each item whose line is unchanged is the shown one.
    """
    if _as_sent(field, field.prepare_value(shown)) == _as_sent(field, sent):
        return shown
    if isinstance(field, ItemsField | LinesFormField) and isinstance(shown, list):
        # Items of a wrong type, stored in a shell, aren't kept: they become what their lines say.
        kind = dict if isinstance(field, ItemsField) else str
        items: list[Any] = [item for item in reversed(shown) if item and isinstance(item, kind)]
        kept = {_line(field.format_item(item)): item for item in items}
        return [kept.get(line, new) for line, new in zip(lines(sent), value, strict=True)]
    return value


def _as_sent(field: forms.CharField, text: Any) -> str:
    """What a browser sends for a text in the field's widget, with LF as line ending."""
    sent = unix_newlines("" if text is None else str(text))
    if isinstance(field.widget, forms.Textarea):
        return sent
    sent = sent.replace("\n", "")
    return sent.strip() if isinstance(field.widget, forms.URLInput) else sent


def _line(text: str) -> str:
    return "".join(lines(text))


class PageForm(FaithfulForm):
    """Refuses a slug whose address redirects to another thing, as the reader of files does."""

    def validate_unique(self) -> None:
        super().validate_unique()
        if "slug" not in self.errors and self.instance.address_was_anothers():
            self.add_error("slug", ADDRESS_TAKEN)
