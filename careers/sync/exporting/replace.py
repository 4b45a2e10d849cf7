"""Replace old files by new ones: all of them or none, even if a disk is full.

If an export is killed halfway, the next one finishes it: once all new files are on disk, a journal
has the digest that each file had and is to have. Only one export at a time works in a folder: from
its first file to its last, it has a lock on the folder.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from careers.sync.exporting.export import Rewrite
from careers.sync.exporting.unwritable import Unwritable
from careers.sync.reading.files import BEGUN, JOURNAL, has_a_place, is_interrupted
from careers.sync.wording.reasons import Reason


def replace_files(folder: Path, rewrites: list[Rewrite]) -> None:
    """Write the new files beside the old ones, and move them into place once all are on disk.

    Raises Unwritable if a file is a link or changed meanwhile, or if another export is running or
    was interrupted, and OSError if the disk is full or can't be written to; then the files are as
    they were, or as somebody else saved them meanwhile. A reader of a file gets the old one or the
    new one, never a part; except for files of another user, which are overwritten in place, so that
    they stay that user's.
    """
    with _alone(folder):
        if is_interrupted(folder):
            raise Unwritable(Reason(BEGUN))
        names = dict.fromkeys(name for each in rewrites for name in (each.before, each.after))
        for name in filter(None, names):
            _refuse_links(folder, name)
        _replace(folder, rewrites)


def _replace(folder: Path, rewrites: list[Rewrite]) -> None:
    texts = {each.after: each.new for each in rewrites if each.after}
    said = {each.before: each.old for each in rewrites if each.before}
    mark = secrets.token_hex(MARK_BYTES)
    steps = [
        _Step(folder / name, mark, _digest(said.get(name)), _digest(texts.get(name)))
        for name in {**texts, **said}
    ]
    with ExitStack() as undo:
        for step in steps:
            if step.new:
                _beside(step, texts[str(step.path.relative_to(folder))], undo)
        for step in steps:
            if step.old:
                _keep(step, undo)
        _refuse(folder, steps, _Step.is_old, MEANWHILE)
        undo.callback(_end, folder)
        _begin(folder, steps, mark, undo)
        with _back_if_it_fails(undo) as done:
            for step in steps:
                _refuse(folder, [step], _Step.is_old, MEANWHILE)
                done.append(step)
                step.forward()
            # Whoever saves in place may have written to the old file, which is the backup now.
            _refuse(folder, steps, _Step.is_kept, MEANWHILE)
        undo.pop_all()
    _tidy(steps)
    _end(folder)


@contextmanager
def _back_if_it_fails(undo: ExitStack) -> Iterator[list["_Step"]]:
    """Collect the steps that were done, and take them back if the block fails. undo: the clean-up
    that follows; dropped if a step can't be taken back."""
    done: list[_Step] = []
    try:
        yield done
    except BaseException:
        try:
            for step in reversed(done):
                step.back()
        except OSError:
            undo.pop_all()  # leaves the next export all that it needs to finish this one
        raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other exports out of a folder. The lock ends even if the process is killed."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unwritable(Reason("another export is at work in this folder")) from None
        yield
    finally:
        os.close(held)


# -- What is killed halfway ----------------------------------------------------------------

MARK_BYTES = 4
MEANWHILE = "{} changed meanwhile: export again"
SINCE = (
    "{} changed since an export was begun here, which didn't end: bring each back to what it said "
    "before, as with `git restore`, and export again. Or keep what it says, look at the others, "
    f"and remove {JOURNAL}"
)
DAMAGED = (
    f"{JOURNAL} is damaged, and nothing else says what the export was about to do: bring the "
    f"folder back to a state you trust, as with `git restore`, and remove {JOURNAL}"
)


def finish_interrupted(folder: Path) -> bool:
    """Finish an export that was killed halfway. Return whether there was one.

    The files get what it was to write or, if somebody has put old ones back, are all as before.
    Raises Unwritable, with nothing changed, if it is still running, if its journal is damaged, or
    if a file is neither what it found nor what it was to write.
    """
    if not is_interrupted(folder):
        return False
    with _alone(folder):
        if not is_interrupted(folder):  # it was running, and has ended
            return False
        steps = _begun(folder)
        if all(step.can_go_on() for step in steps):
            for step in steps:
                step.forward()
        else:
            _refuse(folder, steps, lambda step: step.can_go_on() or step.can_go_back(), SINCE)
            if not all(step.can_go_back() for step in steps):
                _refuse(folder, steps, _Step.can_go_on, SINCE)
            for step in reversed(steps):
                step.back()
        _tidy(steps)
        _end(folder)
    return True


def _begun(folder: Path) -> list["_Step"]:
    """The steps that _begin() noted. Raises Unwritable if the journal is damaged, or names what
    can't be a catalog file."""
    try:
        noted = json.loads((folder / JOURNAL).read_bytes())
        mark = noted["mark"]
        steps = [_Step(folder / name, mark, *said) for name, said in noted["files"].items()]
        is_ours = re.fullmatch(f"[0-9a-f]{{{2 * MARK_BYTES}}}", mark) and all(
            has_a_place(name) for name in noted["files"]
        )
        is_whole = all(each.old or each.new for each in steps)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unwritable(Reason(DAMAGED)) from None
    if not (is_ours and is_whole) or any(step.is_helped_by_links() for step in steps):
        raise Unwritable(Reason(DAMAGED))
    for name in noted["files"]:
        _refuse_links(folder, name)
    return steps


def _begin(folder: Path, steps: list["_Step"], mark: str, undo: ExitStack) -> None:
    """Write the journal of what is about to be done."""
    files = {str(step.path.relative_to(folder)): (step.old, step.new) for step in steps}
    noted = folder / f"{JOURNAL}.{mark}.new"
    undo.callback(noted.unlink, missing_ok=True)
    with noted.open("xb") as journal:
        journal.write(json.dumps({"mark": mark, "files": files}).encode())
        journal.flush()
        os.fsync(journal.fileno())
    noted.replace(folder / JOURNAL)
    _sync(folder)


def _end(folder: Path) -> None:
    """Remove the journal. If that fails, the next export finishes this one, with nothing to do."""
    with suppress(OSError):
        (folder / JOURNAL).unlink(missing_ok=True)


def _refuse(
    folder: Path, steps: list["_Step"], is_right: Callable[["_Step"], bool], words: str
) -> None:
    """Raise Unwritable with the names of the files for which `is_right` is false."""
    if changed := [str(each.path.relative_to(folder)) for each in steps if not is_right(each)]:
        raise Unwritable(Reason(words.format(", ".join(sorted(changed)))))


# -- One file ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """The replacement of one file. old, new: digests of its bytes; None if there is no file.

    mark: part of the names of `fresh` and `backup`. These begin with a dot, so that readers of the
    catalog skip them.
    """

    path: Path
    mark: str
    old: str | None
    new: str | None

    @property
    def fresh(self) -> Path:
        return self.path.with_name(f".{self.path.name}.{self.mark}.new")

    @property
    def backup(self) -> Path:
        return self.path.with_name(f".{self.path.name}.{self.mark}.old")

    def is_helped_by_links(self) -> bool:
        return self.fresh.is_symlink() or self.backup.is_symlink()

    def is_old(self) -> bool:
        return _digest_of(self.path) == self.old

    def is_new(self) -> bool:
        return _digest_of(self.path) == self.new

    def is_kept(self) -> bool:
        return not self.old or _digest_of(self.backup) == self.old

    def is_begun(self) -> bool:
        """Whether it has only a part of its new content: another user's is written in place."""
        if not (self.old and self.path.exists() and self.fresh.exists()):
            return False
        return _owner(self.path) != _owner(self.fresh) and _is_part(self.path, self.fresh)

    def can_go_on(self) -> bool:
        is_at_hand = not self.new or _digest_of(self.fresh) == self.new
        return self.is_new() or (is_at_hand and (self.is_old() or self.is_begun()))

    def can_go_back(self) -> bool:
        is_at_hand = not self.old or _digest_of(self.backup) == self.old
        return self.is_old() or (is_at_hand and (self.is_new() or self.is_begun()))

    def forward(self) -> None:
        """Put the new file into its place. Another user's is written in place, and stays theirs."""
        if self.is_new():
            return
        if not self.new:
            self.path.unlink()
        elif self.path.exists() and _owner(self.fresh) != _owner(self.path):
            shutil.copyfile(self.fresh, self.path)
        else:
            self.fresh.replace(self.path)

    def back(self) -> None:
        """Put the old file back in the place of the new one. What somebody else saved stays."""
        if self.is_old() or not (self.is_new() or self.is_begun()):
            return
        if self.old:
            self.backup.replace(self.path)
        else:
            self.path.unlink()


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _digest_of(path: Path) -> str | None:
    try:
        return _digest(path.read_bytes())
    except FileNotFoundError:
        return None
    except IsADirectoryError:
        return ""  # there is something, but no file


def _is_part(path: Path, whole: Path) -> bool:
    return whole.read_bytes().startswith(path.read_bytes())


def _refuse_links(folder: Path, name: str) -> None:
    parts = Path(name).parts
    for depth in range(len(parts)):
        link = Path(*parts[: depth + 1])
        if (folder / link).is_symlink():
            words = f"{link} is a link: write the file itself, or export into a copy"
            raise Unwritable(Reason(words))


def _beside(step: _Step, content: bytes, undo: ExitStack) -> None:
    """Write a new file beside the one that it is to replace, and wait until it is on disk."""
    path, new = step.path, step.fresh
    for missing in [each for each in (path.parent.parent, path.parent) if not each.exists()]:
        missing.mkdir()
        undo.callback(_remove_if_empty, missing)
    undo.callback(new.unlink, missing_ok=True)
    with new.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, new)
        with suppress(PermissionError):  # only root may give a file to another user
            os.chown(new, *_owner(path))


def _owner(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid


def _keep(step: _Step, undo: ExitStack) -> None:
    """Back a file up by a hard link or a copy, to be put back if anything fails."""
    undo.callback(step.backup.unlink, missing_ok=True)
    copy = step.fresh.exists() and _owner(step.fresh) != _owner(step.path)
    if not copy:
        try:
            step.backup.hardlink_to(step.path)
        except (NotImplementedError, PermissionError):  # not every file system has hard links
            copy = True
    if copy:
        shutil.copy2(step.path, step.backup)


def _tidy(steps: Collection[_Step]) -> None:
    """Remove temporary files, and empty folders. All files are in place: leftovers do no harm."""
    for leftover in [each for step in steps for each in (step.fresh, step.backup)]:
        with suppress(OSError):
            leftover.unlink()
    # In reverse order, folders come after those in them, and none is kept by an empty one.
    for directory in sorted({step.path.parent for step in steps}, reverse=True):
        _remove_if_empty(directory)
        with suppress(OSError):
            _sync(directory)


def _sync(directory: Path) -> None:
    """Wait until a folder's names are on disk."""
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _remove_if_empty(directory: Path) -> None:
    with suppress(OSError):
        directory.rmdir()
