"""axe-core finds nothing on any kind of page, in either scheme, narrow or wide, open or closed."""

from itertools import product

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
# WCAG 2.2 A and AA, AAA for the contrast of text, and what axe's authors call best practice. All
# rules run; only what violates one is told in full, which takes half the time.
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],
}
WIDE, NARROW = 1280, 320  # pixels


def violations(page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def turn(page, scheme: str, width: int) -> None:
    """Let a page that is loaded change its colors and its width, as a system and a window do."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})


def test_no_page_has_a_barrier(open_page, site):
    page = open_page(refused=True)
    for path in PAGES:
        turn(page, "light", WIDE)
        page.goto(site + path)
        assert not violations(page), path
        turn(page, "dark", NARROW)
        assert not violations(page), f"{path}, dark and narrow"


def test_an_opened_roadmap_has_no_barrier(open_page, site):
    page = open_page(reduced_motion="reduce")
    page.goto(f"{site}/careers/")
    page.locator("#mlops-engineer").get_by_role("link", name="Show the roadmap").click()
    page.locator("#mlops-engineer .roadmap").wait_for()
    for scheme, width in (("light", WIDE), ("dark", NARROW)):
        turn(page, scheme, width)
        assert not violations(page), (scheme, width)


def test_the_style_guide_has_no_barrier(open_page, live_server, settings):
    settings.DEBUG = True
    page = open_page(reduced_motion="reduce")
    page.goto(f"{live_server.url}/styleguide/")
    for scheme, width in product(("light", "dark"), (WIDE, NARROW)):
        turn(page, scheme, width)
        assert not violations(page), (scheme, width)
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
