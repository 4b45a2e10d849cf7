"""Replacing files: who owns the new ones, and what a killed or disturbed export leaves."""

import errno
import fcntl
import hashlib
import itertools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.models import Role
from careers.sync.exporting.replace import finish_interrupted, replace_files
from careers.sync.exporting.unwritable import Unwritable
from careers.sync.reading.files import JOURNAL
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath
from tests.sync.exporting.whole import make_rewrites

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"
SOMEBODY = (54321, 54321)
KILLED = 9
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to another user")


def contents(folder: Path) -> dict[str, bytes]:
    """The content of every file except dotfiles."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if not path.name.startswith(".")
    }


@pytest.fixture
def rewrites(files):
    """Rewrites that make new, changed and moved files."""
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


# -- Files of another user -----------------------------------------------------------------


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
    """Replace files in a process that dies before its n-th operation. Return whether it died."""
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
    held = os.open(files.folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        for act in (finish_interrupted, lambda folder: replace_files(folder, rewrites)):
            with pytest.raises(Unwritable, match="another export is at work"):
                act(files.folder)
    finally:
        os.close(held)
    with pytest.raises(Unwritable, match="begun here"):
        replace_files(files.folder, rewrites)


@pytest.mark.parametrize("step", STEPS)
def test_two_exports_never_work_at_once(files, rewrites, meanwhile, step):
    """At whatever step the first is, the second is refused, and the first isn't undone."""
    with meanwhile(step, lambda: replace_files(files.folder, rewrites)) as caught:
        replace_files(files.folder, rewrites)
    assert "another export is at work" in str(caught[0])
    assert not read_sides(files.read()).plan().drift


@pytest.mark.parametrize(
    "noted",
    [
        "",
        "{",
        "[]",
        '{"mark": "x"}',
        '{"mark": "", "files": 1}',
        '{"mark": "0123abcd", "files": {"signals.yaml": 1}}',
        '{"mark": "0123abcd", "files": {"signals.yaml": [null, null]}}',
        '{"mark": "/../abcd", "files": {}}',
    ],
)
def test_a_damaged_journal_is_said_in_a_line_with_the_way_out(files, noted):
    files.write(JOURNAL, noted)
    with pytest.raises(CommandError, match=r"is damaged.*git restore") as refused:
        call_command("catalog", "export", dir=files.folder)
    assert "Nothing was written" in str(refused.value)
    files.remove(JOURNAL)
    call_command("catalog", "check", dir=files.folder)


MARK = "0123abcd"


@pytest.mark.parametrize(
    "name",
    ["../victim.txt", "{outside}", "paths/../../victim.txt", "paths/../path.yaml", "README.txt",
     "roles/.hidden.yaml", "roles/sub/a.yaml", "roles/a\\u0000.yaml"],
)  # fmt: skip
def test_a_planted_journal_leads_nowhere(files, name):
    victim = files.folder.parent / "victim.txt"
    victim.write_text("precious\n")
    name = name.format(outside=victim)
    said = hashlib.sha256(victim.read_bytes()).hexdigest()
    before = contents(files.folder)
    files.write(JOURNAL, f'{{"mark": "{MARK}", "files": {{"{name}": ["{said}", null]}}}}')
    with pytest.raises(Unwritable, match="is damaged"):
        finish_interrupted(files.folder)
    assert victim.read_text() == "precious\n"
    assert contents(files.folder) == before


def test_a_planted_journal_leads_through_no_link(files):
    outside = files.folder.parent / "outside"
    outside.mkdir()
    (outside / "path.yaml").write_text("precious\n")
    (files.folder / "paths/linked").symlink_to(outside)
    said = hashlib.sha256(b"precious\n").hexdigest()
    noted = {"mark": MARK, "files": {"paths/linked/path.yaml": [said, None]}}
    files.write(JOURNAL, json.dumps(noted))
    with pytest.raises(Unwritable, match="paths/linked is a link"):
        finish_interrupted(files.folder)
    assert (outside / "path.yaml").read_text() == "precious\n"


# -- Files that somebody changes during an export ------------------------------------------


@pytest.fixture
def meanwhile(monkeypatch):
    """Run something before the n-th call of a method of Path. Yield the refusals that it raised."""

    @contextmanager
    def arrange(step: str, act: Callable[[], object], at: int = 1) -> Iterator[list[Exception]]:
        caught: list[Exception] = []
        done = itertools.count(1)
        call = getattr(Path, step)

        def run(*arguments, **options):
            if next(done) == at:
                try:
                    act()
                except Unwritable as refused:
                    caught.append(refused)
            return call(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(Path, step, run)
            yield caught

    return arrange


def saved_by_renaming(path: Path) -> None:
    new = path.with_name("saving")
    new.write_bytes(path.read_bytes() + b"# somebody's\n")
    os.replace(new, path)  # noqa: PTH105  not by Path, whose calls are counted


def saved_in_place(path: Path) -> None:
    with path.open("a") as file:
        file.write("# somebody's\n")


@pytest.mark.parametrize("save", [saved_by_renaming, saved_in_place])
@pytest.mark.parametrize("step", ["hardlink_to", "replace"])
def test_what_somebody_saves_meanwhile_stays_and_all_else_is_as_before(
    files, rewrites, meanwhile, save, step
):
    """At any point of the export until that very file is put in place."""
    before = contents(files.folder)
    journal, own = 1, save is saved_in_place
    many = len([each for each in rewrites if each.before])
    if step == "replace":
        many = journal + [each.after for each in rewrites].index(ROLE) + own
    assert many > 3
    for at in range(1, many + 1):
        with (
            meanwhile(step, lambda: save(files.folder / ROLE), at),
            pytest.raises(Unwritable, match=f"^{ROLE} changed meanwhile"),
        ):
            replace_files(files.folder, rewrites)
        assert contents(files.folder) == before | {ROLE: before[ROLE] + b"# somebody's\n"}
        assert not leftovers(files.folder)
        files.write(ROLE, before[ROLE])


def leftovers(folder: Path) -> list[Path]:
    return [each for each in folder.rglob(".*") if each.is_file()]


def put_back(files, before: dict[str, bytes]) -> None:
    for path in leftovers(files.folder):
        path.unlink()
    for name in contents(files.folder).keys() - before.keys():
        files.remove(name)
    for name, data in before.items():
        files.write(name, data)


@pytest.fixture
def halfway(files, rewrites):
    """A function that kills an export once so many files differ from before."""

    def kill(moved: int) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """Return the files' contents after that, and those before."""
        before = contents(files.folder)
        step = 1
        while killed_at(step, files.folder, rewrites):
            now = contents(files.folder)
            if (files.folder / JOURNAL).exists() and len(now.items() ^ before.items()) >= moved:
                return now, before
            finish_interrupted(files.folder)
            put_back(files, before)
            step += 1
        raise AssertionError

    return kill


@pytest.mark.parametrize("save", [saved_by_renaming, saved_in_place])
@pytest.mark.parametrize("moved", [0, 6, 100])
def test_what_was_saved_since_an_export_was_killed_is_named_and_stays(
    files, rewrites, halfway, save, moved
):
    gone = max(each.before for each in rewrites if each.action == "move")
    is_all = moved == 100
    halfway(sum(1 + (each.action in {"change", "move"}) for each in rewrites) if is_all else moved)
    name = ROLE if is_all else gone
    was = (files.folder / name).read_bytes()
    save(files.folder / name)
    edited = contents(files.folder)
    kept = {path: path.read_bytes() for path in leftovers(files.folder)}
    with pytest.raises(CommandError, match=f"{name} changed since.*git restore") as refused:
        call_command("catalog", "export", dir=files.folder)
    assert "Nothing was written" in str(refused.value)
    assert contents(files.folder) == edited
    assert {path: path.read_bytes() for path in leftovers(files.folder)} == kept
    files.write(name, was)
    call_command("catalog", "export", dir=files.folder)
    assert not leftovers(files.folder)
    assert not read_sides(files.read()).plan().drift


def test_where_the_old_files_were_put_back_nothing_is_left_to_do(files, halfway):
    _, before = halfway(6)
    for name in contents(files.folder).keys() - before.keys():
        files.remove(name)
    for name, data in before.items():
        files.write(name, data)
    assert finish_interrupted(files.folder)
    assert contents(files.folder) == before
    assert not leftovers(files.folder)


def test_an_export_that_is_killed_while_it_goes_back_is_ended_by_the_next(
    files, rewrites, monkeypatch
):
    before = contents(files.folder)
    unlink = Path.unlink

    def fail(path: Path, **options: bool) -> None:
        if path.parent.name == "rag" and not path.name.startswith("."):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        unlink(path, **options)

    ways = set()
    for step in itertools.count(1):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "unlink", fail)
            was_killed = killed_at(step, files.folder, rewrites)
        finish_interrupted(files.folder)
        now = contents(files.folder)
        ways.add(now == before)
        assert now == before or b"The editor's" in now[ROLE]
        assert not (files.folder / JOURNAL).exists()
        if not was_killed:
            break
        put_back(files, before)
    assert now == before
    assert ways == {True, False}


def test_what_cannot_go_back_is_ended_by_the_next(files, rewrites, monkeypatch):
    """From the fourth rename on the disk refuses all of them, also those that would undo it."""
    before, refused = contents(files.folder), []
    replace, count = Path.replace, itertools.count(1)

    def fail(path: Path, to: Path) -> Path:
        if next(count) < 4:
            return replace(path, to)
        refused.append(path)
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(CommandError, match="`catalog export` finishes it"):
            call_command("catalog", "export", dir=files.folder)
    assert len(refused) > 1
    assert finish_interrupted(files.folder)
    assert contents(files.folder) == before
    assert not leftovers(files.folder)
    call_command("catalog", "export", dir=files.folder)
    assert not read_sides(files.read()).plan().drift
    assert not leftovers(files.folder)


def test_git_ignores_what_is_left():
    ignored = (Path(__file__).parents[3] / ".gitignore").read_text().splitlines()
    assert {JOURNAL, ".*.old", ".*.new"} <= set(ignored)
