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

LOOKS = 3  # at sides that somebody changes at the same time

# The chosen side, and the digest of the two values that were chosen between, by entry and field.
type Choices = Mapping[tuple[Key, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sides:
    """The three sides, and the rows as they were read.

    live: the entries of `rows`, but that listed ones have positions as in the files.
    choices: the sides that were chosen for conflicts. since: the version with which the base began
    to say what it says. older: what exports wrote since. version: the catalog's, of the rows.
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
        """Listed entries with another position only because others came or went: to be remembered,
        though no change."""
        remembered = {entry.id for entry, _ in plan.bases}
        for key, base in self.base.items():
            file = self.files.get(key)
            if file and KINDS[file.kind].is_listed and key not in remembered and file != base:
                yield file, key

    def unfiled(self) -> list[Entry]:
        """What was made live: no file has it, or ever had it."""
        matched = match_entries(self.base, self.files, self.live)
        known = {sides.live.id for sides in matched if sides.live}
        found = [entry for key, entry in self.live.items() if key not in known]
        return sorted(found, key=lambda entry: (ORDER[entry.kind], entry.key))

    def renamed_paths(self) -> dict[Key, Key]:
        """What files call a path → the key of its row, where that is another."""
        matched = match_entries(self.base, self.files, self.live)
        return {
            each.file.id: each.live.id
            for each in matched
            if each.file and each.live and each.file.kind == "paths"
            if each.file.id != each.live.id
        }

    def row_of(self, key: Key) -> Any:
        """The row of a thing, by the key that it has live, or had; None if there is none."""
        if key in self.rows:
            return self.rows[key][1]
        former = (
            row
            for entry, row in self.rows.values()
            if entry.kind == key[0] and key[1] in entry.formerly
        )
        return next(former, None)

    def exported(self, entries: Iterable[Entry]) -> "Sides":
        """The same sides, had an export brought the files to say something else."""
        known = (self.base.values(), self.since, entries, self.rows, self.choices)
        return replace(sides_of(*known, also_exported=self.version), version=self.version)

    def fingerprint(self) -> str:
        """The same as long as all three sides, and the choices, are."""
        sides = [
            sorted([*key, entry.values, sorted(entry.formerly)] for key, entry in side.items())
            for side in (self.base, self.files, self.live)
        ]
        choices = sorted([*key, *choice] for key, choice in self.choices.items())
        older = sorted([*key, values] for key, values in self.older.items())
        return _hash([*sides, choices, older])


def conflict_digest(conflict: PlannedField) -> str:
    """The same as long as the two values that are in conflict are."""
    return _hash([conflict.file, conflict.live])


def _hash(plain: Any) -> str:
    text = json.dumps(plain, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic(savepoint=False)
def read_sides(entries: Iterable[Entry]) -> Sides:
    """The sides now. entries: what the files say.

    Keeps other writers out until the transaction ends that the caller may have begun.
    """
    keep_writers_out()
    return _sides_now(entries)


def look_at_sides(entries: Iterable[Entry]) -> Sides:
    """The sides as they were together at some moment, while others may write.

    Looks again where somebody wrote meanwhile, and keeps writers out if they go on.
    """
    for _ in range(LOOKS):
        state = catalog_state()
        sides = _sides_now(entries)
        if catalog_state() == state:
            return sides
    return read_sides(entries)


def catalog_state() -> Hashable:
    """Another with each change of the catalog, of what files said at an apply, and of choices."""
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
    what they say now. rows: what the database says. also_exported: a catalog version."""
    base = {entry.id: entry for entry in remembered}
    files = {entry.id: entry for entry in entries}
    live = {key: entry for key, (entry, _) in rows.items()}
    live |= with_file_positions(live, files)
    older = read_older(match_entries(base, files, live), files, rows, since, also_exported)
    return Sides(base, files, live, rows, choices, since, older)


def keep_writers_out() -> None:
    """Let nobody else change the catalog until this transaction ends. Readers go on.

    Whoever changes the catalog begins with this, so that no two wait for each other. SQLite needs
    no lock: its transactions begin IMMEDIATE, with the only write lock that there is.
    """
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(map(connection.ops.quote_name, writers_tables()))
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def writers_tables() -> list[str]:
    """The tables that whoever changes the catalog locks first, in this order. A program that locks
    more begins with them, or the two would wait for each other."""
    locked: list[Any] = [*(each.model for each in all_shared_fields()), CatalogEntry]
    return [model._meta.db_table for model in locked]
