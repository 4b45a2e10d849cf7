"""True of every page at every width: nothing overflows, jumps, or comes from another host."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice, pairwise

import pytest
from PIL import Image, ImageOps, ImageStat
from playwright.sync_api import Page, Route, expect

from careers.models import LineColor, Role
from paths.models import Lesson
from tests.examples import sample

PLAN = "1.rml-engineer.fsoftware-engineer.p5.w1.s20261207.dAgUA4Vw.08yyr59"
PAGES = [
    "/",
    "/careers/",
    "/careers/map/",
    "/careers/ml-engineer/fit/",
    "/careers/which/",
    "/careers/ai-solutions-architect/",
    "/careers/ai-data-engineer/",
    "/careers/mlops-engineer/roadmap/",
    "/paths/",
    "/paths/rag/",
    "/paths/llms-transformers/tokens-by-hand/",
    "/changes/",
    f"/plan/?plan={PLAN}",
    f"/plan/weeks/?plan={PLAN}",
    f"/paths/rag/bm25-by-hand/?plan={PLAN}",
    "/privacy/",
    "/search/?q=rag+engineer",
    "/nowhere/",
]


def test_no_page_scrolls_sideways(open_page, site):
    page = open_page(refused=True)
    for path in sample(PAGES, 2):
        page.goto(site + path)
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


TABLES = ["/privacy/", "/paths/llms-transformers/attention-in-twenty-lines/"]


@pytest.mark.parametrize("path", TABLES)
def test_a_row_of_many_columns_is_read_from_top_to_bottom_on_a_phone(open_page, site, path):
    page = open_page(viewport={"width": 360, "height": 800})
    page.goto(site + path)
    table = page.locator(".prose table", has=page.locator("th:nth-child(4)")).first
    cells = table.locator("tbody tr:first-child > *")
    boxes = cells.evaluate_all("all => all.map(e => e.getBoundingClientRect().toJSON())")
    assert len({box["left"] for box in boxes}) == 1
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(boxes))
    assert table.locator("..").evaluate("e => e.scrollWidth <= e.clientWidth")
    names = table.locator("thead th").all_text_contents()
    assert cells.locator(".of").all_text_contents() == names
    assert table.locator(".of", has_text=names[1]).first.is_visible()
    heard = page.get_by_role("table").get_by_role("row").get_by_role("cell", name=names[1])
    expect(heard.first).to_be_visible()


@pytest.mark.parametrize("path", TABLES)
def test_beside_each_other_cells_have_the_names_of_columns_above_them(page, site, path):
    page.goto(site + path)
    table = page.locator(".prose table", has=page.locator("th:nth-child(4)")).first
    tops = "all => all.map(e => e.getBoundingClientRect().top)"
    assert len(set(table.locator("tbody tr:first-child > *").evaluate_all(tops))) == 1
    assert table.locator("thead").is_visible()
    assert not any(name.is_visible() for name in table.locator(".of").all())


LARGE = "document.documentElement.style.setProperty('font-size', '200%')"
# The share of the window's height that the tallest sticky or fixed element covers.
COVERS = """[...document.querySelectorAll("body *")]
    .filter(each => ["sticky", "fixed"].includes(getComputedStyle(each).position))
    .filter(each => getComputedStyle(each).insetBlockStart !== "auto"
                    || getComputedStyle(each).insetBlockEnd !== "auto")
    .filter(each => !each.closest(".map-region") || each.closest(".map-region").scrollHeight
                    > each.closest(".map-region").clientHeight + 1)
    .map(each => each.getBoundingClientRect().height / innerHeight)
    .reduce((one, other) => Math.max(one, other), 0)"""


def test_text_of_twice_the_size_fits_and_covers_nothing(open_page, site):
    page = open_page(refused=True, viewport={"width": 320, "height": 640})
    two, genai = "/careers/compare/?r=ml-engineer&r=mlops-engineer", "applied-genai-engineer"
    for path in sample((*PAGES, TRAY, two, f"/careers/{genai}/", "/glossary/"), 2):
        page.goto(site + path)
        page.evaluate(LARGE)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate(COVERS) <= 1 / 3, path


# Words broken across lines, except where other tests measure.
CUT = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), cut = [];
    for (let text; (text = texts.nextNode());) {
        const within = text.parentElement;
        const apart = ".hidden, .map-region, .evidence, script, style, pre, code, svg, option";
        if (within.closest(apart) || !within.checkVisibility()) continue;
        for (const word of text.data.matchAll(/[\\p{L}\\p{N}’]+/gu)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = [...range.getClientRects()].map(each => Math.round(each.bottom));
            if (new Set(lines).size > 1) cut.push(word[0]);
        }
    }
    return cut;
}"""
THREE = "/careers/compare/?r=ml-engineer&r=mlops-engineer&r=ai-solutions-architect"
LONGEST_WORDS = [
    "/",
    "/careers/",
    "/careers/prompt-engineer/",
    "/careers/prompt-engineer/roadmap/",
    THREE,
    "/paths/",
    "/paths/prompt-engineering/",
    "/glossary/",
    f"/plan/?plan={PLAN}",
    "/careers/applied-genai-engineer/",
    "/careers/compare/?r=ml-engineer&r=ai-researcher",
    f"/paths/ai-foundations/overfitting/?plan={PLAN}",
    f"/paths/ai-foundations/a-baseline-first/?plan={PLAN}",
]


def test_letters_of_twice_the_size_leave_words_whole_on_a_phone(large_letters, site):
    for path in sample(LONGEST_WORDS, 2):
        large_letters.goto(site + path)
        assert large_letters.evaluate(CUT) == [], path
        assert large_letters.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_the_way_past_the_header_is_out_of_sight_until_it_has_the_focus(large_letters, site):
    large_letters.goto(site)
    skip = large_letters.locator(".skip")
    box = skip.bounding_box()
    assert box["y"] + box["height"] <= 0
    large_letters.keyboard.press("Tab")
    assert skip.bounding_box()["y"] >= 0


# A page, a button to press, and the id of what then has the focus, so that reading starts there.
ANSWERED = [
    ("/careers/which/", "Which roles fit?", "answer"),
    ("/careers/map/", "Calculate for me", "for-you"),
    ("/careers/ml-engineer/", "Calculate for me", "for-you"),
    ("/paths/rag/bm25-by-hand/", "Done", "place"),
]
FRAME = """() => {
    const style = getComputedStyle(document.activeElement);
    return [document.activeElement.id, style.outlineStyle];
}"""


@pytest.mark.parametrize(("path", "button", "answer"), ANSWERED)
def test_what_has_the_focus_to_be_read_has_no_frame(
    page_without_javascript, site, path, button, answer
):
    page = page_without_javascript
    page.goto(site + path)
    if button == "Calculate for me":
        page.get_by_label("Hours a week").fill("5")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(f"#{answer}")).to_be_focused()  # once the next page is loaded
    assert page.evaluate(FRAME) == [answer, "none"]
    assert page.locator(f"#{answer}").bounding_box()["y"] > 0
    page.keyboard.press("Tab")
    assert page.evaluate(FRAME)[1] == "solid"


@pytest.mark.parametrize("width", [360, 1280])
def test_roles_from_here_stand_in_straight_rows(open_page, site, width):
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(f"{site}/careers/ml-engineer/")
    items = page.locator(".next > li")
    top = "all => all.map(e => Math.round(e.getBoundingClientRect().top))"
    tops = items.locator("h3").evaluate_all(top)
    assert len(tops) > 4
    assert len(set(tops)) == (-(-len(tops) // 2) if width == 1280 else len(tops))
    assert tops == items.evaluate_all(top)


def test_what_a_figure_of_pay_is_stands_together(open_page, site):
    page = open_page(viewport={"width": 360, "height": 800})
    page.goto(f"{site}/careers/ml-engineer/")
    lines = "all => all.map(e => Math.round(e.getBoundingClientRect().height / e.offsetHeight))"
    words = page.locator(".band .figure small")
    assert set(words.evaluate_all(lines)) == {1}
    assert {each["height"] < 30 for each in (w.bounding_box() for w in words.all())} == {True}


def test_a_setting_that_finds_no_room_beside_its_words_stands_below_them(page, site):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/search/")
    words, button = page.locator(".setting > *").all()
    assert words.bounding_box()["x"] == button.bounding_box()["x"]
    assert words.bounding_box()["height"] < 30
    assert button.bounding_box()["height"] >= 44


@pytest.mark.parametrize("width", [360, 1280])
def test_what_has_no_way_in_stands_in_straight_rows(open_page, site, width):
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(f"{site}/careers/?from=data-analyst")
    items = page.locator(".elsewhere li").all()
    boxes = [item.bounding_box() for item in items]
    titles = [item.locator("a").first.bounding_box() for item in items]
    assert len(items) > 4
    assert (
        len({round(title["y"] - box["y"]) for title, box in zip(titles, boxes, strict=True)}) == 1
    )
    ends = [box["y"] + box["height"] for box in boxes]
    assert min(box["y"] for box in boxes if box["y"] > ends[0]) - ends[0] >= 10
    assert page.locator("#results + p").bounding_box()["y"] - max(ends) >= 20


GLUED = """() => [...document.querySelectorAll(".note")].filter(note => {
    const of = each => each && each.getBoundingClientRect().height ? each : null;
    const edges = each => each.getBoundingClientRect();
    const before = note.previousElementSibling ?? note.parentElement.previousElementSibling;
    const after = note.nextElementSibling ?? note.parentElement.nextElementSibling;
    return of(before) && edges(note).top - edges(before).bottom < 8
        || of(after) && edges(after).top - edges(note).bottom < 8;
}).map(note => note.textContent.trim())"""


def test_a_note_touches_nothing(page, site):
    linked = "/plan/?plan=1.rprompt-engineer.x"
    pages = [linked, f"/search/?q={'a' * 300}", "/careers/?q=zzzqqq", "/careers/?pace=x"]
    for path in pages:
        page.goto(site + path)
        assert page.locator(".note").count(), path
        assert page.evaluate(GLUED) == [], path
    page.goto(f"{site}/plan/?plan=1.rml-engineer")
    page.get_by_role("button", name="Keep it here").click()
    expect(page.locator("#place")).to_have_count(0)
    page.goto(site + linked)
    expect(page.get_by_role("heading", name="Two plans")).to_be_visible()
    assert page.locator(".note").count()
    assert page.evaluate(GLUED) == []


WIDE = "document.documentElement.style.setProperty('letter-spacing', '0.05em')"


def test_text_in_a_font_that_is_a_tenth_wider_fits(open_page, site):
    """No system's font is more than a tenth wider than the narrowest that may replace it."""
    page = open_page(refused=True)
    two = "/careers/compare/?r=ml-engineer&r=mlops-engineer"
    for path in sample((*PAGES, TRAY, two, "/glossary/"), 2):
        page.goto(site + path)
        page.evaluate(WIDE)
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


ODD = """() => [...document.querySelectorAll("h1, .lead")].filter(
    each => getComputedStyle(each).fontFamily !== getComputedStyle(document.body).fontFamily
).map(each => each.textContent.trim())"""
WIDTHS = "all => all.map(each => each.getBoundingClientRect().width)"


def test_titles_are_of_one_font_and_prose_is_of_one_measure(page, site):
    page.set_viewport_size({"width": 1920, "height": 1000})
    for path in sample((*PAGES[:-1], "/data/", "/paths/model/"), 2):
        page.goto(site + path)
        assert page.evaluate(ODD) == [], path
        assert max(page.locator(".prose").evaluate_all(WIDTHS), default=0) <= 700, path


# Turns the element into a 200 px letter x, black on white, on top of the page.
LARGE_X = """element => {
    element.style.cssText = "position: fixed; inset: 0 auto auto 0; z-index: 9; margin: 0;"
        + "padding: 0; border: 0; inline-size: 400px; block-size: 300px; overflow: hidden;"
        + "font-size: 200px; line-height: 300px; background: white; color: black";
    element.textContent = "x";
}"""


def box_of_ink(page, size: int, within: int = 0) -> tuple[int, int, int, int]:
    """Return the bounds of what is dark in the top left square: left, top, right, bottom.

    size: the side of the square. within: a margin to ignore; bounds count from its inner edge. All
    in pixels.
    """
    shot = page.screenshot(clip={"x": 0, "y": 0, "width": size, "height": size})
    inside = (
        Image.open(BytesIO(shot)).convert("L").crop((within, within, size - within, size - within))
    )
    return inside.point(lambda level: 255 * (level < 128)).getbbox()


def test_small_letters_are_as_tall_in_code_as_in_text(page, site):
    page.goto(f"{site}/paths/llms-transformers/tokens-by-hand/")
    code = page.locator(".prose p > code").first
    beside = "code => [code, code.parentNode].map(each => getComputedStyle(each).fontSize)"
    assert len(set(code.evaluate(beside))) == 1
    for selector in (".prose p > code", ".prose p", ".prose pre code", ".brief li", "h1"):
        page.reload()
        page.locator(selector).first.evaluate(LARGE_X)
        _, top, _, bottom = box_of_ink(page, 300)
        assert bottom - top == pytest.approx(104, abs=2), selector


# Enlarges the circle to 400 px, white, with black letters.
LARGE_ROUNDEL = """roundel => {
    roundel.style.cssText = "position: fixed; inset: 0 auto auto 0; z-index: 9; margin: 0;"
        + "inline-size: 400px; block-size: 400px; border: 0;"
        + "font-size: 160px; background: white; color: black";
}"""


@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("/careers/", ".roundel"),
        ("/careers/map/", ".map tbody .stop:not(:empty)"),
        ("/careers/ml-engineer/", ".roadmap .stop:not(:empty)"),
    ],
)
def test_letters_stand_in_the_middle_of_their_circle(page, site, path, selector):
    page.goto(site + path)
    circle = page.locator(selector).first
    circle.evaluate(LARGE_ROUNDEL)
    left, top, right, bottom = box_of_ink(page, 400, within=80)
    assert abs(top + bottom - 240) / 2 <= 2, "half a percent of the circle"
    assert abs(left + right - 240) / 2 <= 15, "letters have different sides"


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
    for path in sample(PAGES, 2):
        page.goto(site + path)
    assert asked
    assert all(url.startswith(site) for url in asked)


WATCH_SHIFTS = """window.shifts = [];
    new PerformanceObserver(list => shifts.push(...list.getEntries()))
        .observe({type: "layout-shift", buffered: true})"""
JUMPS = """shifts.filter(each => each.startTime
    > performance.getEntriesByType("navigation")[0].domInteractive).map(each => each.value)"""
# The left edges of the visible links in the header, and of the visible parts of the footer.
PLACES = """[...document.querySelectorAll(".masthead a, .foot > *")]
    .filter(each => getComputedStyle(each).visibility === "visible")
    .map(each => each.getBoundingClientRect().x)"""


@pytest.mark.few(2)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_while_a_page_loads(open_page, site, width):
    """Shifts count from when the HTML is parsed: before, a slow device may show half a text."""
    page = open_page(viewport={"width": width, "height": 800})
    page.add_init_script(WATCH_SHIFTS)
    for path in sample(PAGES[:-1], 2):
        page.goto(site + path, wait_until="networkidle")
        assert page.evaluate(JUMPS) == [], path


def test_what_jumps_is_noticed(page, site):
    page.add_init_script(WATCH_SHIFTS)
    page.goto(f"{site}/paths/", wait_until="networkidle")
    page.evaluate("document.querySelector('.masthead').style.marginBlockEnd = '200px'")
    page.wait_for_function(f"({JUMPS}).length")


@pytest.mark.parametrize("end", ["Map</a>", "open data</a>", "changed on"])
def test_what_is_read_of_a_page_stands_where_it_will(page_without_javascript, site, end):
    """A slow device shows parts of the header and footer before the rest of them has arrived."""
    page = page_without_javascript
    page.goto(f"{site}/changes/?role=ml-engineer")
    whole = page.evaluate(PLACES)
    html = page.content().partition(end)[0] + end
    page.route("**/cut/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{site}/cut/")
    read = page.evaluate(PLACES)
    assert read == whole[: len(read)]


PRESSED = (
    ".masthead a, .go, .more a, button, summary, .lines a, .also a, .counts a, .map tbody a, "
    ":is(.role-card, .roadmap, .lessons, .matches) :is(h3, h4) a, .path-card h2 a"
)
TOO_SMALL = """selector => [...document.querySelectorAll(selector)]
    .map(element => [element.textContent.trim(), element.getBoundingClientRect()])
    .filter(([_, box]) => box.width && (box.height < 44 || box.width < 44))
    .map(([name, box]) => `${name}: ${box.width} × ${box.height}`)"""
TITLES = ["/careers/", "/careers/ml-engineer/", "/paths/", "/paths/rag/", "/search/?q=retrieval"]


@pytest.mark.parametrize("width", [320, 1280])
def test_what_can_be_pressed_is_large_enough(open_page, site, width):
    """At least 44 × 44 px, except for links in a sentence or a list, which WCAG exempts."""
    page = open_page(viewport={"width": width, "height": 800})
    for path in ("/", *TITLES):
        page.goto(site + path)
        assert not page.evaluate(TOO_SMALL, PRESSED), path


LISTS = {
    "/careers/ml-engineer/": ".sources",
    "/careers/ml-engineer/fit/": ".links",
    "/careers/applied-genai-engineer/?from=software-engineer": ".links",
    "/careers/decode/?title=nurse": ".note",
    f"/plan/weeks/?plan={PLAN}": ".weeks",
}


def test_where_fingers_press_links_of_a_list_are_as_tall_as_they_are(open_page, site):
    page = open_page(viewport={"width": 360, "height": 800}, is_mobile=True, has_touch=True)
    for path, box in LISTS.items():
        page.goto(site + path)
        links = page.locator(f"{box} li a")
        heights = links.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        assert heights, path
        assert min(heights) >= 44, path
        trail = page.locator(".trail a")
        assert all(each.bounding_box()["height"] >= 44 for each in trail.all())


COVERED = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return document.activeElement.contains(seen) ? "" : document.activeElement.textContent;
}"""
TRAY = "/careers/?q=engineer&r=ml-engineer&r=mlops-engineer&r=prompt-engineer"


@pytest.mark.parametrize("size", [(320, 256), (360, 640), (1280, 800)], ids=str)
def test_nothing_gets_the_focus_under_the_tray(open_page, site, size):
    """The smallest size is that of a 1280 × 1024 window zoomed to 400%."""
    page = open_page(viewport=dict(zip(("width", "height"), size, strict=True)))
    page.goto(site + TRAY)
    last = page.locator(".role-card a").last
    page.locator("#q").focus()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(20):
            page.keyboard.press(key)
            assert not page.evaluate(COVERED), key
        last.focus()


def test_no_word_of_the_tray_is_broken(page, site):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + TRAY)
    for link in page.locator(".tray li a").all():
        assert link.bounding_box()["height"] < 50


PHONE = {"width": 360, "height": 740}


def test_the_first_role_is_near_on_a_phone_and_for_a_keyboard(open_page, site):
    page = open_page(viewport=PHONE)
    page.goto(f"{site}/careers/")
    assert page.locator(".role-card").first.bounding_box()["y"] < 2 * PHONE["height"]
    for _ in range(12):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.role-card')?.id")


def test_pay_is_within_the_first_two_screens_of_a_phone(open_page, site):
    page = open_page(viewport=PHONE)
    for role in Role.objects.published():
        page.goto(site + role.get_absolute_url())
        facts = page.locator(".role-head .facts").bounding_box()
        assert facts["y"] + facts["height"] < 2 * PHONE["height"], role.slug


SMALL = """all => all.filter(each => each.getBoundingClientRect().width < 10)
    .map(each => each.textContent)"""


def test_no_code_stands_without_its_name_on_a_phone(open_page, site):
    """Touch has no hover that could show the name."""
    page = open_page(viewport=PHONE, has_touch=True)
    for path, names, count in (
        ("/", ".map .title", 10),
        ("/careers/map/", ".map .title", 10),
        (TRAY, ".tray li > span:not(.roundel)", 3),
        ("/careers/compare/?r=ml-engineer&r=mlops-engineer", ".pay-row span:not(.roundel)", 5),
    ):
        page.goto(site + path)
        found = page.locator(names)
        assert found.count() == count, path
        assert not found.evaluate_all(SMALL), path
    page.goto(f"{site}/careers/mlops-engineer/")
    also = page.locator(".also").first
    also.locator("summary").tap()
    expect(also.get_by_role("link", name="ML Engineer")).to_be_visible()


STRUCK = """() => [...document.querySelectorAll("a .roundel, summary .roundel")].filter(code => {
    for (let each = code; each && each !== document.body; each = each.parentElement)
        if (getComputedStyle(each).textDecorationLine !== "none") return true;
}).length"""


def test_no_underline_runs_through_a_code(page, site):
    for path in ("/", "/careers/?from=software-engineer", "/careers/mlops-engineer/", "/paths/",
                 "/paths/rag/", "/careers/compare/?r=ml-engineer&r=mlops-engineer"):  # fmt: skip
        page.goto(site + path)
        assert page.locator("a .roundel, summary .roundel").count(), path
        assert not page.evaluate(STRUCK), path


def test_the_header_is_the_name_and_one_line_on_a_narrow_page(page, site):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site)
    assert page.locator(".masthead").bounding_box()["height"] < 130


def test_the_header_is_one_line_on_a_phone(page, site):
    page.set_viewport_size(PHONE)
    page.goto(site)
    assert page.locator(".masthead").bounding_box()["height"] < 90


BROKEN = """titles => titles.flatMap(title => title.textContent.split(" ").filter(word => {
    const text = title.firstChild, at = text.data.indexOf(word), range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + word.length);
    return range.getClientRects().length > 1;
}))"""


def test_no_word_of_three_titles_is_broken_on_a_phone(page, site):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/careers/compare/?r=ai-researcher&r=ai-security-specialist&r=mlops-engineer")
    titles = page.locator(".compare thead a > span:last-child")
    assert titles.count() == 3
    assert titles.evaluate_all(BROKEN) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_learner_reads_the_number_of_each_stop(open_page, site, scheme):
    page = open_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto(f"{site}/careers/map/?plan={PLAN}")
    for name in ("AI Researcher", "ML Engineer"):
        row = page.locator(".map tbody tr", has=page.get_by_text(name, exact=True))
        stop = row.locator(".begun").first
        box = Image.open(BytesIO(stop.screenshot())).convert("L")
        edge = box.width // 3
        darkest, lightest = box.crop((edge, edge, box.width - edge, box.width - edge)).getextrema()
        assert lightest - darkest > 100, name


# -- The map at every size -----------------------------------------------------------------

LONG = (
    "AI Governance and Compliance Lead for Financial Services and Insurance in the European Union"
)
OVERFLOW = "region => region.scrollWidth - region.clientWidth"
INSIDE = """region => {
    const edge = region.getBoundingClientRect();
    const name = region.querySelector("tbody tr:last-child th").getBoundingClientRect();
    const station = region.querySelector("thead th:last-child").getBoundingClientRect();
    return [name.left - edge.left, station.top - edge.top];
}"""


# A page, a filled mark on it, and a hollow one.
FILLED = [
    ("/careers/map/", ".map td.on:not(.first, .last)", ".map td:not([class])"),
    ("/careers/map/", ".map td.thin-before:not(:has(.beyond))", ".map td:not([class])"),
    ("/careers/map/", ".any-order .stop.focus:not(.begun)", ".any-order .stop:not([class*=' '])"),
    ("/careers/map/", ".legend .focus", ".legend .begun"),
    ("/careers/ai-product-manager/", ".ticks .in", ".ticks i:not(.in)"),
    ("/careers/ai-product-manager/", ".roadmap .terminus .stop", ".roadmap .stop"),
    ("/plan/", ".ticks .done", ".ticks i:not(.done, .here, .known)"),
    ("/paths/ai-foundations/a-baseline-first/", ".on-line .done", ".on-line li:not(.done, .here)"),
]


def darkness(page: Page, selector: str) -> float:
    """Return how dark the left 18 px of the first match are, 0 to 255, without child elements."""
    mark = page.locator(selector).first
    mark.evaluate("""mark => {
        for (const each of mark.children) each.style.visibility = "hidden";
    }""")
    drawn = Image.open(BytesIO(mark.screenshot())).convert("L")
    begins = drawn.crop((0, 0, min(drawn.width, 18), drawn.height))
    return ImageStat.Stat(ImageOps.invert(begins)).mean[0]


@pytest.mark.parametrize(("path", "filled", "hollow"), FILLED)
def test_what_is_filled_is_told_from_what_is_hollow_in_forced_colors(
    open_page, site, path, filled, hollow
):
    page = open_page(forced_colors="active", color_scheme="light")
    page.goto(f"{site}{path}?plan={PLAN}")
    assert darkness(page, filled) > darkness(page, hollow) + 10


@pytest.fixture
def large_map(transactional_db, live_server, catalog) -> str:
    """The address of a map with 40 lines and 30 stations."""
    paths = [catalog.path(lessons=0, title=f"Learning path {n} of many") for n in range(30)]
    colors = list(LineColor)
    for n in range(40):
        title = LONG if n == 13 else f"Engineer of kind {n}"
        stops = list(islice(paths, n % 11, None, n % 6 + 3))
        catalog.role(title=title, paths=stops, line=colors[n % len(colors)])
    return f"{live_server.url}/careers/map/"


@pytest.mark.parametrize("width", [320, 1280])
def test_a_large_map_scrolls_in_its_own_region(open_page, large_map, width):
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(large_map)
    region = page.locator(".map-region")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert region.bounding_box()["height"] <= 800
    at_rest = region.evaluate(INSIDE)
    region.evaluate("region => region.scrollTo(9999, 9999)")
    assert region.evaluate("region => Math.min(region.scrollLeft, region.scrollTop)") > 0
    assert region.evaluate(INSIDE) == at_rest, "names and stations stay in sight"


@pytest.mark.few(2)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_link_of_a_large_map_gets_the_focus_under_another(open_page, large_map, width):
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(large_map)
    region, links = page.locator(".map-region"), page.locator(".map a").count()
    region.focus()
    for _ in range(links):
        page.keyboard.press("Tab")
        assert not page.evaluate(COVERED)
    region.evaluate("region => region.scrollTo(9999, 9999)")
    for _ in range(links - 1):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(COVERED)


@pytest.mark.parametrize("width", [320, 1280])
def test_one_line_at_one_station_makes_a_small_map(
    open_page, transactional_db, live_server, catalog, width
):
    catalog.role(title="ML Engineer")
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(f"{live_server.url}/careers/map/")
    region = page.locator(".map-region")
    assert region.bounding_box()["width"] < 600, "not stretched over the page"
    assert not region.evaluate(OVERFLOW)
    assert region.locator(".title").bounding_box()["width"] > 40, "there is room for the title"


@pytest.mark.parametrize("stations", [7, 8])
def test_a_map_of_a_few_stations_is_seen_whole(
    page, transactional_db, live_server, catalog, stations
):
    titles = ["Prompts as programs", "Search and retrieval", "LLMs & Transformers"]
    paths = [catalog.path(title=titles[n % 3], lessons=3) for n in range(stations)]
    catalog.role(title="Computer Vision Engineer (edge)", paths=paths)
    page.goto(f"{live_server.url}/careers/map/?from={catalog.background(slug='here').slug}")
    assert not page.locator(".map-region").evaluate(OVERFLOW)


def test_the_real_map_is_seen_whole(page, site):
    page.goto(f"{site}/careers/map/")
    region = page.locator(".map-region")
    for width in (320, 360, 768, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        if width < 768:  # the last of the twelve stations are scrolled to, with the keyboard too
            region.focus()
            page.keyboard.press("End")
            region.evaluate("region => region.scrollTo(region.scrollWidth, 0)")
            expect(region.get_by_role("link").last).to_be_in_viewport()
        else:
            assert not region.evaluate(OVERFLOW), width
        assert not region.evaluate("region => region.scrollHeight - region.clientHeight"), width


@pytest.mark.parametrize("width", [320, 360])
def test_no_title_of_the_map_crosses_the_edge_of_its_column(open_page, site, width):
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(f"{site}/careers/map/")
    region = page.locator(".map-region").bounding_box()
    for head in page.locator(".map tbody th").all():
        cell, title = head.bounding_box(), head.locator(".title").bounding_box()
        assert cell["x"] + cell["width"] <= title["x"]
        assert title["x"] + title["width"] <= region["x"] + region["width"]


# -- On paper ------------------------------------------------------------------------------

A4 = {"format": "A4", "margin": dict.fromkeys(("top", "right", "bottom", "left"), "1.5cm")}
SHEET = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
WITHOUT_ADDRESS = """selector => [...document.querySelectorAll(selector)]
    .filter(link => !getComputedStyle(link, "::after").content.includes(link.getAttribute("href")))
    .map(link => link.href)"""


def sheets(page) -> int:
    """Return how many sheets of A4 a page prints on."""
    printed = page.pdf(**A4)
    count = len(SHEET.findall(printed))
    assert f"/Count {count}".encode() in printed, "the PDF's own page tree has another count"
    return count


def test_every_role_prints_on_at_most_two_sheets(page, site):
    addresses = [role.get_absolute_url() for role in Role.objects.published()]
    assert len(addresses) == 10
    for address in addresses:
        page.goto(site + address)
        assert 1 <= sheets(page) <= 2, address


def test_the_map_prints_on_one_sheet(page, site):
    page.goto(f"{site}/careers/map/")
    assert sheets(page) == 1
    page.set_viewport_size({"width": 680, "height": 1000})  # A4 within its margins
    page.emulate_media(media="print")
    region = page.locator(".map-region")
    assert region.bounding_box()["width"] <= 680
    assert not region.evaluate(OVERFLOW)
    expect(region.locator(".title").first).to_be_visible()


def test_what_answers_point_to_prints_on_one_sheet(page, site):
    answers = "a1=applied-genai-engineer&a2=ml-engineer&a3=mlops-engineer&a4=ai-data-engineer"
    page.goto(f"{site}/careers/which/?{answers}&a5=computer-vision-engineer&from=software-engineer")
    assert sheets(page) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    cards = page.locator("#answer li").all()
    assert len({card.bounding_box()["y"] for card in cards}) == 1, "none is torn from its heading"
    expect(page.locator(".choice legend")).to_have_count(5)


def test_a_printed_roadmap_says_where_each_first_lesson_is(page, site):
    page.goto(f"{site}/careers/ai-solutions-architect/")
    page.emulate_media(media="print")
    assert page.locator(".roadmap .line:not(.further) .go").count() == 7
    assert not page.evaluate(WITHOUT_ADDRESS, ".roadmap .go, .evidence a[href^=http], .sources a")
    expect(page.locator(".station .also").first).to_be_hidden()


def test_a_printed_lesson_shows_its_solution_and_its_sources(page, site):
    lesson = Lesson.objects.exclude(sources=[]).get(slug="a-prompt-is-a-program")
    page.goto(site + lesson.get_absolute_url())
    solution = page.locator("details.fold pre").first
    expect(solution).to_be_hidden()
    page.emulate_media(media="print")
    expect(solution).to_be_visible()
    assert page.locator(".sources a").count() == len(lesson.sources)
    assert not page.evaluate(WITHOUT_ADDRESS, ".sources a, .prose a[href^=http]")
    for chrome in (".masthead", ".foot", ".trail", ".steps"):
        expect(page.locator(chrome)).to_be_hidden()


def test_what_is_printed_says_of_which_site_its_addresses_are(page, site):
    page.goto(f"{site}/careers/mlops-engineer/?pace=5")
    page.emulate_media(media="print")
    content = page.evaluate("getComputedStyle(document.querySelector('main'), '::after').content")
    assert f"{site}/careers/mlops-engineer/" in content


WITH_BUTTONS = ["/", "/careers/which/", "/search/?q=rag", f"/plan/?plan={PLAN}", "/changes/"]


def test_nothing_is_printed_that_can_only_be_pressed_or_typed_into(page, site):
    for path in WITH_BUTTONS:
        page.goto(site + path)
        page.emulate_media(media="print")
        seen = "all => all.filter(each => each.checkVisibility()).map(each => each.textContent)"
        assert page.locator("button, select, [type=search]").evaluate_all(seen) == [], path
        expect(page.locator(".setting")).to_be_hidden()


def test_printed_code_is_cut_off_at_no_edge(page, site):
    page.set_viewport_size({"width": 450, "height": 1000})  # narrower than the longest line
    page.goto(f"{site}/paths/llms-transformers/tokens-by-hand/")
    overflows = page.locator("pre").evaluate_all
    assert any(overflows(f"all => all.map({OVERFLOW})"))
    page.emulate_media(media="print")
    assert not any(overflows(f"all => all.map({OVERFLOW})"))


# -- States --------------------------------------------------------------------------------

STATES = [
    ("/", ".go"),
    ("/", ".lines a"),
    ("/", ".masthead a:not(.name)"),
    ("/", ".themes button[aria-pressed=false]"),
    ("/careers/", ".role-card h3 a"),
    ("/careers/", ".more a"),
    ("/careers/", ".map tbody a"),
    ("/careers/", ".map thead a"),
    ("/careers/mlops-engineer/", ".trail a"),
    ("/careers/mlops-engineer/", ".evidence a"),
    ("/careers/mlops-engineer/", ".also summary"),
    ("/paths/", ".path-card h2 a"),
    ("/paths/rag/", ".lessons a"),
    ("/paths/rag/", ".counts a"),
    ("/paths/llms-transformers/tokens-by-hand/", ".fold summary"),
    ("/paths/llms-transformers/tokens-by-hand/", ".steps a"),
]
APPEARANCE = """element => {
    const style = getComputedStyle(element);
    return [style.color, style.translate, style.textDecoration, style.textDecorationThickness,
        style.outlineStyle].join()
}"""


@pytest.mark.few(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_can_be_pressed_answers_pointer_press_and_keyboard(open_page, site, scheme):
    page = open_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    for path, selector in STATES:
        page.goto(site + path)
        element = page.locator(selector).first
        plain = element.evaluate(APPEARANCE)
        element.hover()
        hovered = element.evaluate(APPEARANCE)
        page.mouse.down()
        pressed = element.evaluate(APPEARANCE)
        page.mouse.move(0, 0)  # release elsewhere, so that no link is followed
        page.mouse.up()
        page.keyboard.press("Shift")  # from now on, :focus-visible applies
        element.focus()
        assert plain != hovered, f"{path} {selector} under a pointer"
        assert hovered != pressed, f"{path} {selector} pressed"
        assert "solid" in element.evaluate(APPEARANCE), f"{path} {selector} with the focus"


def test_what_was_read_looks_read(page, site):
    tools = page.context.new_cdp_session(page)  # forces :visited: private windows keep no history
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    for path, selector in (
        ("/paths/rag/", ".lessons a"),
        ("/careers/mlops-engineer/", ".evidence a[href^=http]"),
        ("/paths/llms-transformers/tokens-by-hand/", ".sources a"),
    ):
        page.goto(site + path)
        link = page.locator(selector).first
        unread = link.screenshot()
        root = tools.send("DOM.getDocument")["root"]["nodeId"]
        node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})
        tools.send("CSS.forcePseudoState", node | {"forcedPseudoClasses": ["visited"]})
        assert link.screenshot() != unread, selector


# -- Waiting -------------------------------------------------------------------------------

BAR = "document.getAnimations().find(animation => animation.animationName === 'wait')"


def at(page, milliseconds: int) -> None:
    """Set the bar's animation to the given time after the request."""
    page.evaluate(f"time => {{ {BAR}.currentTime = time }}", milliseconds)


def opacity_at(page, milliseconds: int) -> str:
    at(page, milliseconds)
    return page.evaluate(f"getComputedStyle({BAR}.effect.target, '::after').opacity")


def picture_at(page, milliseconds: int) -> bytes:
    """Return a screenshot of the card that waits for its roadmap."""
    at(page, milliseconds)
    return page.locator("#ml-engineer").screenshot()


@pytest.fixture
def hold() -> Iterator:
    """A function that leaves a page's requests to an address unanswered until the test ends."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    yield lambda page, address: page.route(address, keep)
    assert held
    for route in held:
        route.fulfill(status=204)


@pytest.fixture
def waiting(open_page, site, hold):
    """A function that opens a page which waits for a roadmap, with the bar's animation paused."""

    def wait(**settings):
        page = open_page(viewport={"width": 1280, "height": 900}, **settings)
        hold(page, "**/roadmap/")
        page.goto(f"{site}/careers/")
        card = page.locator("#ml-engineer")
        card.scroll_into_view_if_needed()
        before = card.bounding_box()
        link = card.get_by_role("link", name="Show the roadmap")
        link.click()
        expect(link).to_have_class("htmx-request")
        page.evaluate(f"{BAR}.pause()")
        assert card.bounding_box() == before, "nothing moves away"
        return page

    return wait


def test_a_wait_shows_after_a_moment(waiting):
    page = waiting()
    assert [opacity_at(page, time) for time in (0, 149, 151)] == ["0", "0", "1"]
    assert picture_at(page, 149) != picture_at(page, 600)
    assert picture_at(page, 600) != picture_at(page, 900), "the bar runs"


def test_a_wait_moves_nothing_for_whoever_wants_less_motion(waiting):
    page = waiting(reduced_motion="reduce")
    assert [opacity_at(page, time) for time in (0, 149, 151)] == ["0", "0", "1"]
    assert picture_at(page, 149) != picture_at(page, 600)
    assert picture_at(page, 600) == picture_at(page, 900)


def test_whatever_is_busy_can_show_it(page, site):
    page.goto(f"{site}/careers/")
    form = page.locator(".search").first
    before = form.bounding_box()
    for mark in ("e => e.ariaBusy = 'true'", "e => e.className = 'search htmx-request'"):
        assert not page.evaluate(f"Boolean({BAR})")
        form.evaluate(mark)
        assert page.evaluate(f"Boolean({BAR})"), mark
        assert form.bounding_box() == before
        form.evaluate("e => { e.ariaBusy = null; e.className = 'search' }")


def test_a_search_that_takes_its_time_shows_it(page, site, hold):
    hold(page, re.compile(r"[?&]q=mlops"))
    page.goto(f"{site}/careers/")
    page.get_by_label("Job title or keyword").fill("mlops")
    expect(page.locator("#search")).to_have_class(re.compile("htmx-request"))
    assert page.evaluate(f"{BAR}.effect.target.id") == "search"
