"""Where the three sides stand at one moment: what the files said, what they say, what is live."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction

from careers.models import CatalogEntry, Choice
from careers.sync import rows
from careers.sync.comparing.order import in_file_places
from careers.sync.comparing.plan import Field, Plan, matched, plan
from careers.sync.entries import Entry, Key
from careers.sync.fields import all_shared
from careers.sync.kinds import KINDS, ORDER

type Choices = Mapping[tuple[Key, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """The sides by key, and the database's rows as they were read.

    live: the things of a list have places as in the files. choices: whose value settles a conflict,
    by its thing and field, and of which two values (their digest).
    """

    base: Mapping[Key, Entry]
    files: Mapping[Key, Entry]
    live: Mapping[Key, Entry]
    rows: rows.Live
    choices: Choices = field(default_factory=dict)

    def plan(self, *, overwrite: bool = False) -> Plan:
        base = {**self.base, **in_file_places(self.base, self.files)}
        sides = (base, self.files, self.live)
        found = plan(*sides, overwrite=overwrite, chosen=self._chosen)
        return replace(found, bases=(*found.bases, *self._moved(found)))

    def _chosen(self, conflict: Field) -> str:
        take, between = self.choices.get((conflict.id, conflict.name), ("", ""))
        return take if take and between == digest(conflict) else ""

    def _moved(self, found: Plan) -> Iterator[tuple[Entry, Key]]:
        """Things whose place in a list is another only because others came or went."""
        remembered = {entry.id for entry, _ in found.bases}
        for key, base in self.base.items():
            file = self.files.get(key)
            if file and KINDS[file.kind].is_listed and key not in remembered and file != base:
                yield file, key

    def unfiled(self) -> list[Entry]:
        """What was made live: no file has it, or had it."""
        pairs = matched(self.base, self.files, self.live)
        known = {sides.live.id for sides in pairs if sides.live}
        found = [entry for key, entry in self.live.items() if key not in known]
        return sorted(found, key=lambda entry: (ORDER[entry.kind], entry.key))

    def with_files(self, entries: Iterable[Entry]) -> "Standing":
        """The same moment, had the files said something else."""
        return _standing(self.base.values(), entries, self.rows, self.choices)

    def fingerprint(self) -> str:
        """The same as long as all three sides say the same."""
        sides = [
            sorted([*key, entry.values, sorted(entry.formerly)] for key, entry in side.items())
            for side in (self.base, self.files, self.live)
        ]
        return _hash([*sides, sorted([*key, *choice] for key, choice in self.choices.items())])


def digest(conflict: Field) -> str:
    """Of the two values that stand against each other."""
    return _hash([conflict.file, conflict.live])


def _hash(plain: Any) -> str:
    text = json.dumps(plain, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic(savepoint=False)
def standing(entries: Iterable[Entry]) -> Standing:
    """The sides now. Other writers are kept out until the caller's transaction ends."""
    keep_writers_out()
    choices = {
        ((row.kind, row.key), row.field): (row.take, row.digest) for row in Choice.objects.all()
    }
    return _standing(_bases(), entries, rows.live(), choices)


def _standing(
    base: Iterable[Entry], entries: Iterable[Entry], found: rows.Live, choices: Choices
) -> Standing:
    files = {entry.id: entry for entry in entries}
    live = {key: entry for key, (entry, _) in found.items()}
    live |= in_file_places(live, files)
    return Standing({entry.id: entry for entry in base}, files, live, found, choices)


def keep_writers_out() -> None:
    """Let nobody else change the catalog until this transaction ends; readers go on.

    Whoever changes the catalog begins with this, so that no two wait for each other.

    SQLite has taken its write lock already: transactions begin IMMEDIATE.
    """
    if connection.vendor != "postgresql":
        return
    locked: list[Any] = [*(each.model for each in all_shared()), CatalogEntry]
    names = (model._meta.db_table for model in locked)  # noqa: SLF001
    tables = ", ".join(map(connection.ops.quote_name, names))
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _bases() -> list[Entry]:
    return list(map(rows.as_entry, CatalogEntry.objects.all()))
