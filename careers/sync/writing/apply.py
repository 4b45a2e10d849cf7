"""Bring the database to what the files say: all of it or nothing, and never over a live edit."""

from collections.abc import Mapping
from itertools import batched, pairwise
from pathlib import Path
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from careers import index
from careers.models import Apply, CatalogEntry, CatalogVersion, Choice, Origin
from careers.sync.comparing.order import by_position, insert_missing
from careers.sync.comparing.plan import Action, Plan
from careers.sync.entries import Entry, Key
from careers.sync.kinds import LISTED
from careers.sync.problems import CatalogError
from careers.sync.progress import Watch
from careers.sync.reading.changed_files import read_changed_files
from careers.sync.reading.commit import Commit
from careers.sync.reading.digest import KnownFile
from careers.sync.rows import BATCH
from careers.sync.writing.changed_sides import changed_sides
from careers.sync.writing.contents import keep_contents, note_files
from careers.sync.writing.record import edits_of_changes, write_revision
from careers.sync.writing.removals import refuse_many_removals
from careers.sync.writing.sides import Sides, keep_writers_out, read_sides
from careers.sync.writing.taken import refusals
from careers.sync.writing.write import Writer
from paths import markdown
from paths.models import Lesson


class UnresolvedConflicts(Exception):
    """Files and database were changed differently. plan: has the conflicts."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{len(plan.conflicts)} conflicts")
        self.plan = plan


class StalePlan(Exception):
    """A saved plan no longer fits: files or database changed since it was made."""


class OlderFiles(Exception):
    """The files are of an older commit than those applied last: newer changes would be undone.

    ours, applied: the names of the two commits.
    """

    def __init__(self, ours: str, applied: str) -> None:
        super().__init__(f"{ours[:12]} is older than {applied[:12]}")
        self.ours = ours
        self.applied = applied


class ApplyOptions(TypedDict, total=False):
    """How to apply.

    overwrite: take the files' side wherever an editor changed what a file says; without it live
    edits are kept. saved: the fingerprint of a saved plan; any other plan is refused.
    allow_removals: how many things may be retired; without it a tenth of what is published, and
    never all of a kind. watch: shows progress. commit: the one that the files are from.
    allow_older: even if it is older than that of the files applied last.
    """

    overwrite: bool
    saved: str | None
    allow_removals: int | None
    watch: Watch
    commit: Commit | None
    allow_older: bool


@transaction.atomic
def apply_entries(
    entries: list[Entry],
    *,
    by: str = "",
    digest: str = "",
    files: Mapping[str, KnownFile] | None = None,
    **options: Unpack[ApplyOptions],
) -> Plan:
    """Bring the database to what the files' entries say, and return what was done.

    by: the user, for the revision. digest: of the files, if the entries were read from files.
    files: each of these, if known. Raises UnresolvedConflicts, StalePlan, TooManyRemovals,
    OlderFiles, or CatalogError if another thing already has a unique value or a document was
    renamed without `formerly`; then nothing is written.
    """
    sides = read_sides(entries)
    if options.get("saved") not in {None, sides.fingerprint()}:
        raise StalePlan
    plan, commit = _carry_out(sides, CatalogEntry.objects.all(), by, options)
    if _note_apply(digest, by, plan, commit) and files:
        note_files(files)
    return plan


@transaction.atomic
def apply_changed_files(folder: Path, *, by: str, **options: Unpack[ApplyOptions]) -> Plan | None:
    """Bring the database to what changed in files since the last apply, reading nothing else.

    Returns None if that isn't possible: then nothing is written, and everything has to be read and
    compared. Raises what apply_entries() raises. Not for use with `overwrite`. saved: the
    fingerprint of the sides of what changed.
    """
    keep_writers_out()
    changed = read_changed_files(folder)
    sides = changed_sides(changed) if changed else None
    if changed is None or sides is None:
        return None
    if options.get("saved") not in {None, sides.fingerprint()}:
        raise StalePlan
    remembered = CatalogEntry.objects.filter(pk__in=[changed.base[key].pk for key in sides.base])
    plan, commit = _carry_out(sides, remembered, by, options)
    if _note_apply(changed.digest, by, plan, commit):
        note_files(changed.files, changed.applied)
    return plan


def _carry_out(
    sides: Sides, remembered: QuerySet[CatalogEntry], by: str, options: ApplyOptions
) -> tuple[Plan, str]:
    """Bring the database to what the files say. Return what was done, and the commit whose files
    the database has then; see _newest_commit().

    remembered: the rows of the base.
    """
    plan = sides.plan(overwrite=options.get("overwrite", False))
    if plan.conflicts:
        raise UnresolvedConflicts(plan)
    if refused := list(refusals(sides, plan)):
        raise CatalogError(refused)
    commit = _newest_commit(plan, options.get("commit"), allowed=options.get("allow_older", False))
    retired = (change.live for change in plan.changes if change.action is Action.RETIRE)
    refuse_many_removals(retired, sides.live, options.get("allow_removals"))
    keep_contents(entry for entry, _ in plan.bases)
    writer = Writer(sides.rows, sides.renamed_paths())
    writer.write(plan.changes, options.get("watch", iter))
    _write_list_order(plan, sides, writer.rows)
    if sides.choices:  # each was carried out, or its conflict is gone
        Choice.objects.all().delete()
    rendered = _render_outdated()
    if plan.changes:
        write_revision(Origin.FILES, by, edits_of_changes(plan.changes, writer.rows))
    elif rendered:
        CatalogVersion.rise()
    index.refresh({"lessons": rendered})
    _remember_files(plan, sides, remembered)
    return plan, commit


def _newest_commit(plan: Plan, commit: Commit | None, *, allowed: bool) -> str:
    """The commit whose files the database has after this apply; empty if none is known.

    Raises OlderFiles if the files are older than those applied last and would change something,
    unless that is allowed.
    """
    applied = Apply.objects.values_list("commit", flat=True).first() or ""
    if commit is None:
        return applied
    if allowed or not commit.is_older_than(applied):
        return commit.name or applied
    if plan.changes:
        raise OlderFiles(commit.name, applied)
    return applied


def _render_outdated() -> list[int]:
    """Render lessons again that another version of the renderer made. Return their primary keys."""
    outdated = Lesson.objects.exclude(rendered_by=markdown.VERSION).order_by()
    keys = list(outdated.values_list("pk", flat=True))
    for batch in batched(keys, BATCH):
        for lesson in Lesson.objects.filter(pk__in=batch):
            lesson.save(update_fields=["body_html", "packages", "rendered_by"])
    return keys


def _write_list_order(plan: Plan, sides: Sides, rows: Mapping[Key, Any]) -> None:
    """Number each changed list's things in the file's order, except where that was edited live.

    Things that no file has stay behind the one that they follow. Numbers that already give the
    right order stay: an editor's change of one can be undone as long as it is there.
    """
    kept = {field.id: field.live for field in plan.drift if field.name == "position"}
    for kind in {change.entry.kind for change in plan.changes}.intersection(LISTED):
        listed = {key: each for key, each in sides.files.items() if key[0] == kind}
        positions = {key: each.values["position"] for key, each in listed.items()}
        positions |= {key: position for key, position in kept.items() if key in listed}
        live = by_position(entry for key, (entry, _) in sides.rows.items() if key[0] == kind)
        in_file = sorted(positions, key=positions.__getitem__)
        order = insert_missing(in_file, [each.id for each in live])
        numbers = [rows[key].position for key in order]
        if all(before < after for before, after in pairwise(numbers)):
            continue
        for position, key in enumerate(order, start=1):
            row = rows[key]
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])


def _remember_files(plan: Plan, sides: Sides, remembered: QuerySet[CatalogEntry]) -> None:
    """Store what the files say, and since which version, for the next comparison, and which
    documents are gone. Call it once the catalog has this apply's version. remembered: the rows of
    the base."""
    version = CatalogVersion.current()[0] if plan.bases or plan.changes else 0
    known = {(row.kind, row.key): row for row in remembered.defer("values", "lines")}
    added: list[CatalogEntry] = []
    changed: list[CatalogEntry] = []
    taken = {each.id: {f.name for f in each.fields if f.value == f.file} for each in plan.changes}
    bases = {entry.id: (entry, before) for entry, before in plan.bases}
    for key in taken.keys() & sides.files.keys() & sides.base.keys():
        # `since` moves on: what was live before an overwrite is no older state of what is live now.
        bases.setdefault(key, (sides.files[key], key))
    for entry, before in bases.values():
        row = known.get(before or entry.id) or CatalogEntry(kind=entry.kind)
        row.key, row.file, row.lines, row.applied_at = entry.key, entry.file, {**entry.lines}, now()
        was = sides.base[before].said if before else {}
        row.since = {
            name: version
            if name in taken.get(entry.id, ()) or name not in was or was[name] != value
            else row.since.get(name, 0)
            for name, value in entry.said.items()
        }
        row.values = {"values": entry.values, "formerly": sorted(entry.formerly)}
        (changed if row.pk else added).append(row)
    fields = ["key", "file", "values", "lines", "since", "applied_at"]
    CatalogEntry.objects.bulk_update(changed, fields, batch_size=BATCH)
    CatalogEntry.objects.bulk_create(added, batch_size=BATCH)
    to_flip = [row for row in known.values() if row.gone == ((row.kind, row.key) in sides.files)]
    for row in to_flip:
        row.gone = not row.gone
    CatalogEntry.objects.bulk_update(to_flip, ["gone"], batch_size=BATCH)


def _note_apply(digest: str, by: str, plan: Plan, commit: str) -> bool:
    """Store who applied the catalog, when and from which files. False if this changes nothing."""
    if plan.is_empty and Apply.objects.filter(digest=digest, commit=commit).exists():
        return False
    fields = {
        "digest": digest,
        "commit": commit,
        "by": by,
        "counts": plan.counts(),
        "applied_at": now(),
    }
    Apply.objects.update_or_create(pk=1, defaults=fields)
    return True
