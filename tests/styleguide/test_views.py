"""The style guide: who may see it, and that it is a valid page."""

from itertools import pairwise

import pytest
from django.contrib.auth.models import User

URL = "/styleguide/"


@pytest.fixture
def sign_in(client, db):
    def as_user(**fields) -> None:
        client.force_login(User.objects.create(username="somebody", **fields))

    return as_user


# -- Who sees it --


@pytest.mark.parametrize("url", [URL, URL.rstrip("/")])
def test_a_visitor_gets_the_very_answer_of_a_page_that_never_was(client, db, url):
    nowhere = url.replace("styleguide", "nowhere-at")
    guide, other = client.get(url), client.get(nowhere)
    assert guide.status_code == other.status_code == 404
    assert guide.text.replace(url, nowhere) == other.text
    told = {"ETag", "Content-Length"}
    assert {k: v for k, v in guide.items() if k not in told} == {
        k: v for k, v in other.items() if k not in told
    }
    assert not guide.cookies
    assert "Cookie" not in guide.get("Vary", "")


def test_who_is_signed_in_and_not_staff_gets_404(client, sign_in):
    sign_in()
    response = client.get(URL)
    assert response.status_code == 404
    assert "Cookie" in response["Vary"]


def test_staff_see_it(client, sign_in):
    sign_in(is_staff=True)
    assert client.get(URL).status_code == 200


def test_staff_that_left_do_not_see_it(client, sign_in):
    sign_in(is_staff=True, is_active=False)
    assert client.get(URL).status_code == 404


def test_everyone_sees_it_with_debug_on(response):
    assert response.status_code == 200
    assert not response.cookies


def test_no_search_engine_and_no_shared_cache_keeps_it(client, response, db):
    assert response["X-Robots-Tag"] == "noindex"
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert "styleguide" not in client.get("/sitemap.xml").text
    assert "styleguide" not in client.get("/robots.txt").text


# -- As a page --


def test_no_id_stands_twice_and_every_reference_has_its_id(page):
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    links = {link["href"] for link in page.select('main a[href^="#"]')}
    labels = {label["for"] for label in page.select("label[for]")}
    named = {
        name
        for each in page.select("[aria-labelledby]")
        for name in each["aria-labelledby"].split()
    }
    assert len(links) > 50
    assert {link[1:] for link in links} | labels | named <= set(ids)


def test_no_heading_skips_a_level(page):
    headings = page.select("h1, h2, h3, h4, h5, h6")
    assert headings[0].name == "h1"
    for before, heading in pairwise(headings):
        assert int(heading.name[1]) <= int(before.name[1]) + 1, heading


def test_nothing_is_inline(page):
    assert not page.select("style, script:not([src]), [style]")


def test_no_sample_leads_to_a_page(page):
    assert not page.select('figure a:not([href^="#"])')
