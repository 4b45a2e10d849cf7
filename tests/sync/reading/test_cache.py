"""Files unchanged since the last apply aren't read again, and only a clock can tell."""

import os
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from careers import sync
from careers.models import Role
from careers.sync.problems import CatalogError
from careers.sync.reading import cache, check, digest, reader
from careers.sync.reading.cache import read_files_cached
from careers.sync.writing.apply import UnresolvedConflicts, apply_entries
from careers.sync.writing.sides import read_sides
from tests.examples import one_in

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
LESSON = "paths/rag/when-to-retrieve.md"
DRAFT = "paths/rag/chunking.md"
BACKGROUNDS = "backgrounds.yaml"


def apply_what_changed(files) -> None:
    entries, today = read_files_cached(files.folder)
    apply_entries(entries, digest=today, allow_removals=99)


def in_full(entries) -> list:
    """Entries paired with their lines, which equality of entries ignores."""
    return [(entry, entry.lines) for entry in entries]


@pytest.fixture
def applied(files):
    apply_what_changed(files)
    return files


@pytest.fixture
def reads(monkeypatch, settings, tmp_path):
    """A list that grows by an item each time a catalog is read in full.

    `VAR_DIR` is empty, so that no findings of other tests' checks are used.
    """
    settings.VAR_DIR = tmp_path
    found = []

    def counted(folder):
        found.append(folder)
        return reader.read_files_with_digest(folder)

    for room in (sync, cache, check):
        monkeypatch.setattr(room, "read_files_with_digest", counted)
    return found


# -- When files are read -------------------------------------------------------------------


@pytest.mark.parametrize("command", ["plan", "apply", "drift"])
def test_files_as_they_were_applied_are_not_read(applied, reads, command):
    call_command("catalog", "--dir", str(applied.folder), command)
    assert reads == []


@pytest.mark.parametrize("command", ["check", "export"])
def test_whoever_wants_every_problem_or_writes_files_reads_them(applied, reads, command):
    call_command("catalog", "--dir", str(applied.folder), command)
    assert len(reads) == 1


def touch(files) -> None:
    os.utime(files.folder / ROLE, (1, 1))


def write_what_is_nobodys(files) -> None:
    files.write("roles/.ml-engineer.yaml.swp", "x")


def move_the_folder(files) -> None:
    files.folder = files.folder.rename(files.folder.with_name("moved"))


def reach_it_through_a_link(files) -> None:
    link = files.folder.with_name("current")
    link.symlink_to(files.folder)
    files.folder = link


@pytest.mark.parametrize(
    "change", [touch, write_what_is_nobodys, move_the_folder, reach_it_through_a_link]
)
def test_what_says_nothing_is_no_change(applied, reads, change):
    change(applied)
    read_files_cached(applied.folder)
    assert reads == []


def change_a_comment(files) -> None:
    files.add(ROLE, "# Checked\n")


def swap_two_files(files) -> None:
    one, other = files.text(ROLE), files.text(OTHER_ROLE)
    files.write(ROLE, other)
    files.write(OTHER_ROLE, one)


def add_a_file(files) -> None:
    files.write("roles/sre.yaml", files.text(OTHER_ROLE).replace("code: DE", "code: SR"))


def rename_a_file(files) -> None:
    files.rename(ROLE, "roles/mle.yaml")


def put_a_link_in_a_files_place(files) -> None:
    files.rename(ROLE, ".hidden.yaml")
    (files.folder / ROLE).symlink_to("../.hidden.yaml")


@pytest.mark.parametrize(
    "change",
    [
        change_a_comment,
        swap_two_files,
        add_a_file,
        rename_a_file,
        put_a_link_in_a_files_place,
        lambda files: files.remove(OTHER_ROLE),
    ],
)
def test_any_other_change_is_read(applied, reads, change):
    change(applied)
    entries, _ = read_files_cached(applied.folder)
    assert len(reads) == 1
    assert in_full(entries) == in_full(applied.read())


@pytest.mark.parametrize("name", ["README.md", "paths/rag/notes.txt"])
def test_a_file_that_has_no_place_is_still_a_problem(applied, name):
    applied.write(name, "x")
    with pytest.raises(CatalogError):
        read_files_cached(applied.folder)


def test_other_code_reads_the_same_files_again(applied, reads, monkeypatch):
    monkeypatch.setattr(digest, "code_digest", lambda: "other")
    apply_what_changed(applied)
    assert len(reads) == 1
    apply_what_changed(applied)
    assert len(reads) == 1


def test_an_apply_that_knows_no_digest_forgets_the_one_before(applied, reads):
    applied.change(ROLE, "title: ML", "title: AI")
    applied.apply()
    applied.change(ROLE, "title: AI", "title: ML")
    entries, _ = read_files_cached(applied.folder)
    assert in_full(entries) == in_full(applied.read())


def test_an_apply_that_is_refused_is_not_remembered(applied, reads):
    Role.objects.filter(slug="ml-engineer").update(title="The editor's")
    applied.change(ROLE, "title: ML Engineer", "title: AI Engineer")
    with pytest.raises(UnresolvedConflicts):
        apply_what_changed(applied)
    reads.clear()
    read_files_cached(applied.folder)
    assert len(reads) == 1


# -- Files that change while they are read -------------------------------------------------


def test_a_digest_is_of_the_bytes_that_were_read(files, monkeypatch):
    """Somebody saves a file after it was read, and before the others are."""
    usual = reader.read_bytes

    def saved_behind_it(folder, name):
        data = usual(folder, name)
        if name == ROLE and b"title: ML Engineer" in data:
            files.change(ROLE, "title: ML Engineer", "title: Saved later")
        return data

    with monkeypatch.context() as patch:
        patch.setattr(reader, "read_bytes", saved_behind_it)
        apply_what_changed(files)
    assert Role.objects.get(slug="ml-engineer").title == "ML Engineer"
    apply_what_changed(files)
    assert Role.objects.get(slug="ml-engineer").title == "Saved later"


def test_what_changes_after_the_first_look_is_read(files, monkeypatch):
    apply_what_changed(files)
    files.add(ROLE, "# Checked\n")
    usual = digest.folder_digest

    def saved_behind_it(folder):
        found = usual(folder)
        files.change(ROLE, "title: ML Engineer", "title: Saved later")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(digest, "folder_digest", saved_behind_it)
        apply_what_changed(files)
    assert Role.objects.get(slug="ml-engineer").title == "Saved later"
    assert in_full(read_files_cached(files.folder)[0]) == in_full(files.read())


# -- After any changes ---------------------------------------------------------------------


def change_text(files, pick) -> None:
    name = [ROLE, PATH, LESSON, DRAFT][pick % 4]
    if (files.folder / name).exists():
        files.change(name, "summary: ", f"summary: {pick} ")


def add_role(files, pick) -> None:
    text = min((files.folder / "roles").iterdir()).read_text()
    files.write(f"roles/role-{pick}.yaml", text.replace("\ncode: ", f"\ncode: {pick:02} # ", 1))


def remove_role(files, pick) -> None:
    names = sorted((files.folder / "roles").iterdir())
    if len(names) > 1:
        names[pick % len(names)].unlink()


def rename_role(files, pick) -> None:
    path = sorted((files.folder / "roles").iterdir())[pick % 2 - 1]
    old, new = f"roles/{path.name}", f"roles/called-{pick}.yaml"
    if not (files.folder / new).exists():
        files.rename(old, new)
        lines = [each for each in files.text(new).splitlines() if not each.startswith("formerly")]
        files.write(new, "\n".join([*lines, f"formerly: [{path.stem}]"]) + "\n")


def turn_backgrounds(files, pick) -> None:
    head, *items = files.text(BACKGROUNDS).split("  - slug: ")
    files.write(BACKGROUNDS, "  - slug: ".join([head, *reversed(items)]))


def turn_lessons(files, pick) -> None:
    head, *items = files.text(PATH).split("\n  - ")
    files.write(PATH, "\n  - ".join([head, *(each.strip() for each in reversed(items))]) + "\n")


def spoil(files, pick) -> None:
    name = [ROLE, BACKGROUNDS, "signals.yaml"][pick % 3]
    if (files.folder / name).exists():
        files.add(name, "zzz: 1\n")


def mend(files, pick) -> None:
    for path in files.folder.rglob("*.yaml"):
        path.write_text(path.read_text().replace("zzz: 1\n", ""))


def check_out_another_commit(files, pick) -> None:
    files.__init__(files.folder)


def edit_live(files, pick) -> None:
    found = Role.objects.order_by("pk")
    found.filter(pk=found[pick % found.count()].pk).update(after_paths=f"Then {pick}")


def apply_now(files, pick) -> None:
    with suppress(CatalogError, UnresolvedConflicts):
        apply_what_changed(files)


STEPS = [
    *(change_text, add_role, remove_role, rename_role, turn_backgrounds, turn_lessons),
    *(spoil, mend, check_out_another_commit, edit_live, apply_now),
]


def outcome(call) -> tuple:
    """The entries, the plan and the sides' fingerprint, or the problems of the files."""
    try:
        entries = call()
    except CatalogError as error:
        return ("refused", error.problems)
    now = read_sides(entries)
    return in_full(entries), now.plan(), now.fingerprint()


@one_in(5)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 20)), max_size=12))
def test_nobody_can_tell_whether_files_were_read(files, steps):
    for path in sorted(files.folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    files.__init__(files.folder)
    with transaction.atomic():
        apply_what_changed(files)
        for step, pick in steps:
            step(files, pick)
            fast = outcome(lambda: read_files_cached(files.folder)[0])
            assert fast == outcome(files.read)
        transaction.set_rollback(True)
