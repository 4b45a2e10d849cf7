"""The errors of a form in one list at its top, each with a link to its field."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from careers.admin.saving.forms import FormWithRows


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One error. label: its field's, with the row if in one: “Step 2, why”. words: the message.

    target: the id of the element to link to.
    """

    label: str
    target: str
    words: str


def error_links(whole: FormWithRows) -> list[ErrorLink]:
    """The errors of a thing's form and of its rows, in the order of the page. Rows that are to be
    removed may have any."""
    if not whole.form.is_bound:
        return []
    return [*_of_form(whole.form), *(each for rows in whole.formsets for each in _of_rows(rows))]


def _of_form(form: Any, row: str = "") -> Iterator[ErrorLink]:
    of = form.instance._meta
    whole = ErrorLink(
        row or str(of.verbose_name).capitalize(),
        f"{form.prefix}-name" if row else f"{of.model_name}_form",
        "",
    )
    for name, errors in form.errors.items():
        link = whole
        if name in form.fields and not form[name].is_hidden:
            field = form[name]
            label = f"{row}, {field.label.lower()}" if row else field.label
            link = ErrorLink(label, field.id_for_label or f"{form.prefix}-name", "")
        yield from (replace(link, words=words) for words in errors)


def _of_rows(formset: Any) -> Iterator[ErrorLink]:
    noun = str(formset.model._meta.verbose_name).capitalize()
    for words in formset.non_form_errors():
        yield ErrorLink(f"{noun}s", f"{formset.prefix}-heading", words)
    for place, form in enumerate(formset.forms, start=1):
        if form.cleaned_data.get("DELETE"):
            continue
        yield from _of_form(form, f"{noun} {place}")
