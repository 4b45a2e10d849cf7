"""axe-core finds nothing on any kind of page, in either scheme, narrow or wide, open or closed."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "/",
    "/careers/",
    "/careers/map/",
    "/careers/applied-genai-engineer/",
    "/careers/mlops-engineer/",
    "/careers/ai-researcher/roadmap/",
    "/paths/",
    "/paths/rag/",
    "/paths/rag/prompt-retrieve-or-fine-tune/",
    "/paths/llms-transformers/tokens-by-hand/",
    "/nowhere/",
    "/careers/?from=software-engineer&pace=5&r=ml-engineer&r=mlops-engineer&hours=many",
    "/careers/?q=zzz",
    "/careers/ml-engineer/?from=data-scientist&pace=5",
    "/careers/map/?from=data-scientist",
    "/careers/decode/?title=AI+Engineer",
    "/careers/decode/?title=Nurse",
    "/data/",
]
# WCAG 2.2 A and AA, AAA for the contrast of text, and what axe's authors call best practice.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}


def violations(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_no_page_has_a_barrier(open_page, site, scheme, width):
    page = open_page(
        refused=True,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )
    for path in PAGES:
        page.goto(site + path)
        assert not violations(page), path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_opened_roadmap_has_no_barrier(open_page, site, scheme):
    page = open_page(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{site}/careers/")
    page.locator("#mlops-engineer").get_by_role("link", name="Show the roadmap").click()
    page.locator("#mlops-engineer .roadmap").wait_for()
    assert not violations(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_style_guide_has_no_barrier(open_page, live_server, settings, scheme, width):
    settings.DEBUG = True
    page = open_page(
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )
    page.goto(f"{live_server.url}/styleguide/")
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_opened_solution_has_no_barrier(open_page, site):
    page = open_page()
    page.goto(f"{site}/paths/prompt-engineering/a-prompt-is-a-program/")
    page.locator("details.fold summary").click()
    assert not violations(page)


def test_axe_finds_a_barrier_where_there_is_one(open_page, site):
    page = open_page()
    page.goto(site)
    page.evaluate("document.querySelector('h1').innerHTML = '<button></button>'")
    assert any("button-name" in violation for violation in violations(page))
