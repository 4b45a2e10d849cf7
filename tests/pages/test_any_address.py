"""Pages answer any query string, and say which of their parameters they left out."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from tests.addresses import queries

PAGES = [
    *("/", "/careers/", "/careers/map/", "/careers/decode/", "/careers/compare/"),
    *("/careers/ml-engineer/", "/careers/ml-engineer/roadmap/", "/paths/", "/paths/rag/"),
    *("/search/", "/data/", "/catalog.json", "/careers.csv", "/feed.atom", "/schema/role.json"),
]
# The parameters that a page reads, and reports if they are invalid. It ignores all others.
READ = {
    "/careers/": {"from", "path", "hours", "band", "sort", "pace", "page", "q"},
    "/careers/map/": {"from", "pace", "page"},
    "/careers/ml-engineer/": {"from", "pace"},
    "/careers/compare/": {"from", "pace"},
    "/careers/decode/": {"title", "from", "pace"},
    "/search/": {"q", "from", "pace"},
}
swaps = st.sampled_from([{}, {"HX-Request": "true"}, {"HX-Request": "true", "HX-Boosted": "true"}])


@pytest.fixture
def answer(client, real_catalog):
    def get(url: str, query: str, headers: dict[str, str]) -> str:
        response = client.get(url, QUERY_STRING=query, headers=headers)
        assert response.status_code == 200
        return response.text

    return get


@given(st.sampled_from(PAGES), queries, swaps)
@example("/careers/", "q=a%00b", {})
@example("/careers/decode/", "title=a%00b", {})
def test_no_query_breaks_a_public_page_or_gets_into_its_markup(answer, url, query, headers):
    shown = answer(url, query, headers)
    assert "<script>alert" not in shown
    assert "\0" not in shown


@given(st.sampled_from(sorted(READ)), queries)
def test_what_is_left_out_is_named_once(answer, url, query):
    page = BeautifulSoup(answer(url, query, {}), "html.parser")
    notes = [note.get_text() for note in page.select("main .note[role=status]")]
    named = [note.split("=")[0].removeprefix("“") for note in notes]
    if url == "/careers/compare/":  # its notes name roles as well, not the parameter `r`
        named = [name for name in named if name in READ[url]]
    assert set(named) <= READ[url] | {"r"}
    assert all(named.count(name) == 1 for name in named if name != "r")


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("url", "name"), [(url, name) for url, names in READ.items() for name in sorted(names)]
)
def test_each_parameter_is_named_where_it_can_not_be_read(answer, url, name):
    page = BeautifulSoup(answer(url, f"{name}={'x' * 300}", {}), "html.parser")
    (note,) = page.select("main .note[role=status]")
    assert note.get_text().startswith(f"“{name}={'x' * 40}…” is left out. ")


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "query",
    [
        "utm_source=" + "x" * 60_000,
        "&".join(f"p{n}=1" for n in range(900)),
        "q=" + "x" * 60_000,
        "&".join(f"r=nobody-{n}" for n in range(900)),
        "from=" + "%22%3E" * 9_000 + "&q=engineer",
    ],
    ids=["long", "many", "long-search", "many-roles", "long-from"],
)
@pytest.mark.parametrize("page", ["/careers/", "/careers/map/", "/careers/compare/", "/changes/"])
def test_what_nobody_reads_is_in_no_link(real_catalog, client, page, query):
    plain = len(client.get(page).content)
    given = client.get(f"{page}?{query}").content
    assert len(given) < plain + 10_000
    tree = BeautifulSoup(given, "html.parser")
    assert max(len(link["href"]) for link in tree.select("a[href]")) < 2_000
