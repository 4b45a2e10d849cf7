"""Turn catalog entries into rows of the database, and rows into entries."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model, Prefetch, QuerySet, TextField

from careers.models import CatalogEntry
from careers.sync.documents import Document
from careers.sync.entries import Entry, Key, Values
from careers.sync.fields import SharedFields, kind_of, model_fields, shared_fields
from careers.sync.kinds import KINDS
from paths.models import Lesson, Status

BATCH = 500  # rows per statement

# What the database says: each entry, with its row.
type LiveEntries = dict[Key, tuple[Entry, Model]]

# Kind → the primary keys of some rows.
type RowKeys = Mapping[str, Collection[int]]


def key_of_row(row: Any) -> Any:
    """The key by which other things refer to a row: a lesson's number, or a slug."""
    return getattr(row, KINDS[kind_of(type(row))].key)


# -- Entries to rows -----------------------------------------------------------------------


def set_columns(row: Model, of: SharedFields, values: Values) -> None:
    """Set a row's columns from the values of an entry or of a list's item, where they have any."""
    for column, keys in of.columns.items():
        if keys[0] in values:
            value = _at(values, keys)
            # A null in a document is an empty text in a text column.
            is_null = value is None and not of.model._meta.get_field(column).null
            setattr(row, column, "" if is_null else value)


def _at(values: Any, keys: Iterable[str]) -> Any:
    for key in keys:
        values = values[key]
    return values


def new_part(of: SharedFields, item: Values, position: int) -> Any:
    """An unsaved row for a list's item, without its foreign keys."""
    row = of.model(position=position)
    set_columns(row, of, item)
    return row


def rows_of_entry(
    kind: str, values: Values
) -> Iterator[tuple[tuple[str | int, ...], SharedFields, Model]]:
    """An entry as unsaved rows, without their foreign keys: its own row, then those of its parts.

    Each comes with its path in the document, as keys and indexes, and with its shared fields.
    """
    of = shared_fields(kind)
    row = of.model()
    set_columns(row, of, values)
    yield (), of, row
    for name, part in of.parts.items():
        for place, item in enumerate(values.get(name, [])):
            yield (name, place), part, new_part(part, item, place)


# -- Rows to entries -----------------------------------------------------------------------


def read_live(only: RowKeys | None = None) -> LiveEntries:
    """The entries and rows that the database has, in a constant number of queries.

    only: the rows to read; without it, all.
    """
    entries: LiveEntries = {}
    for kind in KINDS if only is None else filter(only.get, KINDS):
        rows = shared_fields(kind).manager.all()
        if only is not None:
            rows = rows.filter(pk__in=only[kind])
        for row in _whole(kind, rows):
            entry = Entry(kind, str(key_of_row(row)), _values(kind, row), _former(kind, row))
            entries[entry.id] = (entry, row)
    return entries


def base_entry(row: CatalogEntry) -> Entry:
    """The entry that a file gave at the last apply."""
    values, formerly = dict(row.values["values"]), frozenset(row.values["formerly"])
    for name, part in shared_fields(row.kind).parts.items():
        if name in values:
            values[name] = [{**_defaults(part.document), **item} for item in values[name]]
    defaults = _defaults(shared_fields(row.kind).document).items()
    left_out = {n: value for n, value in defaults if n not in values and n != "formerly"}
    return Entry(row.kind, row.key, values, formerly, row.file, row.lines, left_out)


@cache
def _defaults(document: type[Document]) -> dict[str, Any]:
    """The defaults of a document's optional keys, also of keys newer than a stored base."""
    fields = document.model_fields.items()
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in fields
        if not field.is_required()
    }


def part_values(of: SharedFields, row: Any) -> dict[str, Any]:
    """A list's item, made from its row."""
    return _pointers(of, row) | _columns(of, row)


def _whole(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows, with everything that their entries need prefetched in a few more queries."""
    of = shared_fields(kind)
    wanted: list[str | Prefetch[Any]] = [*of.pointers, *of.links]
    for name, part in of.parts.items():
        wanted += [name, *(f"{name}__{pointer}" for pointer in part.pointers)]
    if KINDS[kind].has_page:
        wanted.append("former_slugs__path" if kind == "lessons" else "former_slugs")
    if kind == "paths":
        there = Lesson.objects.exclude(status=Status.RETIRED).order_by("position", "number")
        wanted.append(Prefetch("lessons", there.only("number", "path", "position")))
    rendered = [
        field.name
        for field in model_fields(of.model)
        if isinstance(field, TextField) and not field.editable
    ]
    return rows.prefetch_related(*wanted).defer(*rendered)


def _values(kind: str, row: Any) -> dict[str, Any]:
    of = shared_fields(kind)
    values = _columns(of, row) | _pointers(of, row)
    for name in of.links:
        values[name] = sorted(key_of_row(other) for other in getattr(row, name).all())
    for name, part in of.parts.items():
        values[name] = [part_values(part, each) for each in getattr(row, name).all()]
    if kind == "paths":
        values["lessons"] = [lesson.number for lesson in row.lessons.all()]
    return values


def _columns(of: SharedFields, row: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, (top, *below) in of.columns.items():
        value = getattr(row, column)
        if isinstance(value, date):
            value = value.isoformat()
        if below:
            values.setdefault(top, {})[below[0]] = value
        else:
            values[top] = None if value == "" and column in of.null_if_empty else value
    return values


def _pointers(of: SharedFields, row: Any) -> dict[str, Any]:
    named = {name: getattr(row, name) for name in of.pointers}
    return {name: other and key_of_row(other) for name, other in named.items()}


def _former(kind: str, row: Any) -> frozenset[str]:
    """A thing's former addresses; for a lesson “<path>/<slug>”."""
    if not KINDS[kind].has_page:
        return frozenset()
    former = row.former_slugs.all()
    if kind == "lessons":
        return frozenset(f"{old.path.slug}/{old.slug}" for old in former)
    return frozenset(old.slug for old in former)
