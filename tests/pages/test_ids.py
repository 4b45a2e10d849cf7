"""Ids are unique on a page, whatever a lesson's headings are."""

from collections import Counter

from bs4 import BeautifulSoup

from careers.models import Step
from paths.models import Term


def ids(client, address: str) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [each["id"] for each in page.select("[id]")]


def test_a_lesson_whose_headings_are_named_as_the_page_is(client, catalog):
    """The page has everything that gets an id, and the lesson a heading named like each of them."""
    term = Term.objects.create(slug="loss", title="loss", meaning="How wrong.", status="published")
    path = catalog.path(lessons=0, setup="# Set up\n\n## Main\n\nx[^1]\n\n[^1]: y")
    lesson = catalog.lesson(path, needs=[term.slug], body="word")
    Step.objects.create(role=catalog.role(), path=path, why="It needs it.")
    own = ids(client, lesson.get_absolute_url())
    assert {"main", "objectives", "skip", "needs", "set-up", "counts"} <= {*own}
    headings = "".join(f"## {name}\n\n" for name in own)
    lesson = catalog.lesson(path, needs=[term.slug], body=f"{headings}x[^1]\n\n[^1]: y")
    found = Counter(ids(client, lesson.get_absolute_url()))
    assert [name for name, count in found.items() if count > 1] == []


def test_a_path_whose_set_up_has_headings_of_the_pages_names(client, catalog):
    path = catalog.path()
    own = ids(client, path.get_absolute_url())
    setup = "".join(f"# {name}\n\n" for name in own)
    found = Counter(ids(client, catalog.path(setup=setup).get_absolute_url()))
    assert [name for name, count in found.items() if count > 1] == []
