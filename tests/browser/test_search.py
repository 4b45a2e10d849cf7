"""Finding a role as one types, with Back, with the keyboard, and with no script at all."""

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

CARD = ".role-card"
SLOW = 1.5  # seconds an overtaken answer takes


def titles(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(f"{CARD} h3 a").all_inner_texts()]


def test_results_follow_what_is_typed_and_the_address_with_them(page: Page, site):
    page.goto(f"{site}/careers/")
    page.get_by_label("Job title or keyword").press_sequentially("mlops", delay=20)
    expect(page.locator(CARD)).to_have_count(1)
    expect(page).to_have_url(f"{site}/careers/?q=mlops")
    expect(page.get_by_role("status").first).to_have_text("1 of 10 roles: “mlops”")
    expect(page.get_by_label("Job title or keyword")).to_be_focused()
    expect(page.get_by_label("Job title or keyword")).to_have_value("mlops")


def test_what_is_shown_already_is_not_put_into_the_history_again(page: Page, site):
    page.goto(f"{site}/careers/")
    field = page.get_by_label("Job title or keyword")
    before = page.evaluate("history.length")
    field.fill("mlops")
    expect(page).to_have_url(f"{site}/careers/?q=mlops")
    for key in ("Enter", "Tab", "Shift+Tab", "Enter"):
        page.keyboard.press(key)
        page.wait_for_timeout(400)  # for an answer, which may or may not come
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page).to_have_url(f"{site}/careers/")
    expect(field).to_have_value("")


def test_an_answer_changes_nothing_that_is_being_typed(page: Page, site):
    """A pace that is too high is reported and stays in its field; other fields still work."""
    page.goto(f"{site}/careers/")
    pace = page.get_by_label("Hours a week")
    pace.press_sequentially("12", delay=500)
    expect(page).to_have_url(f"{site}/careers/?pace=12")
    expect(page.locator(CARD).first).to_contain_text("at 12\N{NO-BREAK SPACE}h a week")
    expect(pace).to_be_focused()
    pace.press_sequentially("0")
    expect(page.get_by_text("“pace=120” is left out.")).to_be_visible()
    expect(pace).to_have_value("120")
    page.get_by_label("Job title or keyword").fill("mlops")
    expect(page.locator(CARD)).to_have_count(1)
    expect(pace).to_have_value("120")


def test_a_choice_keeps_the_focus(page: Page, site):
    page.goto(f"{site}/careers/")
    page.get_by_text("Path, hours, pay and order").click()
    for label in ("You come from", "Path", "Hours in all", "Order"):
        choice = page.get_by_label(label, exact=True)
        choice.focus()
        page.keyboard.press("ArrowDown")
        expect(choice).not_to_have_value("")
        page.wait_for_timeout(400)  # until the answer has arrived
        expect(choice).to_be_focused()
    assert page.url.count("=") == 4


def test_an_overtaken_answer_never_wins(page: Page, site):
    page.goto(f"{site}/careers/")
    overtaken: list[str] = []

    def slow(route: Route) -> None:
        overtaken.append(route.request.url)
        answer = route.fetch()
        time.sleep(SLOW)
        route.fulfill(response=answer)

    page.route(re.compile(r"q=prod($|&)"), slow)
    field = page.get_by_label("Job title or keyword")
    field.fill("prod")
    page.wait_for_timeout(400)  # the request is on its way
    field.fill("mlops")
    expect(page.locator(CARD)).to_have_count(1)
    page.wait_for_timeout(SLOW * 1000 + 500)
    assert overtaken
    assert titles(page) == ["MLOps Engineer"]
    expect(page).to_have_url(f"{site}/careers/?q=mlops")


def test_choosing_twice_in_a_row_keeps_both_choices(page: Page, site):
    page.goto(f"{site}/careers/")
    page.get_by_text("Path, hours, pay and order").click()
    page.get_by_label("Path", exact=True).select_option("rag")
    page.get_by_label("Order", exact=True).select_option("title")
    expect(page).to_have_url(f"{site}/careers/?path=rag&sort=title")
    expect(page.get_by_label("Path", exact=True)).to_have_value("rag")
    assert titles(page) == sorted(titles(page), key=str.casefold)


def test_back_restores_the_earlier_results_and_the_field(page: Page, site):
    page.goto(f"{site}/careers/")
    field = page.get_by_label("Job title or keyword")
    field.fill("security")
    expect(page).to_have_url(f"{site}/careers/?q=security")
    field.fill("mlops")
    expect(page).to_have_url(f"{site}/careers/?q=mlops")
    page.go_back()
    expect(page).to_have_url(f"{site}/careers/?q=security")
    expect(page.get_by_label("Job title or keyword")).to_have_value("security")
    expect(page.locator(f"{CARD} h3 a").first).to_have_text("AI Security Specialist")
    page.go_back()
    expect(page.get_by_label("Job title or keyword")).to_have_value("")
    expect(page.locator(CARD)).to_have_count(10)


def test_where_one_comes_from_is_read_in_full(page: Page, site):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site}/careers/?from=data-analyst")
    field = page.get_by_label("You come from")
    needed = field.evaluate("""field => {
        const style = getComputedStyle(field), canvas = document.createElement("canvas");
        const context = canvas.getContext("2d");
        context.font = `${style.fontSize} ${style.fontFamily}`;
        return context.measureText(field.selectedOptions[0].label).width;
    }""")
    assert field.bounding_box()["width"] > needed + 40  # an edge, and the sign that it opens
    others = [page.locator(f"#search > .field {each}") for each in ("#q", "button")]
    tops = [each.bounding_box()["y"] for each in (field, *others)]
    assert max(tops) - min(tops) < 1, "all in one row"


def test_back_from_a_role_restores_them_too(page: Page, site):
    page.goto(f"{site}/careers/")
    page.get_by_label("You come from").select_option("sre-devops")
    expect(page).to_have_url(f"{site}/careers/?from=sre-devops")
    page.locator(f"{CARD} h3 a").first.click()
    expect(page).to_have_url(re.compile(r"from=sre-devops"))
    page.go_back()
    expect(page.get_by_label("You come from")).to_have_value("sre-devops")
    expect(page.get_by_role("status").first).to_contain_text("with a documented way in")


def test_roles_are_put_aside_without_losing_the_place(page: Page, site):
    page.goto(f"{site}/careers/")
    link = page.get_by_role("link", name="Compare MLOps Engineer", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Don’t compare MLOps Engineer")).to_be_focused()
    page.get_by_role("link", name="Compare ML Engineer", exact=True).click()
    expect(page).to_have_url(f"{site}/careers/?r=mlops-engineer&r=ml-engineer")
    page.get_by_label("Job title or keyword").fill("vision")
    expect(page).to_have_url(f"{site}/careers/?q=vision&r=mlops-engineer&r=ml-engineer")
    page.get_by_role("link", name="Compare 2 roles").click()
    expect(page).to_have_url(re.compile(r"/careers/compare/\?r=mlops-engineer&r=ml-engineer"))


def test_the_focus_stays_in_the_tray_while_roles_are_taken_off(page: Page, site):
    page.goto(f"{site}/careers/?r=mlops-engineer&r=ml-engineer&r=ai-researcher")
    tray = page.get_by_role("complementary", name="To compare")
    tray.get_by_role("link", name="Remove AI Researcher").focus()
    page.keyboard.press("Enter")
    expect(tray.get_by_role("link", name="Compare 2 roles")).to_be_focused()
    tray.get_by_role("link", name="Remove MLOps Engineer").focus()
    page.keyboard.press("Enter")
    expect(tray.get_by_role("link", name="Remove ML Engineer")).to_be_focused()


@pytest.mark.parametrize("size", [(320, 568), (320, 256), (1280, 800)])
def test_the_tray_leaves_the_page_in_sight(open_page, site, size):
    width, height = size
    page = open_page(viewport={"width": width, "height": height})
    page.goto(f"{site}/careers/?r=applied-genai-engineer&r=ai-solutions-architect&r=ai-researcher")
    page.mouse.wheel(0, 1500)
    tray = page.locator(".tray")
    box = tray.bounding_box()
    assert box["y"] >= 0.7 * height
    for link in tray.get_by_role("link").all():
        assert link.bounding_box()["height"] >= 44
        assert link.bounding_box()["width"] >= 44


def test_the_same_without_a_script(page_without_javascript: Page, site):
    page = page_without_javascript
    page.goto(f"{site}/careers/")
    page.get_by_label("Job title or keyword").fill("mlops")
    page.get_by_label("You come from").select_option("sre-devops")
    page.get_by_role("button", name="Show roles").click()
    assert titles(page) == ["MLOps Engineer"]
    expect(page.get_by_label("Job title or keyword")).to_have_value("mlops")
    page.get_by_role("link", name="Compare MLOps Engineer", exact=True).click()
    expect(page.get_by_role("complementary", name="To compare")).to_contain_text("MLOps Engineer")
    page.get_by_role("link", name=re.compile("From SRE")).click()
    expect(page.get_by_label("You come from")).to_have_value("")
    expect(page.get_by_role("complementary", name="To compare")).to_contain_text("MLOps Engineer")
    page.get_by_label("Job title or keyword").fill("zzz")
    page.get_by_role("button", name="Show roles").click()
    expect(page.get_by_text("No role fits all of this.")).to_be_visible()
    page.get_by_role("link", name="Without “zzz”").click()
    expect(page.locator(CARD)).to_have_count(10)
    page.go_back()
    expect(page.get_by_label("Job title or keyword")).to_have_value("zzz")


def test_a_title_is_decoded_as_one_types_and_without_a_script(open_page, site):
    for settings in ({}, {"java_script_enabled": False}):
        page = open_page(**settings)
        page.goto(f"{site}/careers/decode/")
        page.get_by_label("Title of the ad").fill("Senior LLM Engineer (m/w/d)")
        if settings:
            page.get_by_role("button", name="Look it up").click()
        expect(page.locator("#meaning .role-card h3 a").first).to_have_text(
            "Applied GenAI Engineer"
        )
        expect(page).to_have_url(re.compile(r"title=Senior"))


def test_a_part_that_can_not_be_fetched_is_said_and_nothing_is_lost(open_page, site):
    page = open_page(refused=True)
    page.goto(f"{site}/careers/")
    field = page.get_by_label("Job title or keyword")
    page.context.set_offline(True)
    field.fill("vision")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("You are offline. What you see may be out of date.")
    expect(page.locator(CARD)).to_have_count(10)
    expect(field).to_have_value("vision")
    page.context.set_offline(False)
    page.route(re.compile("q=vision"), lambda route: route.fulfill(status=500, body="broken"))
    page.get_by_role("button", name="Show roles").click()
    expect(alert).to_contain_text("Something broke on our side.")
    page.unroute_all()
    page.get_by_role("button", name="Show roles").click()
    expect(page.locator(CARD)).to_have_count(1)
    expect(alert).to_have_count(0)
