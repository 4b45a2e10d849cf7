"""Put new files in the place of old ones: all of them or none, even if a disk is full."""

import os
import secrets
import shutil
from contextlib import ExitStack, suppress
from pathlib import Path

from careers.sync.exporting.export import Rewrite
from careers.sync.exporting.unwritable import Unwritable


def replace_files(folder: Path, rewrites: list[Rewrite]) -> None:
    """Write the new files beside the old ones, and move them into place once all are on disk.

    Raises Unwritable if a file is a link or changed meanwhile, and OSError if the disk is full or
    can't be written to; then the files are as they were. Whoever reads a file meanwhile finds the
    old one or the new one, never a part.
    """
    for rewrite in rewrites:
        _refuse_links(folder, rewrite)
    mark = secrets.token_hex(4)
    targets = {folder / each.after: each.new for each in rewrites if each.after}
    sources = {folder / each.before: each.old for each in rewrites if each.before}
    with ExitStack() as undo:
        fresh = {path: _beside(path, new, mark, undo) for path, new in targets.items()}
        backups = [_kept(path, mark, undo) for path in sources]
        _refuse_what_changed(folder, targets, sources)
        for path, new in fresh.items():
            if path not in sources:
                undo.callback(path.unlink, missing_ok=True)
            new.replace(path)
        for path in sources.keys() - targets.keys():
            path.unlink()
        undo.pop_all()
    _tidy(backups, sources.keys() | targets.keys())


def _refuse_links(folder: Path, rewrite: Rewrite) -> None:
    for name in filter(None, (rewrite.before, rewrite.after)):
        parts = Path(name).parts
        for depth in range(len(parts)):
            link = Path(*parts[: depth + 1])
            if (folder / link).is_symlink():
                raise Unwritable(f"{link} is a link: write the file itself, or export into a copy")


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
    return new


def _kept(path: Path, mark: str, undo: ExitStack) -> Path:
    """A second name for a file, from which it is put back if anything fails."""
    backup = path.with_name(f".{path.name}.{mark}.old")
    undo.callback(_put_back, backup, path)
    try:
        backup.hardlink_to(path)
    except (NotImplementedError, PermissionError):  # not every file system has second names
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
        raise Unwritable(f"{names} changed meanwhile: export again")


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
