"""Form fields for what editors type. Bad input is refused in words, however bad it is."""

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
MOST_DIGITS = 18  # of a number that fits the database's integers


def whole_number(value: object) -> int | None:
    """A submitted value as a number from 0 that the database can hold; None if it is no such."""
    text = str(value)
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


def whole_numbers(values: Iterable[object]) -> list[int]:
    """Those of some submitted values that are such numbers."""
    return [number for value in values if (number := whole_number(value)) is not None]


def choice_label(thing: Any) -> str:
    """What a list of choices calls a thing, and its status where the public doesn't see it."""
    if thing.status == Status.PUBLISHED:
        return str(thing)
    return f"{thing} ({thing.get_status_display().lower()})"


class SentenceField(forms.CharField):
    """One sentence, in an area where all of it can be seen. Line breaks become spaces."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField sentence"})

    def to_python(self, value: Any) -> str:
        return re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", super().to_python(value) or "")


class ItemsField(forms.CharField):
    """A text area with one item a line; its value is a list of dictionaries.

    A line that can't be read is named in the refusal, and the text stays as it was typed.
    expected: how a line is to be written, for that refusal.
    """

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    expected = ""

    def __init__(self, **kwargs: Any) -> None:
        # A model's JSONField hands its coders on to whatever form field it has.
        super().__init__(**{k: v for k, v in kwargs.items() if k not in {"encoder", "decoder"}})

    def format_item(self, item: dict[str, Any]) -> str:
        raise NotImplementedError

    def parse_line(self, line: str) -> dict[str, Any] | None:
        """The item that a line says, or None if it can't be read."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(map(self._shown_item, value))

    def _shown_item(self, item: Any) -> str:
        """A line of it. A shell may have put anything there; who opens the form can mend it."""
        return self.format_item(item) if isinstance(item, dict) else one_line(str(item))

    def to_python(self, value: Any) -> list[dict[str, Any]]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        text = super().to_python(value) or ""
        ProhibitNullCharactersValidator()(text)
        read = [(self.parse_line(line), line) for line in lines(text)]
        wrong = [(place, line) for place, (item, line) in enumerate(read, start=1) if item is None]
        if wrong:
            raise ValidationError(self._complaints(wrong), code="line")
        return [item for item, _ in read if item is not None]

    def _complaints(self, wrong: list[tuple[int, str]]) -> list[str]:
        said = [
            f"Line {place}, “{line if len(line) <= 40 else line[:39] + '…'}”: {self.expected}"
            for place, line in wrong[:ERRORS_AT_ONCE]
        ]
        more = len(wrong) - ERRORS_AT_ONCE
        return [*said, f"{more} more lines can't be read."] if more > 0 else said


class SourcesField(ItemsField):
    """Sources as `Title https://…`, one a line: a list of {title, url}."""

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
    """A number as it was typed. In an input of type=number a turn of the wheel or an arrow key
    makes it another one, and a comma is dropped in silence: 70,5 becomes 705."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"inputmode": "numeric", "autocomplete": "off", "class": "vIntegerField"}
        super().__init__(own | (attrs or {}))


def _as_said(typed: str) -> str:
    """What was typed, as a refusal says it."""
    return f"“{typed}”" if len(typed) <= 40 else f"“{typed[:40]}…”"


class WholeNumberField(forms.IntegerField):
    """Digits and nothing else, as in files. Django takes 65.000 for 65, and 1_5 for 15.

    How small or large it may be, the model says, to files and forms alike.
    """

    widget = WholeNumberInput

    def __init__(self, *, min_value: Any = None, max_value: Any = None, **more: Any) -> None:  # noqa: ARG002
        super().__init__(**more)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and (typed := value.strip()):
            if not re.fullmatch(r"-?[0-9]+", typed):
                words = f"This is a whole number, not {_as_said(typed)}."
                raise ValidationError(words, code="invalid")
            value = typed
        return super().to_python(value)


class DayField(forms.DateField):
    """A day as files write it. Django takes 11/12/26 as well, with the month first."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not (typed := value.strip()):
            return super().to_python(value)
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
                return datetime.date.fromisoformat(typed)
        except ValueError:
            pass
        words = f"This is a date that exists, as in 2026-11-22, not {_as_said(typed)}."
        raise ValidationError(words, code="invalid")


# What a form has for numbers and days of a model, whatever form it is.
TYPED: dict[Any, dict[str, Any]] = {
    models.IntegerField: {"form_class": WholeNumberField, "widget": WholeNumberInput},
    models.DateField: {"form_class": DayField, "widget": DayField.widget},
}


class PickedField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of several rows. What can be no key is refused before the database is asked."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if whole_number(key) is None:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key}
                )
        return super().clean(value)


class Autocomplete(AutocompleteSelect):
    """Django's autocomplete, which would ask the database for what can be no key."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [str(key) for key in whole_numbers(value)], attr)

    @property
    def media(self) -> forms.Media:
        ours: Any = forms.Script("admin_site/autocomplete.js", type="module")
        return super().media + forms.Media(js=[ours])


class FaithfulForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form in which whatever comes back as it was shown means what it meant.

    Text areas and browsers change line ends and drop white space, and what is typed is tidied up.
    None of that may touch what nobody touched: neither a text nor an item of a list.
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
    """A field's value, with what was shown in the place of what came back as it was shown."""
    if _as_sent(field, field.prepare_value(shown)) == _as_sent(field, sent):
        return shown
    if isinstance(field, ItemsField | LinesFormField) and isinstance(shown, list):
        # What a shell put there is none: it becomes what its line says.
        kind = dict if isinstance(field, ItemsField) else str
        items: list[Any] = [item for item in reversed(shown) if item and isinstance(item, kind)]
        kept = {_line(field.format_item(item)): item for item in items}
        return [kept.get(line, new) for line, new in zip(lines(sent), value, strict=True)]
    return value


def _as_sent(field: forms.CharField, text: Any) -> str:
    """What a browser sends of a text in a field's widget, with one line end."""
    sent = unix_newlines("" if text is None else str(text))
    if isinstance(field.widget, forms.Textarea):
        return sent
    sent = sent.replace("\n", "")
    return sent.strip() if isinstance(field.widget, forms.URLInput) else sent


def _line(text: str) -> str:
    return "".join(lines(text))


class PageForm(FaithfulForm):
    """Refuses an address that redirects to another thing, as the files do."""

    def validate_unique(self) -> None:
        super().validate_unique()
        if "slug" not in self.errors and self.instance.address_was_anothers():
            self.add_error("slug", ADDRESS_TAKEN)
