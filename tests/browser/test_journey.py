"""From the start page to the first lesson: by mouse, by keyboard, and without scripts."""

from bs4 import BeautifulSoup
from playwright.sync_api import expect

from careers.models import Role
from paths.models import Lesson


def test_from_home_to_the_first_lesson_with_the_card_in_place(page, site):
    page.goto(site)
    page.get_by_role("link", name="Find your role").first.click()
    expect(page.locator(".role-card")).to_have_count(10)
    card = page.locator("#applied-genai-engineer")
    card.get_by_role("link", name="Show the roadmap").click()
    start = card.locator(".roadmap").get_by_role("link", name="Start:")
    expect(start).to_contain_text(f"{Lesson.objects.get(number=201).minutes} min")
    assert page.url == f"{site}/careers/", "the card opens in place"
    start.click()
    expect(page.locator("h1")).to_have_text("A prompt is a program with a spec")


def test_from_home_to_the_first_lesson_without_javascript(page_without_javascript, site):
    page = page_without_javascript
    page.goto(site)
    page.get_by_role("link", name="Find your role").first.click()
    page.locator("#applied-genai-engineer").get_by_role("link", name="Show the roadmap").click()
    assert page.url == f"{site}/careers/applied-genai-engineer/"
    start = page.locator(".roadmap").get_by_role("link", name="Start:")
    expect(start).to_contain_text(f"{Lesson.objects.get(number=201).minutes} min")
    start.click()
    expect(page.locator("h1")).to_have_text("A prompt is a program with a spec")


def test_an_opened_card_has_the_focus_and_can_be_closed(page, site):
    page.goto(f"{site}/careers/")
    card = page.locator("#ml-engineer")
    card.get_by_role("link", name="Show the roadmap").click()
    summary = card.locator("summary").first
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.locator(".roadmap")).to_be_hidden()


def tab_to(page, name: str, most: int = 80) -> None:
    """Press Tab until a link has the focus whose text contains the name."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.closest('a')?.textContent ?? ''"):
            return
    raise AssertionError(f"{most} presses of Tab don't reach “{name}”")


def test_the_whole_journey_by_keyboard_alone(page, site):
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, "Find your role")
    page.keyboard.press("Enter")
    page.wait_for_url("**/careers/")
    tab_to(page, "Show the roadmap of Applied GenAI Engineer")
    page.keyboard.press("Enter")
    expect(page.locator("#applied-genai-engineer summary").first).to_be_focused()
    tab_to(page, "Start: A prompt is a program with a spec")
    page.keyboard.press("Enter")
    page.wait_for_url("**/paths/prompt-engineering/a-prompt-is-a-program/")


def test_a_solution_opens_without_javascript(page_without_javascript, site):
    page = page_without_javascript
    page.goto(f"{site}/paths/prompt-engineering/a-prompt-is-a-program/")
    fold = page.locator("details.fold")
    expect(fold.locator("pre").first).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("pre").first).to_be_visible()


def test_colors_are_chosen_without_javascript(page_without_javascript, site):
    page = page_without_javascript
    page.goto(f"{site}/careers/")
    page.get_by_role("button", name="Dark").click()
    assert page.url == f"{site}/careers/"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_every_lesson_link_of_every_roadmap_answers(client, real_catalog):
    roles = Role.objects.published()
    assert roles.count() == 10
    for role in roles:
        card = BeautifulSoup(client.get(role.get_absolute_url()).content, "html.parser")
        links = [link["href"] for link in card.select(".roadmap .line:not(.further) a.go")]
        assert len(links) == role.steps.count()
        assert {client.get(link).status_code for link in links} == {200}
