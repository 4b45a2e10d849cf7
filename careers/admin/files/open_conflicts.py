"""How many conflicts wait for a choice, cheap enough to be told on every page of the admin.

There is none while the files are as at the last apply. Once they differ they are read, once until
they change, and compared with the database, once until either changes. In a large catalog nobody
waits for that: what the page “Catalog” found last is told, while it holds.
"""

from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from careers import sync
from careers.admin.files.last_comparison import conflicts_of_large, takes_long
from careers.admin.files.stamp import Stamp, folder_stamp
from careers.models import Apply


def open_conflicts() -> int:
    """How many there are; 0 where the files were never applied, or aren't in order."""
    applied = Apply.objects.values_list("digest", flat=True).first()
    if applied is None:
        return 0
    folder = settings.CATALOG_DIR
    stamp = folder_stamp(folder)
    if takes_long(stamp):
        return conflicts_of_large()
    if _digest(folder, stamp) == applied:
        return 0
    return _count(folder, stamp, sync.catalog_state())


@lru_cache(maxsize=1)
def _digest(folder: Path, _: Stamp) -> str:
    return sync.folder_digest(folder)


@lru_cache(maxsize=1)
def _files(folder: Path, _: Stamp) -> sync.CatalogFiles | None:
    """What the files say; None where they aren't in order, which isn't found out twice either."""
    try:
        return sync.read_catalog(folder)
    except sync.CatalogError:
        return None


@lru_cache(maxsize=1)
def _count(folder: Path, stamp: Stamp, _: Hashable) -> int:
    files = _files(folder, stamp)
    return len(sync.compare(files).plan.conflicts) if files else 0
