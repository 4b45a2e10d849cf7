"""New files in the place of old ones: whose they are, and what is killed halfway."""

import errno
import fcntl
import itertools
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.models import Role
from careers.sync.exporting.export import make_rewrites
from careers.sync.exporting.replace import JOURNAL, finish_interrupted, replace_files
from careers.sync.exporting.unwritable import Unwritable
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"
SOMEBODY = (54321, 54321)
KILLED = 9
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to another user")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that a reader reads."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if not path.name.startswith(".")
    }


@pytest.fixture
def rewrites(files):
    """Of new, changed and moved files."""
    files.apply()
    path = LearningPath.objects.get(slug="rag")
    path.slug, old = "retrieval", path.slug
    path.save()
    path.keep_address(old)
    Role.objects.filter(slug="ml-engineer").update(title="The editor's")
    Role.objects.create(slug="new-role", code="NR", title="New", summary="It is new.")
    found = make_rewrites(files.folder, read_sides(files.read()))
    assert {each.action for each in found} == {"new", "change", "move"}
    return found


# -- Of another user -----------------------------------------------------------------------


@as_root
@pytest.mark.parametrize("may_give", [True, False])
def test_a_file_of_another_user_stays_theirs(files, rewrites, monkeypatch, may_give):
    path = files.folder / ROLE
    path.chmod(0o640)
    os.chown(path, *SOMEBODY)
    if not may_give:

        def refuse(*_: object) -> None:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "chown", refuse)
    replace_files(files.folder, rewrites)
    status = path.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (*SOMEBODY, 0o640)
    assert "title: The editor's\n" in files.text(ROLE)
    assert not [each for each in files.folder.rglob(".*") if each.is_file()]


@as_root
def test_a_failure_gives_a_file_of_another_user_back_as_it_was(files, rewrites, monkeypatch):
    os.chown(files.folder / ROLE, *SOMEBODY)
    before = contents(files.folder)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "chown", refuse)
    unlink = Path.unlink

    def fail(path: Path, **options: bool) -> None:
        if path.parent.name == "rag" and not path.name.startswith("."):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        unlink(path, **options)

    monkeypatch.setattr(Path, "unlink", fail)
    with pytest.raises(OSError, match="Input/output"):
        replace_files(files.folder, rewrites)
    assert contents(files.folder) == before


# -- Killed halfway ------------------------------------------------------------------------

STEPS = ("hardlink_to", "replace", "unlink", "rmdir")


def killed_at(step: int, folder: Path, rewrites) -> bool:
    """Replace files in a process that is killed before it does so many things. Whether it was."""
    child = os.fork()
    if not child:
        done = itertools.count(1)

        def guarded(call):
            def run(*arguments, **options):
                if next(done) == step:
                    os._exit(KILLED)
                return call(*arguments, **options)

            return run

        for name in STEPS:
            setattr(Path, name, guarded(getattr(Path, name)))
        os.fsync = guarded(os.fsync)
        try:
            replace_files(folder, rewrites)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def test_an_export_that_is_killed_at_any_step_is_not_begun_or_finished_by_the_next(files, rewrites):
    before = contents(files.folder)
    after = None
    finished = 0
    for step in itertools.count(1):
        was_killed = killed_at(step, files.folder, rewrites)
        if finish_interrupted(files.folder):
            finished += 1
        now = contents(files.folder)
        if now != before:
            after = after or now
            assert now == after
        assert not (files.folder / JOURNAL).exists()
        if not was_killed:
            break
        for name in now.keys() - before.keys():
            files.remove(name)
        for name, data in before.items():
            files.write(name, data)
    assert finished > 2 * len(rewrites)
    assert not read_sides(files.read()).plan().drift


def test_until_it_is_finished_every_other_command_says_so(files, rewrites):
    step = 1
    while killed_at(step, files.folder, rewrites) and not (files.folder / JOURNAL).exists():
        step += 1
    assert step > len(rewrites)
    for command in ("check", "plan", "apply", "drift"):
        with pytest.raises(CommandError, match="`catalog export` finishes it"):
            call_command("catalog", command, dir=files.folder)
    said = StringIO()
    call_command("catalog", "apply", "--at-start", dir=files.folder, stderr=said)
    assert "`catalog export` finishes it" in said.getvalue()
    call_command("catalog", "export", dir=files.folder)
    call_command("catalog", "check", dir=files.folder)
    assert "title: The editor's\n" in files.text(ROLE)


def test_an_export_that_is_at_work_keeps_others_out(files, rewrites):
    files.write(JOURNAL, "{}")
    with (files.folder / JOURNAL).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Unwritable, match="another export is at work"):
            finish_interrupted(files.folder)
        with pytest.raises(Unwritable, match="begun here"):
            replace_files(files.folder, rewrites)


@pytest.mark.parametrize(
    "noted", ["", "{", "[]", '{"mark": "x"}', '{"mark": "", "fresh": [], "gone": 1}']
)
def test_a_damaged_journal_is_said_in_a_line_with_the_way_out(files, noted):
    files.write(JOURNAL, noted)
    with pytest.raises(CommandError, match=r"is damaged.*git restore") as refused:
        call_command("catalog", "export", dir=files.folder)
    assert "Nothing was written" in str(refused.value)
    files.remove(JOURNAL)
    call_command("catalog", "check", dir=files.folder)


def test_git_ignores_what_is_left():
    ignored = (Path(__file__).parents[3] / ".gitignore").read_text().splitlines()
    assert {JOURNAL, ".*.old", ".*.new"} <= set(ignored)
