"""Tell by names, sizes and times whether a folder's files may have changed, reading none."""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from careers.sync import file_names

REST = 20  # times as long as making a stamp took, it is reused: a folder may have 100,000 files
QUICK = 0.05  # seconds; a stamp that took no longer isn't reused


class Stamp(NamedTuple):
    """files: how many there are. digest: of their names, sizes and times."""

    files: int
    digest: str


_last: dict[Path, tuple[Stamp, float]] = {}  # folder → its stamp, and until when to reuse it


def folder_stamp(folder: Path, *, anew: bool = False) -> Stamp:
    """The folder's stamp, which changes once a file is added, removed or written.

    In a folder with many files it may change late, as a stamp is reused for a while (see REST).
    anew: don't reuse one.
    """
    stamp, until = _last.get(folder, (Stamp(0, ""), 0.0))
    begun = time.monotonic()
    if anew or begun >= until:
        stamp = _look_at(folder)
        took = time.monotonic() - begun
        _last[folder] = stamp, begun + (REST * took if took > QUICK else 0)
    return stamp


def _look_at(folder: Path) -> Stamp:
    found, files = hashlib.sha256(), sorted(_files(folder))
    for each in files:
        found.update(repr(each).encode(errors="surrogateescape"))
    return Stamp(len(files), found.hexdigest())


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for name in file_names(folder):
        try:
            status = os.lstat(f"{folder}/{name}")
        except OSError:  # deleted since it was listed
            continue
        yield name, status.st_size, status.st_mtime_ns
