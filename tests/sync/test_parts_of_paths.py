"""Steps that take part of a path, from file to row and back, with two writers."""

from difflib import unified_diff

import pytest

from careers import snapshot
from careers.models import CatalogEntry, Edit, Step
from careers.sync.comparing.merge import Merged, merge
from careers.sync.exporting.replace import replace_files
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Lesson
from tests.sync.exporting.whole import make_rewrites

ROLE = "roles/ml-engineer.yaml"
WHY = "why: It comes second.\n"
ROLE_KEY = ("roles", "ml-engineer")


def take(files, said: str) -> None:
    """Add a key to the role's step to RAG, a path with lessons 401 and 402."""
    files.change(ROLE, WHY, f"{WHY}    {said}\n")


def step() -> Step:
    return Step.objects.get(role__slug="ml-engineer", path__slug="rag")


def plan(files):
    return read_sides(files.read()).plan()


# -- Files ---------------------------------------------------------------------------------


def test_numbers_are_a_set(files):
    take(files, "only: [402, 401, 402]")
    first, second = files.entries()[ROLE_KEY].values["steps"]
    assert (first["only"], first["focus"]) == ([], [])
    assert second["only"] == [401, 402]


@pytest.mark.parametrize("key", ["only", "focus"])
def test_a_lesson_of_another_path_is_a_problem_with_its_place(files, key):
    take(files, f"{key}: [401, 201, 999]")
    found = [(each.code, each.message, each.hint) for each in files.problems()]
    assert found == [
        ("foreign-lesson", "Lesson 201 isn't one of this path.", "rag has 401 to 402"),
        ("foreign-lesson", "Lesson 999 isn't one of this path.", "rag has 401 to 402"),
    ]
    line = files.text(ROLE).splitlines().index(f"    {key}: [401, 201, 999]") + 1
    places = [(each.place.file, each.place.line, each.place.column) for each in files.problems()]
    assert places == [(ROLE, line, len(key) + 13), (ROLE, line, len(key) + 18)]


def test_a_role_may_leave_out_its_steps(files):
    files.change(
        "roles/data-engineer.yaml", "steps:\n  - path: rag\n    why: Indexes are data.\n", ""
    )
    assert files.problems() == []


def test_what_is_no_number_is_a_problem_of_shape(files):
    take(files, "only: [first]")
    assert [each.code for each in files.problems()] == ["wrong-type"]


def test_lessons_of_a_path_that_is_not_there_are_no_further_problem(files):
    take(files, "only: [999]")
    files.change(ROLE, "path: rag", "path: zzz")
    assert [each.code for each in files.problems()] == ["dangling-path"]


def test_a_lesson_that_can_not_be_read_may_have_any_number(files):
    take(files, "only: [999]")
    files.change("paths/rag/chunking.md", "number: 402", "number: none")
    assert [each.code for each in files.problems()] == ["wrong-type"]


# -- Rows, and back ------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_apply_writes_them_and_finds_nothing_more_to_do(files):
    take(files, "only: [402]\n    focus: [402]")
    files.apply()
    assert (step().only, step().focus) == ([402], [402])
    assert plan(files).is_empty
    stop = snapshot.current().roles["ml-engineer"].roadmap.stops[-1]
    assert (stop.path, [lesson.number for lesson in stop.lessons]) == ("rag", [402])
    assert [lesson.number for lesson in stop.in_focus] == [402]


@pytest.mark.django_db
def test_an_export_writes_what_an_editor_chose(files):
    files.apply()
    Step.objects.filter(pk=step().pk).update(only=[401], focus=[401, 402])
    before = files.text(ROLE)
    replace_files(files.folder, make_rewrites(files.folder, read_sides(files.read())))
    _, _, *lines = unified_diff(before.splitlines(), files.text(ROLE).splitlines(), lineterm="")
    assert [line for line in lines if line[0] in "+-"] == [
        "+    only: [401]",
        "+    focus: [401, 402]",
    ]
    assert not plan(files).drift


@pytest.mark.django_db
def test_a_change_of_them_is_one_edit_that_visitors_hear_of(files):
    files.apply()
    take(files, "only: [401]")
    files.apply()
    edit = Edit.objects.get(field="steps", kind="roles")
    assert [each["only"] for each in edit.before] == [[], []]
    assert [each["only"] for each in edit.after] == [[], [401]]
    assert edit.day


@pytest.mark.django_db
@pytest.mark.parametrize("stored", [[1, 2], {"a": 1}, "401", [[401]], [True, 401.5, "402"]])
def test_whatever_a_row_holds_its_pages_answer(files, client, stored):
    files.apply()
    Step.objects.filter(pk=step().pk).update(only=stored, focus=stored)
    snapshot.forget()
    for url in ("/careers/", "/careers/ml-engineer/", "/careers/map/", "/catalog.json"):
        assert client.get(url).status_code == 200


@pytest.mark.django_db
def test_a_base_of_before_they_could_be_said_says_that_a_step_takes_all(files):
    files.apply()
    for row in CatalogEntry.objects.filter(kind="roles"):
        for each in row.values["values"]["steps"]:
            del each["only"], each["focus"]
        row.save()
    assert plan(files).is_empty
    take(files, "only: [401]")
    assert not plan(files).conflicts
    files.apply()
    assert step().only == [401]


@pytest.mark.django_db
def test_two_writers_may_take_lessons_of_one_path(files):
    take(files, "focus: [401]")
    files.apply()
    Step.objects.filter(pk=step().pk).update(focus=[401, 402])
    files.change(ROLE, "focus: [401]", "focus: []")
    files.apply()
    assert step().focus == [402]


@pytest.mark.django_db
def test_a_lesson_that_moves_away_counts_for_nothing_there(files):
    take(files, "only: [401]")
    files.apply()
    Lesson.objects.filter(number=401).update(path=LearningPath.objects.get(slug="prompting"))
    snapshot.forget()
    stop = snapshot.current().roles["ml-engineer"].roadmap.stops[-1]
    assert (stop.path, stop.lessons) == ("rag", ())


# -- Merging -------------------------------------------------------------------------------


def steps(**said) -> list[dict]:
    return [{"path": "rag", "why": "x", "only": [], "focus": []} | said]


def merged(name: str, base: list, file: list, live: list) -> Merged:
    return merge("steps", *(steps(**{name: side}) for side in (base, file, live)))


@pytest.mark.parametrize("name", ["only", "focus"])
def test_they_merge_number_by_number(name):
    found = merged(name, [401, 402, 403], [401, 403, 404], [400, 401, 402, 403])
    assert found == Merged(steps(**{name: [400, 401, 403, 404]}))


def test_no_lesson_in_focus_is_a_set_like_any_other():
    assert merged("focus", [401, 402], [401], [402]) == Merged(steps(focus=[]))
    assert merged("focus", [], [401], [402]) == Merged(steps(focus=[401, 402]))


@pytest.mark.parametrize(
    ("base", "file", "live"),
    [
        ([401, 402], [401], [402]),  # each removed another: none is left, which would mean all
        ([401], [], [401, 402]),  # all, or these two
        ([], [401], [402]),
    ],
)
def test_a_merge_never_takes_the_whole_path_unless_a_writer_said_so(base, file, live):
    found = merged("only", base, file, live)
    assert [conflict.where for conflict in found.conflicts] == ["[rag].only"]
    assert (found.conflicts[0].file, found.conflicts[0].live) == (file, live)


def test_a_choice_settles_what_is_left_of_a_path():
    sides = (steps(only=side) for side in ([401, 402], [401], [402]))
    assert merge("steps", *sides, lambda _: "file") == Merged(steps(only=[401]))
