"""How many conflicts wait for a choice, found cheaply enough for every page of the admin.

There are none while the files are as at the last apply. If they differ, what they say is cached
until they change, and the count until files or database change. Comparing a large catalog would
take long: there it is what the page “Catalog” found last, or 0 if something changed since.
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
    """The number of conflicts; 0 if the files were never applied, or have problems."""
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
    """What the files say; None, which is cached as well, if they have problems."""
    try:
        return sync.read_catalog(folder)
    except sync.CatalogError:
        return None


@lru_cache(maxsize=1)
def _count(folder: Path, stamp: Stamp, _: Hashable) -> int:
    files = _files(folder, stamp)
    return len(sync.compare(files).plan.conflicts) if files else 0
