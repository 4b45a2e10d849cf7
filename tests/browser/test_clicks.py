"""What taps, clicks and keys do to a page, and where it is scrolled to afterwards."""

import re

import pytest
from playwright.sync_api import Page, expect

LISTED = "/careers/?q=engineer&from=data-scientist"


def click(page: Page, locator) -> None:
    """Click at the element's place. `Locator.click` may scroll first, which would hide a jump."""
    box = locator.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_pressed_stays_under_the_finger(open_page, site, width):
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(f"{site}/careers/")
    for slug in ("ml-engineer", "mlops-engineer"):
        link = page.locator(f"#compare-{slug}")
        link.scroll_into_view_if_needed()
        page.evaluate("scrollBy(0, 200)")
        before = page.evaluate("scrollY"), link.bounding_box()["y"]
        click(page, link)
        expect(link).to_contain_text("Don’t compare")
        page.wait_for_timeout(100)  # in case the browser scrolls after the swap
        assert (page.evaluate("scrollY"), link.bounding_box()["y"]) == before, slug


@pytest.mark.parametrize("key", ["Control", "Shift"])
def test_a_click_that_asks_for_a_tab_of_its_own_gets_one(page: Page, site, key):
    page.goto(f"{site}/careers/")
    for link in (page.locator("#compare-ml-engineer"), page.locator("#ml-engineer .more a")):
        with page.context.expect_page() as opened:
            link.click(modifiers=[key])
        opened.value.close()
    assert page.url == f"{site}/careers/"
    expect(page.locator(".roadmap-card")).to_have_count(0)


def test_a_word_typed_slowly_is_one_step_back(page: Page, site):
    page.goto(f"{site}/careers/")
    before = page.evaluate("history.length")
    page.get_by_label("Job title or keyword").press_sequentially("data eng", delay=350)
    expect(page).to_have_url(f"{site}/careers/?q=data%20eng")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page).to_have_url(f"{site}/careers/")


def test_a_title_typed_slowly_is_one_step_back(page: Page, site):
    page.goto(f"{site}/careers/decode/")
    before = page.evaluate("history.length")
    page.get_by_label("Title of the ad").press_sequentially("ML eng", delay=350)
    expect(page).to_have_url(re.compile("title=ML"))
    page.wait_for_timeout(400)
    assert page.evaluate("history.length") == before + 1


def test_colors_change_where_one_is(page: Page, site):
    page.goto(f"{site}/careers/")
    page.get_by_label("Job title or keyword").fill("engineer")
    expect(page).to_have_url(f"{site}/careers/?q=engineer")
    dark = page.get_by_role("button", name="Dark")
    dark.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 0
    click(page, dark)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(dark).to_have_attribute("aria-pressed", "true")
    assert page.url == f"{site}/careers/?q=engineer"
    assert page.evaluate("scrollY") == before
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_pages_seen_before_have_the_new_colors_after_back(page: Page, site):
    page.goto(f"{site}/careers/")
    page.goto(f"{site}/paths/")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.go_back()
    expect(page).to_have_url(f"{site}/careers/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_without_a_script_the_colors_keep_the_search(page_without_javascript: Page, site):
    page = page_without_javascript
    page.goto(site + LISTED)
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url == site + LISTED


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("address", ["/careers/ml-engineer/", "/careers/map/"])
def test_what_was_counted_is_in_sight_and_has_the_focus(open_page, site, address, script):
    page = open_page(java_script_enabled=script, viewport={"width": 360, "height": 740})
    page.goto(site + address)
    page.get_by_label("You come from").select_option("Data scientist")
    page.get_by_label(re.compile("ours a week")).fill("5")
    page.get_by_role("button", name="Calculate for me").click()
    expect(page).to_have_url(re.compile(r"from=data-scientist&pace=5#for-you$"))
    answer = page.locator("#for-you")
    expect(answer).to_be_in_viewport()
    expect(page.locator("#for-you:focus, #for-you:target")).to_have_count(1)
    expect(answer).to_contain_text(re.compile(r"data scientist", re.IGNORECASE))


def test_a_wheel_over_a_number_changes_nothing(page: Page, site):
    for address, label in (
        ("/careers/", "Hours a week"),
        ("/careers/ml-engineer/", "Hours a week"),
        ("/careers/compare/?r=ml-engineer&r=mlops-engineer", "Your hours a week"),
    ):
        page.goto(site + address)
        if page.locator(".chooser").count():
            page.locator(".chooser summary").click()
        pace = page.get_by_label(re.compile(label))
        pace.fill("10")
        pace.focus()
        box = pace.bounding_box()
        page.mouse.move(box["x"] + 5, box["y"] + 5)
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(200)
        expect(pace).to_have_value("10")
        pace.fill("1,5")
        expect(pace).to_have_value("1,5")


def test_the_title_and_the_paper_follow_the_search(page: Page, site):
    page.goto(f"{site}/careers/?q=security")
    expect(page).to_have_title("Security: 2 AI roles")
    page.get_by_label("Job title or keyword").fill("mlops")
    expect(page).to_have_title("Mlops: 1 AI role")
    page.emulate_media(media="print")
    told = page.evaluate("getComputedStyle(document.querySelector('main'), '::after').content")
    assert f"{site}/careers/?q=mlops" in told
    expect(page.locator(".chosen")).to_contain_text("mlops")
    page.goto(f"{site}/careers/decode/?title=AI+Engineer")
    expect(page).to_have_title("AI Engineer: what this AI job title means")
    expect(page.get_by_role("status")).to_contain_text("most likely Applied GenAI Engineer")
