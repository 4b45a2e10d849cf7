"""Headers, cookies, and hostile requests."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from careers.models import CatalogVersion
from careers.pages.freshness import freshness

PUBLIC = ["/", "/careers/", "/careers/ml-engineer/", "/careers/ml-engineer/roadmap/", "/paths/",
          "/paths/rag/", "/paths/rag/one/", "/robots.txt", "/sitemap.xml", "/healthz"]  # fmt: skip


@pytest.fixture
def site(catalog):
    path = catalog.path("rag", lessons=0, drafts=1)
    lesson = catalog.lesson(path, slug="one")
    catalog.signal(lesson)
    return catalog.role("ml-engineer", paths=[path])


@pytest.mark.parametrize("url", PUBLIC)
def test_a_visitor_without_cookies_gets_none_and_a_page_that_caches_may_share(client, site, url):
    response = client.get(url)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("status", [200, 302, 403])
@pytest.mark.parametrize("depends", ["cookie", "vary", None])
def test_what_is_made_for_one_browser_is_for_no_shared_cache(rf, method, status, depends):
    answer = HttpResponse("A page.", status=status)
    if depends == "cookie":
        answer.set_cookie("csrftoken", "x")
    elif depends == "vary":
        answer["Vary"] = "Accept, Cookie"
    control = freshness(lambda _: answer)(getattr(rf, method)("/anywhere/"))["Cache-Control"]
    assert ("public" in control, "private" in control) == (not depends, bool(depends))


REFUSED = {"Host": "evil.example"}


@pytest.fixture(params=[False, True], ids=["HTTP", "redirected to HTTPS"])
def scheme(request, settings):
    settings.SECURE_SSL_REDIRECT = request.param


@pytest.mark.parametrize("url", [*PUBLIC, "/nowhere/", "/admin/login/", "/careers"])
@pytest.mark.parametrize("sent", [{}, REFUSED], ids=["our host", "another host"])
def test_every_answer_carries_the_headers(client, site, scheme, url, sent):
    check_headers(client.get(url, headers=sent).headers)


def test_a_form_that_is_refused_carries_the_headers(client, site):
    response = client.post("/theme/", b"x" * 9, "text/plain", CONTENT_LENGTH="x")
    assert response.status_code == 400
    check_headers(response.headers)


def test_an_error_of_ours_carries_the_headers(client, site, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("careers.snapshot.current", lambda **_: 1 / 0)
    check_headers(client.get("/careers/").headers)


def check_headers(headers):
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) <= {"'none'", "'self'"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("url", PUBLIC[:7])
def test_pages_have_nothing_inline(client, site, url):
    page = BeautifulSoup(client.get(url).content, "html.parser")
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    inline = [script for script in page.find_all("script") if not script.get("src")]
    assert {script.get("type") for script in inline} <= {"application/ld+json"}  # data, never run
    assert not [
        tag
        for tag in page.find_all(True)
        if any(name.startswith(("on", "hx-on")) for name in tag.attrs)
    ]


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "query",
    ["page=-1", "page=%00", "page=%ff%fe", "page=" + "9" * 5000, "q=" + "a" * 1_000_000,
     "page=1&page=2", "&&&===", "%", "page[]=1", "page=1;drop", "\xff"],
)  # fmt: skip
@pytest.mark.parametrize(
    "url", ["/", "/careers/", "/careers/ml-engineer/roadmap/", "/paths/rag/one/"]
)
def test_no_query_string_breaks_a_page(client, site, url, query):
    assert client.get(url, QUERY_STRING=query).status_code == 200


@pytest.mark.parametrize(
    "url",
    ["/careers/%00/", "/careers/%ff/", "/careers/..%2f/", "/careers/" + "a" * 10_000 + "/",
     "/paths/rag/%F0%9F%98%80/", "/paths/rag/one/x/", "/careers/'%20OR%201=1/"],
)  # fmt: skip
def test_no_address_breaks_the_site(client, site, url):
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_are_for_reading(client, site, method):
    for url in PUBLIC[:7]:
        assert getattr(client, method)(url).status_code == 405


@pytest.mark.few(3)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE"])
@pytest.mark.parametrize(
    "url", [*PUBLIC, "/catalog.json", "/feed.atom", "/schema/role.json", "/search/", "/data/",
            "/plan/", "/favicon.ico", "/site.webmanifest", "/speculation-rules.json", "/privacy/",
            "/careers/ml-engineer/picture.png", "/opensearch.xml", "/glossary/", "/changes/"],
)  # fmt: skip
def test_a_method_that_a_page_lacks_is_named_as_such_and_no_forgery(site, url, method):
    response = Client(enforce_csrf_checks=True).generic(method, url)
    assert response.status_code == 405
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("url", ["/plan/start/", "/theme/"])
def test_so_is_one_that_an_action_lacks(site, url):
    assert Client(enforce_csrf_checks=True).put(url).status_code == 405


def test_head_answers_like_get(client, site):
    assert client.head("/careers/").status_code == 200


def test_a_page_that_did_not_change_is_not_sent_again(client, site):
    packed = {"Accept-Encoding": "gzip"}
    tag = client.get("/careers/", headers=packed)["ETag"]
    assert client.get("/careers/", headers={**packed, "If-None-Match": tag}).status_code == 304


def test_a_page_that_changed_is_sent_again(client, site):
    tag = client.get("/careers/")["ETag"]
    site.summary = "Something else."
    site.save()
    CatalogVersion.rise()
    assert client.get("/careers/", headers={"If-None-Match": tag}).status_code == 200


def test_an_error_of_ours_looks_like_the_site(client, site, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("careers.snapshot.current", lambda **_: 1 / 0)
    response = client.get("/careers/ml-engineer/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    ("method", "url", "way"),
    [
        *(("get", "/theme/", "/careers/"), ("get", "/plan/start/", "/careers/")),
        *(("post", "/careers/", "/careers/"), ("post", "/paths/rag/one/", "/paths/rag/one/")),
    ],
)
def test_a_method_that_an_address_lacks_is_answered_with_a_page(client, site, method, url, way):
    response = getattr(client, method)(url)
    page = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, page.h1.text) == (405, "Nothing was changed")
    assert page.select_one("main a.go")["href"] == way
    assert response["Allow"] == ("POST" if method == "get" else "GET, HEAD")
    assert not response.cookies


def test_programs_and_scripts_get_no_page_with_a_method_that_an_address_lacks(client, site):
    assert not client.put("/careers/").content
    assert not client.head("/theme/").content
    assert not client.post("/catalog.json").content
    assert not client.get("/theme/", headers={"HX-Request": "true"}).content


def test_a_forged_form_is_refused_in_words(db, settings):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "The form has expired" in response.text


@pytest.mark.parametrize(
    "template",
    ["400.html", "400_cut_off.html", "403.html", "403_logged_out.html", "404.html", "405.html",
     "413.html", "429.html", "500.html", "503.html"],
)  # fmt: skip
def test_error_pages_need_no_request(template):
    assert "masthead" in render_to_string(template)


def test_a_host_that_is_not_ours_is_refused_and_no_error_of_ours(client, db):
    response = client.get("/careers/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "That request can’t be read" in response.text
    assert "evil.example" not in response.text


def test_who_is_to_be_told_of_a_hole_is_named_for_half_a_year(client, db, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    left = datetime.datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert 150 < left.days < 365
