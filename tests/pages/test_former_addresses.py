"""Former addresses still work, also as parameters, and a wrong address names the nearest."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from careers.models import CatalogVersion
from careers.pages import destinations
from paths.models import LearningPath, Status


@pytest.fixture
def moved(catalog):
    """A role and a path with former addresses, and another role."""
    path = catalog.path("rag", title="RAG")
    path.keep_address("retrieval")
    names = ["MLE", "Model Builder"]
    catalog.role("ml", title="ML Engineer", aliases=names, paths=[path]).keep_address(
        "machine-learning"
    )
    catalog.role("ops", title="Ops Engineer", paths=[path])
    CatalogVersion.rise()


@pytest.mark.parametrize("below", ["", "roadmap/", "picture.png", "fit/"])
def test_all_that_stands_below_a_role_moves_with_it(client, moved, below):
    answer = client.get(f"/careers/machine-learning/{below}?from=x")
    assert (answer.status_code, answer["Location"]) == (301, f"/careers/ml/{below}?from=x")


@pytest.mark.parametrize(
    "address",
    [
        "/careers/?path=retrieval",
        "/careers/?r=machine-learning&r=ops",
        "/careers/compare/?r=machine-learning&r=ops",
        "/changes/?role=machine-learning",
    ],
)
def test_a_parameter_may_have_a_former_address(client, moved, address):
    now = address.replace("retrieval", "rag").replace("machine-learning", "ml")
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert "left out" not in page.main.text
    same = BeautifulSoup(client.get(now).content, "html.parser")
    assert page.main.get_text(" ", strip=True) == same.main.get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/careers/ops-engineer/", None),
        ("/careers/opss/", "/careers/ops/"),
        ("/ops", "/careers/ops/"),
        ("/career/ml/", "/careers/ml/"),
        ("/paths/rags/", "/paths/rag/"),
        ("/careers/rag/", "/paths/rag/"),
        ("/glosary/", "/glossary/"),
        ("/careers/maps/", "/careers/map/"),
        ("/careers/ML.html", "/careers/ml/"),
        ("/careers/model-builder/", "/careers/ml/"),
        ("/careers/model_builders/", "/careers/ml/"),
        ("/careers/ml/roadmaps/", "/careers/ml/"),
        ("/careers/ml/index.html", "/careers/ml/"),
        ("/paths/rag/what-is-not-there/", "/paths/rag/"),
        ("/careers/nobody/roadmap/", None),
        ("/wp-login.php", None),
        ("/" + "a" * 3000, None),
    ],
)
def test_an_address_of_nothing_names_the_nearest(client, moved, address, meant):
    answer = client.get(address)
    assert answer.status_code == 404
    link = BeautifulSoup(answer.content, "html.parser").select_one("main a:not(.go)")
    assert (link and link["href"]) == meant


@pytest.mark.parametrize("compared", [1000, 0])
@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/paths/rag/chunks/index.html", "/paths/rag/chunks/"),
        ("/paths/rag/chunks/index.html/x", "/paths/rag/chunks/"),
        ("/paths/rag/unwritten/index.html", "/paths/rag/"),
    ],
)
def test_an_address_below_a_lesson_leads_to_the_lesson(
    client, moved, catalog, monkeypatch, *, address, meant, compared
):
    monkeypatch.setattr(destinations, "MOST_COMPARED", compared)
    path = LearningPath.objects.get(slug="rag")
    catalog.lesson(path, slug="chunks")
    catalog.lesson(path, slug="unwritten", status=Status.DRAFT)
    answer = client.get(address)
    link = BeautifulSoup(answer.content, "html.parser").select_one("main a:not(.go)")
    assert link["href"] == meant


@pytest.mark.parametrize("compared", [1000, 0])
@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/chunks/", "/paths/rag/chunks/"),
        ("/paths/chunks/", "/paths/rag/chunks/"),
        ("/paths/nowhere-at-all/chunks.html", "/paths/rag/chunks/"),
        ("/lessons/glossary/", "/glossary/"),
        ("/careers/model-bilder/roadmap/", "/careers/ml/"),
        ("/careers/model-bilder/fit/", "/careers/ml/"),
        ("/careers/nobody/fit/", None),
    ],
)
def test_in_a_catalog_of_any_size_the_same_is_meant(
    client, moved, catalog, monkeypatch, *, address, meant, compared
):
    monkeypatch.setattr(destinations, "MOST_COMPARED", compared)
    path = LearningPath.objects.get(slug="rag")
    catalog.lesson(path, slug="chunks")
    catalog.lesson(path, slug="glossary")
    CatalogVersion.rise()
    answer = client.get(address)
    link = BeautifulSoup(answer.content, "html.parser").select_one("main a:not(.go)")
    assert (link and link["href"]) == meant


def test_in_a_large_catalog_a_name_of_two_lessons_means_neither(
    client, moved, catalog, monkeypatch
):
    monkeypatch.setattr(destinations, "MOST_COMPARED", 0)
    for slug in ("one", "two"):
        catalog.lesson(catalog.path(slug, lessons=0), slug="same-name")
    CatalogVersion.rise()
    answer = client.get("/lessons/same-name/")
    assert not BeautifulSoup(answer.content, "html.parser").select("main a:not(.go)")


@pytest.mark.parametrize("address", ["/careers/.html", "/.html", "/paths/.html"])
def test_an_address_without_letters_means_no_role_with_a_name_in_another_script(
    client, catalog, address
):
    catalog.role("ml", aliases=["機械学習エンジニア"], paths=[])
    answer = client.get(address)
    assert answer.status_code == 404
    assert not BeautifulSoup(answer.content, "html.parser").select("main a:not(.go)")


def test_a_value_that_is_nearly_right_is_named(client, moved, catalog):
    catalog.background(slug="data-scientist")
    CatalogVersion.rise()
    text = client.get("/careers/?from=data-scientists").text
    assert "The nearest is “data-scientist”." in text
    assert "The nearest" not in client.get("/careers/?from=zzzzz").text


def test_an_icon_that_nobody_named_is_there(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 301
    assert answer["Location"].endswith("icon-32.png")


def test_a_lesson_that_comes_while_it_is_looked_for_is_found(client, catalog):
    path = catalog.path("rag", lessons=0)
    looked: list[str] = []

    def come(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if "paths_lesson" in sql and not looked:
            looked.append(sql)
            catalog.lesson(path, slug="late")
        return found

    with connection.execute_wrapper(come):
        answer = client.get("/paths/rag/late/")
    assert looked
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "last", ["%00", "a%00b", "%ED%A0%80", "%E2%80%A8", "ä", "A", "a'b", "x" * 900]
)
def test_no_address_is_too_odd_to_be_answered(client, catalog, monkeypatch, last):
    """PostgreSQL refuses some characters in a question about names."""
    catalog.lesson(catalog.path("rag"))
    monkeypatch.setattr("careers.pages.destinations.MOST_COMPARED", 0)
    for address in (f"/paths/nothing/{last}/", f"/{last}", f"/careers/{last}/x/"):
        assert client.get(address).status_code in {404, 410}, address
