"""axe-core finds nothing on any kind of page: light, dark, narrow, wide, folds open or closed."""

from itertools import cycle

from tests.browser.conftest import LOOKS, TWO_LOOKS
from tests.examples import is_thorough, sample

PAGES = [
    "/",
    "/careers/",
    "/careers/map/",
    "/careers/ml-engineer/fit/",
    "/careers/applied-genai-engineer/",
    "/careers/mlops-engineer/",
    "/careers/ai-researcher/roadmap/",
    "/paths/",
    "/paths/rag/",
    "/paths/rag/prompt-retrieve-or-fine-tune/",
    "/paths/llms-transformers/tokens-by-hand/",
    "/paths/ai-foundations/a-small-neural-network/",
    "/paths/model/",
    "/glossary/",
    "/search/",
    "/search/?q=rag+engineer",
    "/search/?q=xqzv",
    "/search/?q=salary",
    "/nowhere/",
    "/careers/?from=software-engineer&pace=5&r=ml-engineer&r=mlops-engineer&hours=many",
    "/careers/?q=zzz",
    "/careers/ml-engineer/?from=data-scientist&pace=5",
    "/careers/?q=kubernetes&from=data-scientist&band=90000",
    "/careers/map/?from=data-scientist&pace=5",
    "/careers/decode/?title=AI+Engineer",
    "/careers/decode/?title=Nurse",
    "/careers/which/",
    "/careers/which/?a1=applied-genai-engineer&a4=ai-data-engineer",
    "/data/",
    "/changes/",
    "/changes/?role=ml-engineer",
    "/privacy/",
    "/plan/",
    "/plan/?plan=nonsense",
    "/plan/?plan=1.rml-engineer.fsoftware-engineer.p5.w1.s20261207.dAgUA4Vw.08yyr59",
    "/plan/weeks/?plan=1.rml-engineer.fsoftware-engineer.p5.w1.s20261207.dAgUA4Vw.08yyr59",
    "/paths/rag/bm25-by-hand/?plan=1.rml-engineer.fsoftware-engineer.p5.w1.s20261207.dAgUA4Vw.08yyr59",
]


def test_no_page_has_a_barrier(open_page, site, barriers):
    page = open_page(refused=True)
    looks = cycle([("light", 1280), ("dark", 320), ("dark", 1280), ("light", 320)])
    for path in sample(PAGES, 2):
        page.goto(site + path)
        assert not barriers(page, [next(looks) for _ in range(2 if is_thorough() else 1)]), path


def test_an_opened_roadmap_has_no_barrier(page, site, barriers):
    page.goto(f"{site}/careers/")
    page.locator("#mlops-engineer").get_by_role("link", name="Show the roadmap").click()
    page.locator("#mlops-engineer .roadmap").wait_for()
    assert not barriers(page)


def test_the_style_guide_has_no_barrier(page, live_server, settings, barriers):
    settings.DEBUG = True
    page.goto(f"{live_server.url}/styleguide/")
    assert not barriers(page, LOOKS if is_thorough() else TWO_LOOKS)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_opened_solution_has_no_barrier(page, site, barriers):
    page.goto(f"{site}/paths/prompt-engineering/a-prompt-is-a-program/")
    page.locator("details.fold summary").click()
    assert not barriers(page)


def test_axe_finds_a_barrier_where_there_is_one(page, site, barriers):
    page.goto(site)
    page.evaluate("document.querySelector('h1').innerHTML = '<button></button>'")
    assert sum("button-name" in barrier for barrier in barriers(page, LOOKS)) == len(LOOKS)


def test_axe_finds_what_is_wrong_in_one_look_alone(page, site, barriers):
    page.goto(site)
    style = "@media (prefers-color-scheme: dark) and (width < 30rem) { h1 { color: #333 } }"
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); "
        "document.adoptedStyleSheets.push(sheet) }",
        style,
    )
    found = barriers(page, LOOKS)
    assert found
    assert all(barrier.startswith("dark, 320 px: color-contrast") for barrier in found)
