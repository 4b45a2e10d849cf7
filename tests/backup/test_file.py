"""A backup's file: what it holds, and that only a complete one of this site is trusted."""

import errno
import os
import resource
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.backup import NotReadBack, UnreadableDatabase, UnusableBackup, backups
from careers.backup.archive import CONTENTS, Contents, pack, scratch_folder
from careers.backup.sqlite import SQLite

KEY = b"a key to the admin"


def make_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """
            CREATE TABLE django_migrations (app TEXT, name TEXT);
            INSERT INTO django_migrations VALUES ('careers', '0001_initial'), ('shop', '0007_any');
            CREATE TABLE django_session (session_key TEXT);
            INSERT INTO django_session VALUES ('a key to the admin');
            CREATE TABLE paths_catalogversion (number INTEGER);
            INSERT INTO paths_catalogversion VALUES (12);
            CREATE TABLE careers_role (title TEXT);
            INSERT INTO careers_role VALUES ('ML Engineer'), ('AI Researcher');
            """
        )


@pytest.fixture
def engine(tmp_path: Path, monkeypatch) -> SQLite:
    path = tmp_path / "db.sqlite3"
    make_database(path)
    engine = SQLite(path)
    monkeypatch.setattr(backups, "_engine", lambda: engine)
    return engine


@pytest.fixture
def file(engine: SQLite, tmp_path: Path) -> Path:
    backups.make_backup(tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def names_of(folder: Path) -> set[str]:
    """Return the names of all files but the database's."""
    return {path.name for path in folder.iterdir()} - {
        f"db.sqlite3{more}" for more in ("", "-wal", "-shm")
    }


def restorable(file: Path, engine: SQLite) -> Contents:
    with scratch_folder(file) as scratch:
        return backups.read_backup(file, engine, scratch)[0]


def refused(file: Path, engine: SQLite) -> str:
    with pytest.raises(UnusableBackup) as error:
        restorable(file, engine)
    return str(error.value)


def test_it_says_what_it_holds(file, engine):
    contents = restorable(file, engine)
    assert contents.catalog == 12
    assert contents.migrations == ("careers.0001_initial", "shop.0007_any")
    assert contents.rows == {"careers_role": 2, "django_migrations": 2, "paths_catalogversion": 1}


def test_it_is_read_with_the_tools_that_everybody_has(file, tmp_path):
    with zipfile.ZipFile(file) as archive:
        archive.extract("database.sqlite3", tmp_path)
    with closing(sqlite3.connect(tmp_path / "database.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM careers_role").fetchone() == (2,)


def test_it_is_for_its_owner_and_no_key_to_the_admin(file, engine):
    assert file.stat().st_mode & 0o777 == 0o600
    assert KEY in engine.path.read_bytes()
    with zipfile.ZipFile(file) as archive:
        assert KEY not in archive.read("database.sqlite3")


def test_it_never_takes_the_place_of_another(file, engine):
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        backups.make_backup(file)
    assert file.read_bytes() == before


def test_a_byte_that_changed_anywhere_is_found(file, engine):
    whole = file.read_bytes()
    step = max(1, len(whole) // 200)
    for place in range(0, len(whole), step):
        changed = bytes([whole[place] ^ 0x55])
        file.write_bytes(whole[:place] + changed + whole[place + 1 :])
        try:
            contents = restorable(file, engine)
        except UnusableBackup:
            continue
        file.write_bytes(whole)
        assert contents == restorable(file, engine), f"byte {place} changes what is restored"


@pytest.mark.parametrize("left", [0, 1, 100, -1, -30])
def test_a_file_that_was_cut_off_is_found(file, engine, left):
    file.write_bytes(file.read_bytes()[:left])
    assert "it is damaged, or not a backup at all" in refused(file, engine)


def test_another_file_is_refused(file, engine):
    file.write_bytes(b"%PDF-1.7")
    assert "not a backup at all" in refused(file, engine)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("thesis.tex", "years of work")
    assert "isn't a backup of this site" in refused(file, engine)


def _rewrite(file: Path, old: str, new: str) -> None:
    """Replace text in a backup's description of itself."""
    with zipfile.ZipFile(file) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    assert old.encode() in members[CONTENTS]
    members[CONTENTS] = members[CONTENTS].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(file, "w") as changed:
        for name, body in members.items():
            changed.writestr(name, body)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"application": "ai-careers"', '"application": "shop"', "isn't a backup of this site"),
        ('"format": 1', '"format": 2', "a newer version of this program made it"),
        ('"careers.0001_initial"', '"careers.9999_later"', "no migration careers.9999_later"),
        ('"engine": "sqlite"', '"engine": "mysql"', "of another kind, mysql"),
        ('"sha256": "', '"sha256": "0', "isn't the one that was put in"),
        ('"careers_role": 2', '"careers_role": 3', "don't have the rows that it says"),
        ('"catalog": 12,', "", "what it says about itself is incomplete"),
        ('"migrations": [', '"migrations": ', "what it says about itself can't be read"),
    ],
)
def test_one_that_does_not_fit_is_refused(file, engine, old, new, words):
    _rewrite(file, old, new)
    assert words in refused(file, engine)


def test_a_database_with_a_fault_is_neither_backed_up_nor_restored(file, engine, tmp_path):
    with scratch_folder(file) as scratch:
        contents, database = backups.read_backup(file, engine, scratch)
        body = bytearray(database.read_bytes())
        body[-200:] = bytes(200)  # rows of the last page
        database.write_bytes(body)
        pack(tmp_path / "bad.zip", contents, database, scratch)
    assert "its database is damaged" in refused(tmp_path / "bad.zip", engine)


def test_a_disk_that_is_full_leaves_no_file_and_the_database_as_it_was(
    file, engine, tmp_path, monkeypatch
):
    before = restorable(file, engine).rows
    monkeypatch.setattr("os.link", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        backups.make_backup(tmp_path / "other.zip")
    with pytest.raises(ZeroDivisionError):
        backups.restore_backup(file, tmp_path / "kept.zip", ())
    with scratch_folder(file) as scratch:
        now = engine.copy(scratch / "now")
    assert (now.rows, now.catalog) == (before, 12)
    assert names_of(tmp_path) == {"backup.zip"}


@contextmanager
def a_full_disk(room: int = 4096) -> Iterator[None]:
    """Let no file grow beyond `room` bytes during the block."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_the_folder_that_has_no_room_is_named_and_not_what_is_read(file, engine, tmp_path, command):
    full = tmp_path / "full"
    full.mkdir()
    words = [full / "new.zip"] if command == "backup" else [file, f"--keep={full / 'new.zip'}"]
    with a_full_disk(), pytest.raises(CommandError) as refusal:
        call_command(command, *map(str, words))
    assert str(refusal.value).startswith(f"{full}: ")
    assert "elsewhere" in str(refusal.value)
    assert names_of(tmp_path) == {"backup.zip", "full"}
    assert not list(full.iterdir())


def test_a_keep_that_has_no_room_while_it_is_packed_is_named(file, engine, tmp_path, monkeypatch):
    def fill_up(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fill_up)
    full = tmp_path / "full"
    full.mkdir()
    with pytest.raises(CommandError, match=rf"^{full}: No space left on device"):
        call_command("restore", str(file), keep=full / "kept.zip")


@pytest.mark.parametrize("was", [b"no database any more", None])
def test_a_disk_that_is_full_once_the_old_one_is_aside_has_it_back(
    file, engine, tmp_path, monkeypatch, was
):
    engine.path.unlink()
    if was:
        engine.path.write_bytes(was)

    def fill_up(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("careers.backup.sqlite._patiently", lambda: fill_up)
    with pytest.raises(UnreadableDatabase, match="disk is full"):
        backups.restore_backup(file, tmp_path / "kept.zip", ())
    assert names_of(tmp_path) == {"backup.zip"}
    assert (engine.path.read_bytes() if engine.path.exists() else None) == was


def test_a_disk_that_knows_no_links_takes_a_backup(engine, tmp_path, monkeypatch):
    """For example a disk that all systems can read, or a network share."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    backups.make_backup(tmp_path / "backup.zip")
    assert restorable(tmp_path / "backup.zip", engine).catalog == 12
    with pytest.raises(FileExistsError):
        backups.make_backup(tmp_path / "backup.zip")


def test_a_database_that_is_locked_is_not_set_aside(file, engine, tmp_path, monkeypatch):
    monkeypatch.setattr("careers.backup.sqlite.PATIENCE", 0.1)
    with closing(sqlite3.connect(engine.path)) as editor:
        editor.execute("PRAGMA journal_mode=WAL")
        editor.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnreadableDatabase, match="database is locked"):
            backups.restore_backup(file, tmp_path / "kept.zip", ())
    assert names_of(tmp_path) == {"backup.zip"}


def test_a_copy_that_is_not_read_as_it_was_written_leaves_the_database(
    file, engine, tmp_path, monkeypatch
):
    """The disk is at fault, and not the database, which is therefore not set aside."""
    link = os.link

    def spoil(old: Path, new: Path) -> None:
        link(old, new)
        data = new.read_bytes()
        new.write_bytes(data[:-100])

    monkeypatch.setattr(os, "link", spoil)
    for act in (
        backups.make_backup,
        lambda kept: backups.restore_backup(file, kept, ()),
    ):
        with pytest.raises(NotReadBack, match=r"kept\.zip .*doesn't read back as it was written"):
            act(tmp_path / "kept.zip")
        with scratch_folder(file) as scratch:
            assert engine.copy(scratch / "now").catalog == 12
        assert names_of(tmp_path) == {"backup.zip"}
    with pytest.raises(CommandError, match=r"kept\.zip .*Nothing was changed"):
        call_command("restore", str(file), keep=tmp_path / "kept.zip")


def test_what_is_set_aside_is_named_with_the_reason(file, engine, tmp_path):
    with closing(sqlite3.connect(engine.path)) as database:
        database.execute("DROP TABLE django_session")
    done = backups.restore_backup(file, tmp_path / "kept.zip", ())
    assert done.kept is None
    assert done.aside.name.startswith("db.sqlite3.damaged-")
    assert done.aside.exists()
    assert "it has no django_session" in done.why


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_folder_that_is_not_there_is_named_as_it_was_typed(file, engine, tmp_path, command):
    missing = tmp_path / "missing" / "new.zip"
    words = [missing] if command == "backup" else [file, f"--keep={missing}"]
    with pytest.raises(CommandError, match=rf"{missing.parent}: No such file or directory"):
        call_command(command, *map(str, words))
