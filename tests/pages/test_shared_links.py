"""What a shared link to a page shows, and what links to feeds say of themselves."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
TO_A_FEED = re.compile(r"<a\b[^>]*\{% url '(?:\w+-)?feed' %\}[^>]*>.*?</a>", re.DOTALL)


def test_a_link_to_a_feed_says_that_it_is_for_feed_readers():
    links = [link for file in TEMPLATES for link in TO_A_FEED.findall(file.read_text("utf-8"))]
    assert len(links) >= 3
    for link in links:
        assert "for feed readers" in BeautifulSoup(link, "html.parser").get_text()


PAGES = ["/", "/careers/", "/careers/ml-engineer/", "/careers/ml-engineer/fit/", "/paths/",
         "/paths/rag/", "/paths/rag/one/", "/glossary/", "/careers/which/", "/plan/",
         "/careers/compare/", "/careers/compare/?r=prompter&r=ml-engineer"]  # fmt: skip


@pytest.fixture
def site(catalog):
    path = catalog.path("rag", lessons=0)
    catalog.lesson(path, slug="one")
    catalog.role("ml-engineer", paths=[path], fit_questions=list("abcde"))
    catalog.role("prompter", paths=[path])


@pytest.mark.parametrize("url", PAGES)
def test_a_page_says_what_a_link_to_it_shows(client, site, url):
    page = BeautifulSoup(client.get(url).content, "html.parser")
    said = {meta.get("property") or meta.get("name"): meta["content"] for meta in page("meta")[1:]}
    assert said["og:url"] == page.find("link", rel="canonical")["href"]
    assert said["og:image:alt"]
    size = (said["og:image:width"], said["og:image:height"])
    assert size == ("1200", "630")
    assert said["twitter:card"] == "summary_large_image"
    address = said["og:image"].removeprefix("http://testserver")
    own = url.startswith(("/careers/ml", "/paths/rag/", "/careers/compare/?"))
    assert own == (address != "/careers/picture.png")
    picture = client.get(address)
    assert picture["Content-Type"] == "image/png"
    assert picture["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_page_that_is_none_has_no_address(client, site):
    page = BeautifulSoup(client.get("/nowhere/").content, "html.parser")
    assert not page.find("meta", property="og:url")


def test_no_static_file_may_be_embedded(client, site):
    answer = client.get("/static/css/site.css")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
