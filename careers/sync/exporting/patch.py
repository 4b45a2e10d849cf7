"""What an export would change as a patch that `git apply` takes."""

import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from careers.sync.exporting.export import Rewrite

# Git ends a line at a line feed and nowhere else; Python knows a dozen other ends.
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_NO_END = "\n\\ No newline at end of file\n"


def git_patch(rewrites: Iterable[Rewrite], folder: Path) -> str:
    """Of the files of a catalog folder, from the top of the repository that it lies in.

    Outside of any repository the names begin with the folder's own.
    """
    place = _place(folder.resolve())
    return "".join(part for rewrite in rewrites for part in _file(rewrite, place))


def _place(folder: Path) -> Path:
    for above in folder.parents:
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
