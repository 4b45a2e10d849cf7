"""Typography: quotes and dates on every page, and a currency with each figure of pay."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement, document_fromstring

from careers.models import Role
from careers.published import words

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# Dates as programs write them, or with the day before the month.
FOREIGN_DATE = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}\.? (?:{MONTH}) \d{{4}}|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}"
)
STRAIGHT = re.compile("['\"]")
# Box-drawing and block characters, which screen readers spell out.
DRAWN = re.compile("[\u2500-\u259f]")
CODE = ("code", "pre", "script", "style", "kbd", "samp", "math", "annotation", "textarea")
SPOKEN = ("alt", "aria-label", "placeholder", "title")
# Pages that aren't in the sitemap, and other states of pages that are.
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
# Where a lesson quotes a machine's format.
QUOTED = {"/paths/prompt-engineering/decompose-and-call-tools/": "“2026-11-27”"}


def visible(page: HtmlElement) -> Iterator[str]:
    """Yield the texts of a page that are seen or read aloud, without code."""
    yield page.findtext("head/title")
    yield page.find("head/meta[@name='description']").get("content")
    for code in list(page.body.iter(*CODE)):
        code.clear(keep_tail=True)
    for element in page.body.iterdescendants():
        yield from (element.get(name) for name in SPOKEN if element.get(name))
    yield from page.body.itertext()


def addresses(client) -> list[str]:
    """Return the addresses of the sitemap, and BESIDES."""
    listed = re.findall("<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").text)
    assert len(listed) > 100
    return [*listed, *BESIDES]


def read(client, url: str) -> HtmlElement:
    """Parse a page with lxml: for two hundred pages, other parsers take ten times as long."""
    return document_fromstring(client.get(url).content)


def test_text_is_set_as_a_printer_would_on_every_page(client, real_catalog):
    found = []
    for url in addresses(client):
        for text in visible(read(client, url)):
            said = text.replace(QUOTED[url], "") if url in QUOTED else text
            for wrong in (STRAIGHT, FOREIGN_DATE, DRAWN):
                found += [(url, match.group(), said.strip()) for match in wrong.finditer(said)]
    assert not found


# Thousands, short or in full. A range has one currency sign, before its first number.
FIGURE = re.compile(r"(?<![\d,.–])\d[\d,]*(?:–\d[\d,]*)?k\b|(?<![\d,.–])\d{2,3},\d{3}\b")
PAY_CLASSES = ("facts", "figure", "band", "pay-scale", "change")
PAY = " | ".join(
    [
        f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        for name in PAY_CLASSES
    ]
    + ["//*[@id='figure']//td", "//*[@id='band']"]
)
COUNTS = re.compile("sample of (only )?[0-9,]+|[0-9,]+ job ads")


def test_every_figure_of_pay_has_its_currency(client, real_catalog):
    signs, counted = set(words.SYMBOLS.values()), 0
    for url in addresses(client):
        if url.startswith("/paths/"):
            continue
        for part in read(client, url).xpath(PAY):
            text = COUNTS.sub("", " ".join(part.itertext()))
            for match in FIGURE.finditer(text):
                counted += 1
                assert text[: match.start()][-1:] in signs, (url, match.group(), text)
    assert counted > 3 * Role.objects.published().count()
