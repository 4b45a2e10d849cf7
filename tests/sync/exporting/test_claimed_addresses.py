"""An address that passes from one thing to another answers alike on an old and a new database."""

import pytest

from careers.models import Role
from careers.sync.exporting.replace import replace_files
from careers.sync.writing.sides import read_sides
from paths.models import FormerLessonSlug, LearningPath, Lesson
from tests.sync.exporting.rebuilt import rebuilding
from tests.sync.exporting.whole import make_rewrites

pytestmark = pytest.mark.django_db

ROLE, OTHER_ROLE = "roles/ml-engineer.yaml", "roles/data-engineer.yaml"
PATH, OTHER_PATH = "paths/rag/path.yaml", "paths/prompting/path.yaml"
LESSON, OTHER_LESSON = "paths/rag/when-to-retrieve.md", "paths/rag/chunking.md"
KINDS = {
    "role": (ROLE, OTHER_ROLE, "/careers/old/", "old", "\nformerly: [old]\nstatus"),
    "path": (PATH, OTHER_PATH, "/paths/old/", "old", "\nformerly: [old]\nstatus"),
    "lesson": (LESSON, OTHER_LESSON, "/paths/rag/old/", "old", "\nformerly: [old]\nstatus"),
}


def answer(client, url: str) -> tuple[int, str]:
    response = client.get(url)
    return response.status_code, response.get("Location", "")


def answer_after_rebuilding(client, files, url: str) -> tuple[int, str]:
    with rebuilding(files):
        return answer(client, url)


def export(files) -> list[str]:
    rewrites = make_rewrites(files.folder, read_sides(files.read()))
    replace_files(files.folder, rewrites)
    return [each.name for each in rewrites]


@pytest.fixture
def had(files, request):
    """Publish two things, of which the first had another address. Return the row of KINDS."""
    first, other, url, slug, formerly = KINDS[request.param]
    files.write(LESSON, files.text(LESSON))
    files.write(OTHER_LESSON, files.text(LESSON).replace("401", "402"))
    files.change(first, "\nstatus", formerly)
    files.apply()
    return first, other, url, slug, formerly


every_kind = pytest.mark.parametrize("had", list(KINDS), indirect=True)


@every_kind
def test_another_says_that_it_had_it(had, files, client):
    first, other, url, _, formerly = had
    assert answer(client, url)[1].endswith(("/ml-engineer/", "/rag/", "/when-to-retrieve/"))
    files.change(first, formerly, "\nstatus")
    files.change(other, "\nstatus", formerly)
    files.apply()
    assert answer(client, url)[1].endswith(("/data-engineer/", "/prompting/", "/chunking/"))
    assert answer(client, url) == answer_after_rebuilding(client, files, url)
    assert not read_sides(files.read()).plan().drift


@every_kind
def test_another_stands_there_now(had, files, client):
    first, other, url, _, formerly = had
    files.change(first, formerly, "\nstatus")
    if first == LESSON:
        files.rename(other, "paths/rag/old.md")
        files.change(PATH, "  - chunking", "  - old")
        files.change("backgrounds.yaml", "rag/chunking", "rag/old")
    elif first == PATH:
        (files.folder / "paths/prompting").rename(files.folder / "paths/old")
        files.add("paths/old/path.yaml", "formerly: [prompting]\n")
        files.change(ROLE, "path: prompting", "path: old")
    else:
        files.rename(other, "roles/old.yaml")
        files.add("roles/old.yaml", "formerly: [data-engineer]\n")
    files.apply()
    assert answer(client, url) == (200, "")
    assert answer(client, url) == answer_after_rebuilding(client, files, url)


@every_kind
def test_what_was_made_live_stands_there(had, files, client):
    """The export removes the address from the `formerly` of the first file."""
    first, other, url, slug, _ = had
    model = {ROLE: Role, PATH: LearningPath, LESSON: Lesson}[first]
    name = other.removesuffix("/path.yaml").rpartition("/")[2]
    thing = model.objects.get(slug=name.partition(".")[0])
    more = {Role: {"code": "XX"}, Lesson: {"number": 499}}.get(model, {})
    thing.pk, thing.slug = None, slug
    for name, value in more.items():
        setattr(thing, name, value)
    thing.save()
    assert answer(client, url) == (200, "")
    export(files)
    assert "old" not in files.text(first).partition("formerly:")[2].partition("\n")[0]
    assert answer_after_rebuilding(client, files, url) == (200, "")
    files.apply()
    assert answer(client, url) == (200, "")
    assert export(files) == []


def test_below_a_name_that_a_path_had_the_lesson_that_stands_there_comes_first(files, client):
    files.write(OTHER_LESSON, files.text(LESSON).replace("401", "402"))
    files.change(PATH, "\nstatus", "\nformerly: [search]\nstatus")
    files.change(LESSON, "\nstatus", "\nformerly: [chunks]\nstatus")
    files.apply()
    files.change(LESSON, "\nformerly: [chunks]", "")
    files.rename(OTHER_LESSON, "paths/rag/chunks.md")
    files.change(PATH, "  - chunking", "  - chunks")
    files.change("backgrounds.yaml", "rag/chunking", "rag/chunks")
    files.apply()
    for url in ("/paths/rag/chunks/", "/paths/search/chunks/"):
        assert answer(client, url) == answer_after_rebuilding(client, files, url)
    assert answer(client, "/paths/search/chunks/") == (301, "/paths/rag/chunks/")


def test_a_lesson_renamed_as_its_paths_former_name_goes_to_another_is_found_there(files, client):
    files.change(PATH, "\nstatus", "\nformerly: [search]\nstatus")
    files.apply()
    files.change(PATH, "\nformerly: [search]", "")
    (files.folder / "paths/prompting").rename(files.folder / "paths/search")
    files.add("paths/search/path.yaml", "formerly: [prompting]\n")
    files.change(ROLE, "path: prompting", "path: search")
    files.rename(LESSON, "paths/rag/deciding.md")
    files.change(PATH, "  - when-to-retrieve", "  - deciding")
    files.apply()
    assert answer(client, "/paths/search/when-to-retrieve/") == (301, "/paths/rag/deciding/")
    addresses = FormerLessonSlug.objects.values_list("slug", flat=True)
    assert set(addresses) == {"when-to-retrieve", "chunking"}
