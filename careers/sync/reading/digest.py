"""A digest of a catalog's files, their names and bytes, and of the code that reads them."""

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

from careers.sync.problems import Refused
from careers.sync.reading.files import walk_files
from careers.sync.reading.yaml_tree import MAX_BYTES


class FilesDigest:
    """Collects the digest of each file that is read, in any order."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def add(self, name: str, data: bytes) -> None:
        self._files[name] = hashlib.sha256(data).digest()

    def hexdigest(self) -> str:
        whole = hashlib.sha256(code_digest().encode())
        for name, digest in sorted(self._files.items()):
            whole.update(os.fsencode(name) + b"\0" + digest)
        return whole.hexdigest()


def folder_digest(folder: Path) -> str:
    """The digest of a folder's files, without parsing any.

    Empty where a file is a link, too large or unreadable: then the reader has to say what is wrong.
    """
    digest = FilesDigest()
    try:
        for name, is_link in walk_files(folder):
            status = (folder / name).stat()
            if is_link or not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                return ""
            digest.add(name, (folder / name).read_bytes())
    except (OSError, Refused):
        return ""
    return digest.hexdigest()


@cache
def code_digest() -> str:
    """The digest of all code that reads and checks files: after an upgrade, they are read again."""
    code = hashlib.sha256("\n".join([sys.version, *sorted(_packages())]).encode())
    for package in ("careers", "paths"):
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            code.update(path.read_bytes())
    return code.hexdigest()


def _packages() -> Iterator[str]:
    """Every package that is installed, by the name of its folder of metadata, which has its version
    as well. Which of them decide what a file means, no list has to know."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            yield from (each.name for each in folder.glob("*.dist-info"))
