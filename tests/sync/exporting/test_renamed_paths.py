"""Live edits are exported when the files rename a path and no apply has seen that yet."""

import pytest

from careers.models import Role, Side
from careers.sync.exporting.replace import replace_files
from careers.sync.exporting.unwritable import Unwritable
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.resolve import SideChoice, choose_sides
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Lesson
from tests.sync.exporting.rebuilt import shown, shown_after_rebuilding
from tests.sync.exporting.whole import make_rewrites

pytestmark = pytest.mark.django_db

MOVED = "paths/search/when-to-retrieve.md"


@pytest.fixture
def renamed(files):
    """The files rename the path “rag”, everywhere that they refer to it."""
    files.apply()
    (files.folder / "paths/rag").rename(files.folder / "paths/search")
    files.add("paths/search/path.yaml", "formerly: [rag]\n")
    for role in ("roles/ml-engineer.yaml", "roles/data-engineer.yaml"):
        files.change(role, "path: rag", "path: search")
    files.change("backgrounds.yaml", "rag/chunking", "search/chunking")
    return files


def export(files) -> list[str]:
    rewrites = make_rewrites(files.folder, read_sides(files.read()))
    replace_files(files.folder, rewrites)
    return [each.name for each in rewrites]


def rag() -> LearningPath:
    return LearningPath.objects.get(slug="rag")


def make_lesson() -> None:
    minutes = {"minutes": 1, "practice_minutes": 1}
    Lesson.objects.create(
        path=rag(), number=499, slug="made", title="Made", summary="S.", position=9, **minutes
    )


def move_lesson() -> None:
    Lesson.objects.filter(number=201).update(path=rag())


def take_step_out_and_name_it_further() -> None:
    role = Role.objects.get(slug="ml-engineer")
    role.steps.filter(path=rag()).delete()
    role.further.set([rag()])


def make_role() -> None:
    role = Role.objects.create(slug="made", title="Made", code="MA", summary="S.")
    role.steps.create(path=rag(), why="It needs it.")


def test_without_live_edits_there_is_nothing_to_export(renamed):
    assert export(renamed) == []


@pytest.mark.parametrize(
    ("edit", "exported"),
    [
        (lambda: Lesson.objects.filter(number=401).update(title="Another"), [MOVED]),
        (make_lesson, ["paths/search/made.md", "paths/search/path.yaml"]),
        (
            move_lesson,
            [
                "paths/prompting/path.yaml",
                "paths/prompting/first-prompt.md → paths/search/first-prompt.md",
                "paths/search/path.yaml",
            ],
        ),
        (take_step_out_and_name_it_further, ["roles/ml-engineer.yaml"]),
        (make_role, ["roles/made.yaml"]),
    ],
    ids=["a text", "a lesson", "a move", "a roadmap", "a role"],
)
def test_live_edits_are_exported_under_the_name_that_the_files_have(renamed, edit, exported):
    edit()
    assert export(renamed) == exported
    assert not read_sides(renamed.read()).plan().drift
    apply_entries(renamed.read())
    live = shown()
    assert live["paths", "search"]["formerly"] == ["rag"]
    assert shown_after_rebuilding(renamed) == live


def test_a_lesson_keeps_an_address_below_a_name_that_the_path_is_not_to_have(renamed, client):
    path = rag()
    path.slug = "found"
    path.save()
    path.keep_address("rag")
    renamed.rename(MOVED, "paths/search/deciding.md")
    renamed.change("paths/search/path.yaml", "- when-to-retrieve", "- deciding")
    formerly = "formerly: [search/when-to-retrieve]\n"
    renamed.change("paths/search/deciding.md", "number: 401\n", f"number: 401\n{formerly}")
    choice = SideChoice("paths/search", "slug", Side.LIVE)
    choose_sides(read_sides(renamed.read()), [choice], "ada")
    apply_entries(renamed.read())
    assert "paths/search/deciding.md → paths/found/deciding.md" in export(renamed)
    (entry,) = (each for each in renamed.read() if each.key == "401")
    assert entry.formerly == {"found/when-to-retrieve"}
    assert client.get("/paths/found/when-to-retrieve/")["Location"] == "/paths/found/deciding/"


def test_two_things_that_are_to_stand_in_one_file_are_named(files):
    """An editor gave a role an address that another role has in the files."""
    files.apply()
    role = Role.objects.get(slug="ml-engineer")
    role.slug = "same"
    role.save()
    role.keep_address("ml-engineer")
    files.rename("roles/data-engineer.yaml", "roles/same.yaml")
    files.add("roles/same.yaml", "formerly: [data-engineer]\n")
    with pytest.raises(Unwritable) as error:
        export(files)
    assert "roles/same.yaml" in str(error.value)
