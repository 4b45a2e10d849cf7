"""Retired things answer 410, and lead to the place that they name instead, if it exists."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from careers import snapshot
from careers.models import CatalogVersion, Role
from paths.models import Status, validate_instead

FALLBACK = ("/careers/", "See all roles")


@pytest.fixture
def way_on(client):
    """A function that returns the first link on the page of something gone: address and text."""

    def read(url: str) -> tuple[str, str]:
        response = client.get(url)
        assert response.status_code == 410
        link = BeautifulSoup(response.content, "html.parser").select_one("main a")
        return link["href"], link.get_text()

    return read


@pytest.fixture
def gone(catalog):
    """A function that makes a retired role with a place to go instead. Returns its address."""

    def make(instead: str) -> str:
        catalog.role("gone", title="Gone", paths=[], instead=instead)
        Role.objects.filter(slug="gone").update(status=Status.RETIRED)
        CatalogVersion.rise()
        return "/careers/gone/"

    return make


def test_a_role_leads_to_the_one_in_its_place_by_its_title(way_on, gone, catalog):
    catalog.role("mlops-engineer", title="MLOps Engineer")
    url = gone("/careers/mlops-engineer/")
    assert way_on(url) == ("/careers/mlops-engineer/", "Go to MLOps Engineer instead")


def test_all_roles_are_one_step_away_all_the_same(client, gone, catalog):
    catalog.role("mlops-engineer")
    text = BeautifulSoup(client.get(gone("/careers/mlops-engineer/")).content, "html.parser")
    assert [link["href"] for link in text.select("main a")][1:] == ["/careers/"]


def test_a_role_that_names_nothing_leads_to_all_roles(way_on, gone):
    assert way_on(gone("")) == FALLBACK


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        ({"fit_questions": ["Was it fun?"]}, "/careers/other/fit/"),
        ({"fit_questions": []}, "/careers/"),
        ({"fit_questions": ["Was it fun?"], "status": Status.DRAFT}, "/careers/"),
    ],
)
def test_a_role_leads_to_questions_only_if_they_can_be_read(way_on, gone, catalog, other, shown):
    catalog.role("other", **other)
    assert way_on(gone("/careers/other/fit/"))[0] == shown


PLACES = {
    "a-path": ("/paths/rag/", "RAG"),
    "a-part-of-a-page": ("/paths/rag/?x=1#lessons", "RAG"),
    "a-lesson": ("/paths/rag/chunking/", "Chunking"),
    "a-path-that-moved": ("/paths/retrieval/", "RAG"),
    "a-lesson-that-moved": ("/paths/rag/cutting/", "Chunking"),
    "a-lesson-of-a-path-that-moved": ("/paths/retrieval/chunking/", "Chunking"),
    "a-roadmap": ("/careers/ml/roadmap/", "ML Engineer"),
    "another-page-of-the-site": ("/careers/map/", "/careers/map/"),
    "another-site": ("https://example.org/jobs", "https://example.org/jobs"),
}


@pytest.mark.parametrize(("instead", "title"), PLACES.values(), ids=PLACES)
def test_every_kind_of_place_is_called_by_its_name(way_on, gone, catalog, instead, title):
    path = catalog.path("rag", title="RAG", lessons=0)
    path.keep_address("retrieval")
    catalog.lesson(path, slug="chunking", title="Chunking").keep_address(path, "cutting")
    catalog.role("ml", title="ML Engineer", paths=[path])
    assert way_on(gone(instead)) == (instead, f"Go to {title} instead")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
@pytest.mark.parametrize(
    "instead", ["/careers/hidden/", "/paths/hidden/", "/paths/hidden/one/", "/paths/rag/hidden/"]
)
def test_nothing_leads_to_what_is_hidden(way_on, gone, catalog, status, instead):
    path = catalog.path("rag", lessons=0)
    catalog.lesson(path, slug="hidden", status=status)
    hidden = catalog.path("hidden", lessons=0, status=status)
    catalog.lesson(hidden, slug="one")
    catalog.role("hidden", paths=[], status=status)
    assert way_on(gone(instead)) == FALLBACK


@pytest.mark.parametrize("instead", ["/nowhere/", "/careers/nobody/", "/paths/rag/nothing/"])
def test_nothing_leads_to_what_is_not_there(way_on, gone, instead):
    assert way_on(gone(instead)) == FALLBACK


def test_an_address_that_it_had_leads_on_too(way_on, gone, catalog):
    catalog.role("mlops-engineer", title="MLOps Engineer")
    gone("/careers/mlops-engineer/")
    Role.objects.get(slug="gone").keep_address("long-gone")
    assert way_on("/careers/long-gone/")[0] == "/careers/mlops-engineer/"


@pytest.fixture
def lesson(catalog):
    """A lesson and its path, each of which names a place to go instead, for when it is retired."""
    catalog.path("for-the-path")
    catalog.path("for-the-lesson")
    path = catalog.path("rag", lessons=0, instead="/paths/for-the-path/")
    return catalog.lesson(path, slug="chunking", instead="/paths/for-the-lesson/")


def retire(*things) -> None:
    for thing in things:
        thing.status = Status.RETIRED
        thing.save()
    CatalogVersion.rise()
    snapshot.forget()


def test_a_lesson_of_a_retired_path_says_its_own_place_first(way_on, lesson):
    retire(lesson.path)
    assert way_on("/paths/rag/chunking/")[0] == "/paths/for-the-lesson/"
    assert way_on("/paths/rag/")[0] == "/paths/for-the-path/"


def test_a_lesson_without_a_place_leads_to_that_of_its_retired_path(way_on, lesson):
    lesson.instead = ""
    retire(lesson.path, lesson)
    assert way_on("/paths/rag/chunking/")[0] == "/paths/for-the-path/"


def test_a_retired_lesson_of_a_path_that_is_there_does_not_take_the_paths_place(way_on, lesson):
    lesson.instead = ""
    retire(lesson)
    assert way_on("/paths/rag/chunking/") == FALLBACK


def test_a_place_is_named_nowhere_while_a_thing_is_there(client, lesson):
    assert "for-the-lesson" not in client.get("/paths/rag/chunking/").text


@pytest.mark.parametrize("url", ["/careers/gone/", "/careers/long-gone/"])
def test_it_costs_few_queries(client, gone, catalog, count_queries, url):
    path = catalog.path("rag")
    path.keep_address("retrieval")
    path.lessons.get().keep_address(path, "cutting")
    gone("/paths/retrieval/cutting/")
    Role.objects.get(slug="gone").keep_address("long-gone")
    client.get(url)
    assert count_queries(lambda: client.get(url)) <= 4


ALLOWED = [
    *("/", "/careers/ml-engineer/", "/paths/rag/?a=b&c=d#e", "/~x/%20"),
    *("https://example.org", "https://example.org/a?b=c#d", "https://127.0.0.1:8000/"),
]
REFUSED = [
    *("careers/ml-engineer/", "//example.org/", "///example.org", "/\\example.org", "\\/x"),
    *("http://example.org/", "https:/example.org", "https://", "https:///x", "HTTPS://x.org"),
    *("javascript:alert(1)", "data:text/html,x", "ftp://x.org", " /careers/", "/careers/ ml/"),
    *("/\tx", "/x\n", "/\n/example.org", "/\x00", '/"><b>', "/é"),
]


@pytest.mark.parametrize("address", ALLOWED)
def test_a_place_is_an_address_here_or_one_with_https(address):
    validate_instead(address)


@pytest.mark.parametrize("address", REFUSED)
def test_no_other_address_is_a_place(address):
    with pytest.raises(ValidationError):
        validate_instead(address)


@pytest.mark.parametrize("kind", ["role", "path"])
def test_a_draft_that_is_retired_was_never_there(client, catalog, kind):
    getattr(catalog, kind)("draft", title="A secret", status=Status.RETIRED)
    response = client.get(f"/{'careers' if kind == 'role' else 'paths'}/draft/")
    assert (response.status_code, "A secret" in response.text) == (404, False)


def test_so_is_a_lesson_of_a_path_that_is_there(client, catalog):
    lesson = catalog.lesson(catalog.path("rag"), slug="draft", status=Status.RETIRED)
    response = client.get("/paths/rag/draft/")
    assert (response.status_code, lesson.title in response.text) == (404, False)


def test_a_retired_thing_that_sends_on_was_meant_to_be_found(way_on, catalog):
    catalog.role("other", title="Other")
    catalog.role("gone", paths=[], status=Status.RETIRED, instead="/careers/other/")
    assert way_on("/careers/gone/") == ("/careers/other/", "Go to Other instead")
