"""Whether a file of a folder may have changed, by names, sizes and times, without reading any."""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from careers.sync import file_names

REST = 20  # times as long as looking took, nobody looks again: a folder may have 100,000 files
QUICK = 0.05  # seconds in which so few files are looked at that nobody has to rest


class Stamp(NamedTuple):
    """files: how many there are. digest: of their names, sizes and times."""

    files: int
    digest: str


_last: dict[Path, tuple[Stamp, float]] = {}  # folder → its stamp, and until when that is believed


def folder_stamp(folder: Path, *, anew: bool = False) -> Stamp:
    """Another one once a file came, went or was written. anew: however long looking takes.

    Of a folder that takes long to look at, another one up to REST times as long after that.
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
        except OSError:  # gone between the two
            continue
        yield name, status.st_size, status.st_mtime_ns
