"""Every public page costs few queries, however large the catalog."""

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from careers import snapshot
from careers.models import SalaryBand
from paths.models import LearningPath

AT_MOST = 4


@pytest.fixture
def grow(catalog):
    """A function that enlarges the catalog around a role, a path and a lesson with known slugs."""
    path = catalog.path("rag", lessons=0)
    lesson = catalog.lesson(path, slug="one")
    role = catalog.role("ml-engineer", paths=[path])
    catalog.signal(lesson)

    def more(roles: int, steps: int) -> None:
        paths = [catalog.path(lessons=2, drafts=1) for _ in range(steps)]
        for _ in range(roles):
            catalog.role(paths=[path, *paths])
        for other in paths:
            role.steps.create(path=other, why="It needs it.")
            catalog.signal(*other.lessons.all(), lesson)
            catalog.lesson(path)
            role.pivots.create(background=catalog.background())
            catalog.band(role)

    return more


PAGES = [
    *("/", "/careers/", "/careers/?page=2", "/careers/map/", "/sitemap.xml"),
    *("/careers/ml-engineer/", "/careers/ml-engineer/roadmap/"),
    *("/paths/", "/paths/rag/", "/paths/rag/one/"),
]
NEWS = ["/changes/", "/changes/?role=ml-engineer", "/changes.atom"]


@pytest.fixture
def count_each(client, count_at):
    """A function that counts the queries of pages: address → count."""
    return lambda urls: {url: count_at(lambda url=url: client.get(url)) for url in urls}


def test_queries_are_few_and_do_not_grow_with_the_catalog(grow, count_each):
    grow(roles=9, steps=2)
    few = count_each(PAGES)
    grow(roles=190, steps=4)
    assert count_each(PAGES) == few
    assert max(few.values()) <= AT_MOST


@pytest.fixture
def change(grow, catalog, revise):
    """A function that enlarges the catalog in a revision, so that there is news."""

    def more(roles: int, lessons: int) -> None:
        with revise():
            grow(roles=roles, steps=2)
            for _ in range(lessons):
                catalog.lesson(LearningPath.objects.get(slug="rag"))
            SalaryBand.objects.update(low=F("low") + 1)

    return more


def test_queries_are_few_and_do_not_grow_with_what_changed(change, count_each):
    change(roles=2, lessons=0)
    change(roles=2, lessons=3)
    few = count_each(NEWS)
    change(roles=9, lessons=60)
    assert count_each(NEWS) == few
    assert max(few.values()) <= AT_MOST


def test_reading_the_catalog_anew_takes_a_query_for_each_kind_of_row(grow, count_queries):
    grow(roles=9, steps=2)
    few = count_queries(snapshot.current)
    grow(roles=90, steps=4)
    snapshot.forget()
    assert count_queries(snapshot.current) == few
    assert count_queries(snapshot.current) == 1


def test_an_old_address_and_a_wrong_one_cost_few_queries_too(client, catalog, count_queries):
    catalog.role("new").keep_address("old")
    path = catalog.path("rag")
    path.lessons.get().keep_address(path, "old")
    client.get("/")
    for url in ("/careers/old/", "/careers/nobody/", "/paths/rag/old/", "/paths/no/body/"):
        assert count_queries(lambda url=url: client.get(url)) <= AT_MOST, url


def test_a_path_reads_of_its_lessons_only_what_it_shows(client, grow):
    """Each of up to 50 rows has several lists, whose JSON would be decoded for nothing."""
    client.get("/paths/rag/")  # reads the whole catalog
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/paths/rag/").status_code == 200
    read = [query["sql"] for query in queries if '"paths_lesson"."summary"' in query["sql"]]
    assert len(read) == 1
    assert not [name for name in ("body", "objectives", "needs", "files") if f'"{name}"' in read[0]]
