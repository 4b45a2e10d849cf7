"""An export as a patch: applied by git, it makes the same files as the export itself."""

import shutil
import subprocess

import pytest

from careers.models import HiringSignal, Role
from careers.sync.exporting.patch import git_patch
from careers.sync.exporting.replace import replace_files
from careers.sync.reading.reader import read_files
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Lesson
from tests.sync.exporting.test_export import edit, role, snapshot
from tests.sync.exporting.whole import make_rewrites

pytestmark = pytest.mark.django_db
ROLE = "roles/ml-engineer.yaml"


def git(folder, *arguments: str, text: str = "") -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=text.encode(), capture_output=True, check=False
    )
    assert not done.returncode, done.stderr.decode()
    return done.stdout.decode()


def new_role() -> None:
    Role.objects.create(slug="new", title="New", code="NW", summary="Is new.", position=9)


EDITS = {
    "nothing": lambda: None,
    "a text": lambda: edit(role(), title="Machine Learning Engineer"),
    "an address": lambda: edit(role(), slug="model-engineer"),
    "an address and a text": lambda: edit(role(), slug="model-engineer", summary="Other words."),
    "a path's address": lambda: edit(LearningPath.objects.get(slug="rag"), slug="retrieval"),
    "a lesson's text": lambda: edit(Lesson.objects.get(number=401), body="word " * 210 + "end"),
    "a lesson's path": lambda: edit(
        Lesson.objects.get(number=402), path=LearningPath.objects.get(slug="prompting")
    ),
    "a new role": new_role,
    "a thing of a list": lambda: edit(HiringSignal.objects.get(slug="shipped"), title="Shipped"),
    "odd ends of lines": lambda: edit(role(), honest_scope="one\u2028two\u0085three"),
}


@pytest.fixture
def applied(files):
    files.apply()
    return files


def check_git_does_what_an_export_does(files, tmp_path, above: str = "") -> None:
    rewrites = make_rewrites(files.folder, read_sides(read_files(files.folder)))
    repository = tmp_path / "repository"
    copy = repository / above / files.folder.name
    copy.parent.mkdir(parents=True)
    shutil.copytree(files.folder, copy)
    git(repository, "init", "--quiet")
    said = git_patch(rewrites, copy)
    if said:
        git(repository, "apply", "--check", text=said)
        git(repository, "apply", text=said)
    replace_files(files.folder, rewrites)
    assert snapshot(copy) == snapshot(files.folder)


@pytest.mark.few(2)
@pytest.mark.parametrize("above", ["", "content/site"])
@pytest.mark.parametrize("change", EDITS)
def test_git_makes_of_the_files_what_the_export_does(applied, tmp_path, change, above):
    EDITS[change]()
    check_git_does_what_an_export_does(applied, tmp_path, above)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_that_end_otherwise_stay_as_they_are(files, tmp_path, end):
    files.write(ROLE, files.text(ROLE).replace("\n", end))
    files.apply()
    edit(role(), title="Machine Learning Engineer")
    check_git_does_what_an_export_does(files, tmp_path)


def test_a_file_without_a_last_line_end_has_none_after(files, tmp_path):
    files.write(ROLE, files.text(ROLE).rstrip("\n"))
    files.apply()
    edit(role(), title="Machine Learning Engineer")
    check_git_does_what_an_export_does(files, tmp_path)


def test_a_folder_may_be_the_repository_itself(applied):
    edit(role(), title="Machine Learning Engineer")
    git(applied.folder, "init", "--quiet")
    said = git_patch(make_rewrites(applied.folder, read_sides(applied.read())), applied.folder)
    git(applied.folder, "apply", text=said)
    assert "title: Machine Learning Engineer" in applied.text(ROLE)


def test_a_submodule_or_a_worktree_is_a_repository_too(applied):
    """There, `.git` is a file that points to the repository."""
    edit(role(), title="Machine Learning Engineer")
    applied.write(".git", "gitdir: ../elsewhere\n")
    said = git_patch(make_rewrites(applied.folder, read_sides(applied.read())), applied.folder)
    assert said.startswith("diff --git a/roles/ml-engineer.yaml b/roles/ml-engineer.yaml")


def test_outside_of_a_repository_names_begin_with_the_folder(applied):
    edit(role(), title="Machine Learning Engineer")
    said = git_patch(make_rewrites(applied.folder, read_sides(applied.read())), applied.folder)
    assert said.startswith("diff --git a/catalog/roles/ml-engineer.yaml b/catalog/roles/ml-")
