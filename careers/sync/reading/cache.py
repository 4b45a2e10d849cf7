"""What the files say, without reading them where they are as they were at the last apply.

An apply keeps of each file what it says, and one digest of all of them: where the digest is still
the same, so is what they say, and they are in order, since they were. Whoever changes what is kept
notes the digest in the same transaction, or none.
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
    """Every entry of a catalog folder and the digest of its files, as from read_with_digest().

    Raises CatalogError with all problems of all files.
    """
    today = digest.folder_digest(folder)
    kept = _kept(today) if today else []
    return (kept, today) if kept else read_files_with_digest(folder)


def _kept(today: str) -> list[Entry]:
    """The entries that were applied last, if the files had this digest; none if they had not.

    In one statement: another apply may come between any two. Where there is no database, or an
    old one, nothing was kept, and somebody else will say so.
    """
    of_these_files = Exists(Apply.objects.filter(digest=today))
    try:
        rows = list(CatalogEntry.objects.filter(of_these_files, gone=False))
    except DatabaseError:
        return []
    return sorted(map(base_entry, rows), key=_place)


def _place(entry: Entry) -> tuple[int, list[str], int]:
    """In which order the files are read."""
    place = entry.values["position"] if KINDS[entry.kind].is_listed else 0
    return ORDER[entry.kind], entry.file.split("/"), place
