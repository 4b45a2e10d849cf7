"""Which file and line each field of a form comes from, and what that says where it was edited."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.admin.utils import help_text_for_field
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from careers.models import CatalogEntry
from careers.sync import LISTED, Entry

SHOWN = 200  # characters of what a file says
SHOWN_AS = {"lessons": "outline"}  # fields of an entry that a form shows under another name

type FileNotes = Mapping[str, SafeString]


def file_notes(entry: Entry) -> FileNotes:
    """Field → the note for it, of each field that a file gives. entry: of a row, as it is now."""
    base = _base(entry)
    return {} if base is None else dict(_notes(entry, base))


def help_texts(model: type[Model], notes: FileNotes) -> dict[str, SafeString]:
    """Field of a form → the help for it, with its note behind what the model says."""
    texts = {}
    for entry_name, note in notes.items():
        name = SHOWN_AS.get(entry_name, entry_name)
        of_model = mark_safe(help_text_for_field(name, model))  # noqa: S308  it is our own
        texts[name] = format_html("{} {}", of_model, note)
    return texts


def _notes(entry: Entry, base: CatalogEntry) -> Iterator[tuple[str, SafeString]]:
    for name, said in base.values["values"].items():
        line = base.lines.get(name)
        place = format_html(
            '<code translate="no" dir="ltr">{}</code>',
            f"{base.file}:{line}" if line else base.file,
        )
        if entry.values[name] == said or (name == "position" and entry.kind in LISTED):
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
