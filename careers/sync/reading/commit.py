"""Which commit a catalog's files are from, if git keeps them, and whether it is an older one."""

import logging
import subprocess
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Commit:
    """The last commit that changed something in a folder. name: empty if git doesn't tell."""

    folder: Path
    name: str

    def is_older_than(self, other: str) -> bool:
        """Whether these files are older than those of another commit, as far as git can tell.

        Another commit that this clone lacks counts as newer, unless the clone is shallow. If nobody
        can tell, the log says so, and the answer is no.
        """
        if not other or self.name == other:
            return False
        found = (
            _git(self.folder, "merge-base", "--is-ancestor", self.name, other)
            if self.name
            else None
        )
        if found and found.returncode in {0, 1}:
            return found.returncode == 0
        if found and _has_its_past(self.folder):
            return True
        logger.warning(
            "There is no way to tell whether the files in %s are newer than those last applied, of "
            "commit %s: there is no git history here.", self.folder, other[:12],
        )  # fmt: skip
        return False


def commit_of(folder: Path) -> Commit:
    """The commit that the files of a folder are from."""
    found = _git(folder, "log", "-1", "--format=%H", "--", ".")
    name = found.stdout.strip() if found and found.returncode == 0 else ""
    return Commit(folder, name)


def _has_its_past(folder: Path) -> bool:
    found = _git(folder, "rev-parse", "--is-shallow-repository")
    return found is not None and found.stdout.strip() == "false"


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    """What git says; None if there is no git or it takes too long."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
