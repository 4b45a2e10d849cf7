"""Make and verify a backup; restore the site from one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from careers.backup.archive import (
    Contents,
    NotReadBack,
    UnusableBackup,
    pack,
    scratch_folder,
    unpack,
)
from careers.backup.engine import Engine
from careers.backup.postgresql import PostgreSQL
from careers.backup.sqlite import SQLite

OWN = {"careers", "paths"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What restore_backup() did.

    contents: the backup's. kept: the backup of the replaced database. aside, why: if that couldn't
    be read, where its files are now, unchanged, and what was wrong with it.
    """

    contents: Contents
    kept: Path | None
    aside: Path | None
    why: str


def make_backup(file: Path) -> Contents:
    """Write the site's database into a new file, and verify it.

    Raises FileExistsError, UnreadableDatabase, UnusableBackup if it isn't the database of this
    site, NotReadBack if the file doesn't read as it was written, or OSError. Then no file is left.
    """
    if file.exists():
        raise FileExistsError(file)
    engine = _engine()
    with scratch_folder(file) as scratch:
        copy = scratch / "copy"
        contents = engine.copy(copy)
        made = pack(file, contents, copy, scratch)
        try:
            _read_back(engine, file, made)
        except BaseException:
            file.unlink()
            raise
    return made


def read_backup(file: Path, engine: Engine, scratch: Path) -> tuple[Contents, Path]:
    """A backup's contents and its database, verified. Raises UnusableBackup or OSError.

    scratch: the folder that the database is unpacked into.
    """
    contents, database = unpack(file, scratch)
    if contents.engine != engine.name:
        raise UnusableBackup(
            f"it was made from {contents.engine}, and this site's database is {engine.name}"
        )
    own = {name for name in contents.migrations if name.partition(".")[0] in OWN}
    if unknown := sorted(own - _known_migrations()):
        raise UnusableBackup(
            f"a newer version of this program made it: this one has no migration {unknown[0]}"
        )
    found = engine.check(database)
    if found.rows != contents.rows:
        raise UnusableBackup("it is damaged: its tables don't have the rows that it says")
    return contents, database


def restore_backup(file: Path, keep: Path, first: Sequence[str]) -> Restored:
    """Replace the site's database with a backup. An older one has to be migrated afterwards.

    keep: a new file, for a backup of what is replaced. first: the tables that every writer locks
    first, in that order. Raises UnusableBackup, NotReadBack, UnreadableDatabase, MissingProgram,
    FileExistsError or OSError, and then leaves the database as it was.
    """
    if keep.exists():
        raise FileExistsError(keep)
    engine = _engine()
    with scratch_folder(keep) as scratch:
        contents, database = read_backup(file, engine, scratch)
        try:
            done = engine.replace(database, lambda: make_backup(keep), first)
        except BaseException:
            keep.unlink(missing_ok=True)
            raise
    connection.close()
    return Restored(contents, keep if done.kept else None, done.aside, done.why)


def _read_back(engine: Engine, file: Path, made: Contents) -> None:
    try:
        with scratch_folder(file) as scratch:
            contents, database = unpack(file, scratch)
            found = engine.check(database)
    except UnusableBackup as error:
        raise NotReadBack(f"{file} doesn't read back as it was written: {error}") from None
    if contents != made or found.rows != made.rows:
        raise NotReadBack(f"{file} doesn't read back as it was written")


def _engine() -> Engine:
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        return PostgreSQL(settings)
    return SQLite(Path(settings["NAME"]))


def _known_migrations() -> set[str]:
    """The migrations of the site's own apps. Which others are installed may differ."""
    known = MigrationLoader(None).disk_migrations
    names = {name for name in known if name[0] in OWN}
    names |= {old for migration in known.values() for old in migration.replaces}
    return {".".join(name) for name in names}
