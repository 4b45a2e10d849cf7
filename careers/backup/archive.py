"""The file format of a backup: writing it, reading it, and checking that it is intact.

A zip archive with two members: `backup.json`, which describes the other, and the database as its
own tools write it. `unzip` and `sqlite3` or `pg_restore` can open it without this program.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

APPLICATION = "ai-careers"
FORMAT = 1
CONTENTS = "backup.json"
MEMBERS = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
PIECE = 1 << 20  # bytes
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}  # from file systems without hard links


class UnusableBackup(Exception):
    """The file isn't a backup that can be restored here. The message says why."""


class NotReadBack(Exception):
    """A backup that was just made doesn't read as it was written: its disk is faulty."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds.

    engine: "sqlite" or "postgresql"; made: the time of the snapshot (ISO 8601, UTC); catalog: its
    catalog version; migrations: "app.name" of all that were applied; rows: how many each table has,
    but for the sessions, which aren't kept; sha256: the digest of the database's file.
    """

    engine: str
    made: str
    catalog: int
    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    sha256: str = ""


@contextmanager
def scratch_folder(beside: Path) -> Iterator[Path]:
    """A private temporary folder on the same disk as a file, deleted at the end.

    An OSError about a file in it names the parent folder instead, which the user knows.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=beside.parent))
    except OSError as error:
        raise _named(error, beside.parent) from None
    try:
        yield folder
    except OSError as error:
        named = error.filename
        if named is None or Path(named).is_relative_to(folder):
            raise _named(error, beside.parent) from None
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _named(error: OSError, path: Path) -> OSError:
    return OSError(error.errno, error.strerror, str(path))


def pack(file: Path, contents: Contents, database: Path, scratch: Path) -> Contents:
    """Write a backup, whole or not at all. scratch: a folder on the disk of the file.

    Raises FileExistsError: a backup never overwrites a file.
    """
    said = asdict(contents) | {"sha256": digest(database)}
    unfinished = scratch / "backup.zip"
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        head = {"application": APPLICATION, "format": FORMAT} | said
        archive.writestr(CONTENTS, json.dumps(head, indent=1))
        archive.write(database, MEMBERS[contents.engine])
    unfinished.chmod(0o600)  # it has password hashes
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    _give_its_name(unfinished, file)
    return _said(said)


def _give_its_name(unfinished: Path, file: Path) -> None:
    """Move a finished file to its name. Raises FileExistsError if the name is taken."""
    try:
        os.link(unfinished, file)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        file.touch(exist_ok=False)
        unfinished.replace(file)


def unpack(file: Path, scratch: Path) -> tuple[Contents, Path]:
    """A backup's contents, and its database in `scratch`. Raises UnusableBackup or OSError."""
    with file.open("rb") as opened, _faults(), zipfile.ZipFile(opened) as archive:
        contents = _contents(archive)
        name = MEMBERS[contents.engine]
        database = scratch / name
        with archive.open(name) as packed, database.open("wb") as out:
            out.writelines(_pieces(packed, file))
    if digest(database) != contents.sha256:
        raise UnusableBackup("it is damaged: its database isn't the one that was put in")
    return contents, database


def _pieces(packed: IO[bytes], file: Path) -> Iterator[bytes]:
    """The bytes of a member, in pieces. An OSError about reading names the backup's file."""
    try:
        while piece := packed.read(PIECE):
            yield piece
    except OSError as error:
        raise _named(error, file) from None


@contextmanager
def _faults() -> Iterator[None]:
    """Turn the errors about a damaged or foreign archive into UnusableBackup."""
    damaged = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
    try:
        yield
    except damaged as error:
        raise UnusableBackup(f"it is damaged, or not a backup at all ({error})") from None
    except KeyError:
        raise UnusableBackup("it isn't a backup of this site") from None
    except OSError as error:
        if error.errno != errno.EINVAL:  # a seek to before the file's beginning
            raise
        raise UnusableBackup("it is damaged") from None


def _contents(archive: zipfile.ZipFile) -> Contents:
    """Read and check `backup.json`. Raises KeyError if the archive is no backup of this site."""
    try:
        said = json.loads(archive.read(CONTENTS))
    except ValueError:
        raise UnusableBackup("it is damaged: what it says about itself can't be read") from None
    if not isinstance(said, dict) or said.pop("application", "") != APPLICATION:
        raise KeyError(CONTENTS)
    if said.pop("format", 0) != FORMAT:
        raise UnusableBackup("a newer version of this program made it, in a form not known here")
    try:
        contents = _said(said)
    except (TypeError, KeyError):
        raise UnusableBackup("it is damaged: what it says about itself is incomplete") from None
    if contents.engine not in MEMBERS:
        raise UnusableBackup(f"it was made from a database of another kind, {contents.engine}")
    return contents


def _said(said: dict[str, Any]) -> Contents:
    return Contents(**said | {"migrations": tuple(said["migrations"])})


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
