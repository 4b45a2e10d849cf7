"""A learner on a phone, without an account: today, tomorrow, and on another device."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from careers.pages.plan import kept

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SUNDAY = datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)


def cookies(page: Page) -> list[str]:
    """Return the plans that the browser keeps in cookies."""
    found = page.context.cookies()
    return [each["value"] for each in found if each["name"].startswith(kept.COOKIE)]


def finish(page: Page) -> None:
    """Press “Done”, and wait until the lesson is done."""
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.locator("#place")).to_contain_text("so far")


def go_on(page: Page) -> None:
    page.locator("#place, section.here").get_by_role("link", name="Continue").click()


def start_a_road(page: Page, site: str) -> None:
    page.goto(site)
    page.locator(".lines").get_by_role("link", name="ML Engineer").click()
    page.get_by_role("button", name="Plan this roadmap").click()
    expect(page.locator("#place")).to_contain_text("Keep your place in this browser?")
    assert not cookies(page)
    page.get_by_role("button", name="Keep it here").click()
    expect(page).to_have_url(f"{site}/plan/")
    assert len(cookies(page)) == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_learner_today_tomorrow_and_on_another_device(open_page, site, time_machine, scripts):
    time_machine.move_to(SUNDAY)
    page = open_page(**PHONE, java_script_enabled=scripts)
    start_a_road(page, site)
    go_on(page)
    expect(page.locator("h1")).to_have_text("A model is a function with knobs")
    expect(page.locator("#on-line")).to_contain_text("lesson 1 of 53")
    finish(page)
    go_on(page)
    expect(page.locator("h1")).to_have_text("Walk downhill on the error")
    finish(page)

    time_machine.shift(datetime.timedelta(days=1))
    page.goto(f"{site}/plan/")
    expect(page.locator("section.here")).to_contain_text("of 53 lessons done")
    link = page.get_by_label("Your plan’s address").input_value()
    go_on(page)
    expect(page.locator("h1")).to_have_text("A baseline first")
    expect(page.locator("#on-line .done")).to_have_count(1)

    other = open_page(**PHONE, java_script_enabled=scripts)
    other.goto(f"{site}/paths/prompt-engineering/a-prompt-is-a-program/")
    other.get_by_role("button", name="Done", exact=True).click()
    other.get_by_role("button", name="Keep it here").click()
    other.goto(f"{site}/paths/rag/bm25-by-hand/")
    finish(other)
    other.goto(link)
    sides = other.locator(".sides > section")
    expect(sides).to_have_count(3)
    for side, lessons in enumerate(("2", "2", "4")):
        expect(sides.nth(side).locator("dd").first).to_have_text(lessons)
    other.get_by_role("button", name="Merge them").click()
    expect(other).to_have_url(f"{site}/plan/")
    expect(other.locator("section.here")).to_contain_text("of 53 lessons done")
    assert len(cookies(other)) == 1
    other.get_by_role("button", name="Forget everything").click()
    expect(other.get_by_role("link", name="Pick a role")).to_be_visible()
    assert not cookies(other)


def test_a_learner_who_keeps_nothing_goes_by_the_link(open_page, site, time_machine):
    time_machine.move_to(SUNDAY)
    page = open_page(**PHONE)
    page.goto(f"{site}/careers/ml-engineer/")
    page.get_by_role("button", name="Plan this roadmap").click()
    page.get_by_role("link", name="No, give me a link").click()
    expect(page.get_by_label("Your plan’s address")).to_be_in_viewport()
    expect(page.get_by_text("Keep your place in this browser?")).to_be_hidden()
    for _ in range(2):
        go_on(page)
        finish(page)
    assert not cookies(page)
    page.get_by_role("link", name="Plan", exact=True).click()
    saved = page.url
    page.context.clear_cookies()
    page.goto("about:blank")
    page.goto(saved)
    expect(page.locator("section.here dd").first).to_have_text("2")


def press(page: Page, role: str, name: str) -> None:
    """Move to an element with the Tab key, and press Enter."""
    thing = page.get_by_role(role, name=name).first
    for _ in range(120):
        page.keyboard.press("Tab")
        if thing.evaluate("each => each === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"no press of Tab reaches “{name}”")


def test_by_keyboard_alone(page, site, time_machine):
    time_machine.move_to(SUNDAY)
    page.goto(f"{site}/careers/ml-engineer/")
    press(page, "button", "Plan this roadmap")
    expect(page.locator("#place")).to_contain_text("Keep your place")
    press(page, "button", "Keep it here")
    expect(page).to_have_url(f"{site}/plan/")
    press(page, "link", "Continue")
    expect(page.locator("h1")).to_have_text("A model is a function with knobs")
    press(page, "button", "Done")
    on = page.locator("#place").get_by_role("link", name="Continue")
    expect(on).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Walk downhill on the error")


def test_done_is_said_where_one_is_and_asks_in_place(page, site):
    """A plan that isn't kept yet goes along with every link and form, until the learner chooses."""
    lesson = f"{site}/paths/rag/bm25-by-hand/"
    page.goto(f"{lesson}?pace=5")
    page.get_by_role("button", name="Done", exact=True).click()
    status = page.locator("#place [role=status]")
    expect(status).to_contain_text("Done. 1 lesson so far, not kept in this browser.")
    expect(status).to_be_focused()
    expect(page.get_by_role("button", name="Keep it here")).to_be_visible()
    assert page.url.startswith(f"{lesson}?plan=")
    assert page.url.endswith("&pace=5")
    assert page.evaluate("scrollY") > 0
    assert page.locator("form:not(:has([name=plan]))").count() == 0
    page.locator(".next-lesson a").click()
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.locator("section.here dd").first).to_have_text("1")
    assert not cookies(page)


def test_a_plan_that_another_tab_forgot_is_asked_about(page, site):
    start_a_road(page, site)
    go_on(page)
    page.context.clear_cookies()
    finish(page)
    expect(page.locator("#place")).to_contain_text("not kept in this browser")
    go_on(page)
    expect(page.locator("#on-line")).to_contain_text("lesson 2 of 53")
    expect(page.locator("#on-line .done")).to_have_count(1)


def test_a_page_that_was_fetched_ahead_knows_what_was_done_since(page, site):
    page.goto(f"{site}/careers/ml-engineer/")
    page.get_by_role("button", name="Plan this roadmap").click()
    page.get_by_role("button", name="Keep it here").click()
    go_on(page)
    page.locator("#on-line li").nth(1).get_by_role("link").hover()
    page.wait_for_timeout(500)
    finish(page)
    page.locator("#on-line li").nth(1).get_by_role("link").click()
    expect(page.locator("#on-line .done")).to_have_count(1)


# The event for a page shown again from the back/forward cache, which this browser doesn't have.
SHOWN_AGAIN = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"


def test_a_page_that_the_browser_kept_knows_after_back_what_was_done_since(page, site):
    start_a_road(page, site)
    lesson = page.context.new_page()
    lesson.goto(page.url)
    go_on(lesson)
    finish(lesson)
    page.evaluate(SHOWN_AGAIN)
    expect(page.locator("section.here dd").first).to_have_text("1")
    lesson.get_by_role("button", name="Forget everything").click()
    expect(lesson.get_by_role("link", name="Pick a role")).to_be_visible()
    page.evaluate(SHOWN_AGAIN)
    expect(page.get_by_role("link", name="Pick a role")).to_be_visible()


def test_a_page_that_had_no_plan_shows_after_back_the_one_begun_since(page, site):
    page.goto(f"{site}/careers/ml-engineer/")
    page.evaluate("window.isAsBefore = true")
    with page.expect_response(page.url):  # it asks the server, and doesn't reload
        page.evaluate(SHOWN_AGAIN)
    plan = page.get_by_role("navigation", name="Site").get_by_role("link", name="Plan")
    page.wait_for_timeout(200)
    assert page.evaluate("window.isAsBefore")
    expect(plan).to_have_count(0)
    start_a_road(page.context.new_page(), site)
    page.evaluate(SHOWN_AGAIN)
    expect(plan).to_be_visible()


def test_the_weeks_fit_on_a_sheet_of_paper(page, site):
    page.goto(f"{site}/plan/weeks/?plan=1.rml-engineer.p5.dAgUBAwDhXkA.18938y2")
    sheets = page.pdf(format="A4", print_background=True)
    assert sheets.count(b"/Type /Page\n") == 1
