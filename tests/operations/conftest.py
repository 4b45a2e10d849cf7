"""The release before this one, to be run beside it."""

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
    """Whether a commit's migrations stand in one line: two of one number were put right later."""
    try:
        files = git("ls-tree", "--name-only", name, "careers/migrations/").decode().split()
    except subprocess.CalledProcessError:
        return False
    numbers = [Path(file).name[:4] for file in files if Path(file).name[:4].isdigit()]
    return len(numbers) == len(set(numbers))


@pytest.fixture(scope="session")
def before(tmp_path_factory) -> Path:
    """The code as it was last tagged or, without a tag, before the newest migration came."""
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
