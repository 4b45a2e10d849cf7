"""Notes on a form: the file and line of each field, and what the file says if edited since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.utils import help_text_for_field
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from careers.models import CatalogEntry
from careers.sync import LISTED, Entry, Labels, TitleOf, field_label

SHOWN = 200  # characters of what a file says
# (kind, field) → what gives a field that stands in no line of its own, unless the file's name does.
WITHOUT_LINE = {
    ("", "position"): "its place in the file",
    ("paths", "slug"): "the folder’s name",
    ("lessons", "path"): "the folder’s name",
    ("lessons", "body"): "the text below the fields",
    ("lessons", "files"): "the files beside it",
}
SHOWN_AS = {"lessons": "outline"}  # fields of an entry that a form shows under another name


@dataclass(frozen=True, slots=True)
class FileNotes:
    """Where a form's values come from.

    file: the file's name; empty if no file has the thing. places: label and place of each field
    that the file gives: “line 3”, or what else gives it. edited: field → a note that it was edited
    since.
    """

    file: str = ""
    places: tuple[tuple[str, str], ...] = ()
    edited: Mapping[str, SafeString] = field(default_factory=dict)


def file_notes(entry: Entry, title_of: TitleOf) -> FileNotes:
    """Return the notes on a thing. entry: the thing as stored now."""
    base = _base(entry)
    if base is None:
        return FileNotes()
    given = base.values["values"]
    places = tuple((field_label(entry.kind, name), _place(base, name)) for name in given)
    return FileNotes(base.file, places, dict(_edited(entry, given, Labels(entry.kind, title_of))))


def _place(base: CatalogEntry, name: str) -> str:
    """Where a field of a thing comes from."""
    if line := base.lines.get(name):
        return f"line {line}"
    return WITHOUT_LINE.get((base.kind, name)) or WITHOUT_LINE.get(("", name), "the file’s name")


def help_texts(model: type[Model], notes: Mapping[str, SafeString]) -> dict[str, SafeString]:
    """Form field → its help text: the model's, followed by the note."""
    texts = {}
    for entry_name, note in notes.items():
        name = SHOWN_AS.get(entry_name, entry_name)
        of_model = mark_safe(help_text_for_field(name, model))  # noqa: S308  it is our own
        texts[name] = format_html("{} {}", of_model, note)
    return texts


def _edited(
    entry: Entry, given: Mapping[str, Any], labels: Labels
) -> Iterator[tuple[str, SafeString]]:
    for name, said in given.items():
        is_place = name == "position" and entry.kind in LISTED
        if entry.values[name] != said and not is_place:
            says = _short(said, labels.value(name, said))
            words = format_html("<b>Edited here since</b>: the file says {}", says)
            yield name, format_html('<span class="from-file">{}</span>', words)


def _base(entry: Entry) -> CatalogEntry | None:
    """What a file said of a thing at the last apply, under its key or a former one; or None."""
    names = {entry.key, *entry.formerly}
    found = CatalogEntry.objects.filter(kind=entry.kind, key__in=names, gone=False)
    return min(found, key=lambda base: base.key != entry.key, default=None)


def _short(value: Any, words: str) -> str:
    """What a file says, if it is short enough to quote. words: the value in words."""
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, list | dict) or len(words) > SHOWN:
        return "something else"
    return f"“{words}”" if isinstance(value, str) else words
