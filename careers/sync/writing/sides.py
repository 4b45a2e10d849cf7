"""The three sides at one moment: the files at the last apply, the files now, the database."""

import hashlib
import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max

from careers.models import Apply, CatalogEntry, CatalogVersion, Choice
from careers.sync.comparing.order import with_file_positions
from careers.sync.comparing.plan import Older, Plan, PlannedField, make_plan, match_entries
from careers.sync.entries import Entry, Key
from careers.sync.fields import all_shared_fields
from careers.sync.kinds import KINDS, ORDER
from careers.sync.rows import LiveEntries, base_entry, read_live
from careers.sync.writing.older import Since, read_older

LOOKS = 3  # attempts to read the sides while somebody writes

# Entry and field → the chosen side, and the digest of the two values it was chosen from.
type Choices = Mapping[tuple[Key, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sides:
    """The three sides, and the rows as they were read.

    live: the entries of `rows`; those of listed things have positions as the files count them.
    choices: the sides that were chosen for conflicts. since: for each field, the version with which
    the base got its value. older: what exports wrote since then. version: the catalog's, when the
    rows were read.
    """

    base: Mapping[Key, Entry]
    files: Mapping[Key, Entry]
    live: Mapping[Key, Entry]
    rows: LiveEntries
    choices: Choices = field(default_factory=dict)
    since: Since = field(default_factory=dict)
    older: Older = field(default_factory=dict)
    version: int = 0

    def plan(self, *, overwrite: bool = False) -> Plan:
        """What an apply would do. overwrite: take the file's value wherever the two differ."""
        base = {**self.base, **with_file_positions(self.base, self.files, self.live)}
        sides = (base, self.files, self.live)
        plan = make_plan(*sides, overwrite=overwrite, choose=self._choice, older=self.older)
        return replace(plan, bases=(*plan.bases, *self._renumbered(plan)))

    def _choice(self, conflict: PlannedField) -> str:
        side, between = self.choices.get((conflict.id, conflict.name), ("", ""))
        return side if side and between == conflict_digest(conflict) else ""

    def _renumbered(self, plan: Plan) -> Iterator[tuple[Entry, Key]]:
        """Listed entries whose position is another only because others came or went. They are
        stored in the base, but not as a change."""
        remembered = {entry.id for entry, _ in plan.bases}
        for key, base in self.base.items():
            file = self.files.get(key)
            if file and KINDS[file.kind].is_listed and key not in remembered and file != base:
                yield file, key

    def unfiled(self) -> list[Entry]:
        """Things that were created live: no file has them, or ever had."""
        matched = match_entries(self.base, self.files, self.live)
        known = {sides.live.id for sides in matched if sides.live}
        found = [entry for key, entry in self.live.items() if key not in known]
        return sorted(found, key=lambda entry: (ORDER[entry.kind], entry.key))

    def renamed_paths(self) -> dict[Key, Key]:
        """Key of a path in the files → key of its row, where the two differ."""
        matched = match_entries(self.base, self.files, self.live)
        return {
            each.file.id: each.live.id
            for each in matched
            if each.file and each.live and each.file.kind == "paths"
            if each.file.id != each.live.id
        }

    def row_of(self, key: Key) -> Any:
        """The row of a thing, by its live key or a former one; None if there is none."""
        if key in self.rows:
            return self.rows[key][1]
        former = (
            row
            for entry, row in self.rows.values()
            if entry.kind == key[0] and key[1] in entry.formerly
        )
        return next(former, None)

    def exported(self, entries: Iterable[Entry]) -> "Sides":
        """The sides as they would be if an export had made the files say `entries`."""
        known = (self.base.values(), self.since, entries, self.rows, self.choices)
        return replace(sides_of(*known, also_exported=self.version), version=self.version)

    def fingerprint(self) -> str:
        """A digest of the three sides, the choices and what was exported."""
        sides = [
            sorted([*key, entry.values, sorted(entry.formerly)] for key, entry in side.items())
            for side in (self.base, self.files, self.live)
        ]
        choices = sorted([*key, *choice] for key, choice in self.choices.items())
        older = sorted([*key, values] for key, values in self.older.items())
        return _hash([*sides, choices, older])


def conflict_digest(conflict: PlannedField) -> str:
    """A digest of the two values that are in conflict."""
    return _hash([conflict.file, conflict.live])


def _hash(plain: Any) -> str:
    text = json.dumps(plain, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic(savepoint=False)
def read_sides(entries: Iterable[Entry]) -> Sides:
    """The sides now. entries: what the files say.

    Keeps other writers out until the transaction ends: the caller's, if there is one.
    """
    keep_writers_out()
    return _sides_now(entries)


def look_at_sides(entries: Iterable[Entry]) -> Sides:
    """The sides as they were together at one moment, without keeping writers out.

    Reads them again if somebody wrote meanwhile. Keeps writers out if that happens several times.
    """
    for _ in range(LOOKS):
        state = catalog_state()
        sides = _sides_now(entries)
        if catalog_state() == state:
            return sides
    return read_sides(entries)


def catalog_state() -> Hashable:
    """A value that differs after any change of the catalog, any apply and any choice."""
    applied = Apply.objects.values_list("digest", "commit", "applied_at").first()
    choices = Choice.objects.aggregate(Count("pk"), Max("made_at"))
    return (applied, CatalogVersion.current(), *choices.values())


def _sides_now(entries: Iterable[Entry]) -> Sides:
    choices = {
        ((row.kind, row.key), row.field): (row.take, row.digest) for row in Choice.objects.all()
    }
    remembered = list(CatalogEntry.objects.all())
    since = {(row.kind, row.key): row.since for row in remembered}
    version, _ = CatalogVersion.current()
    sides = sides_of(map(base_entry, remembered), since, entries, read_live(), choices)
    return replace(sides, version=version)


def sides_of(  # noqa: PLR0913 - the three sides, and what is known of them
    remembered: Iterable[Entry],
    since: Since,
    entries: Iterable[Entry],
    rows: LiveEntries,
    choices: Choices,
    *,
    also_exported: int | None = None,
) -> Sides:
    """The sides, of all things or of some. remembered: what files said at the last apply. entries:
    what they say now. rows: what the database says. also_exported: a catalog version that counts as
    exported."""
    base = {entry.id: entry for entry in remembered}
    files = {entry.id: entry for entry in entries}
    live = {key: entry for key, (entry, _) in rows.items()}
    live |= with_file_positions(live, files)
    older = read_older(match_entries(base, files, live), files, rows, since, also_exported)
    return Sides(base, files, live, rows, choices, since, older)


def keep_writers_out() -> None:
    """Lock out all other writers of the catalog until this transaction ends. Readers go on.

    Every change of the catalog begins with this, so that no two writers deadlock. SQLite needs no
    lock: its transactions begin IMMEDIATE, with the only write lock that there is.
    """
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(map(connection.ops.quote_name, writers_tables()))
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def writers_tables() -> list[str]:
    """The tables that every writer of the catalog locks first, in this order. A program that locks
    more tables begins with these, or it and a writer could deadlock."""
    locked: list[Any] = [*(each.model for each in all_shared_fields()), CatalogEntry]
    return [model._meta.db_table for model in locked]
