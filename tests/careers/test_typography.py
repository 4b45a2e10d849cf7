"""How what is read is set: quotes and dates on every page, and a currency beside each figure."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup

from careers.models import Role
from careers.published import words

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# Days as programs write them, or with the day before its month.
FOREIGN_DATE = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}\.? (?:{MONTH}) \d{{4}}|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}"
)
STRAIGHT = re.compile("['\"]")
# Box drawing and blocks, which a screen reader spells out.
DRAWN = re.compile("[\u2500-\u259f]")
CODE = "code, pre, script, style, kbd, samp, math, annotation, textarea"
SPOKEN = ("alt", "aria-label", "placeholder", "title")
# Pages that aren't in the sitemap, and states of those that are.
BESIDES = [
    "/careers/?from=data-scientist&pace=6&q=enginer&r=ml-engineer",
    "/careers/?q=zzz&band=100000",
    "/careers/?pace=900&from=nobody&sort=x",
    "/careers/compare/?r=mlops-engineer&r=ml-engineer&from=data-analyst&pace=5",
    "/careers/compare/?r=ml-engineer&r=ml-enginer&r=ml-engineer",
    "/careers/decode/?title=Sr.+ML+Engr+(m/w/d)",
    "/careers/decode/?title=Florist",
    "/careers/ml-engineer/?from=product-manager&pace=6",
    "/careers/mlops-engineer/roadmap/",
    "/careers/map/?from=data-scientist&pace=6",
    "/changes/?role=ml-engineer",
]
# What a lesson says of a machine's format.
QUOTED = {"/paths/prompt-engineering/decompose-and-call-tools/": "“2026-11-27”"}


def visible(page: BeautifulSoup) -> Iterator[str]:
    """What is seen or heard of a page, piece by piece, without its code."""
    yield page.title.get_text()
    yield page.find("meta", attrs={"name": "description"})["content"]
    for code in page.select(CODE):
        code.decompose()
    for element in page.body.find_all(True):
        yield from (element[name] for name in SPOKEN if element.get(name))
    yield from page.body.strings


def addresses(client) -> list[str]:
    """Every page of the sitemap, and others."""
    listed = re.findall("<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").text)
    assert len(listed) > 100
    return [*listed, *BESIDES]


def read(client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


def test_text_is_set_as_a_printer_would_on_every_page(client, real_catalog):
    found = []
    for url in addresses(client):
        for text in visible(read(client, url)):
            said = text.replace(QUOTED[url], "") if url in QUOTED else text
            for wrong in (STRAIGHT, FOREIGN_DATE, DRAWN):
                found += [(url, match.group(), said.strip()) for match in wrong.finditer(said)]
    assert not found


# Thousands, in short or in full; the second of a range shares the sign of the first.
FIGURE = re.compile(r"(?<![\d,.–])\d[\d,]*(?:–\d[\d,]*)?k\b|(?<![\d,.–])\d{2,3},\d{3}\b")
PAY = ".facts, .figure, .band, .pay-scale, #figure td, #band, .change"
COUNTS = re.compile("sample of (only )?[0-9,]+|[0-9,]+ job ads")


def test_every_figure_of_pay_has_its_currency(client, real_catalog):
    signs, counted = set(words.SYMBOLS.values()), 0
    for url in addresses(client):
        if url.startswith("/paths/"):
            continue
        for part in read(client, url).select(PAY):
            text = COUNTS.sub("", part.get_text(" "))
            for match in FIGURE.finditer(text):
                counted += 1
                assert text[: match.start()][-1:] in signs, (url, match.group(), text)
    assert counted > 3 * Role.objects.published().count()
