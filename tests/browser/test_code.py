"""Code on a page: a tab stop if it scrolls, and copied with a button."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

LESSON = "/paths/llms-transformers/tokens-by-hand/"
SCROLLS = "e => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight"
# What may scroll, visible or not.
SCROLLERS = ":is(.prose, .said) :is(pre, .table, .picture, .math)"


@pytest.fixture
def lesson(open_page, site):
    """A function that opens a lesson. options: as for Browser.new_context."""

    def make(path: str = LESSON, **options) -> Page:
        page = open_page(viewport={"width": 1280, "height": 900}, **options)
        page.goto(site + path)
        return page

    return make


# -- Tab stops -------------------------------------------------------------------------------------


def stops_rightly(page: Page, width: int) -> tuple[int, int]:
    """Check that exactly what scrolls is a tab stop. Return how many scroll, and how many fit."""
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(200)  # for the ResizeObserver
    counts = [0, 0]
    for each in page.locator(SCROLLERS).all():
        if each.is_visible():
            scrolls = each.evaluate(SCROLLS)
            assert each.evaluate("e => e.tabIndex === 0") == scrolls, each.evaluate(
                "e => e.outerHTML"
            )
            counts[not scrolls] += 1
    return counts[0], counts[1]


def test_what_scrolls_is_a_tab_stop_and_what_fits_is_none(lesson):
    page = lesson()
    scrolling, fitting = stops_rightly(page, 1280)
    assert fitting > scrolling
    narrow, _ = stops_rightly(page, 320)
    assert narrow > scrolling
    assert stops_rightly(page, 1280) == (scrolling, fitting)


def test_code_in_a_fold_that_is_opened_is_a_tab_stop_if_it_scrolls(lesson):
    page = lesson()
    page.locator("details.fold summary").click()
    stops_rightly(page, 320)


def test_without_a_script_all_that_may_scroll_is_reached(lesson):
    page = lesson(java_script_enabled=False)
    assert all(each.get_attribute("tabindex") == "0" for each in page.locator(SCROLLERS).all())
    expect(page.locator(".prose button")).to_have_count(0)


# -- Copying ---------------------------------------------------------------------------------------

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_code_is_copied_and_it_is_said(lesson, key):
    page = lesson(permissions=CLIPBOARD)
    code = page.locator(".prose pre:not(.output) code").first
    button = page.get_by_role("button", name="Copy block 1 of code")
    button.focus()
    page.keyboard.press(key)
    expect(page.locator("main > [role=status]")).to_have_text("Copied")
    expect(page.locator(".block button").first).to_have_text("Copied block 1 of code")
    expect(page.locator(".block button").first).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == code.text_content()
    assert "63 [' order'" not in code.text_content(), "what it prints stays where it is"


def test_each_block_of_code_has_a_button_and_no_output_has(lesson):
    page = lesson()
    blocks = page.locator(".prose pre:not(.output)").count()
    assert page.locator(".block button").count() == blocks > 3
    assert page.locator(".prose pre.output").count() > 1
    expect(page.locator(".block pre.output")).to_have_count(0)


def test_without_a_clipboard_it_is_copied_all_the_same(open_page, site):
    page = open_page(permissions=CLIPBOARD)
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'kept', "
        "Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard'));"
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    )
    page.goto(site + LESSON)
    page.get_by_role("button", name="Copy block 1 of code").click()
    expect(page.locator("main > [role=status]")).to_have_text("Copied")
    code = page.locator(".prose pre:not(.output) code").first.text_content()
    assert page.evaluate("navigator.kept.readText()").strip() == code.strip()


def test_where_nothing_can_be_copied_the_code_is_selected_and_that_is_said(open_page, site):
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false"
    )
    page.goto(site + LESSON)
    page.get_by_role("button", name="Copy block 1 of code").click()
    expect(page.locator("main > [role=status]")).to_contain_text("press Ctrl and C")
    code = page.locator(".prose pre:not(.output) code").first.text_content()
    assert page.evaluate("getSelection().toString()").strip() == code.strip()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_button_lies_over_no_code_and_the_page_is_as_wide_as_before(lesson, width):
    page = lesson()
    page.set_viewport_size({"width": width, "height": 900})
    for block in page.locator(".block").all():
        if not block.is_visible():
            continue
        button, pre = block.locator("button"), block.locator("pre")
        pre.evaluate("e => e.scrollLeft = e.scrollWidth")
        lines = pre.evaluate("""pre => {
            const range = document.createRange();
            range.selectNodeContents(pre);
            return [...range.getClientRects()].map(r => [r.top, r.right, r.bottom])
        }""")
        box = button.bounding_box()
        under = [
            line
            for line in lines
            if line[0] < box["y"] + box["height"] and line[2] > box["y"] and line[1] > box["x"]
        ]
        assert not under
        assert box["height"] >= 24
        assert box["width"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_script_of_ours_is_small():
    for file in (settings.BASE_DIR / "static" / "js").glob("*.js"):
        assert file.stat().st_size < 2048, file.name
        assert file.read_text(encoding="utf-8").startswith("// "), file.name


# -- The page around it ----------------------------------------------------------------------------


def test_words_and_code_are_equally_wide(lesson):
    page = lesson()
    widths = page.locator(".prose > :is(p, h2, .block, pre)").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().width)"
    )
    assert len(widths) > 20
    assert max(widths) - min(widths) < 1


def test_headings_are_listed_beside_the_text_or_folded_above_it(lesson):
    page = lesson(java_script_enabled=False)
    link = page.locator(".contents").get_by_role("link", name="Practice")
    text = page.locator(".prose").bounding_box()
    assert link.bounding_box()["x"] > text["x"] + text["width"]
    link.click()
    expect(page.get_by_role("heading", name="Practice")).to_be_in_viewport()
    expect(link).to_be_in_viewport()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(link).to_be_hidden()
    page.locator(".contents summary").click()
    expect(link).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path", [LESSON, "/paths/rag/", "/paths/llms-transformers/evaluate-a-language-model/"]
)
def test_large_text_stays_within_the_page(lesson, path, width):
    page = lesson(path)
    page.set_viewport_size({"width": width, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    stuck = page.evaluate("""[...document.querySelectorAll('main *')]
        .filter(e => getComputedStyle(e).position === 'sticky' && e.getClientRects().length)
        .map(e => [e.getBoundingClientRect().height, e.closest('.contents')])""")
    assert all(height <= 640 / 3 or beside for height, beside in stuck)
