"""Which file and line each field of a form comes from, and what that says where it was edited."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.admin.utils import help_text_for_field
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from careers.models import CatalogEntry
from careers.sync import rows
from careers.sync.entries import Entry
from careers.sync.kinds import LISTED

SHOWN = 200  # characters of what a file says
SHOWN_AS = {"lessons": "outline"}  # fields of an entry that a form shows under another name


def annotate(context: dict[str, Any], kind: str, key: int) -> None:
    """Note beside a change form's fields and rows where they come from. key: of the thing's row."""
    notes = dict(_notes(kind, key))
    _note_fields(context["adminform"].form, notes)
    for wrapped in context["inline_admin_formsets"]:
        name = wrapped.formset.prefix
        if name in notes:
            wrapped.opts.help_text = notes[name]


def _note_fields(form: Any, notes: Mapping[str, SafeString]) -> None:
    meta = form._meta  # noqa: SLF001
    of_fixed = {}  # Django reads those of fields that can't be changed from the form's options
    for entry_name, note in notes.items():
        name = SHOWN_AS.get(entry_name, entry_name)
        of_fixed[name] = _behind(help_text_for_field(name, meta.model), note)
        if name in form.fields:
            # What was checked already has a copy of the words.
            form[name].help_text = _behind(form.fields[name].help_text, note)
            form.fields[name].help_text = form[name].help_text
    meta.help_texts = (meta.help_texts or {}) | of_fixed


def _behind(help_text: str, note: SafeString) -> SafeString:
    return format_html("{} {}", mark_safe(help_text), note)  # noqa: S308  it is the models' own


def _notes(kind: str, key: int) -> Iterator[tuple[str, SafeString]]:
    """Each field that a file gives, with the words for it; three sides in a few queries."""
    ((entry, _),) = rows.live({kind: {key}}).values()
    base = _base(entry)
    if base is None:
        return
    for name, said in base.values["values"].items():
        line = base.lines.get(name)
        place = format_html("<code>{}</code>", f"{base.file}:{line}" if line else base.file)
        if entry.values[name] == said or (name == "position" and kind in LISTED):
            words = format_html("From {}", place)
        else:
            words = format_html("<b>Edited here since</b>: {} says {}", place, _short(said))
        yield name, format_html('<span class="from-file">{}</span>', words)


def _base(entry: Entry) -> CatalogEntry | None:
    """What a file said of a thing last, perhaps by a name that the thing had then."""
    names = {entry.key, *entry.formerly}
    found = CatalogEntry.objects.filter(kind=entry.kind, key__in=names, gone=False)
    return min(found, key=lambda base: base.key != entry.key, default=None)


def _short(value: Any) -> str:
    if isinstance(value, str) and len(value) <= SHOWN:
        return f"“{value}”" if value else "nothing"
    return str(value) if isinstance(value, int) else "something else"
