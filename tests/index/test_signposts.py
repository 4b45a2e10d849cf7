"""Words that lead to a page of the site, though no role, path, lesson or term has them."""

import pytest
from bs4 import BeautifulSoup

from careers.models import Role
from careers.pages import signposts
from careers.published.titles.concepts import fold


@pytest.fixture
def ask(client, real_catalog):
    def ask(typed: str) -> BeautifulSoup:
        page = client.get("/search/", {"q": typed})
        return BeautifulSoup(page.content, "html.parser")

    return ask


def pointed_to(page: BeautifulSoup) -> list[str]:
    return [link["href"] for link in page.select("#results > .note > a")]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("salary", "/careers/?sort=band"),
        ("ML engineer salaries", "/careers/?sort=band"),
        ("Gehalt", "/careers/?sort=band"),
        ("compare roles", "/careers/compare/"),
        ("which job fits", "/careers/which/"),
        ("glossary", "/glossary/"),
        ("cookies", "/privacy/"),
        ("Ollama", "/paths/model/"),
        ("llama.cpp", "/paths/model/"),
        ("my plan", "/plan/"),
        ("PhD", "/careers/?from=student-career-changer"),
        ("no degree", "/careers/?from=student-career-changer"),
        ("career change", "/careers/?from=student-career-changer"),
        ("data analyst", "/careers/?from=data-analyst"),
        ("devops to mlops", "/careers/?from=sre-devops"),
        ("support", "/careers/?from=qa-support-writer"),
        ("data analysts", "/careers/?from=data-analyst"),
        ("data analist", "/careers/?from=data-analyst"),
        ("Software Engineers", "/careers/?from=software-engineer"),
        ("back-end developer", "/careers/?from=software-engineer"),
        ("front end devs", "/careers/?from=software-engineer"),
        ("writers", "/careers/?from=qa-support-writer"),
        ("Quereinsteiger", "/careers/?from=student-career-changer"),
        ("Zertifikat", "/careers/?from=student-career-changer"),
        ("highest paying", "/careers/?sort=band"),
        ("best paid AI job", "/careers/?sort=band"),
        ("hours per week", "/careers/?sort=hours"),
        ("easiest", "/careers/?sort=hours"),
        ("Weiterbildung", "/paths/"),
        ("DSGVO", "/privacy/"),
    ],
)
def test_what_is_typed_by_who_looks_for_a_page_leads_there(ask, typed, url):
    assert url in pointed_to(ask(typed))


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "typed",
    ["rag", "cost of api", "data leakage", "json mode", "support vector machine", "attention map?",
     "confusion matrix", "evaluation plan", "learning rate schedule", "embeddings", "a", "<b>",
     "how long is a context window", "pay attention", "of course", "hours of a lesson"],
)  # fmt: skip
def test_other_words_lead_to_no_page(ask, typed):
    assert not pointed_to(ask(typed))


def test_a_page_that_is_all_there_is_is_said_to_be_found(ask):
    page = ask("glossary")
    assert page.select_one("#found").get_text(strip=True) == "1 page"
    assert "doesn’t appear here" not in page.get_text()


@pytest.mark.few(2)
@pytest.mark.parametrize("typed", ["backend", "back-end", "programmer", "sysadmin"])
def test_a_word_that_leads_to_a_page_is_read_as_no_other(ask, typed):
    page = ask(typed)
    assert pointed_to(page)
    assert "was read as" not in page.get_text()


def test_every_page_that_is_pointed_to_is_there(client, ask):
    typed = "salary,compare,quiz,job title,roadmap,courses,my plan,glossary,ollama,gdpr,rss,csv,phd"
    for each in typed.split(","):
        for url in pointed_to(ask(each)):
            assert client.get(url).status_code == 200, url


def test_they_cost_no_query(client, ask, count_queries):
    assert Role.objects.count()
    few = count_queries(lambda: client.get("/search/", {"q": "kettle"}))
    assert count_queries(lambda: client.get("/search/", {"q": "glossary"})) <= few


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [("salry", "salary"), ("quizz", "quiz"), ("cookis", "cookies"), ("begginer", "beginner")],
)
def test_a_misspelled_word_of_a_page_is_offered_as_it_is_spelled(ask, typed, meant):
    offered = ask(typed).select_one("#results .note p a")
    assert offered.get_text() == meant
    assert pointed_to(ask(meant))


@pytest.mark.few(2)
def test_what_is_far_from_every_word_is_offered_none(ask):
    assert "Did you mean" not in ask("nurse").get_text()


# A title that means none of our roles may be somebody's present job -------------------------------


@pytest.fixture
def decode(client, real_catalog):
    def decode(title: str) -> BeautifulSoup:
        page = client.get("/careers/decode/", {"title": title})
        return BeautifulSoup(page.content, "html.parser")

    return decode


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("title", "background"),
    [
        ("Data Analyst", "data-analyst"),
        ("Senior Data Analyst (m/w/d)", "data-analyst"),
        ("Data Analysts", "data-analyst"),
        ("Java Developers", "software-engineer"),
        ("BI Developer", "data-analyst"),
        ("Business Analyst", "data-analyst"),
        ("Product Manager", "product-manager"),
        ("Product Manager, Payments", "product-manager"),
        ("Software Engineer", "software-engineer"),
        ("Softwareentwickler (m/w/d)", "software-engineer"),
        ("Frontend Engineer", "software-engineer"),
        ("Full-Stack Developer", "software-engineer"),
        ("Site Reliability Engineer", "sre-devops"),
        ("DevOps Engineer", "sre-devops"),
        ("Cybersecurity Analyst", "application-security"),
        ("QA Engineer", "qa-support-writer"),
        ("Technical Writer", "qa-support-writer"),
        ("Student", "student-career-changer"),
    ],
)
def test_a_title_of_a_background_leads_to_the_roles_near_from_there(
    client, decode, title, background
):
    page = decode(title)
    assert "None of ours" in page.get_text()
    assert "Is that your job today?" in page.get_text()
    (link,) = page.select("#meaning .note a")
    assert link["href"] == f"/careers/?from={background}"
    assert client.get(link["href"]).status_code == 200


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "title", ["nurse", "Mechanical Engineer", "Security Guard", "Business Development Manager"]
)
def test_a_title_of_no_background_leads_on_all_the_same(client, decode, title):
    links = [link["href"] for link in decode(title).select("#meaning .note a")]
    assert links == ["/#from", "/careers/?from=student-career-changer", "/careers/which/"]
    assert BeautifulSoup(client.get("/").content, "html.parser").select_one("#from")


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("data analyst", "/careers/?from=data-analyst"),
        ("Data Analysts", "/careers/?from=data-analyst"),
        ("backend&pace=5", "/careers/?from=software-engineer&pace=5"),
        ("nurse", None),
        ("data analyst&from=data-analyst", None),
        ("engineer", None),
    ],
)
def test_a_list_without_a_role_leads_who_typed_their_own_job_to_the_roles_near(
    client, real_catalog, typed, url
):
    page = BeautifulSoup(client.get(f"/careers/?q={typed}").content, "html.parser")
    near = [link["href"] for link in page.select("#results .near a")]
    assert near == ([url] if url else [])


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("title", "heading", "aloud"),
    [
        ("MLOps Engineer", "is most likely", "1 role, most likely MLOps Engineer"),
        ("Data Scientist – GenAI", "may be", "1 role, possibly Applied GenAI Engineer"),
        ("Director, Machine Learning", "may be", "1 role, possibly ML Engineer"),
        (
            "AI Solutions Engineer",
            "may be, most likely first",
            "2 roles, possibly AI Solutions Architect",
        ),
    ],
)
def test_what_is_only_possible_is_not_called_likely(decode, title, heading, aloud):
    page = decode(title)
    said = " ".join(page.select_one("#meaning h2").get_text().split())
    assert said == f"“{title}” {heading}"
    assert " ".join(page.select_one("#found").get_text().split()) == aloud


def test_a_title_that_means_a_role_asks_for_no_other_job(decode):
    assert "your job today" not in decode("ML Engineer").get_text()


def test_without_a_catalog_there_is_a_way_on_too(client, db):
    page = BeautifulSoup(client.get("/careers/decode/?title=nurse").content, "html.parser")
    assert [link["href"] for link in page.select("#meaning .note a")] == ["/careers/which/"]


@pytest.mark.parametrize(
    ("typed", "background"),
    [("site reliability engineer", "sre-devops"), ("backend", "software-engineer"),
     ("penetration tester", "application-security")],
)  # fmt: skip
def test_a_search_for_a_job_of_a_background_leads_there_too(ask, typed, background):
    assert f"/careers/?from={background}" in pointed_to(ask(typed))


@pytest.mark.parametrize("title", ["Nurse, or midwife", "Nurse, Engineer", "看護師", "Nurse,"])
def test_a_background_is_found_by_each_of_its_names_and_by_nothing_else(client, catalog, title):
    """Between a comma and “or” stands no name: it would be in every text."""
    background = catalog.background(title=title)
    near = f"/careers/?from={background.slug}"
    for typed in ("blacksmith", "?"):
        found = BeautifulSoup(client.get("/search/", {"q": typed}).content, "html.parser")
        assert near not in pointed_to(found)
        listed = BeautifulSoup(client.get("/careers/", {"q": typed}).content, "html.parser")
        assert not listed.select("#results .near a")
    for name in title.removesuffix(",").replace(", or ", ", ").split(", "):
        found = BeautifulSoup(client.get("/search/", {"q": name}).content, "html.parser")
        assert pointed_to(found) == [near]


def test_names_of_backgrounds_are_read_once_for_each_version(client, catalog, monkeypatch):
    catalog.role()
    catalog.background(title="Nurse")
    folded = []
    monkeypatch.setattr(signposts, "fold", lambda text: folded.append(text) or fold(text))
    for typed in ("nurse", "midwife", "nurse"):
        client.get("/careers/", {"q": typed})
    assert folded.count("Nurse") == 1
