"""Write changes into rows, many at once. A thing is written after those that it refers to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

from careers.sync import rows
from careers.sync.comparing.plan import Change
from careers.sync.entries import Entry, Key, Values
from careers.sync.fields import SharedFields, model_fields, model_of, shared_fields
from careers.sync.kinds import KINDS
from careers.sync.problems import CatalogError, Place, Problem
from careers.sync.progress import Watch
from careers.sync.rows import BATCH
from careers.sync.writing.parts import PartWriter
from paths.models import Lesson, SlugModel


class Writer:
    """Writes changes. live: the rows before. rows: the rows after, by their key before.

    named: key of a path in the files → key of its row, where the two differ.
    by_key: rows by every name that files may use for them.
    """

    def __init__(self, live: rows.LiveEntries, named: Mapping[Key, Key] | None = None) -> None:
        self.rows: dict[Key, Any] = {key: row for key, (_, row) in live.items()}
        self.by_key = dict(self.rows)
        for entry, row in live.values():  # files may still have a path's name from before an edit
            for old in entry.formerly if entry.kind == "paths" else ():
                self.by_key.setdefault(("paths", old), row)
        self.by_key |= {name: self.rows[key] for name, key in (named or {}).items()}

    def write(self, changes: Sequence[Change], watch: Watch = iter) -> None:
        """Write all changes. Raises CatalogError if another row already has a unique value."""
        self._outline(changes)
        for kind, group in groupby(watch(changes), key=lambda change: change.entry.kind):
            of_kind = list(group)
            self._free_unique_values(kind, of_kind)
            self._write_kind(kind, of_kind)
        moved = [lesson for lesson in self.moved if lesson.pk]
        Lesson.objects.bulk_update(moved, ["position"], batch_size=BATCH)

    def _free_unique_values(self, kind: str, changes: Iterable[Change]) -> None:
        """Put placeholders where a unique value is about to change.

        Otherwise two roles couldn't swap their codes, since one of them is written first. This
        waits for the kind's turn: a path that takes another's address reads the slugs of lessons,
        which must not be placeholders yet.
        """
        placeholder = Concat(Value("~"), Cast(F("pk"), models.CharField(max_length=20)))
        moving: dict[str, list[int]] = defaultdict(list)
        for change in changes:
            names = {field.name for field in change.fields}
            for unique, _ in shared_fields(kind).unique():
                if change.live and names & set(unique):
                    moving[unique[-1]].append(self.rows[change.live].pk)
        for name, keys in moving.items():
            shared_fields(kind).manager.filter(pk__in=keys).update(**{name: placeholder})

    def _outline(self, changes: Iterable[Change]) -> None:
        """Note the position of each lesson in its path, and set it in rows that exist.

        An outline may name a lesson that is in another path and stays there: an undoing brings
        back an outline, but not always its lessons. Its place among the others' isn't its own.
        """
        self.places: dict[int, int] = {}
        going = {
            each.entry.key
            for each in changes
            if each.entry.kind == "lessons" and (not each.live or "path" in written_values(each))
        }
        for change in changes:
            if change.entry.kind != "paths":
                continue
            path = self.rows[change.live].pk if change.live else None
            for place, number in enumerate(written_values(change).get("lessons", ()), start=1):
                lesson = self.by_key.get(("lessons", str(number)))
                if not lesson or str(number) in going or lesson.path_id == path:
                    self.places[number] = place
        self.moved = []
        for number, place in self.places.items():
            lesson = self.by_key.get(("lessons", str(number)))
            if lesson and lesson.position != place:
                lesson.position = place
                self.moved.append(lesson)

    def _write_kind(self, kind: str, changes: list[Change]) -> None:
        written = [(change, *self._changed(change)) for change in changes]
        self._refuse_what_is_taken(kind, [(change.entry, row) for change, row, _ in written])
        added = [row for change, row, _ in written if not change.live]
        shared_fields(kind).manager.bulk_create(added, batch_size=BATCH)
        for change, row, address in written:
            if change.live:
                row.save()
            else:
                self.rows.setdefault(change.entry.id, row)
            self.by_key[kind, str(rows.key_of_row(row))] = row
            self._keep_addresses(kind, row, address, written_values(change))
        known = {row.pk for change, row, _ in written if change.live}
        belongings = [(written_values(change), row) for change, row, _ in written]
        for name in shared_fields(kind).links:
            self._link(kind, name, belongings, known)
        for name in shared_fields(kind).parts:
            self._write_parts(kind, name, belongings, known)

    def _changed(self, change: Change) -> tuple[Any, Any]:
        """The row with a change's values, not saved yet, and the address that it had, as _address()
        gives it."""
        kind = change.entry.kind
        of = shared_fields(kind)
        row: Any = self.rows[change.live] if change.live else of.model()
        address = _address(kind, row) if change.live else None
        values = written_values(change)
        rows.set_columns(row, of, values)
        for name in of.pointers:
            if name in values:
                named = values[name]
                setattr(row, name, None if named is None else self._named(kind, name, named))
        if isinstance(row, Lesson):
            row.position = self.places.get(row.number, row.position)
        if isinstance(row, SlugModel) and not change.live:
            row.settle()
        return row, address

    def _refuse_what_is_taken(self, kind: str, written: list[tuple[Entry, Any]]) -> None:
        of = shared_fields(kind)
        others = [row for row in self.rows.values() if isinstance(row, of.model)]
        everyone = {id(row): row for row in (*others, *(row for _, row in written))}.values()
        for names, _ in of.unique():
            columns = [field.attname for field in model_fields(of.model) if field.name in names]
            have = Counter(tuple(getattr(row, name) for name in columns) for row in everyone)
            for entry, row in written:
                if have[tuple(getattr(row, name) for name in columns)] > 1:
                    _refuse(row, entry)

    # -- References, parts and addresses ----------------------------------------------------

    def _named(self, kind: str, place: str, name: Any) -> Any:
        """The row that a thing refers to. place: the reference, as in “steps.path”."""
        return self.by_key[KINDS[kind].references[place].kind, str(name)]

    def _link(
        self, kind: str, name: str, written: Sequence[tuple[Values, Any]], known: set[int]
    ) -> None:
        """Link rows to what their values name, and to nothing else.

        written: values and row of each. known: the primary keys of rows that existed before.
        """
        relation = getattr(model_of(kind), name)
        # Seen from the model that doesn't define the relation, the two fields change places.
        ends = (relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name())
        own, other = reversed(ends) if relation.reverse else ends
        touched = [(row, values[name]) for values, row in written if name in values]
        had = known & {row.pk for row, _ in touched}
        relation.through.objects.filter(**{f"{own}__in": had}).delete()
        relation.through.objects.bulk_create(
            (
                relation.through(
                    **{f"{own}_id": row.pk, f"{other}_id": self._named(kind, name, each).pk}
                )
                for row, named in touched
                for each in named
            ),
            batch_size=BATCH,
        )

    def _write_parts(
        self, kind: str, name: str, written: Sequence[tuple[Values, Any]], known: set[int]
    ) -> None:
        """Give rows the parts that their values have, and no others. Arguments as for _link()."""
        part = shared_fields(kind).parts[name]
        writer = PartWriter(name, part)
        for values, row in written:
            if name in values:
                items = [self._with_row_keys(kind, name, part, item) for item in values[name]]
                had = list(getattr(row, name).all()) if row.pk in known else []
                writer.collect(row, had, items)
        writer.write()

    def _with_row_keys(self, kind: str, name: str, part: SharedFields, item: Values) -> Values:
        """A list's item with primary keys instead of names, because renames don't change those."""
        keys = {
            pointer: self._named(kind, f"{name}.{pointer}", item[pointer]).pk
            for pointer in part.pointers
        }
        return {**item, **keys}

    def _keep_addresses(self, kind: str, row: Any, old: Any, values: Values) -> None:
        """Let a row's former addresses redirect. old: the one before the change, if any."""
        if not KINDS[kind].has_page:
            return
        if old and old != _address(kind, row):
            if isinstance(row, Lesson) and row.path != old[0]:
                row.came_from(old[0])
            row.keep_address(*old)
        for former in values.get("formerly", []):
            if isinstance(row, Lesson):
                path, slug = former.split("/")
                row.keep_address(self.by_key.get(("paths", path), row.path), slug)
            else:
                row.keep_address(former)


def written_values(change: Change) -> dict[str, Any]:
    """The fields that a change writes, with their values; of a new thing all of them."""
    if change.live is None:
        return dict(change.entry.values) | {"formerly": sorted(change.entry.formerly)}
    return {field.name: field.value for field in change.fields}


def _address(kind: str, row: Any) -> Any:
    """A row's present address, as the arguments of its keep_address()."""
    if not KINDS[kind].has_page:
        return None
    return (row.path, row.slug) if isinstance(row, Lesson) else (row.slug,)


def _refuse(row: models.Model, entry: Entry) -> None:
    """Raise CatalogError, in the model's words, for the unique value that another row has."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        place = Place(entry.file)
        raise CatalogError(Problem("taken", words, place) for words in error.messages) from None
