"""All links and forms carry on what visitors said about themselves: `from` and `pace`."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

SAID = "from=data-scientist&pace=5"
PAGES = [
    "/",
    "/careers/",
    "/careers/?q=engineer&r=ml-engineer&r=mlops-engineer&",
    "/careers/map/",
    "/careers/compare/",
    "/careers/compare/?r=ml-engineer&r=mlops-engineer&r=ai-researcher&",
    "/careers/compare/?r=ml-engineer&r=nobody&r=ml-enginer&",
    "/careers/decode/",
    "/careers/which/",
    "/careers/which/?a1=applied-genai-engineer&",
    "/careers/decode/?title=AI+Engineer&",
    "/careers/ml-engineer/",
    "/careers/ai-data-engineer/",
    "/careers/ml-engineer/roadmap/",
    "/careers/ml-engineer/fit/",
    "/paths/",
    "/paths/rag/",
    "/paths/rag/prompt-retrieve-or-fine-tune/",
    "/paths/llms-transformers/tokens-by-hand/",
    "/paths/model/",
    "/glossary/",
    "/search/",
    "/search/?q=rag&",
    "/search/?q=embeding+xqzv&",
    "/search/?q=xqzv&",
    "/changes/",
    "/changes/?role=ml-engineer&",
    "/data/",
    "/plan/",
    "/plan/?plan=1.rml-engineer.1e4186m&",
    "/privacy/",
    "/nowhere/",
]
# Addresses for programs, and of files, which carry nothing about a visitor.
FOR_PROGRAMS = re.compile(r"^/(?:static|admin)|\.(?:xml|atom|json|csv|png|txt|py|svg|ipynb)$")


def asked(page: str) -> str:
    return page + SAID if "?" in page else f"{page}?{SAID}"


def links(page: BeautifulSoup, url: str) -> list[str]:
    found = [link["href"] for link in page.select("a[href]")]
    here = [href for href in found if href.startswith(("?", "/"))]
    return [href for href in here if not FOR_PROGRAMS.search(urlsplit(href).path)]


@pytest.mark.few(3)
@pytest.mark.parametrize("page", PAGES)
def test_every_link_says_it_again(real_catalog, client, page):
    tree = BeautifulSoup(client.get(asked(page)).content, "html.parser")
    dropped = {link["href"] for link in tree.select("[data-exact]")}  # meant to say less
    silent = []
    for href in links(tree, page):
        query = parse_qs(urlsplit(href).query)
        says = query.get("from"), query.get("pace")
        if says != (["data-scientist"], ["5"]) and href not in dropped:
            silent.append(href)
    assert not silent


@pytest.mark.few(3)
@pytest.mark.parametrize("page", PAGES)
def test_no_link_says_what_nobody_said(real_catalog, client, page):
    tree = BeautifulSoup(client.get(page).content, "html.parser")
    assert not [href for href in links(tree, page) if "from=" in href or "pace=" in href]


@pytest.mark.few(3)
@pytest.mark.parametrize("page", PAGES)
def test_every_form_says_it_again(real_catalog, client, page):
    tree = BeautifulSoup(client.get(asked(page)).content, "html.parser")
    for form in tree.select("form:not([method=post])"):
        chosen = form.select_one("[name=from] [selected], input[name=from]")
        assert chosen, form
        assert chosen["value"] == "data-scientist"
        assert form.select_one("[name=pace]")["value"] == "5"


def test_what_is_typed_is_no_mark(real_catalog, client):
    page = BeautifulSoup(
        client.get("/careers/?q=data-exactzz&from=data-scientist").content, "html.parser"
    )
    link = page.select_one(".note a[href*=decode]")
    assert "from=data-scientist" in link["href"]
