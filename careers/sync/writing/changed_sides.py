"""The three sides of what changed in files since the last apply, and of what editors ever changed.

Files, base and database say the same of everything else, so nobody has to read it. Rows written
without a revision go unnoticed until everything is compared, unless their document changed.
"""

from collections import defaultdict
from collections.abc import Mapping

from careers.models import CatalogEntry, Choice, Edit, Origin
from careers.sync.entries import Entry, Key, referenced_keys
from careers.sync.fields import shared_fields
from careers.sync.kinds import KINDS, LISTED
from careers.sync.reading.changed_files import ChangedFiles
from careers.sync.rows import base_entry, read_live
from careers.sync.writing.sides import Sides, sides_of

MOST_EDITED = 1_000  # things; if editors changed more, everything is compared


def changed_sides(changed: ChangedFiles) -> Sides | None:
    """The sides of what changed. `rows` has everything that the changed documents name as well.

    None if somebody chose a side of a conflict, changed the address of a thing that files know, or
    changed very many things, or if a row is missing: then everything has to be compared.
    """
    edited = _edited()
    slugs = {kind: _rows_by_slug(kind) for kind, each in KINDS.items() if each.key == "slug"}
    is_renamed = any(key not in slugs.get(kind, {key}) for kind, key in changed.base)
    if edited is None or is_renamed or Choice.objects.exists():
        return None
    named = {key for entry in changed.entries for key in (entry.id, *_named_by(entry))}
    for kind in LISTED:  # a list's order concerns the whole list
        if edited[kind]:
            named |= {(kind, slug) for slug in slugs[kind]}
    wanted = {kind: edited[kind] | _keys_of_rows(kind, named, slugs) for kind in KINDS}
    rows = read_live(wanted)
    compared = {entry.id for entry in changed.entries}
    compared |= {key for key, (_, row) in rows.items() if row.pk in edited[key[0]]}
    compared |= {key for key in rows if key[0] in LISTED and edited[key[0]]}
    base = [changed.base[key].pk for key in compared if key in changed.base]
    remembered = list(CatalogEntry.objects.filter(pk__in=base))
    entries = {each.id: each for each in map(base_entry, remembered)}
    gone = {key for key in entries if changed.base[key].gone}
    files = {key: entry for key, entry in entries.items() if key not in gone}
    files |= {entry.id: entry for entry in changed.entries}
    if not all(key in rows for key in files):
        return None
    since = {(row.kind, row.key): row.since for row in remembered}
    return sides_of(entries.values(), since, files.values(), rows, {})


def _edited() -> Mapping[str, set[int]] | None:
    """The rows that editors ever changed, by kind; None if there are very many."""
    edits = Edit.objects.filter(revision__origin__in=[Origin.ADMIN, Origin.REVERT]).order_by()
    pairs = edits.values_list("kind", "row").distinct()[: MOST_EDITED + 1]
    found: dict[str, set[int]] = defaultdict(set)
    for kind, row in pairs:
        found[kind].add(row)
    return found if sum(map(len, found.values())) <= MOST_EDITED else None


def _rows_by_slug(kind: str) -> dict[str, int]:
    return dict(shared_fields(kind).manager.order_by().values_list("slug", "pk"))


def _named_by(entry: Entry) -> set[Key]:
    return set(referenced_keys(entry.kind, entry.values))


def _keys_of_rows(kind: str, named: set[Key], slugs: Mapping[str, Mapping[str, int]]) -> set[int]:
    """The primary keys of the rows of a kind that are named. slugs: kind → slug → primary key."""
    keys = {key for of, key in named if of == kind}
    if kind in slugs:
        return {slugs[kind][key] for key in keys if key in slugs[kind]}
    field = KINDS[kind].key
    found = shared_fields(kind).manager.filter(**{f"{field}__in": keys}).order_by()
    return set(found.values_list("pk", flat=True)) if keys else set()
