"""Bring the database to what the files say: all of it or nothing, and never over a live edit."""

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.timezone import now

from careers.models import Apply, CatalogEntry, CatalogVersion, Choice, Origin
from careers.sync.comparing.order import filled_in, in_order
from careers.sync.comparing.plan import Action, Plan
from careers.sync.entries import Entry, Key
from careers.sync.kinds import LISTED
from careers.sync.writing import contents, record, removals
from careers.sync.writing.sides import Standing, standing
from careers.sync.writing.write import BATCH, Watched, Writer
from paths import markdown
from paths.models import Lesson


class Conflict(Exception):
    """Files and database were both changed, differently. plan: what stands against what."""

    def __init__(self, found: Plan) -> None:
        super().__init__(f"{len(found.conflicts)} conflicts")
        self.plan = found


class Stale(Exception):
    """A saved plan no longer fits: files or database changed since it was made."""


class Options(TypedDict, total=False):
    """How to apply.

    overwrite: take the files' side wherever an editor changed what a file says; without it live
    edits are kept. saved: the fingerprint of a saved plan. allow_removals: how many things may be
    retired; without it a tenth of what is published, and never all of a kind. watched: shows how
    far the changes are. by: the system user, for the revision. digest: of the files.
    """

    overwrite: bool
    saved: str | None
    allow_removals: int | None
    watched: Watched
    by: str
    digest: str


@transaction.atomic
def apply(entries: list[Entry], **options: Unpack[Options]) -> Plan:
    """Bring the database to what the entries say and return what was done.

    Raises Conflict where both sides changed the same field, Stale or TooManyRemovals; then nothing
    is written.
    """
    sides = standing(entries)
    if options.get("saved") not in {None, sides.fingerprint()}:
        raise Stale
    found = sides.plan(overwrite=options.get("overwrite", False))
    if found.conflicts:
        raise Conflict(found)
    gone = (change.live for change in found.changes if change.action is Action.RETIRE)
    removals.check(gone, sides.live, options.get("allow_removals"))
    contents.keep(entry for entry, _ in found.bases)
    by = options.get("by", "")
    writer = Writer(sides.rows)
    writer.write(found.changes, options.get("watched", iter))
    _write_places(found, sides, writer.rows)
    _remember(found, sides)
    if sides.choices:  # each was carried out, or is about what is no conflict anymore
        Choice.objects.all().delete()
    rendered = _render_again()
    if found.changes:
        record.write(Origin.FILES, by, record.of_changes(found.changes, writer.rows))
    elif rendered:
        CatalogVersion.rise()
    _note(options.get("digest", ""), by, found)
    return found


def _render_again() -> bool:
    """Lessons that an older renderer made. Whether there were any."""
    old = list(Lesson.objects.exclude(rendered_by=markdown.VERSION))
    for lesson in old:
        lesson.save(update_fields=["body_html", "rendered_by"])
    return bool(old)


def _write_places(found: Plan, sides: Standing, rows: Mapping[Key, Any]) -> None:
    """Things of a list that changes get the places that it gives them, but for a live order.

    Things that no file has stay behind the same neighbor.
    """
    kept = {field.id: field.live for field in found.drift if field.name == "position"}
    for kind in {change.entry.kind for change in found.changes}.intersection(LISTED):
        listed = {key: each for key, each in sides.files.items() if key[0] == kind}
        places = {key: each.values["position"] for key, each in listed.items()}
        places |= {key: place for key, place in kept.items() if key in listed}
        live = in_order(entry for key, (entry, _) in sides.rows.items() if key[0] == kind)
        order = filled_in(sorted(places, key=places.__getitem__), [each.id for each in live])
        for place, key in enumerate(order, start=1):
            row = rows[key]
            if row.position != place:
                row.position = place
                row.save(update_fields=["position"])


def _remember(found: Plan, sides: Standing) -> None:
    """Keep what the files say, for the next comparison, and which documents are gone."""
    known = {(row.kind, row.key): row for row in CatalogEntry.objects.defer("values", "lines")}
    added: list[CatalogEntry] = []
    changed: list[CatalogEntry] = []
    for entry, before in found.bases:
        row = known.get(before or entry.id) or CatalogEntry(kind=entry.kind)
        row.key, row.file, row.lines, row.applied_at = entry.key, entry.file, {**entry.lines}, now()
        row.values = {"values": entry.values, "formerly": sorted(entry.formerly)}
        (changed if row.pk else added).append(row)
    fields = ["key", "file", "values", "lines", "applied_at"]
    CatalogEntry.objects.bulk_update(changed, fields, batch_size=BATCH)
    CatalogEntry.objects.bulk_create(added, batch_size=BATCH)
    turned = [row for row in known.values() if row.gone == ((row.kind, row.key) in sides.files)]
    for row in turned:
        row.gone = not row.gone
    CatalogEntry.objects.bulk_update(turned, ["gone"], batch_size=BATCH)


def _note(digest: str, by: str, found: Plan) -> None:
    """Keep when the catalog was applied last, and of which files, unless that is known."""
    if found.is_empty and Apply.objects.filter(digest=digest).exists():
        return
    fields = {"digest": digest, "by": by, "counts": found.counts(), "applied_at": now()}
    Apply.objects.update_or_create(pk=1, defaults=fields)
