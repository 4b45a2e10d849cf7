"""The home page: three ways in beside a live map, and a lesson four taps away."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}


def test_a_title_is_decoded_in_place(page, site):
    page.goto(site)
    page.get_by_label("I have a job title").fill("Senior LLM Engineer")
    page.get_by_role("button", name="What is it?").click()
    expect(page.locator("#meaning h3 a").first).to_have_text("Applied GenAI Engineer")
    expect(page.get_by_role("status").first).to_contain_text("most likely Applied GenAI Engineer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which AI job is yours?")


@pytest.mark.parametrize("size", [(360, 780), (1280, 720)], ids=str)
def test_the_meaning_of_a_title_is_in_sight_and_in_the_address(open_page, site, size):
    page = open_page(viewport=dict(zip(("width", "height"), size, strict=True)))
    page.goto(site)
    page.get_by_label("I have a job title").fill("LLM Engineer")
    page.get_by_role("button", name="What is it?").click()
    answer = page.locator("#meaning h3 a").first
    expect(answer).to_be_in_viewport()
    expect(page.get_by_label("I have a job title")).to_be_in_viewport()
    expect(page).to_have_url(f"{site}/careers/decode/?title=LLM%20Engineer")
    expect(page).to_have_title(re.compile("LLM Engineer: what this AI job title means"))
    page.keyboard.press("Tab")
    expect(answer).to_be_focused()
    answer.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Engineer"))
    page.go_back()
    expect(page.locator("#meaning h3 a").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(f"{site}/")
    expect(page.locator("#meaning")).to_be_empty()


def test_no_title_is_asked_for(page, site):
    page.goto(site)
    page.get_by_role("button", name="What is it?").click()
    expect(page.get_by_label("I have a job title")).to_be_focused()
    expect(page).to_have_url(f"{site}/")


def test_roles_are_sorted_in_place_and_back_again(open_page, site):
    page = open_page(viewport=PHONE)
    page.goto(site)
    first = page.locator("#roles h3 a").first
    expect(first).to_have_text(re.compile("Applied GenAI Engineer"))
    page.get_by_label("I come from").select_option("SRE or DevOps engineer")
    expect(first).to_have_text(re.compile("MLOps Engineer"))
    expect(page.locator("#roles h2")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"\?from=sre-devops$"))
    page.go_back()
    expect(first).to_have_text(re.compile("Applied GenAI Engineer"))


def test_without_a_script_the_doors_lead_to_the_same(page_without_javascript, site):
    page = page_without_javascript
    page.goto(site)
    page.get_by_label("I come from").select_option("SRE or DevOps engineer")
    page.get_by_role("button", name="Sort the roles").click()
    expect(page).to_have_url(re.compile(r"\?from=sre-devops#roles$"))
    expect(page.locator("#roles h2")).to_be_in_viewport()
    expect(page.locator("#roles h3 a").first).to_have_text(re.compile("MLOps Engineer"))
    page.get_by_label("I have a job title").fill("LLM Engineer")
    page.get_by_role("button", name="What is it?").click()
    expect(page).to_have_url(re.compile(r"/careers/decode/\?from=sre-devops&title=LLM"))
    page.go_back()
    page.get_by_role("link", name="All roles").click()
    expect(page).to_have_url(re.compile(r"/careers/\?from=sre-devops$"))


def test_a_lesson_that_fits_is_four_taps_away(open_page, site):
    """The first two taps open the list of backgrounds and choose one."""
    page = open_page(viewport=PHONE, has_touch=True)
    page.goto(site)
    page.get_by_label("I come from").select_option("Data scientist")
    role = page.locator("#roles h3 a").first
    expect(page.locator("#roles h2")).to_contain_text("From data scientist")
    role.tap()
    page.locator("a.go", has_text="Start").first.tap()
    expect(page.locator(".lesson")).to_be_visible()
    assert "from=data-scientist" in page.url


@pytest.mark.parametrize("size", [(360, 740), (1280, 900), (1920, 1080)], ids=str)
def test_the_first_screen_has_a_way_in(open_page, site, size):
    page = open_page(viewport=dict(zip(("width", "height"), size, strict=True)))
    page.goto(site)
    expect(page.get_by_label("I have a job title")).to_be_in_viewport()
    expect(page.get_by_label("I come from")).to_be_in_viewport()
    if size[0] > 1000:
        expect(page.locator(".map tbody a").first).to_be_in_viewport()
        expect(page.get_by_role("link", name="All roles")).to_be_in_viewport()


@pytest.mark.parametrize("address", ["/", "/careers/"])
def test_links_around_what_was_swapped_follow_what_was_said(page, site, address):
    page.goto(site + address)
    origin = page.locator("#from")
    around = page.get_by_role("link", name="Map", exact=True)
    origin.select_option("data-scientist")
    expect(page).to_have_url(re.compile("from=data-scientist"))
    expect(around).to_have_attribute("href", "/careers/map/?from=data-scientist")
    origin.select_option("")
    expect(page).to_have_url(site + address)
    expect(around).to_have_attribute("href", "/careers/map/")


def test_a_link_from_another_background_stays_that_whatever_is_chosen(page, site):
    page.goto(site)
    page.get_by_label("I have a job title").fill("Data analyst")
    page.get_by_role("button", name="What is it?").click()
    nearest = page.get_by_role("link", name="the nearest roles from data analyst")
    expect(nearest).to_have_attribute("href", "/careers/?from=data-analyst")
    around = page.get_by_role("link", name="Map", exact=True)
    for chosen, address in (
        ("data-scientist", "/careers/map/?from=data-scientist"),
        ("", "/careers/map/"),
    ):
        page.locator("#from").select_option(chosen)
        expect(around).to_have_attribute("href", address)
        expect(nearest).to_have_attribute("href", "/careers/?from=data-analyst")


def test_the_other_door_knows_what_was_said(page, site):
    page.goto(site)
    page.get_by_label("I come from").select_option("Data scientist")
    expect(page).to_have_url(re.compile("from=data-scientist"))
    page.get_by_label("I have a job title").fill("LLM Engineer")
    page.get_by_role("button", name="What is it?").click()
    answer = page.locator("#meaning h3 a").first
    expect(answer).to_have_attribute("href", re.compile("from=data-scientist"))
    expect(page).to_have_url(re.compile(r"/careers/decode/\?from=data-scientist&title=LLM"))


def test_arrows_leave_a_list_in_sight(page, site):
    page.goto(site)
    origin = page.get_by_label("I come from")
    origin.focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("from="))
    expect(origin).to_be_in_viewport()
    expect(origin).to_be_focused()


def test_the_focus_outlives_the_last_role_of_the_tray(page, site):
    page.goto(f"{site}/careers/?r=ml-engineer")
    page.get_by_role("link", name="Remove ML Engineer").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/careers/")
    expect(page.locator("#aside-1")).to_be_focused()
