"""The previous release, to run beside this one."""

import io
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.careers.serving import ROOT


def git(*arguments: str) -> bytes:
    return subprocess.run(
        ["git", "-C", str(ROOT), *arguments], check=True, capture_output=True
    ).stdout


def _migrates(name: str) -> bool:
    """Return whether a commit's migrations have unique numbers: duplicates were mended later."""
    try:
        files = git("ls-tree", "--name-only", name, "careers/migrations/").decode().split()
    except subprocess.CalledProcessError:
        return False
    numbers = [Path(file).name[:4] for file in files if Path(file).name[:4].isdigit()]
    return len(numbers) == len(set(numbers))


@pytest.fixture(scope="session")
def before(tmp_path_factory) -> Path:
    """A folder with the code as last tagged or, without tags, before the newest migration."""
    try:
        name = git("describe", "--tags", "--abbrev=0").decode().strip()
    except subprocess.CalledProcessError:
        added = git("log", "--format=%H^", "--diff-filter=A", "--", "*/migrations/0*.py")
        name = next(filter(_migrates, added.decode().split()), "")
    try:
        packed = git("archive", "--format=tar", name)
    except subprocess.CalledProcessError:
        pytest.skip("this clone has no past")
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(folder, filter="data")
    (folder / ".venv").symlink_to(Path(sys.prefix))
    return folder
