"""What machines read of a page: JSON-LD, canonical links, the manifest, what to prefetch."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from careers.pages.jsonld import duration


def page(client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


def things(client, url: str) -> dict[str, dict]:
    data = json.loads(page(client, url).find("script", type="application/ld+json").string)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_a_role_is_an_occupation_with_its_pay(client, catalog):
    catalog.role("ml-engineer", title="ML Engineer")
    found = things(client, "/careers/ml-engineer/")
    (salary,) = found["Occupation"]["estimatedSalary"]
    assert salary["currency"] == "EUR"
    assert salary["value"]["minValue"] == 60000
    assert salary["value"]["unitText"] == "YEAR"
    assert [item["item"] for item in found["BreadcrumbList"]["itemListElement"]] == [
        "http://testserver/careers/",
        "http://testserver/careers/ml-engineer/",
    ]


def test_a_path_is_a_course_of_its_published_lessons(client, catalog):
    catalog.path("rag", lessons=2, drafts=3)
    course = things(client, "/paths/rag/")["Course"]
    assert len(course["hasPart"]) == 2
    assert course["hasCourseInstance"]["courseWorkload"] == "PT4H"  # 5 lessons of 48 minutes


def test_a_lesson_is_a_learning_resource(client, catalog):
    lesson = catalog.path("rag").lessons.get()
    found = things(client, lesson.get_absolute_url())["LearningResource"]
    assert found["timeRequired"] == "PT48M"
    assert found["isPartOf"]["url"] == "http://testserver/paths/rag/"


def test_no_text_ends_the_element_it_stands_in(client, catalog):
    evil = "</script><script>alert(1)</script>&<!--"
    catalog.role("evil", title=evil)
    assert things(client, "/careers/evil/")["Occupation"]["name"] == evil
    page = client.get("/careers/evil/").text
    assert "<script>alert" not in page
    (element,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not set(element) & set("<>&")


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "PT0M"), (38, "PT38M"), (60, "PT1H"), (540, "PT9H"), (91, "PT1H31M")]
)
def test_durations(minutes, text):
    assert duration(minutes) == text


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("/careers/?utm=x", "/careers/"),
        ("/careers/?page=2", "/careers/?page=2"),
        ("/careers/ml-engineer/roadmap/", "/careers/ml-engineer/"),
        ("/paths/?x=1", "/paths/"),
    ],
)
def test_every_page_names_its_one_address(client, catalog, url, canonical):
    catalog.roles(25)
    catalog.role("ml-engineer")
    link = page(client, url).find("link", rel="canonical")
    assert link["href"] == f"http://testserver{canonical}"


def test_every_page_has_a_title_and_a_description_of_its_own(client, real_catalog):
    urls = [
        *("/", "/careers/", "/careers/map/", "/careers/ml-engineer/", "/careers/mlops-engineer/"),
        *("/careers/ml-engineer/roadmap/", "/paths/", "/paths/rag/", "/paths/fine-tuning/"),
        "/paths/rag/prompt-retrieve-or-fine-tune/",
    ]
    pages = [page(client, url) for url in urls]
    for described in (
        {each.title.string for each in pages},
        {each.find("meta", attrs={"name": "description"})["content"] for each in pages},
    ):
        assert len(described) == len(urls)
        assert not {text for text in described if not 15 < len(text) <= 200}


def test_the_manifest_is_one(client):
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    assert {icon["sizes"] for icon in response.json()["icons"]} == {"any", "192x192", "512x512"}


def test_pages_may_be_fetched_ahead_but_not_for_who_saves_data(client, db):
    address = client.get("/careers/")["Speculation-Rules"].strip('"')
    rules = client.get(address)
    assert rules["Content-Type"] == "application/speculationrules+json"
    assert "/admin/*" not in rules.text
    saving = client.get("/careers/", headers={"Save-Data": "on"})
    assert "Speculation-Rules" not in saving
    assert all("Save-Data" in page["Vary"] for page in (saving, client.get("/careers/")))
    assert "Save-Data" not in rules.get("Vary", "")
