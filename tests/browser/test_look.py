"""What holds for every page at every width: nothing overflows, nothing jumps, nothing foreign."""

import pytest

PAGES = [
    "/",
    "/careers/",
    "/careers/map/",
    "/careers/ai-solutions-architect/",
    "/careers/ai-data-engineer/",
    "/careers/mlops-engineer/roadmap/",
    "/paths/",
    "/paths/rag/",
    "/paths/llms-transformers/tokens-by-hand/",
    "/nowhere/",
]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(open_page, site, width):
    page = open_page(refused=True, viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_long_word_pushes_no_page_wide(open_page, transactional_db, live_server, catalog):
    word = "W" * 60
    role = catalog.role("long", title=word, time_split=[{"share": 100, "activity": word}])
    role.salary_bands.update(region=word)
    page = open_page(viewport={"width": 320, "height": 800})
    for path in ("/", "/careers/", "/careers/long/", "/paths/"):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_nothing_comes_from_another_host(open_page, site):
    page = open_page(refused=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(site + path)
    assert asked
    assert all(url.startswith(site) for url in asked)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_while_a_page_loads(open_page, site, width):
    page = open_page(viewport={"width": width, "height": 800})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => "
        "window.shift += entry.value)).observe({type: 'layout-shift', buffered: true})"
    )
    for path in PAGES[:-1]:
        page.goto(site + path, wait_until="networkidle")
        assert page.evaluate("window.shift") == 0, path


PRESSED = ".masthead a, .go, .more a, button, summary, .lines a, a.roundel, .counts a, .map tbody a"
TOO_SMALL = """selector => [...document.querySelectorAll(selector)]
    .map(element => [element.textContent.trim(), element.getBoundingClientRect()])
    .filter(([_, box]) => box.width && (box.height < 44 || box.width < 44))
    .map(([name, box]) => `${name}: ${box.width} × ${box.height}`)"""


@pytest.mark.parametrize("width", [320, 1280])
def test_what_can_be_pressed_is_large_enough(open_page, site, width):
    """44 px either way, but for links inside a sentence or a list, which WCAG excepts."""
    page = open_page(viewport={"width": width, "height": 800})
    for path in ("/", "/careers/", "/careers/ml-engineer/", "/paths/"):
        page.goto(site + path)
        assert not page.evaluate(TOO_SMALL, PRESSED), path
