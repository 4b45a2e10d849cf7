"""Further paths, a field of a role: from file to row, to page, and back."""

import pytest
from bs4 import BeautifulSoup

from careers import snapshot
from careers.models import Edit, Role
from careers.sync.comparing.merge import Merged, merge
from careers.sync.exporting.replace import replace_files
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Status
from tests.sync.exporting.whole import make_rewrites

ROLE = "roles/data-engineer.yaml"  # its one step is RAG
KEY = ("roles", "data-engineer")


def go_further(files, said: str = "[prompting]") -> None:
    files.add(ROLE, f"further: {said}\n")


def role() -> Role:
    return Role.objects.get(slug="data-engineer")


def further() -> list[str]:
    snapshot.forget()
    roadmap = snapshot.current().roles["data-engineer"].roadmap
    return [path.path for path in roadmap.further]


def plan(files):
    return read_sides(files.read()).plan()


# -- Files ---------------------------------------------------------------------------------


def test_a_path_that_is_a_step_is_refused_at_its_line(files):
    go_further(files, "[prompting, rag]")
    (problem,) = files.problems()
    assert (problem.code, problem.message) == (
        "further-step",
        "A path to go further with can't also be a step of the roadmap.",
    )
    line = files.text(ROLE).splitlines().index("further: [prompting, rag]") + 1
    assert (problem.place.file, problem.place.line, problem.place.column) == (ROLE, line, 22)


def test_a_path_that_is_not_there_is_refused(files):
    go_further(files, "[promting]")
    (problem,) = files.problems()
    assert (problem.code, problem.hint) == ("dangling-path", "did you mean `prompting`?")


def test_they_are_a_set(files):
    files.write("paths/agents/path.yaml", files.text("paths/rag/path.yaml"))
    files.change("paths/agents/path.yaml", "title: RAG", "title: Agents")
    text = files.text("paths/agents/path.yaml")
    files.write("paths/agents/path.yaml", text[: text.index("lessons:")] + "lessons: []\n")
    go_further(files, "[prompting, agents, prompting]")
    assert files.entries()[KEY].values["further"] == ["agents", "prompting"]


# -- Rows, pages, and back -----------------------------------------------------------------


@pytest.mark.django_db
def test_an_apply_links_them_and_finds_nothing_more_to_do(files):
    go_further(files)
    files.apply()
    assert [path.slug for path in role().further.all()] == ["prompting"]
    assert further() == ["prompting"]
    assert plan(files).is_empty


@pytest.mark.django_db
def test_an_export_writes_what_an_editor_chose(files):
    go_further(files, "[]")
    files.apply()
    role().further.add(LearningPath.objects.get(slug="prompting"))
    replace_files(files.folder, make_rewrites(files.folder, read_sides(files.read())))
    assert "further:\n  - prompting\n" in files.text(ROLE)
    assert not plan(files).drift


@pytest.mark.django_db
def test_a_path_that_is_renamed_stays_the_same(files):
    go_further(files)
    files.apply()
    files.rename("paths/prompting", "paths/writing-prompts")
    files.add("paths/writing-prompts/path.yaml", "formerly: [prompting]\n")
    for name in ("roles/ml-engineer.yaml", ROLE):
        text = files.text(name).replace("path: prompting", "path: writing-prompts")
        files.write(name, text.replace("[prompting]", "[writing-prompts]"))
    text = files.text("backgrounds.yaml")
    files.write("backgrounds.yaml", text.replace("prompting/", "writing-prompts/"))
    assert not plan(files).conflicts
    files.apply()
    assert further() == ["writing-prompts"]
    assert plan(files).is_empty


@pytest.mark.django_db
def test_it_is_an_edit_that_visitors_hear_of(files, client):
    files.apply()
    go_further(files)
    files.apply()
    edit = Edit.objects.get(field="further")
    assert (edit.before, edit.after, bool(edit.day)) == ([], ["prompting"], True)
    assert "The roadmap now goes on to Prompting." in client.get("/changes/").text


@pytest.mark.django_db
def test_what_the_public_can_not_see_or_what_is_a_step_is_left_out(files):
    go_further(files)
    files.apply()
    LearningPath.objects.filter(slug="prompting").update(status=Status.DRAFT)
    assert further() == []
    role().further.set(LearningPath.objects.filter(slug="rag"))
    assert further() == []


@pytest.mark.django_db
def test_the_line_goes_on_outside_the_roles_hours(files, client):
    files.apply()
    before = BeautifulSoup(client.get("/careers/data-engineer/").content, "html.parser")
    go_further(files)
    files.apply()
    after = BeautifulSoup(client.get("/careers/data-engineer/").content, "html.parser")
    assert after.select_one(".roadmap .total") == before.select_one(".roadmap .total")
    beyond = after.select_one(".roadmap .further")
    assert not before.select_one(".roadmap .further")
    assert beyond.select_one("h3 a")["href"] == "/paths/prompting/"
    assert "1 lesson, " in beyond.select_one(".sum").get_text()
    assert beyond.select_one(".go")["href"].startswith("/paths/prompting/")
    compared = client.get("/careers/compare/?r=data-engineer&r=ml-engineer")
    paths = BeautifulSoup(compared.content, "html.parser").select_one("#paths td")
    assert "To go further: Prompting" in " ".join(paths.get_text(" ").split())
    assert paths.select("a")[-1]["href"] == "/paths/prompting/"


@pytest.mark.django_db
def test_the_map_draws_it_thin(files, client):
    go_further(files)
    files.apply()
    shown = BeautifulSoup(client.get("/careers/map/").content, "html.parser")
    row = shown.find("a", href="/careers/data-engineer/").find_parent("tr")
    assert [cell.get_text(strip=True) for cell in row.select(".beyond")] == ["continues here"]
    assert "further paths" in shown.select_one(".legend").get_text()


def test_two_writers_merge_them_path_by_path():
    assert merge("further", ["a", "b"], ["b", "c"], ["a", "b", "d"]) == Merged(["b", "c", "d"])
