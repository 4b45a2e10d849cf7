"""Searching thousands of roles takes few queries, and work that grows no faster than they do."""

import datetime
import itertools
import string
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from careers.models import Background, CatalogVersion, Pivot, Role, SalaryBand, Step
from careers.pages.views import ROLES_A_PAGE
from paths.models import LearningPath, Status
from tests.work import steps

FEW, MANY = 10, 2_000
AT_MOST = 4  # queries
CODES = ["".join(two) for two in itertools.product(string.ascii_letters + string.digits, repeat=2)]

CHOICES = {
    "q": "engineer évaluates",
    "from": "background-0",
    "path": "path-0",
    "hours": "100",
    "band": "45000",
    "pace": "5",
}
SORTS = ["", "hours", "left", "band", "title"]
# Each subset of choices with one sort order, and queries that match nothing or are invalid.
SEARCHES = [
    *(
        urlencode({name: CHOICES[name] for name in some} | {"sort": sort, "r": "role-1"})
        for size in range(len(CHOICES) + 1)
        for some, sort in zip(
            itertools.combinations(CHOICES, size), itertools.cycle(SORTS), strict=False
        )
    ),
    *("q=zzz", "q=zzz&hours=1&band=9000000", "hours=x&band=-1&from=mars&path=%00&sort=?&pace=0"),
    *("page=2", "page=9999", "r=role-1&r=role-2&r=role-3&r=role-4&r=nobody"),
]


@pytest.fixture
def grow(catalog):
    """A function that makes roles up to a count, over the same ten paths and five backgrounds."""
    paths = [catalog.path(f"path-{n}", lessons=3, drafts=3) for n in range(10)]
    backgrounds = [catalog.background(slug=f"background-{n}") for n in range(5)]
    for background, path in zip(backgrounds, paths, strict=False):
        background.knows.set(path.lessons.all())

    def to(count: int) -> None:
        numbers = range(Role.objects.count(), count)
        roles = Role.objects.bulk_create(_role(number) for number in numbers)
        for kind, rows in _rows(roles, paths, backgrounds).items():
            kind.objects.bulk_create(rows)
        CatalogVersion.rise()

    return to


def _role(number: int) -> Role:
    return Role(
        slug=f"role-{number}",
        title=f"Role {number}",
        code=CODES[number],
        aliases=["LLM Engineer", f"Also {number}"],
        summary="What the job is.",
        daily_work=["Builds a thing", "Evaluates it"],
        status=Status.PUBLISHED,
        position=number,
    )


def _rows(
    roles: list[Role], paths: list[LearningPath], backgrounds: list[Background]
) -> dict[type, list]:
    """Return the rows that belong to roles: for each, four steps, a salary band and two pivots."""
    day = datetime.date(2026, 1, 2)
    evidence = {"measures": "Range", "period": "2026", "source_title": "A survey"}
    evidence |= {"region": "EU", "source_url": "https://example.org/", "collected": day}
    return {
        Step: [
            Step(role=role, path=paths[(role.position + n) % 10], position=n, why="It needs it.")
            for role in roles
            for n in range(4)
        ],
        SalaryBand: [
            SalaryBand(role=role, low=40_000 + 10 * role.position, high=150_000, **evidence)
            for role in roles
        ],
        Pivot: [
            Pivot(role=role, background=backgrounds[(role.position + n) % 5], fit="good")
            for role in roles
            for n in range(2)
        ],
    }


@pytest.mark.parametrize(("count", "searches"), [(FEW, SEARCHES), (MANY, SEARCHES[::3])])
def test_any_search_costs_few_queries(client, grow, count_queries, count, searches):
    grow(count)
    client.get("/careers/")
    for search in searches:
        assert count_queries(lambda at=search: client.get(f"/careers/?{at}")) <= AT_MOST, search


def work(client, url: str) -> int:
    """Return the steps that our code makes for an answer, once caches are warm."""
    client.get(url)
    return steps(lambda: client.get(url))


def test_the_work_of_a_search_grows_with_the_roles_and_no_faster(client, grow):
    urls = [f"/careers/?{search}" for search in (*SEARCHES[:64:9], "page=2", "q=role&sort=title")]

    def works(roles: int) -> list[int]:
        grow(roles)
        return [work(client, url) for url in urls]

    of_100, of_200, of_400 = works(100), works(200), works(400)
    for url, few, some, many in zip(urls, of_100, of_200, of_400, strict=True):
        assert many - some <= 2.1 * (some - few), url


def test_every_role_is_on_one_page_and_no_page_is_more_work_than_another(client, grow):
    roles = 10 * ROLES_A_PAGE + 1
    grow(roles)
    pages = 11
    found = []
    for number in range(1, pages + 1):
        page = BeautifulSoup(
            client.get(f"/careers/?q=engineer&page={number}").content, "html.parser"
        )
        found += [card["id"] for card in page.select(".role-card")]
        assert bool(page.find("a", rel="next")) == (number < pages)
    assert len(found) == len(set(found)) == roles
    first, last = (work(client, f"/careers/?q=engineer&page={n}") for n in (1, pages - 1))
    assert last < 1.1 * first
