"""What an export would change, as a patch that `git apply` takes."""

import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from careers.sync.exporting.export import Rewrite

# For git, only a line feed ends a line. str.splitlines() knows a dozen other line ends.
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_NO_END = "\n\\ No newline at end of file\n"


def git_patch(rewrites: Iterable[Rewrite], folder: Path) -> str:
    """The patch of some files of a catalog folder.

    Names are relative to the top of the git repository that has the folder. If there is none, they
    begin with the folder's own name.
    """
    place = _place(folder.resolve())
    return "".join(part for rewrite in rewrites for part in _file(rewrite, place))


def _place(folder: Path) -> Path:
    for above in (folder, *folder.parents):
        if (above / ".git").exists():
            return folder.relative_to(above)
    return Path(folder.name)


def _file(rewrite: Rewrite, place: Path) -> Iterator[str]:
    named = rewrite.after or rewrite.before or ""
    after = (place / named).as_posix()
    before = (place / (rewrite.before or named)).as_posix()
    yield f"diff --git a/{before} b/{after}\n"
    match rewrite.action:
        case "new":
            yield "new file mode 100644\n"
        case "remove":
            yield "deleted file mode 100644\n"
        case "move":
            yield f"rename from {before}\nrename to {after}\n"
    lines = unified_diff(
        _LINE.findall(rewrite.old.decode()),
        _LINE.findall(rewrite.new.decode()),
        f"a/{before}" if rewrite.before else "/dev/null",
        f"b/{after}" if rewrite.after else "/dev/null",
    )
    yield from (line if line.endswith("\n") else line + _NO_END for line in lines)
