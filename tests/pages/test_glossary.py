"""The glossary's page, and its terms on lessons' pages."""

import pytest
from bs4 import BeautifulSoup

from careers.models import CatalogVersion
from careers.published.glossary import TERMS_A_PAGE
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.text import encode_plan
from paths.models import Status, Term


def page_at(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


@pytest.fixture
def term(catalog):
    def make(slug: str, **fields) -> Term:
        made = Term.objects.create(
            **{
                "slug": slug,
                "title": slug,
                "meaning": f"What {slug} is.",
                "status": Status.PUBLISHED,
            }
            | fields
        )
        CatalogVersion.rise()
        return made

    return make


def test_the_glossary_says_what_a_word_means_and_where_it_is_taught(client, catalog, term):
    lesson = catalog.lesson(catalog.path("rag", lessons=0), slug="one", title="Lesson one")
    term("gradient", also=["slope"], lesson=lesson)
    entry = page_at(client, "/glossary/").find(id="gradient")
    assert entry.dt.get_text() == "gradient also slope"
    assert entry.dd.get_text().split() == ["What", "gradient", "is.", "Lesson", "one"]
    assert entry.a["href"] == "/paths/rag/one/"


def test_each_letter_that_has_words_leads_to_them(client, term):
    for slug, title in (("rag", "RAG"), ("recall", "recall"), ("api", "API"), ("one", "1-NN")):
        term(slug, title=title)
    page = page_at(client, "/glossary/")
    links = page.select(".letters a")
    assert [link.text for link in links] == ["0–9", "A", "R"]
    for link in links:
        heading = page.find(id=link["href"].partition("#")[2])
        assert (heading.name, heading.text) == ("h2", link.text)
    last = page.find(id="R").find_next("dl")
    assert [each["id"] for each in last.find_all("div")] == ["rag", "recall"]


def test_a_glossary_of_one_letter_has_no_bar(client, term):
    term("api")
    assert not page_at(client, "/glossary/").select(".letters")


def test_a_long_glossary_has_pages_and_links_lead_to_the_right_one(client, catalog, term):
    path = catalog.path("rag", lessons=0)
    catalog.lesson(
        path, slug="one", body="A zebra has a stripe. " + "word " * 1600, needs=["zebra"]
    )
    Term.objects.bulk_create(
        Term(slug=f"w{n}", title=f"w{n:03}", meaning="A word.", status=Status.PUBLISHED)
        for n in range(TERMS_A_PAGE)
    )
    term("stripe")
    term("zebra")
    first = page_at(client, "/glossary/")
    assert len(first.select(".terms > div")) == TERMS_A_PAGE
    links = {link.text: link["href"] for link in page_at(client, "/paths/rag/one/").select(".term")}
    assert links == {
        "stripe": "/glossary/#stripe",
        "zebra": "/glossary/?page=2#zebra",
    }
    second = page_at(client, links["zebra"].partition("#")[0])
    assert second.find(id="zebra")
    assert first.find(id="stripe")
    assert first.select_one("a[rel=next]")["href"] == "?page=2"


def test_drafts_are_nowhere_in_it(client, catalog, term):
    draft = catalog.lesson(catalog.path("rag"), status=Status.DRAFT)
    term("gradient", lesson=draft)
    term("secret", status=Status.DRAFT)
    page = page_at(client, "/glossary/")
    assert not page.find(id="gradient").a
    assert "secret" not in page.get_text()


def test_a_lessons_text_leads_to_it_and_follows_a_change_of_it(client, catalog, term):
    path = catalog.path("rag", lessons=0)
    catalog.lesson(path, slug="one", body="The loss falls. " + "word " * 1600)
    assert not page_at(client, "/paths/rag/one/").select("a.term")
    made = term("loss")
    (link,) = page_at(client, "/paths/rag/one/").select("a.term")
    assert (link["href"], link["title"]) == ("/glossary/#loss", "What loss is.")
    made.status = Status.RETIRED
    made.save()
    CatalogVersion.rise()
    assert not page_at(client, "/paths/rag/one/").select("a.term")


def test_a_lesson_says_what_it_needs_and_where_that_is_taught(client, catalog, term):
    path = catalog.path("rag", lessons=0)
    first = catalog.lesson(path, slug="first")
    second = catalog.lesson(
        path, slug="two", needs=["Python", "slopes", "recall-k", "own", "unknown"]
    )
    term("python", title="Python")
    term("gradient", also=["slopes"], lesson=first)
    term("recall-k", title="recall@k")
    term("own", lesson=second)
    needed = page_at(client, "/paths/rag/two/").find(id="needs").find_next("p")
    assert " ".join(needed.get_text().split()) == "Python, slopes, recall@k, own, unknown"
    assert [link["href"] for link in needed.find_all("a")] == [
        "/glossary/#python",
        "/paths/rag/first/",
        "/glossary/#recall-k",
        "/glossary/#own",
    ]


LEARN = [{"title": "A tutorial", "url": "https://example.org/tutorial"}]


def learned_at(part) -> list[str]:
    return [link["href"] for link in part.select('a[rel="noopener"]')]


def test_what_no_lesson_teaches_can_be_learned_elsewhere(client, catalog, term):
    lesson = catalog.lesson(catalog.path("rag", lessons=0), slug="one", needs=["python", "loss"])
    term("python", title="Python", learn=LEARN)
    term("loss", lesson=lesson, learn=LEARN)
    glossary = page_at(client, "/glossary/")
    assert learned_at(glossary.find(id="python")) == ["https://example.org/tutorial"]
    assert learned_at(glossary.find(id="loss")) == []
    needed = page_at(client, "/paths/rag/one/").find(id="needs").find_parent("section")
    assert learned_at(needed) == ["https://example.org/tutorial"]
    assert "New to Python? Learn it free:" in needed.get_text()


def test_whoever_takes_up_a_road_is_told_before_its_first_lesson(client, catalog, term):
    path = catalog.path("rag", lessons=0)
    first = catalog.lesson(path, needs=["python"])
    catalog.lesson(path, needs=["sql"])
    role = catalog.role("one", paths=[path])
    for slug in ("python", "sql"):
        term(slug, learn=[LEARN[0] | {"url": f"https://example.org/{slug}"}])
    head = page_at(client, role.get_absolute_url()).select_one(".role-head")
    assert learned_at(head) == ["https://example.org/python"]
    said = " ".join(head.get_text().split())
    assert "The lessons assume that you know python." in said.partition("Read the first lesson")[2]
    for done, told in (({}, ["https://example.org/python"]), ({first.number: 2950}, [])):
        plan = StudyPlan(roles=("one",), done=done)
        here = page_at(client, f"/plan/?plan={encode_plan(plan)}").select_one(".here")
        assert here.select_one("a.go")
        assert learned_at(here) == told


def test_it_costs_one_query_and_a_lesson_not_one_more(count_at, client, catalog, term):
    term("gradient", lesson=catalog.lesson(catalog.path("rag", lessons=0), slug="one"))
    assert count_at(lambda: client.get("/glossary/")) == 1
    assert count_at(lambda: client.get("/paths/rag/one/")) <= 4


def test_its_page_is_found(client, catalog):
    assert b"/glossary/" in client.get("/sitemap.xml").content
    assert client.get("/paths/").content.count(b'href="/glossary/"') == 1
