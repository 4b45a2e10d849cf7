"""Files that pass a check and can't be applied: a plan says so as well, with the remedy."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from careers.models import Origin, Role, SalaryBand
from careers.sync.rows import read_live
from careers.sync.writing.record import edits_between, write_revision
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Lesson
from tests.files import BODY

pytestmark = pytest.mark.django_db

ROLE, OTHER_ROLE = "roles/ml-engineer.yaml", "roles/data-engineer.yaml"


@pytest.fixture
def catalog_command(files):
    """Run `manage.py catalog` on the small catalog and get what it says."""

    def run(*arguments: str) -> str:
        out = StringIO()
        call_command("catalog", *arguments, dir=files.folder, stdout=out, stderr=StringIO())
        return out.getvalue()

    return run


@pytest.fixture
def refused(files, catalog_command):
    """A function that checks that plan and apply refuse with the same words, and returns them."""

    def run() -> str:
        said = set()
        for action in ("plan", "apply"):
            with pytest.raises(CommandError) as error:
                catalog_command(action)
            assert error.value.returncode == 1
            said.add(str(error.value))
        assert len(said) == 1
        return said.pop()

    files.apply()
    return run


def test_a_role_that_was_renamed_without_a_word(files, refused, catalog_command):
    files.rename(ROLE, "roles/mle.yaml")
    said = refused()
    assert f"error[renamed]: this is {ROLE} under another name, as it seems" in said
    assert " --> roles/mle.yaml:1:1" in said
    assert "add `formerly: [ml-engineer]`" in said
    assert said.count("error[") == 1
    files.add("roles/mle.yaml", "formerly: [ml-engineer]\n")
    catalog_command("apply")
    assert Role.objects.get(slug="mle").former_slugs.get().slug == "ml-engineer"


def test_a_role_takes_an_address_back_that_an_editor_gave_it(files, catalog_command):
    files.apply()
    role = Role.objects.get(slug="ml-engineer")
    before = read_live({"roles": [role.pk]})
    role.slug = "mle"
    role.save()
    role.keep_address("ml-engineer")
    after = read_live({"roles": [role.pk]})
    write_revision(Origin.ADMIN, "ada", edits_between(before, after))
    files.rename(ROLE, "roles/mlx.yaml")
    files.add("roles/mlx.yaml", "formerly: [ml-engineer]\n")
    catalog_command("apply", "--overwrite")
    assert {each.slug for each in role.former_slugs.all()} == {"mle", "ml-engineer"}
    files.rename("roles/mlx.yaml", "roles/mle.yaml")
    catalog_command("apply")
    role.refresh_from_db()
    assert (role.slug, role.status) == ("mle", "published")
    assert {each.slug for each in role.former_slugs.all()} == {"mlx", "ml-engineer"}
    assert "0 to add, 0 to change, 0 to retire" in catalog_command("plan")


@pytest.mark.parametrize("title", ["RAG", "Retrieval"])
def test_a_path_that_was_renamed_without_a_word(files, refused, catalog_command, title):
    (files.folder / "paths/rag").rename(files.folder / "paths/retrieval")
    files.change("paths/retrieval/path.yaml", "title: RAG", f"title: {title}")
    files.change(ROLE, "path: rag", "path: retrieval")
    files.change(OTHER_ROLE, "path: rag", "path: retrieval")
    files.change("backgrounds.yaml", "rag/chunking", "retrieval/chunking")
    said = refused()
    assert "this is paths/rag/path.yaml under another name, as it seems" in said
    assert "add `formerly: [rag]`" in said
    assert LearningPath.objects.get(slug="rag").status == "published"
    files.add("paths/retrieval/path.yaml", "formerly: [rag]\n")
    catalog_command("apply")
    assert LearningPath.objects.get(slug="retrieval").former_slugs.get().slug == "rag"


def test_a_start_that_finds_a_path_renamed_without_a_word_loads_nothing(
    files, refused, catalog_command
):
    (files.folder / "paths/rag").rename(files.folder / "paths/retrieval")
    for name in (ROLE, OTHER_ROLE):
        files.change(name, "path: rag", "path: retrieval")
    files.change("backgrounds.yaml", "rag/chunking", "retrieval/chunking")
    catalog_command("apply", "--at-start")
    assert set(LearningPath.objects.values_list("slug", flat=True)) == {"rag", "prompting"}


def test_a_lesson_may_be_renamed_without_a_word(files, catalog_command):
    files.apply()
    files.rename("paths/rag/chunking.md", "paths/rag/cutting.md")
    files.change("paths/rag/path.yaml", "chunking", "cutting")
    files.change("backgrounds.yaml", "rag/chunking", "rag/cutting")
    catalog_command("apply")
    assert Lesson.objects.get(number=402).slug == "cutting"


def test_a_code_that_a_role_made_live_has(files, refused):
    Role.objects.filter(slug="data-engineer").update(code="XX")
    files.write("roles/new.yaml", files.text(ROLE).replace("code: ML", "code: XX"))
    files.change("roles/new.yaml", "title: ML Engineer", "title: New")
    said = refused()
    assert "error[taken]: Another role has this code already." in said
    assert " --> roles/new.yaml:2:1" in said
    assert "roles/data-engineer, “Data Engineer”, has it: if this is the same, add" in said


def test_a_code_that_a_retired_role_has(files, refused, catalog_command):
    files.remove(ROLE)
    catalog_command("apply", "--allow-removals", "1")
    files.write("roles/new.yaml", files.text(OTHER_ROLE).replace("code: DE", "code: ML"))
    files.change("roles/new.yaml", "title: Data Engineer", "title: New")
    said = refused()
    assert "roles/ml-engineer, “ML Engineer”, has it, though it is retired" in said


def test_a_lesson_that_got_another_number(files, refused):
    files.change("paths/rag/chunking.md", "number: 402", "number: 499")
    said = refused()
    assert " --> paths/rag/chunking.md" in said
    assert "lessons/402, “Chunking”, has it, though it is retired" in said
    assert "its number never changes" in said


def test_two_codes_may_change_places(files, catalog_command):
    files.apply()
    files.change(ROLE, "code: ML", "code: DE")
    files.change(OTHER_ROLE, "code: DE", "code: ML")
    catalog_command("apply")
    assert Role.objects.get(slug="ml-engineer").code == "DE"


def test_two_paths_swap_their_folders_and_so_their_addresses(files, catalog_command):
    files.apply()
    folder = files.folder / "paths"
    for old, new in (("rag", "x"), ("prompting", "rag"), ("x", "prompting")):
        (folder / old).rename(folder / new)
    files.change("backgrounds.yaml", "rag/chunking", "prompting/chunking")
    catalog_command("apply")
    assert LearningPath.objects.get(slug="rag").title == "Prompting"
    assert Lesson.objects.get(number=402).path.slug == "prompting"


def test_who_swaps_two_addresses_with_formerly_is_told_to_leave_it_out(files):
    files.rename(ROLE, "roles/x.yaml")
    files.rename(OTHER_ROLE, ROLE)
    files.rename("roles/x.yaml", OTHER_ROLE)
    files.add(ROLE, "formerly: [data-engineer]\n")
    files.add(OTHER_ROLE, "formerly: [ml-engineer]\n")
    found = files.problems()
    assert [each.code for each in found] == ["duplicate-address"] * 2
    assert all("two that swap their addresses leave `formerly` out" in each.hint for each in found)


# -- An address that each side gave to another thing ----------------------------------------


def rename_live(model, old: str, new: str) -> None:
    row = model.objects.get(slug=old)
    row.slug = new
    row.save()
    row.keep_address(old)


def rename_path(files, old: str, new: str) -> None:
    (files.folder / f"paths/{old}").rename(files.folder / f"paths/{new}")
    files.add(f"paths/{new}/path.yaml", f"formerly: [{old}]\n")
    files.change("roles/ml-engineer.yaml", f"path: {old}", f"path: {new}")


def rename_role(files, old: str, new: str) -> None:
    files.rename(f"roles/{old}.yaml", f"roles/{new}.yaml")
    files.add(f"roles/{new}.yaml", f"formerly: [{old}]\n")


def make_role(slug: str) -> None:
    Role.objects.create(slug=slug, title="Made", code="MA", summary="S.", status="published")


def add_role(files, slug: str) -> None:
    text = files.text("roles/data-engineer.yaml").replace("code: DE", "code: XX")
    files.write(f"roles/{slug}.yaml", text.replace("Data Engineer", "Another"))


EMPTY_PATH = "title: X\nstatus: draft\nposition: 7\nsummary: S.\nlessons: []\n"
BOTH = {
    "two paths are renamed": (
        lambda: rename_live(LearningPath, "rag", "same"),
        lambda files: rename_path(files, "prompting", "same"),
        ("paths", "paths/same, “RAG”, has it"),
    ),
    "two roles are renamed": (
        lambda: rename_live(Role, "ml-engineer", "same"),
        lambda files: rename_role(files, "data-engineer", "same"),
        ("roles", "roles/same, “ML Engineer”, has it"),
    ),
    "one path is renamed and one is new": (
        lambda: rename_live(LearningPath, "rag", "same"),
        lambda files: files.write("paths/same/path.yaml", EMPTY_PATH),
        ("paths", "paths/same, “RAG”, has it"),
    ),
    "one role is renamed and one is new": (
        lambda: rename_live(Role, "ml-engineer", "same"),
        lambda files: add_role(files, "same"),
        ("roles", "roles/same, “ML Engineer”, has it"),
    ),
    "one role is made live and one is renamed": (
        lambda: make_role("same"),
        lambda files: rename_role(files, "data-engineer", "same"),
        ("roles", "roles/same, “Made”, has it"),
    ),
}


@pytest.mark.parametrize(("live", "in_files", "who"), BOTH.values(), ids=BOTH)
def test_an_address_that_each_side_gave_to_another_thing(files, refused, live, in_files, who):
    kind, has_it = who
    live()
    in_files(files)
    plan = read_sides(files.read()).plan()
    assert {each.name for each in plan.drift} <= {"slug"}  # no thing is mistaken for another
    said = refused()
    assert f"error[taken]: Another {kind.removesuffix('s')} has this address already." in said
    assert f" --> {kind}/same" in said
    assert f"= {has_it}: change one of the two" in said
    assert said.count("error[") == 1


def test_a_code_that_only_an_editor_gave_is_not_said_to_be_in_a_file(files, refused):
    """The file of the role that has the code changes too, but says another code."""
    Role.objects.filter(slug="data-engineer").update(code="XX")
    files.change(OTHER_ROLE, "title: Data Engineer", "title: Data Person")
    files.change(ROLE, "code: ML", "code: XX")
    said = refused()
    assert f"{OTHER_ROLE} has it" not in said
    assert "roles/data-engineer, “Data Engineer”, has it: change one of the two" in said


def test_a_new_role_with_a_code_that_only_an_editor_gave_is_told_whose_it_is(files, refused):
    files.write("roles/new.yaml", files.text(ROLE).replace("code: ML", "code: XX"))
    files.change("roles/new.yaml", "title: ML Engineer", "title: New")
    Role.objects.filter(slug="data-engineer").update(code="XX")
    files.change(OTHER_ROLE, "title: Data Engineer", "title: Data Person")
    assert "roles/data-engineer, “Data Engineer”, has it: if this is the same, add" in refused()


# -- What is right on each side, and wrong together ------------------------------------------


def add_a_step() -> None:
    role, path = (
        Role.objects.get(slug="data-engineer"),
        LearningPath.objects.get(slug="prompting"),
    )
    role.steps.create(path=path, position=2, why="To ask well.")


def empty_the_objectives() -> None:
    Lesson.objects.filter(number=402).update(objectives=[])


def _published(lesson: str) -> str:
    lesson = lesson.replace("minutes: 10", "minutes: 1")
    return lesson.replace("status: draft", "status: published") + f"\n{BODY}\n"


CHUNKING = "paths/rag/chunking.md"
TOGETHER = {
    "a path to go further with that an editor made a step": (
        lambda files: files.add(OTHER_ROLE, "further: [prompting]\n"),
        add_a_step,
        (OTHER_ROLE, "further: [prompting]", "`steps` of roles/data-engineer"),
    ),
    "a lesson published without the objectives that an editor took out": (
        lambda files: files.write(CHUNKING, _published(files.text(CHUNKING))),
        empty_the_objectives,
        (CHUNKING, "", "`objectives` of lessons/402"),
    ),
}


@pytest.mark.parametrize("case", TOGETHER)
def test_what_is_right_on_each_side_and_wrong_together(files, refused, catalog_command, case):
    change, edit, (file, line, edited) = TOGETHER[case]
    before = read_live()
    edit()
    write_revision(Origin.ADMIN, "ada", edits_between(before, read_live()))
    live = {key: entry.said for key, (entry, _) in read_live().items()}
    change(files)
    assert files.problems() == [], "the file is right by itself"
    said = refused()
    assert said.count("error[merged]: ") == 1
    numbers = [n for n, each in enumerate(files.text(file).splitlines(), 1) if each == line]
    place = f"{file}:{numbers[0]}:1" if line else file
    assert f" --> {place}\n" in said
    assert f"with the live edit of {edited}: change one of the two" in said
    assert {key: entry.said for key, (entry, _) in read_live().items()} == live, "nothing is lost"
    catalog_command("apply", "--overwrite")
    assert "0 to add, 0 to change, 0 to retire" in catalog_command("plan")


def test_a_row_that_was_wrong_before_keeps_no_file_from_being_applied(files, catalog_command):
    files.apply()
    SalaryBand.objects.filter(role__slug="ml-engineer").update(currency="eur")
    files.change(ROLE, "Puts models into production.", "Runs models.")
    catalog_command("apply")
    assert Role.objects.get(slug="ml-engineer").summary == "Runs models."
