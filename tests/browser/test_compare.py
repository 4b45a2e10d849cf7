"""Roles side by side in a browser: wide and narrow, light and dark, with and without a script."""

import pytest
from playwright.sync_api import Page, expect

from careers.models import CatalogVersion
from tests.examples import sample

TWO = "/careers/compare/?r=ml-engineer&r=mlops-engineer"
THREE = "/careers/compare/?r=applied-genai-engineer&r=ai-solutions-architect&r=ai-researcher"
STATES = [
    "/careers/compare/",
    "/careers/compare/?r=ml-engineer&r=nobody",
    TWO,
    f"{THREE}&from=data-scientist&pace=5",
    f"{THREE}&r=prompt-engineer&r=ml-enginer&r=ai-researcher&pace=900",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}


def width(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


def test_no_state_has_a_barrier_open_or_folded(page, site, barriers):
    for state in sample(STATES, 2):
        page.goto(site + state)
        assert not barriers(page), state
        if page.locator(".chooser").count():
            page.locator(".chooser summary").click()
            assert not barriers(page), f"{state}, unfolded"


def test_no_state_scrolls_sideways(page, site):
    for state in STATES:
        page.goto(site + state)
        for at in (320, 360, 768, 1024, 1280):
            page.set_viewport_size({"width": at, "height": 800})
            assert width(page) <= at, (state, at)


@pytest.mark.parametrize("at", [320, 800, 1280])
def test_long_titles_push_nothing_wide(open_page, transactional_db, live_server, catalog, at):
    word = "W" * 60
    path = catalog.path(title=word)
    background = catalog.background(slug="here", title=word, summary=word)
    background.knows.set(path.lessons.all())
    for slug in "abc":
        split = [{"share": 100, "activity": word}]
        role = catalog.role(slug, title=f"{slug}{word}", paths=[path], time_split=split)
        role.salary_bands.update(region=word)
        role.daily_work = role.not_for_you_if = [word]
        role.save()
    CatalogVersion.rise()
    page = open_page(viewport={"width": at, "height": 800})
    page.goto(f"{live_server.url}/careers/compare/?r=a&r=b&r=c&from=here&pace=3")
    page.locator(".chooser summary").click()
    assert width(page) <= at


TOPS = "all => all.map(e => Math.round(e.getBoundingClientRect().top))"


def test_on_a_narrow_page_each_value_is_below_its_criterion_and_named(open_page, site):
    page = open_page(viewport=NARROW)
    page.goto(site + THREE)
    row = page.locator("#pay")
    tops = row.locator("> *").evaluate_all(TOPS)
    assert len(tops) == 4
    assert tops == sorted(set(tops))
    names = row.locator("> td > .of")
    expect(names).to_have_text(
        ["Applied GenAI Engineer", "AI Solutions Architect", "AI Researcher"]
    )
    assert all(box["height"] > 10 for box in (each.bounding_box() for each in names.all()))


def test_on_a_narrow_page_short_facts_stand_side_by_side_below_the_names(open_page, site):
    page = open_page(viewport=NARROW)
    page.goto(f"{site}{THREE}&from=data-scientist&pace=5")
    for row in ("#figure", "#hours", "#weeks", "#entry"):
        cells = page.locator(f"{row} > td")
        assert len(set(cells.evaluate_all(TOPS))) == 1, row
        lefts = "all => all.map(e => Math.round(e.getBoundingClientRect().left))"
        heads = page.locator(".compare thead th:not(:first-child)").evaluate_all(lefts)
        assert cells.evaluate_all(lefts) == heads, row


def test_on_a_wide_page_values_stand_beside_each_other(page, site):
    page.goto(site + THREE)
    cells = page.locator("#pay > *")
    assert len(set(cells.evaluate_all("all => all.map(e => e.getBoundingClientRect().top)"))) == 1


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_to_a_screen_reader_it_stays_a_table(open_page, site, viewport):
    page = open_page(viewport=viewport)
    page.goto(site + TWO)
    table = page.get_by_role("table", name="2 roles side by side")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["What is compared", "ML ML Engineer", "MO MLOps Engineer"], use_inner_text=False
    )
    expect(table.get_by_role("rowheader", name="Pay", exact=True)).to_be_attached()
    pay = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Pay", exact=True))
    expect(pay.get_by_role("cell")).to_have_count(2)


def test_the_names_stay_in_sight_and_cover_nothing_that_has_the_focus(page, site):
    page.goto(f"{site}{THREE}")
    links = page.locator(".compare td a")
    links.last.focus()
    for _ in range(links.count() - 1):
        page.keyboard.press("Shift+Tab")
        names = page.locator(".compare thead").bounding_box()
        link = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert names["y"] <= 0 or link > names["y"]
        assert link >= names["y"] + names["height"]


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_what_can_be_pressed_is_large_enough(open_page, site, viewport):
    page = open_page(viewport=viewport)
    page.goto(site + TWO)
    page.locator(".chooser summary").click()
    pressed = page.locator(
        ".chosen a, .chooser summary, .compare thead a, .roles :is(select, input, button)"
    )
    sizes = pressed.evaluate_all("all => all.map(e => e.getBoundingClientRect().toJSON())")
    assert len(sizes) == 2 + 1 + 2 + 6
    assert all(size["height"] >= 44 and size["width"] >= 44 for size in sizes)


def test_without_a_script_roles_are_chosen_swapped_and_dropped(page_without_javascript, site):
    page = page_without_javascript
    page.goto(f"{site}/careers/ml-engineer/")
    page.get_by_role("link", name="Compare it with another role").click()
    page.get_by_label("Second role").select_option("MLOps Engineer")
    page.get_by_label("You come from").select_option("Data scientist")
    page.get_by_label("Your hours a week").fill("5")
    page.get_by_role("button", name="Compare").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("ML Engineer or MLOps Engineer?")
    expect(page.locator("#weeks > th")).to_contain_text("At 5")
    page.locator(".chooser summary").click()
    page.get_by_label("Third role").select_option("AI Researcher")
    page.get_by_role("button", name="Compare").click()
    expect(heading).to_have_text("ML Engineer, MLOps Engineer or AI Researcher?")
    page.locator(".chosen a").first.click()
    expect(heading).to_have_text("MLOps Engineer or AI Researcher?")
    expect(page.locator("#weeks > th")).to_contain_text("At 5")


def test_on_paper_the_roles_still_stand_side_by_side(open_page, site):
    page = open_page(viewport={"width": 718, "height": 1000})  # A4 without its margins
    page.goto(site + THREE)
    page.emulate_media(media="print")
    cells = page.locator("#pay > td")
    assert len(set(cells.evaluate_all("all => all.map(e => e.getBoundingClientRect().top)"))) == 1
    expect(page.locator(".chooser")).to_be_hidden()
