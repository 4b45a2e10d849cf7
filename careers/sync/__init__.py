"""The catalog's files and rows, and the way from each to the other.

Everything that the admin and `manage.py catalog` call is here: read a folder, compare it with the
database, apply it, export to it. Comparing, writing and exporting themselves are in the rooms
below.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Unpack

from django.db import transaction

from careers.models import Edit, Origin
from careers.sync.comparing import report
from careers.sync.comparing.difference import Difference, find_difference
from careers.sync.comparing.matching import pair_items
from careers.sync.comparing.merge import FILE, LIVE, Conflict, merge
from careers.sync.comparing.plan import Change, Plan, PlannedField
from careers.sync.comparing.spelling import told_apart
from careers.sync.entries import Entry, Key, Values, rename_paths
from careers.sync.exporting.export import Export, Rewrite, make_export, make_noted_export
from careers.sync.exporting.patch import git_patch
from careers.sync.exporting.replace import finish_interrupted, replace_files
from careers.sync.exporting.unwritable import Unwritable
from careers.sync.fields import SharedFields, kind_of, model_of, shared_fields
from careers.sync.kinds import KINDS, LISTED, LISTS
from careers.sync.problems import (
    CatalogError,
    Problem,
    Refused,
    did_you_mean,
    grouped_problems,
)
from careers.sync.progress import Watch, watch_progress
from careers.sync.reading.cache import read_files_cached
from careers.sync.reading.changed_files import applied_files, read_changed_files
from careers.sync.reading.check import check_files
from careers.sync.reading.commit import commit_of
from careers.sync.reading.digest import (
    code_digest,
    digest_of_all,
    folder_digest,
    look_at_files,
)
from careers.sync.reading.files import BEGUN, is_interrupted, walk_files
from careers.sync.reading.reader import read_files_with_digest
from careers.sync.reading.schema import schema_texts
from careers.sync.rows import LiveEntries, RowKeys, new_part, part_values, read_live
from careers.sync.wording.labels import Labels, TitleOf, field_label, reason_in_words, thing_label
from careers.sync.wording.reasons import Reason
from careers.sync.writing.apply import (
    ApplyOptions,
    OlderFiles,
    StalePlan,
    UnresolvedConflicts,
    apply_changed_files,
    apply_entries,
)
from careers.sync.writing.changed_sides import changed_sides
from careers.sync.writing.parts import PartWriter
from careers.sync.writing.record import edits_between, write_revision
from careers.sync.writing.removals import TooManyRemovals, refuse_many_removals, vanished
from careers.sync.writing.resolve import NoConflict, SideChoice, choose_sides
from careers.sync.writing.revert import Unrevertable, preview_revert, revert
from careers.sync.writing.sides import (
    Sides,
    catalog_state,
    conflict_digest,
    keep_writers_out,
    look_at_sides,
    read_sides,
    writers_tables,
)
from careers.sync.writing.taken import REFUSALS, refusals
from paths.text import memo

__all__ = [
    "BEGUN",
    "FILE",
    "KINDS",
    "LISTED",
    "LISTS",
    "LIVE",
    "REFUSALS",
    "CatalogError",
    "CatalogFiles",
    "Change",
    "ComparedCatalog",
    "Conflict",
    "Difference",
    "Entry",
    "Export",
    "Key",
    "Labels",
    "LeftOut",
    "LiveEntries",
    "NoConflict",
    "OlderFiles",
    "PartWriter",
    "Plan",
    "PlannedField",
    "Problem",
    "Reason",
    "Rewrite",
    "RowKeys",
    "SharedFields",
    "SideChoice",
    "StalePlan",
    "TitleOf",
    "TooManyRemovals",
    "UnresolvedConflicts",
    "Unrevertable",
    "Unwritable",
    "Values",
    "apply",
    "apply_changed",
    "apply_folder",
    "apply_what_is_there",
    "catalog_state",
    "check_files",
    "compare",
    "compare_folder",
    "conflict_digest",
    "did_you_mean",
    "export",
    "field_label",
    "file_names",
    "find_difference",
    "findings_kept",
    "finish_interrupted",
    "folder_digest",
    "git_patch",
    "grouped_problems",
    "is_interrupted",
    "is_large",
    "keep_writers_out",
    "kind_of",
    "merge",
    "model_of",
    "new_part",
    "pair_items",
    "part_values",
    "preview_export",
    "preview_revert",
    "read_catalog",
    "read_live",
    "reason_in_words",
    "record_edits",
    "refuse_many_removals",
    "rename_paths",
    "report",
    "resolve",
    "revert",
    "schema_texts",
    "shared_fields",
    "thing_label",
    "told_apart",
    "watch_progress",
    "writers_tables",
]


FEW = 2_000  # up to this many files, all are compared, which finds rows written without a revision
A_MOMENT = 0.5  # seconds before a missing document is looked for again


# -- The whole catalog ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CatalogFiles:
    """What the files of a folder say. digest: of their names and bytes."""

    folder: Path
    entries: list[Entry]
    digest: str


def findings_kept(folder: Path) -> AbstractContextManager[None]:
    """While the context lasts, cache what is found in texts and files. The cache is keyed by their
    bytes and kept for later runs. folder: where it is kept, if that can be written to; created if
    missing."""
    return memo.kept_in(folder / "findings.json", code_digest())


def read_catalog(folder: Path, *, anew: bool = False) -> CatalogFiles:
    """Read a catalog folder. Needs no database. Raises CatalogError with all problems of all files.

    anew: parse every file, even if none changed since the last apply.
    """
    read = read_files_with_digest if anew else read_files_cached
    return CatalogFiles(folder, *read(folder))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Live edits that no file can hold. reasons: why, for each. is_all: whether no other live edit
    can be exported."""

    reasons: tuple[Reason, ...] = ()
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class ComparedCatalog:
    """How files and database compare.

    plan: what an apply would do. unfiled: things created live that no file has. is_part: whether
    only what changed was compared, because everything else is the same on both sides. digest: of
    the files, if all of them were compared.
    """

    folder: Path
    sides: Sides
    plan: Plan
    unfiled: tuple[Entry, ...]
    is_part: bool = False
    digest: str | None = None

    @property
    def fingerprint(self) -> str:
        """A digest of files, database and choices, by which a saved plan is known."""
        return self.sides.fingerprint()

    def row_of(self, key: Key) -> Any:
        """The row of a thing, by its live key or a former one; None if there is none."""
        return self.sides.row_of(key)

    @property
    def has_choices(self) -> bool:
        """Whether sides were chosen that no apply has carried out yet."""
        return bool(self.sides.choices)

    def title_in_files(self, key: Key) -> str:
        """The title that a thing has in its file; its key if no file has it."""
        entry = self.sides.files.get(key)
        return str(entry.values.get("title", entry.key)) if entry else key[1]

    def place_of(self, conflict: PlannedField) -> str:
        """The place of the file's value, “roles/ml-engineer.yaml:3”, or an empty text."""
        entry = self.sides.files.get(conflict.id)
        if entry is None:
            return ""
        line = entry.lines.get(conflict.top)
        return f"{entry.file}:{line}" if line else entry.file

    def refusals(self) -> tuple[Problem, ...]:
        """The problems that keep an apply from carrying out the plan, apart from conflicts."""
        return tuple(refusals(self.sides, self.plan))

    def left_out(self) -> LeftOut:
        """The live edits that no file can hold. None are reported while there are conflicts, or if
        only a part was compared: finding them takes reading all files."""
        if self.is_part or self.plan.conflicts or not (self.plan.drift or self.unfiled):
            return LeftOut()
        try:
            export = make_export(self.folder, self.sides, digest=self.digest)
        except Unwritable as error:
            return LeftOut(error.reasons, is_all=True)
        return LeftOut(export.left, is_all=not export.rewrites)


def compare(files: CatalogFiles) -> ComparedCatalog:
    """Compare files and database, without keeping writers out."""
    sides = look_at_sides(files.entries)
    unfiled = tuple(sides.unfiled())
    return ComparedCatalog(files.folder, sides, sides.plan(), unfiled, digest=files.digest)


def compare_folder(folder: Path) -> ComparedCatalog:
    """Compare the files of a folder with the database, without keeping writers out.

    In a large catalog, compare only what changed in files since the last apply and what editors
    changed, if nothing else can differ. Raises CatalogError.
    """
    found = _compare_changed(folder) if is_large(folder) else None
    return found or compare(read_catalog(folder))


def _compare_changed(folder: Path) -> ComparedCatalog | None:
    state = catalog_state()
    changed = read_changed_files(folder)
    sides = changed_sides(changed) if changed else None
    if changed is None or sides is None or catalog_state() != state:
        return None
    made = [entry for key, entry in sides.live.items() if key not in changed.base]
    return ComparedCatalog(folder, sides, sides.plan(), tuple(made), is_part=True)


def apply_folder(folder: Path, by: str, **options: Unpack[ApplyOptions]) -> Plan:
    """Bring the database to what the files of a folder say, as compare_folder() compared them.

    Raises what apply() and read_catalog() raise.
    """
    found = apply_changed(folder, by, **options) if is_large(folder) else None
    return apply(read_catalog(folder), by, **options) if found is None else found


def apply(files: CatalogFiles, by: str, **options: Unpack[ApplyOptions]) -> Plan:
    """Bring the database to what the files say, and return what was done. by: the user's name.

    If a document is missing, wait a moment and read the folder again: a checkout, or an editor that
    saves by renaming, may have taken it away briefly. Raises UnresolvedConflicts, StalePlan,
    TooManyRemovals or OlderFiles; or CatalogError if files changed meanwhile and have problems, if
    another thing already has a unique value, or if a document was renamed without `formerly`. Then
    nothing is written.
    """
    options.setdefault("commit", commit_of(files.folder))
    if vanished(files.entries):
        time.sleep(A_MOMENT)
        files = read_catalog(files.folder)
    known = look_at_files(files.folder, applied_files())
    if digest_of_all({name: file.digest for name, file in known.items()}) != files.digest:
        known = {}  # somebody changed a file since it was read
    return apply_entries(files.entries, by=by, digest=files.digest, files=known, **options)


def file_names(folder: Path) -> Iterator[str]:
    """The name of every file in a catalog's folder, except those that begin with a dot. Stops
    without an error at a folder that can't be listed."""
    with suppress(Refused):
        yield from (name for name, _ in walk_files(folder))


def is_large(folder: Path, files: int | None = None) -> bool:
    """Whether a folder has so many files that apply_changed() is worth a try. Needs no database.

    files: the number of file_names(), if known.
    """
    if files is None:
        files = sum(1 for _ in islice(file_names(folder), FEW + 1))
    return files > FEW


def apply_changed(folder: Path, by: str, **options: Unpack[ApplyOptions]) -> Plan | None:
    """Apply only what changed in the files of a large catalog since the last apply.

    Takes seconds instead of minutes, since it reads no other file and no other row. Returns None,
    with nothing written, if everything has to be read: then call read_catalog() and apply(). Not
    for use with `overwrite`. saved: the fingerprint of what compare_folder() returned. Raises what
    apply() raises.
    """
    options.setdefault("commit", commit_of(folder))
    return apply_changed_files(folder, by=by, **options)


@transaction.atomic
def apply_what_is_there(
    files: CatalogFiles, by: str, **options: Unpack[ApplyOptions]
) -> tuple[Plan, list[Entry]]:
    """Apply the files, and keep documents that are gone as they were. Also return those documents.
    Raises what apply() raises."""
    options.setdefault("commit", commit_of(files.folder))
    keep_writers_out()
    gone = vanished(files.entries)
    if gone and (refused := compare(files).refusals()):
        raise CatalogError(refused)
    digest = "" if gone else files.digest  # then no folder has exactly what is applied
    return apply_entries([*files.entries, *gone], by=by, digest=digest, **options), gone


def resolve(
    files: CatalogFiles, choices: Iterable[SideChoice], by: str
) -> tuple[list[PlannedField], int]:
    """Store whose value each conflict gets from the next apply; write nothing else.

    Returns the conflicts that were decided, and how many are left. Raises NoConflict, with no
    choice stored, if one of them is about something that isn't in conflict.
    """
    with transaction.atomic():
        chosen = choose_sides(read_sides(files.entries), choices, by)
        return chosen, len(read_sides(files.entries).plan().conflicts)


def preview_export(files: CatalogFiles, watch: Watch = iter) -> Export:
    """The files that have to change to have every live edit that a file can hold, and why others
    are left out; no file is written.

    The live state is marked as exported, since the result may be applied elsewhere, as a patch.
    Raises UnresolvedConflicts, or Unwritable if edits that no file can hold can't be separated from
    the rest, or if a file was saved since `files` was read. watch: shows progress.
    """
    sides = read_sides(files.entries)
    return make_noted_export(files.folder, sides, watch, digest=files.digest)


def export(files: CatalogFiles, watch: Watch = iter) -> Export:
    """Write the live edits into the files: into all that lack one, or into none.

    Raises what preview_export() and replace_files() raise, such as OSError if the disk is full.
    """
    found = preview_export(files, watch)
    replace_files(files.folder, found.rewrites)
    return found


# -- One save in the admin -----------------------------------------------------------------


def record_edits(before: LiveEntries, after: LiveEntries, user: Any) -> list[Edit]:
    """Write a revision of what an editor's save changed, unless it changed nothing. Return the
    edits.

    before, after: the same rows' entries, as read_live() gives them. Call it in the transaction
    that began with keep_writers_out().
    """
    edits = list(edits_between(before, after))
    write_revision(Origin.ADMIN, user.get_username(), edits, user=user)
    return edits
