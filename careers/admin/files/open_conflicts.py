"""How many conflicts wait for a choice, cheap enough to be told on every page of the admin.

There is none while the files are as at the last apply. Once they differ they are read, once until
they change, and compared with the database, once until either changes.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max

from careers import sync
from careers.models import Apply, CatalogVersion, Choice

type Stamp = tuple[tuple[str, int, int], ...]  # of each file its name, size and time of change


def open_conflicts() -> int:
    """How many there are; 0 where the files were never applied, or aren't in order."""
    applied = Apply.objects.values_list("digest", "applied_at").first()
    folder = settings.CATALOG_DIR
    stamp = tuple(sorted(_stamp(folder)))
    if applied is None or _digest(folder, stamp) == applied[0]:
        return 0
    choices = Choice.objects.aggregate(Count("pk"), Max("made_at"))
    return _count(folder, stamp, (applied, CatalogVersion.current(), *choices.values()))


def _stamp(folder: Path) -> Iterator[tuple[str, int, int]]:
    for within, _, names in os.walk(folder):
        for name in names:
            try:
                status = os.lstat(os.path.join(within, name))  # noqa: PTH118  many, at each page
            except OSError:  # gone between the two
                continue
            yield f"{within}/{name}", status.st_size, status.st_mtime_ns


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
def _count(folder: Path, stamp: Stamp, _: object) -> int:
    files = _files(folder, stamp)
    return len(sync.compare(files).plan.conflicts) if files else 0
