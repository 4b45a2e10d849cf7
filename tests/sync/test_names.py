"""What outlives a name: `formerly` keeps rows, history, addresses; `instead` says where to go."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from careers.models import CatalogVersion, Edit, Role
from careers.sync.exporting.replace import replace_files
from careers.sync.writing.apply import UnresolvedConflicts
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Lesson
from tests.sync.exporting.whole import make_rewrites

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"
PATH = "paths/rag/path.yaml"
LESSON = "paths/rag/when-to-retrieve.md"


@dataclass(frozen=True)
class Document:
    """A file and the thing it describes. line: one of the file's lines; url: the thing's page."""

    model: Any
    kind: str
    name: str
    line: str
    url: str

    def row(self):
        return self.model.objects.get(slug=self.url.rstrip("/").rpartition("/")[2])

    def say(self, files, instead: str) -> None:
        """Add an address as `instead` to the file."""
        files.change(self.name, self.line, f"{self.line}instead: {instead}\n")


DOCUMENTS = (
    Document(Role, "roles", ROLE, "group: core\n", "/careers/ml-engineer/"),
    Document(LearningPath, "paths", PATH, "position: 2\n", "/paths/rag/"),
    Document(Lesson, "lessons", LESSON, "number: 401\n", "/paths/rag/when-to-retrieve/"),
)
every_document = pytest.mark.parametrize("of", DOCUMENTS, ids=lambda document: document.kind)


def plan(files):
    return read_sides(files.read()).plan()


def exported(files) -> list[str]:
    rewrites = make_rewrites(files.folder, read_sides(files.read()))
    replace_files(files.folder, rewrites)
    return [each.name for each in rewrites]


# -- instead -------------------------------------------------------------------------------


@every_document
def test_a_file_says_where_to_go_once_it_is_retired(files, client, of):
    of.say(files, "/careers/data-engineer/")
    files.change(of.name, "status: published", "status: retired")
    files.apply()
    assert of.row().instead == "/careers/data-engineer/"
    answer = client.get(of.url)
    assert answer.status_code == 410
    assert "Go to Data Engineer instead" in answer.text
    assert plan(files).is_empty


@every_document
def test_an_edit_of_it_is_drift_until_it_is_exported(files, of):
    of.say(files, "/careers/data-engineer/")
    files.apply()
    thing = of.row()
    thing.instead = "https://example.org/"
    thing.save()
    assert [field.name for field in plan(files).drift] == ["instead"]
    assert exported(files) == [of.name]
    assert "instead: https://example.org/\n" in files.text(of.name)
    assert not plan(files).drift


@every_document
def test_it_comes_back_into_a_new_file_with_the_rest(files, of):
    """A thing that only an editor made, retired with an `instead`, has it in its new file."""
    files.apply()
    thing = of.row()
    slug = f"{thing.slug}-two"
    thing.pk, thing.slug, thing.status, thing.instead = None, slug, "retired", "/paths/prompting/"
    if of.model is Role:
        thing.code = "XX"
    if of.model is Lesson:
        thing.number = 499
    thing.save()
    (made,) = [each for each in exported(files) if f"{slug}" in each]
    assert "instead: /paths/prompting/\n" in files.text(made)
    assert not plan(files).changes
    assert not plan(files).drift


@every_document
def test_one_that_both_changed_is_a_conflict(files, of):
    of.say(files, "/careers/data-engineer/")
    files.apply()
    of.model.objects.filter(pk=of.row().pk).update(instead="/paths/rag/")
    files.change(of.name, "instead: /careers/data-engineer/", "instead: /paths/prompting/")
    with pytest.raises(UnresolvedConflicts):
        files.apply()


@every_document
def test_null_clears_it(files, of):
    of.say(files, "/careers/data-engineer/")
    files.apply()
    files.change(of.name, "instead: /careers/data-engineer/", "instead:")
    files.apply()
    assert of.row().instead == ""
    assert plan(files).is_empty


@every_document
def test_a_file_that_says_nothing_of_it_leaves_it_to_editors(files, of):
    files.apply()
    of.model.objects.filter(pk=of.row().pk).update(instead="/paths/prompting/")
    assert plan(files).is_empty
    files.change(of.name, "summary: ", "summary: It is said. ")
    files.apply()
    assert of.row().instead == "/paths/prompting/"


@pytest.mark.parametrize("of", [DOCUMENTS[0], DOCUMENTS[2]], ids=lambda document: document.kind)
def test_a_document_that_disappears_leads_where_it_said_last(files, client, of):
    of.say(files, "/careers/data-engineer/")
    files.apply()
    files.remove(of.name)
    if of.name == LESSON:
        files.change(PATH, "  - when-to-retrieve\n", "")
    files.apply()
    assert "Go to Data Engineer instead" in client.get(of.url).text
    assert plan(files).is_empty


@every_document
def test_an_editor_says_it_where_the_status_is(files, editor, of):
    files.apply()
    admin = reverse(
        f"admin:{of.model._meta.label_lower.replace('.', '_')}_change", args=[of.row().pk]
    )
    page = editor.get(admin).text
    assert page.index('name="status"') < page.index('name="instead"')


# -- formerly ------------------------------------------------------------------------------


def rename(files, name: str) -> None:
    """Rename a file's thing. `formerly` gets the old name, except of lessons: they have numbers."""
    if name == ROLE:
        files.rename(ROLE, "roles/mle.yaml")
        files.add("roles/mle.yaml", "formerly: [ml-engineer]\n")
    elif name == LESSON:
        files.rename(LESSON, "paths/rag/retrieve-or-not.md")
        files.change(PATH, "- when-to-retrieve", "- retrieve-or-not")
    else:
        for each in ("path.yaml", "when-to-retrieve.md", "chunking.md"):
            files.rename(f"paths/rag/{each}", f"paths/retrieval/{each}")
        (files.folder / "paths/rag").rmdir()
        files.add("paths/retrieval/path.yaml", "formerly: [rag]\n")
        files.change("backgrounds.yaml", "rag/chunking", "retrieval/chunking")
        for role in (ROLE, "roles/data-engineer.yaml"):
            files.change(role, "path: rag", "path: retrieval")


@every_document
def test_a_rename_keeps_the_history_of_its_row(files, client, of):
    files.apply()
    row = of.row().pk
    files.change(of.name, "summary: ", "summary: It is said. ")
    files.apply()
    rename(files, of.name)
    files.apply()
    edits = Edit.objects.filter(kind=of.kind, row=row).values_list("field", flat=True)
    assert {"", "slug", "summary"} <= set(edits)
    added = Edit.objects.filter(kind=of.kind, field="")
    assert added.count() == of.model.objects.count()
    moved = client.get(of.url)
    assert moved.status_code == 301
    page = client.get("/changes/").text
    assert f'href="{moved["Location"]}"' in page
    assert "The summary was " in page


def test_a_rename_is_no_news_of_what_points_at_it(files, client):
    files.apply()
    rename(files, PATH)
    files.apply()
    text = client.get("/changes/").text
    assert "joined" not in text
    assert "moved from" not in text
    assert "left" not in text


@every_document
def test_a_rename_keeps_every_lessons_number(files, of):
    files.apply()
    before = dict(Lesson.objects.values_list("pk", "number"))
    rename(files, of.name)
    files.apply()
    assert dict(Lesson.objects.values_list("pk", "number")) == before


@every_document
def test_what_was_renamed_and_then_retired_is_gone_at_every_address(files, client, of):
    files.apply()
    row = of.row().pk
    rename(files, of.name)
    files.apply()
    new = client.get(of.url)["Location"]
    of.model.objects.filter(pk=row).update(status="retired", instead="/careers/data-engineer/")
    CatalogVersion.rise()
    for address in (of.url, new):
        answer = client.get(address)
        assert answer.status_code == 410, address
        assert "Go to Data Engineer instead" in answer.text


# -- The change log of an apply ------------------------------------------------------------


def test_the_first_apply_is_one_piece_of_news_and_the_next_is_said_in_words(files, client):
    files.apply()
    assert "The catalog opened with 2 roles, 2 paths and 2 lessons" in client.get("/changes/").text
    files.change(ROLE, "low: 65000", "low: 70000")
    files.change(ROLE, "  - path: prompting\n    why: It comes first.\n", "")
    files.change("paths/rag/chunking.md", "title: Chunking", "title: Secret")
    files.apply()
    text = client.get("/changes/").text
    assert "The EU band is now €70,000–160,000 (was €65,000–160,000)." in text
    assert "Prompting left the roadmap." in text
    assert "Secret" not in text
    assert "Chunking" not in text


def test_an_apply_that_changes_nothing_that_visitors_see_is_no_news(files):
    files.apply()
    files.change("paths/rag/chunking.md", "title: Chunking", "title: Secret")
    files.change(PATH, "position: 2", "position: 3")
    files.change("signals.yaml", "title: Eval discipline", "title: Evals")
    files.apply()
    assert Edit.objects.exclude(field="").count() == 3
    assert not Edit.objects.exclude(field="").exclude(day=None).exists()
