"""A catalog of any size is compared in one pass: no query is made for each of its rows."""

import re

import pytest

from careers.sync.entries import Entry
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.sides import read_sides
from paths.models import Lesson

pytestmark = pytest.mark.django_db

SOURCE = {"title": "A survey", "url": "https://example.org/survey"}
BAND = {
    "region": "EU",
    "currency": "EUR",
    "low": 60_000,
    "high": 90_000,
    "middle": None,
    "middle_is": None,
    "measures": "Range",
    "ends": "range",
    "basis": "survey",
    "method": "",
    "for_title": "",
    "experience": "",
    "sample": None,
    "period": "2026",
    "collected": "2026-01-02",
    "note": "",
    "source": SOURCE,
}
STEP = {"why": "It needs it.", "emphasis": "", "only": [], "focus": []}


def of(kind: str, key: str, formerly: tuple[str, ...] = (), **values) -> Entry:
    common = {"title": f"Called {key}", "status": "published", "summary": "What it is."}
    return Entry(kind, key, common | values, frozenset(formerly), f"{kind}/{key}.yaml")


def path(number: int, lessons: int) -> list[Entry]:
    slug = f"path-{number}"
    numbers = range(100 * number + 1, 100 * number + 1 + lessons)
    return [
        of("paths", slug, slug=slug, position=number, lessons=list(numbers)),
        *(
            of(
                "lessons",
                str(each),
                (f"{slug}/old",) if each == numbers[0] else (),
                slug=f"lesson-{each}",
                path=slug,
                number=each,
                status="draft",
                minutes=8,
                practice_minutes=40,
                objectives=["Do it"],
                sources=[SOURCE],
                signals=["shipped"],
            )
            for each in numbers
        ),
    ]


def role(number: int, paths: int) -> Entry:
    slug = f"role-{number}"
    steps = [f"path-{1 + (number + each) % paths}" for each in range(2)]
    return of(
        "roles",
        slug,
        (f"old-{number}",),
        slug=slug,
        code=f"{number:03x}"[:8],
        group="core",
        position=number,
        line="red",
        sequence="any-order",
        aliases=["A title"],
        sources=[SOURCE],
        steps=[
            {"path": each, "why": "It needs it.", "emphasis": "", "only": [], "focus": []}
            for each in steps
        ],
        pivots=[{"background": "analyst", "fit": "good", "months": None, "note": ""}],
        salary_bands=[BAND],
    )


def catalog(roles: int, paths: int, lessons: int) -> list[Entry]:
    """A catalog of so many roles, and of so many paths with so many lessons each."""
    return [
        of("signals", "shipped", slug="shipped", position=1, sources=[SOURCE]),
        *(entry for number in range(1, paths + 1) for entry in path(number, lessons)),
        of("backgrounds", "analyst", slug="analyst", position=1, knows=[101, 102]),
        *(role(number, paths) for number in range(roles)),
    ]


def test_a_plan_of_a_thousand_roles_takes_as_many_queries_as_one_of_ten(count_queries):
    def compare(entries: list[Entry]) -> int:
        apply_entries(entries)

        def plan() -> None:
            found = read_sides(entries).plan()
            assert found.is_empty
            assert not found.drift

        return count_queries(plan)

    few = catalog(roles=10, paths=5, lessons=10)
    many = catalog(roles=1000, paths=100, lessons=11)  # more roles and lessons than a query takes
    assert compare(few) == compare(many)


def test_a_path_may_have_more_lessons_than_a_hundred(files, client):
    text = files.text("paths/rag/when-to-retrieve.md")
    slugs = [f"more-{number}" for number in range(500, 805)]
    for slug in slugs:
        number = slug.removeprefix("more-")
        files.write(f"paths/rag/{slug}.md", re.sub(r"number: \d+", f"number: {number}", text))
    listed = "".join(f"  - {slug}\n" for slug in slugs)
    files.change("paths/rag/path.yaml", "  - chunking\n", f"  - chunking\n{listed}")
    assert files.problems() == []
    assert files.apply().is_empty is False
    assert files.apply().is_empty
    assert Lesson.objects.filter(path__slug="rag").count() == 307
    page = client.get("/paths/rag/?page=7").text  # of those that list its lessons
    assert f'href="/paths/rag/{slugs[-1]}/"' in page
