"""A digest of a catalog's files, their names and bytes, and of the code that reads them."""

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from careers.sync.problems import Refused
from careers.sync.reading.files import walk_files
from careers.sync.reading.yaml_tree import MAX_BYTES


class FilesDigest:
    """Collects the digest of each file that is read, in any order."""

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        self.digests[name] = hashlib.sha256(data).hexdigest()

    def hexdigest(self) -> str:
        return digest_of_all(self.digests)


class KnownFile(NamedTuple):
    """digest: of a file's bytes. stamp: see `careers.models.AppliedFile`."""

    digest: str
    stamp: str


def digest_of_all(digests: Mapping[str, str]) -> str:
    """One digest of files, by name and digest, and of the code that reads them."""
    whole = hashlib.sha256(code_digest().encode())
    for name, digest in sorted(digests.items()):
        whole.update(os.fsencode(name) + b"\0" + bytes.fromhex(digest))
    return whole.hexdigest()


def look_at_files(folder: Path, known: Mapping[str, KnownFile]) -> dict[str, KnownFile]:
    """Every file of a folder, by name. Reads only those whose stamp isn't the known one. Empty if a
    file is a link, too large or unreadable. known: the files as of an earlier look."""
    found = {}
    try:
        for name, is_link in walk_files(folder):
            path = f"{folder}/{name}"
            status = os.stat(path)  # noqa: PTH116  very many
            if is_link or not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                return {}
            stamp, was = _stamp(status), known.get(name)
            if was and stamp == was.stamp != "":
                found[name] = was
            else:
                found[name] = KnownFile(hashlib.sha256(Path(path).read_bytes()).hexdigest(), stamp)
    except (OSError, Refused):
        return {}
    return found


JUST_NOW = 2_000_000_000  # nanoseconds: a file may be written twice within one tick of a clock


def _stamp(status: os.stat_result) -> str:
    """The file's size, times and inode; empty if it may be written again without changing them."""
    if status.st_ctime_ns > time.time_ns() - JUST_NOW:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def folder_digest(folder: Path) -> str:
    """The digest of a folder's files, without parsing any.

    Empty if a file is a link, too large or unreadable: reading the files then tells what is wrong.
    """
    files = look_at_files(folder, {})
    return digest_of_all({name: file.digest for name, file in files.items()}) if files else ""


@cache
def code_digest() -> str:
    """The digest of all code that reads and checks files: after an upgrade, they are read again."""
    code = hashlib.sha256("\n".join([sys.version, *sorted(_packages())]).encode())
    for package in ("careers", "paths"):
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            code.update(path.read_bytes())
    return code.hexdigest()


def _packages() -> Iterator[str]:
    """Every installed package, by the name of its metadata folder, which includes its version. So
    no list has to know which of them decide what a file means."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            yield from (each.name for each in folder.glob("*.dist-info"))
