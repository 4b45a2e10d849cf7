"""Skip parsing the files while their digest is the same as at the last apply.

An apply keeps every file's entries and one digest of all files. While the digest is the same, the
files say the same, and they are in order, since only files in order are applied. So code that
changes the kept entries has to store the new digest, or none, in the same transaction.
"""

from pathlib import Path

from django.db import DatabaseError
from django.db.models import Exists

from careers.models import Apply, CatalogEntry
from careers.sync.entries import Entry
from careers.sync.kinds import KINDS, ORDER
from careers.sync.reading import digest
from careers.sync.reading.reader import read_files_with_digest
from careers.sync.rows import base_entry


def read_files_cached(folder: Path) -> tuple[list[Entry], str]:
    """What read_files_with_digest() returns: every entry of a folder, and the digest of its files.

    Raises CatalogError with all problems of all files.
    """
    now = digest.folder_digest(folder)
    kept = _kept_entries(now) if now else []
    return (kept, now) if kept else read_files_with_digest(folder)


def _kept_entries(now: str) -> list[Entry]:
    """The entries of the last apply, if its files had this digest; none otherwise.

    One statement reads both, since another apply may come between two. A database that is missing
    or not migrated counts as having none: whatever writes to it will report that.
    """
    of_these_files = Exists(Apply.objects.filter(digest=now))
    try:
        rows = list(CatalogEntry.objects.filter(of_these_files, gone=False))
    except DatabaseError:
        return []
    return sorted(map(base_entry, rows), key=_place)


def _place(entry: Entry) -> tuple[int, list[str], int]:
    """For sorting entries in the order in which the files are read."""
    place = entry.values["position"] if KINDS[entry.kind].is_listed else 0
    return ORDER[entry.kind], entry.file.split("/"), place
