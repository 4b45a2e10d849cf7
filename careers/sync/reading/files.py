"""The catalog's folder: which files it has, and their bytes, up to a size limit."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from careers.sync.kinds import KINDS
from careers.sync.problems import Place, Problem, Refused
from careers.sync.reading.yaml_tree import MAX_BYTES, Text, decode_text

OUTSIDE = "this links to a place outside the catalog"
LAYOUT = "the catalog holds " + ", ".join(
    file.format(slug=f"<{kind.noun}>", path="<path>")
    for kind in KINDS.values()
    for file in (kind.file, kind.beside and f"{kind.beside}/<file>")
    if file
)


def read_text(folder: Path, name: str) -> Text:
    """A catalog file's text. Raises Refused as read_bytes() and decode_text() do."""
    return decode_text(read_bytes(folder, name), name)


def read_bytes(folder: Path, name: str) -> bytes:
    """A catalog file's bytes.

    Raises Refused: it is missing, not a regular file, too large, or a link to a place outside.
    """
    path = folder / name
    try:
        status = path.stat()
        if _leads_out(folder, name):
            raise Refused("link", OUTSIDE, Place(name))
        if not stat.S_ISREG(status.st_mode):
            raise Refused("no-file", "this is not a regular file", Place(name))
        if status.st_size > MAX_BYTES:
            message = (
                f"a catalog file has at most {MAX_BYTES:,} bytes, this one has {status.st_size:,}"
            )
            raise Refused("too-large", message, Place(name), "split it")
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused("missing-file", "there is no such file", Place(name), "create it") from None
    except OSError as error:
        raise Refused("unreadable", f"it can't be read: {error.strerror}", Place(name)) from None


BESIDE = "beside"  # stands for files beside a thing, which aren't documents


def list_files(folder: Path) -> tuple[dict[str, list[str]], list[Problem]]:
    """The catalog's files by kind or under BESIDE, and the problems with their names.

    Names are relative to the folder, in order. Names that begin with a dot are skipped.
    """
    found: dict[str, list[str]] = {kind: [] for kind in (*KINDS, BESIDE)}
    if not folder.is_dir():
        return found, [
            Problem(
                "missing-folder",
                "the catalog folder doesn't exist",
                Place(str(folder)),
                "set CATALOG_DIR to the folder that holds roles/ and paths/",
            )
        ]
    problems = []
    for name, is_link in walk_files(folder):
        kind = _kind(name)
        if shown := _escaped(name):
            message = "this file's name is not UTF-8"
            problems.append(Problem("file-name", message, Place(shown), "rename it"))
        elif is_link and _leads_out(folder, name):
            problems.append(Problem("link", OUTSIDE, Place(name)))
        elif kind is None:
            problems.append(
                Problem("unexpected-file", "this file has no place here", Place(name), LAYOUT)
            )
        else:
            found[kind].append(name)
    refused = {problem.place.file for problem in problems}
    for each in KINDS.values():
        if each.is_listed and each.example and each.file not in refused:
            found[each.name] = [each.file]  # even if it is missing: reading it reports that
    problems += _what_is_missing(found, refused)
    return found, problems


def _escaped(name: str) -> str:
    """A name with escapes for bytes that aren't UTF-8; empty if all of them are."""
    data = os.fsencode(name)
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode(errors="backslashreplace")
    return ""


def _leads_out(folder: Path, name: str) -> bool:
    """Whether a file, or a folder on the way to it, is a link to a place outside the folder."""
    path = folder / name
    on_the_way = [path, *path.parents[: name.count("/")]]
    if not any(each.is_symlink() for each in on_the_way):
        return False
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _what_is_missing(found: dict[str, list[str]], refused: set[str]) -> Iterator[Problem]:
    """A problem for each missing file. refused: files that have a problem of their own already."""
    for name, kind in KINDS.items():
        folder = f"{kind.file.split('/')[0]}/"
        is_refused = any(f"{each}/".startswith(folder) for each in refused)
        if found[name] or is_refused or not kind.example:
            continue
        hint = f"as in {kind.example}"
        yield Problem("empty-catalog", f"there are no {name}", Place(folder), hint)
    for folder in dict.fromkeys(str(Path(name).parent) for name in found["lessons"]):
        name = f"{folder}/path.yaml"
        if name not in found["paths"] and name not in refused:
            yield Problem("missing-file", "there is no such file", Place(name), "create it")
    for name in found[BESIDE]:
        document = f"{Path(name).parent}.md"
        if document not in found["lessons"] and document not in refused:
            hint = f"create {document}, or remove this"
            yield Problem("beside-nothing", "no lesson has this file", Place(name), hint)


def _kind(name: str) -> str | None:
    """The kind of a file of this name, or BESIDE; None if it has no place in a catalog."""
    for kind, each in KINDS.items():
        if each.fields_in(name) is not None:
            return kind
        if each.beside_in(name) is not None:
            return BESIDE
    return None


JOURNAL = ".export.json"  # of an export: it exists while files are being replaced
BEGUN = "an export was begun here and didn't end: `catalog export` finishes it"


def is_interrupted(folder: Path) -> bool:
    """Whether an export was killed halfway: some files have its edits, and others lack them."""
    try:
        return (folder / JOURNAL).exists()
    except OSError:  # reading the folder reports what is wrong
        return False


def has_a_place(name: str) -> bool:
    """Whether a catalog may have a file of this name, relative to its folder."""
    is_passed_over = any(part.startswith(".") for part in name.split("/"))
    return not is_passed_over and "\0" not in name and _kind(name) is not None


def walk_files(folder: Path) -> Iterator[tuple[str, bool]]:
    """Every file's name relative to the folder, in order, and whether it is a link.

    A folder that is named like a catalog file is given as a file: skipped, it would count as a file
    that is gone. Names that begin with a dot are skipped. Links to folders are not followed. Raises
    Refused for a folder that can't be listed, since its files must not count as gone, and for a
    catalog in which an export was interrupted.
    """
    if is_interrupted(folder):
        raise Refused("half-exported", BEGUN, Place(JOURNAL))
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            found = sorted(_listed(folder / below))
        except OSError as error:
            place = Place(below or "./")
            raise Refused("unreadable", f"it can't be read: {error.strerror}", place) from None
        inner = [n for n, is_folder, _ in found if is_folder and not _is_named_as_file(below + n)]
        yield from ((below + name, is_link) for name, _, is_link in found if name not in inner)
        waiting += [f"{below}{name}/" for name in reversed(inner)]


def _is_named_as_file(name: str) -> bool:
    return "." in name.rsplit("/", 1)[-1] and _kind(name) is not None


def _listed(folder: Path) -> Iterator[tuple[str, bool, bool]]:
    """The name of everything in a folder, whether it is a folder, and whether it is a link."""
    with os.scandir(folder) as found:
        for each in found:
            if not each.name.startswith("."):
                yield each.name, each.is_dir(follow_symlinks=False), each.is_symlink()
