"""Put new files in the place of old ones: all of them or none, even if a disk is full.

What is killed halfway is finished by the next export: once all new files are on disk, a journal
says where each belongs.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Set
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

from careers.sync.exporting.export import Rewrite
from careers.sync.exporting.unwritable import Unwritable
from careers.sync.wording.reasons import Reason


def replace_files(folder: Path, rewrites: list[Rewrite]) -> None:
    """Write the new files beside the old ones, and move them into place once all are on disk.

    Raises Unwritable if a file is a link or changed meanwhile, or another export is at work, and
    OSError if the disk is full or can't be written to; then the files are as they were. Whoever
    reads a file meanwhile finds the old one or the new one, never a part; but for files of another
    user, which are written to, so that they stay that user's.
    """
    if is_interrupted(folder):
        raise Unwritable(Reason(BEGUN))
    for rewrite in rewrites:
        _refuse_links(folder, rewrite)
    mark = secrets.token_hex(4)
    targets = {folder / each.after: each.new for each in rewrites if each.after}
    sources = {folder / each.before: each.old for each in rewrites if each.before}
    with ExitStack() as undo:
        fresh = {path: _beside(path, new, mark, undo) for path, new in targets.items()}
        foreign = {p for p, new in fresh.items() if p.exists() and _owner(new) != _owner(p)}
        backups = [_kept(path, mark, undo, copy=path in foreign) for path in sources]
        _refuse_what_changed(folder, targets, sources)
        gone = sources.keys() - targets.keys()
        journal = _begin(folder, fresh, gone, mark, undo)
        for path, new in fresh.items():
            if path not in sources:
                undo.callback(path.unlink, missing_ok=True)
            _move(new, path)
        for path in gone:
            path.unlink()
        undo.pop_all()
    _tidy(backups, sources.keys() | targets.keys())
    _end(folder, journal)


# -- What is killed halfway ----------------------------------------------------------------

JOURNAL = ".export.json"
BEGUN = "an export was begun here and didn't end: `catalog export` finishes it"

DAMAGED = (
    f"{JOURNAL} is damaged, and nothing else says what the export was about to do: bring the "
    f"folder back to a state you trust, as with `git restore`, and remove {JOURNAL}"
)


def is_interrupted(folder: Path) -> bool:
    """Whether an export was killed halfway: some files have its edits, and others lack them."""
    try:
        return (folder / JOURNAL).exists()
    except OSError:  # whoever reads the folder says what is wrong with it
        return False


def finish_interrupted(folder: Path) -> bool:
    """Finish an export that was killed halfway. Whether there was one.

    Raises Unwritable if it is at work still, or nothing says what it was about to do.
    """
    if not is_interrupted(folder):
        return False
    with (folder / JOURNAL).open("rb") as journal:
        _lock(journal)
        fresh, gone, mark = _begun(folder, journal.read())
        for path, new in fresh.items():
            if new.exists():
                _move(new, path)
        for path in gone:
            path.unlink(missing_ok=True)
        touched = fresh.keys() | gone
        _tidy([_backup(path, mark) for path in touched], touched)
        _end(folder, journal)
    return True


def _begun(folder: Path, journal: bytes) -> tuple[dict[Path, Path], set[Path], str]:
    """The new files, those to remove, and the mark, as _begin() notes them."""
    try:
        noted = json.loads(journal)
        fresh = {folder / path: folder / new for path, new in noted["fresh"].items()}
        return fresh, {folder / path for path in noted["gone"]}, noted["mark"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unwritable(Reason(DAMAGED)) from None


def _begin(
    folder: Path, fresh: dict[Path, Path], gone: Set[Path], mark: str, undo: ExitStack
) -> BinaryIO:
    """Note what is about to be done, and keep others out as long as the journal is open.

    fresh: the place of each new file → where it is on disk already. gone: files to remove.
    """
    noted = folder / f"{JOURNAL}.{mark}.new"
    undo.callback(noted.unlink, missing_ok=True)
    journal = noted.open("xb")
    undo.callback(_end, folder, journal)
    _lock(journal)
    names = {str(p.relative_to(folder)): str(new.relative_to(folder)) for p, new in fresh.items()}
    old = sorted(str(path.relative_to(folder)) for path in gone)
    journal.write(json.dumps({"mark": mark, "fresh": names, "gone": old}).encode())
    journal.flush()
    os.fsync(journal.fileno())
    noted.replace(folder / JOURNAL)
    return journal


def _end(folder: Path, journal: BinaryIO) -> None:
    """Nothing is left to do. A journal that can't be removed is ended by whoever finds it."""
    with suppress(OSError):
        (folder / JOURNAL).unlink(missing_ok=True)
    journal.close()


def _lock(journal: BinaryIO) -> None:
    try:
        fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Unwritable(Reason("another export is at work in this folder")) from None


# -- One file ------------------------------------------------------------------------------


def _refuse_links(folder: Path, rewrite: Rewrite) -> None:
    for name in filter(None, (rewrite.before, rewrite.after)):
        parts = Path(name).parts
        for depth in range(len(parts)):
            link = Path(*parts[: depth + 1])
            if (folder / link).is_symlink():
                words = f"{link} is a link: write the file itself, or export into a copy"
                raise Unwritable(Reason(words))


def _beside(path: Path, content: bytes, mark: str, undo: ExitStack) -> Path:
    """A new file beside another, on disk. A dot in front of its name makes readers pass it over."""
    for missing in [each for each in (path.parent.parent, path.parent) if not each.exists()]:
        missing.mkdir()
        undo.callback(_remove_if_empty, missing)
    new = path.with_name(f".{path.name}.{mark}.new")
    undo.callback(new.unlink, missing_ok=True)
    with new.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, new)
        with suppress(PermissionError):  # only root may give a file to another user
            os.chown(new, *_owner(path))
    return new


def _owner(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid


def _move(new: Path, path: Path) -> None:
    """Put a new file into its place. One of another user is written to, and stays theirs."""
    if path.exists() and _owner(new) != _owner(path):
        shutil.copyfile(new, path)
        new.unlink()
    else:
        new.replace(path)


def _backup(path: Path, mark: str) -> Path:
    return path.with_name(f".{path.name}.{mark}.old")


def _kept(path: Path, mark: str, undo: ExitStack, *, copy: bool) -> Path:
    """A second name for a file, or a copy of it, from which it is put back if anything fails."""
    backup = _backup(path, mark)
    undo.callback(_put_back, backup, path)
    if not copy:
        try:
            backup.hardlink_to(path)
        except (NotImplementedError, PermissionError):  # not every file system has second names
            copy = True
    if copy:
        shutil.copy2(path, backup)
    return backup


def _put_back(backup: Path, path: Path) -> None:
    with suppress(FileNotFoundError):
        backup.replace(path)
    backup.unlink(missing_ok=True)  # replace() does nothing where both are names of one file


def _refuse_what_changed(
    folder: Path, targets: dict[Path, bytes], sources: dict[Path, bytes]
) -> None:
    """Raise Unwritable where somebody has saved a file since it was read."""
    changed = [path for path, old in sources.items() if path.read_bytes() != old]
    changed += [path for path in targets if path not in sources and path.exists()]
    if changed:
        names = ", ".join(str(path.relative_to(folder)) for path in changed)
        raise Unwritable(Reason(f"{names} changed meanwhile: export again"))


def _tidy(backups: list[Path], touched: set[Path]) -> None:
    """Remove backups and empty folders. All files are in place: leftovers do no harm."""
    for backup in backups:
        with suppress(OSError):
            backup.unlink()
    for directory in {path.parent for path in touched}:
        _remove_if_empty(directory)
        with suppress(OSError):
            opened = os.open(directory, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)


def _remove_if_empty(directory: Path) -> None:
    with suppress(OSError):
        directory.rmdir()
