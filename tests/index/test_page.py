"""`/search/`: what it shows for whatever is typed."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from careers import index, snapshot
from paths.models import Status

SWAP = {"HX-Request": "true"}
LONG = "word " * 1600


@pytest.fixture
def ask(client, db):
    """A function that searches, and returns the page, parsed."""

    def asking(text: str, **more) -> BeautifulSoup:
        response = client.get("/search/", {"q": text, **more.pop("said", {})}, **more)
        assert response.status_code == 200
        assert not response.cookies
        return BeautifulSoup(response.content, "html.parser")

    return asking


@pytest.fixture
def some(catalog, term, revise):
    """A role, a path, a lesson and a term about kettles."""
    with revise():
        path = catalog.path("boiling", title="Boiling", summary="A kettle in use.", lessons=0)
        body = f"{LONG}\n\nFill it first. Then the kettle sings, and nobody waits. All is well."
        lesson = catalog.lesson(path, slug="one", title="Water", body=body)
        term("kettle", meaning="What water boils in.", lesson=lesson)
        catalog.role("stoker", title="Stoker", aliases=["Kettle Engineer"], paths=[path])


def words(node) -> str:
    return " ".join(node.get_text().split())


def found(page: BeautifulSoup) -> dict[str, tuple[str, str]]:
    """Return address → (kind, sentence) of the results."""
    return {
        each.a["href"]: (words(each.find_all("p")[0]), words(each.find_all("p")[1]))
        for each in page.select(".matches li")
    }


@pytest.mark.usefixtures("some")
def test_it_finds_every_kind_and_says_which_and_why(ask):
    page = ask("kettle")
    assert found(page) == {
        "/glossary/#kettle": ("Term", "What water boils in."),
        "/careers/stoker/": ("Role, also Kettle Engineer", "What the job is."),
        "/paths/boiling/": ("Path", "A kettle in use."),
        "/paths/boiling/one/": ("Lesson of Boiling", "Then the kettle sings, and nobody waits."),
    }
    assert next(iter(found(page))) == "/glossary/#kettle"
    assert {mark.get_text().lower() for mark in page.select("mark")} == {"kettle"}
    assert words(page.select_one("[role=status]#found")) == "4 results"
    assert "kettle: 4 results" in words(page.title)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("typed", ["KETTLE", "kéttle", "kettel", "ketle", "kettles", "kett"])
def test_case_accents_typing_errors_and_words_half_typed_are_forgiven(ask, typed):
    assert len(found(ask(typed))) == 4


@pytest.mark.usefixtures("some")
def test_a_mistake_is_named(ask):
    assert "“kettel” was read as “kettle”." in words(ask("kettel").main)


@pytest.mark.usefixtures("some")
def test_a_word_that_nothing_has_is_left_out_and_named(ask):
    page = ask("kettle xqzv")
    assert len(found(page)) == 4
    assert "“xqzv” doesn’t appear here, so it is left out." in words(page.main)


@pytest.mark.usefixtures("some")
def test_where_nothing_has_all_words_some_are_enough(ask):
    page = ask("stoker sings")
    assert list(found(page)) == ["/careers/stoker/", "/paths/boiling/one/"]
    assert "Nothing has all of these words." in words(page.main)


@pytest.mark.usefixtures("some")
def test_nothing_found_leads_on(ask):
    page = ask("kitlle")
    note = page.select_one(".note")
    assert words(page.find(id="found")) == "Nothing found"
    assert words(note).startswith("“kitlle” doesn’t appear here. Did you mean kettle?")
    assert [a["href"] for a in note.select("a")] == [
        "/search/?q=kettle",
        "/careers/",
        "/paths/",
        "/glossary/",
        "/careers/decode/?title=kitlle",
    ]


@pytest.mark.usefixtures("some")
def test_a_swap_brings_the_results_and_the_count(ask):
    page = ask("kettle", headers=SWAP)
    assert not page.html
    assert len(found(page)) == 4
    assert words(page.find(attrs={"hx-swap-oob": "innerHTML:#found"})) == "4 results"


def test_it_works_as_one_types_and_without_a_script(ask):
    form = ask("").find(id="search")
    assert (form["action"], form["hx-get"]) == ("/search/", "/search/")
    assert form.find("input", type="search").has_attr("autofocus")
    assert form.button


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("!!!", "There is no letter or digit in it. Type a word."),
        ('"', "There is no letter or digit in it. Type a word."),
        ("😀", "There is no letter or digit in it. Type a word."),
        ("a", "One letter finds too much. Type two or more."),
        ("x" * 60_000, "A search can have at most 100 characters."),
    ],
)
def test_what_cannot_be_searched_for_is_said(ask, typed, why):
    page = ask(typed)
    assert words(page.select_one(".note")).endswith(f"is left out. {why}")
    assert not page.select(".matches")


NASTY = [
    *('" OR names:"', "a* NEAR(b, 2)", "kettle -x", "^kettle", "{names} : x", "AND", "NOT kettle"),
    *("kettle & ! | <-> :*", "'", "' OR 1=1 --", "\\", "%", "_", "kettle\0kettle", "\0"),
    *(
        "\u202ekettle",
        "שלום",
        "مرحبا kettle",
        "漢字",
        "e\u0301" * 40,
        "ﬁ",
        "²",
        "٣",
        "kettle " * 14,
    ),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "1e5", "3.14", "10.0.0.1", "a@b.example", "C++"),
    *("x" * 100, "kettle" * 16, "\u00adkettle", "\u200b", "“kettle”", "🫖 kettle", "ß", "İstanbul"),
    *("C#", "a b c d e f g"),
]


@pytest.mark.few(3)
@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("typed", NASTY)
def test_anything_typed_is_answered(ask, typed):
    for headers in ({}, SWAP):
        page = ask(typed, headers=headers)
        assert page.title
        assert not page.select("script:not([src])")


def test_drafts_stay_unseen(ask, catalog, revise):
    with revise():
        path = catalog.path(lessons=0)
        catalog.lesson(path, title="Zebra", status=Status.DRAFT)
    assert not found(ask("zebra"))


def test_what_the_page_has_no_more_is_left_out(ask, catalog, revise, monkeypatch):
    with revise():
        catalog.role(title="Zebra")
    older = snapshot.current()
    with revise():
        catalog.role(title="Zebra too")
    assert [each.place.title for each in index.search("zebra", older).results] == ["Zebra"]


def test_an_answer_costs_few_queries_however_much_there_is(catalog, revise, client, count_at):
    def cost() -> list[int]:
        return [
            count_at(lambda text=text: client.get("/search/", {"q": text}))
            for text in ("role", "path role", "lesson xqzv", "stoker lesson")
        ]

    with revise():
        catalog.roles(2)
    few = cost()
    with revise():
        catalog.roles(30, steps=6)
    assert cost() == few
    assert max(few) <= 3  # one more after a change of the catalog


@pytest.mark.usefixtures("some")
def test_what_somebody_said_goes_along(ask, catalog):
    background = catalog.background()
    said = {"from": background.slug, "pace": "5"}
    page = ask("kettle", said=said)
    assert all(f"from={background.slug}&pace=5" in address for address in found(page))
    assert page.select_one("#search input[name=from]")["value"] == background.slug


def test_every_page_has_a_door_to_it(client, catalog):
    catalog.role("stoker")
    for url in ("/", "/careers/stoker/", "/nowhere/"):
        page = BeautifulSoup(client.get(url).content, "html.parser")
        door = page.select_one(".masthead a[aria-keyshortcuts='/']")
        assert (door["href"], door.get_text()) == ("/search/", "Search"), url


def test_browsers_can_search_from_their_address_bar(client, db):
    page = BeautifulSoup(client.get("/search/").content, "html.parser")
    response = client.get(page.select_one("link[rel=search]")["href"])
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    tree = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    (url,) = tree.findall("{*}Url[@type='text/html']")
    assert url.get("template") == "http://testserver/search/?q={searchTerms}"


def test_of_other_names_the_one_with_most_of_it_is_shown(ask, catalog, revise):
    with revise():
        catalog.role("a", title="Boiler Engineer", aliases=["Boiler Developer", "Kettle Engineer"])
    assert found(ask("kettle engineer"))["/careers/a/"][0] == "Role, also Kettle Engineer"


@pytest.mark.parametrize("typed", ["C++", "c++", "cplusplus"])
def test_a_name_is_found_and_marked_with_its_signs(ask, revise, term, typed):
    with revise():
        term("plus", title="C++", meaning="A language after C.")
        term("letter", title="Plan C", meaning="C is a letter.")
    page = ask(typed)
    assert [words(each) for each in page.select(".matches mark")] == ["C++"]
