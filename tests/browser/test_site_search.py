"""The search of the whole site, by keyboard, as one types, and without a script."""

import re

from playwright.sync_api import expect


def test_a_slash_leads_to_it_from_any_page(page, site):
    page.goto(f"{site}/paths/")
    page.keyboard.press("/")
    page.wait_for_url(f"{site}/search/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("embeding")
    expect(page.locator("#found")).to_contain_text("result")
    expect(page.locator("#results")).to_contain_text("“embeding” was read as “embedding”.")
    expect(page).to_have_url(re.compile(r"\?q=embeding$"))
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    assert page.evaluate("getSelection().toString()") == "embeding"


def test_who_types_a_slash_gets_one(page, site):
    page.goto(f"{site}/careers/")
    field = page.get_by_label("Job title or keyword")
    field.press_sequentially("AI/ML")
    expect(field).to_have_value("AI/ML")
    page.locator("body").press("Control+/")
    assert "/search/" not in page.url


def test_the_key_can_be_turned_off(page, site):
    """Speech input can press keys by mistake, so WCAG 2.1.4 asks for a way to turn them off."""
    page.goto(f"{site}/search/")
    setting = page.locator("#slash")
    page.get_by_role("button", name="Turn it off").press("Enter")
    expect(setting).to_contain_text("The “/” key is turned off.")
    page.goto(f"{site}/paths/")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.url == f"{site}/paths/"
    expect(page.locator("[aria-keyshortcuts]")).to_have_count(0)
    page.goto(f"{site}/search/")
    page.get_by_role("button", name="Turn it on").click()
    expect(setting).to_contain_text("Press “/” on any page to come here.")
    page.goto(f"{site}/paths/")
    page.keyboard.press("/")
    page.wait_for_url(f"{site}/search/")
    assert page.context.cookies() == []


def test_a_screen_that_is_only_touched_is_told_of_no_key(site, browser):
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{site}/search/")
    expect(page.locator("#slash")).to_be_hidden()
    context.close()


def test_where_nothing_can_be_kept_the_key_does_nothing(page, site):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})"
    )
    page.goto(f"{site}/search/")
    expect(page.locator("#slash")).to_be_hidden()
    page.goto(f"{site}/paths/")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.url == f"{site}/paths/"


def test_it_needs_no_script(open_page, site):
    page = open_page(java_script_enabled=False)
    page.goto(site)
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("gradient descent")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="gradient descent", exact=True).first.click()
    expect(page).to_have_url(f"{site}/glossary/#gradient-descent")
