"""Somebody who knows no YAML and has no shell writes a lesson, regrets it, and settles a conflict.

They are in the group of publishers, and have no other rights.
"""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from playwright.sync_api import expect

from careers import sync
from paths.models import LearningPath, Lesson
from tests.admin.editing import change_url
from tests.admin.forms.payloads import PAYLOADS
from tests.browser.conftest import AXE_FOR_EDITORS

ROLE = "roles/ml-engineer.yaml"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120" viewBox="0 0 300 120">'
    '<rect x="10" y="10" width="280" height="100" fill="#2a6"/></svg>\n'
)
TEXT = """\
## When a prompt is not enough

A prompt without a test is a wish. See [the next one](../first-promt/).

![Two boxes and an arrow](boxes.svg)

- [x] Written
- [ ] Tried

## Practice

Write one, and try it ten times.
"""
PICTURES = os.environ.get("WALK_PICTURES")  # a folder to keep screenshots in, if set


@pytest.fixture
def look():
    """A function that checks that a page fits its window, and keeps a screenshot in PICTURES."""

    def see(page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png")

    return see


@pytest.fixture
def publisher(open_page, live_server, transactional_db, files, settings):
    """A function that opens a page and signs a publisher in, on a site with a small catalog."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CATALOG_DIR = files.folder
    sync.apply(sync.read_catalog(files.folder), by="ada")
    user = User.objects.create_user("pat", password="a long password", is_staff=True)
    user.groups.add(Group.objects.get(name="publisher"))

    def sign_in(**options):
        page = open_page(base_url=live_server.url, **options)
        page.goto(reverse("admin:index"))
        page.get_by_label("Username:").fill("pat")
        page.get_by_label("Password:").fill("a long password")
        page.get_by_role("button", name="Log in").click()
        return page

    return sign_in


def settle(page) -> None:
    """Wait until the preview shows what was typed."""
    page.wait_for_timeout(350)
    page.wait_for_load_state("networkidle")


@pytest.mark.few(2)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_lesson_is_written_seen_published_regretted_and_undone(publisher, look, width):
    page = publisher(viewport={"width": width, "height": 800}, refused=True)
    look(page, "home")
    page.get_by_role("link", name="Learning paths", exact=True).last.click()
    page.get_by_role("link", name="Prompting").click()
    page.get_by_role("link", name="Add a lesson").click()

    preview = page.locator("#preview")
    expect(page.get_by_label("Number:")).to_have_value("202")
    expect(page.get_by_label("Position:")).to_have_value("2")
    page.get_by_label("Title:", exact=True).press_sequentially("Try it ten times")
    expect(page.get_by_label("Address:")).to_have_value("try-it-ten-times")
    page.get_by_label("Summary:").fill("Measure a prompt before you trust it.")
    page.get_by_label("Objectives:").fill("Measure a prompt")
    page.get_by_label("Practice minutes:").fill("20")
    page.get_by_label("Body:").fill(TEXT)
    expect(preview.get_by_role("heading", name="When a prompt is not enough")).to_be_visible()
    expect(preview).to_contain_text("leads to no page on this site; did you mean")
    expect(preview).to_contain_text("1 min to read")
    page.get_by_label("Reading minutes:").fill("1")
    picture = {"name": "boxes.svg", "mimeType": "image/svg+xml", "buffer": SVG.encode()}
    page.get_by_label("Add or replace:").set_input_files(picture)
    settle(page)
    look(page, "written")

    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist")).to_contain_text("leads to no page on this site")
    shown = preview.get_by_role("img", name="Two boxes and an arrow")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 300)
    look(page, "saved")
    address = Lesson.objects.get(number=202).get_absolute_url()
    assert page.request.get(address).status == 404

    page.get_by_label("Status:").select_option("published")
    settle(page)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("link", name="View on site").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Try it ten times")
    public = page.get_by_role("img", name="Two boxes and an arrow")
    public.scroll_into_view_if_needed()
    expect(public).to_have_js_property("naturalWidth", 300)
    look(page, "public")

    page.go_back()
    page.get_by_role("link", name="History").first.click()
    look(page, "history")
    page.get_by_role("link", name="Undo this").first.click()
    look(page, "undo")
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator(".messagelist .success")).to_contain_text("was undone")
    assert page.request.get(address).status == 404
    assert Lesson.objects.get(number=202).body == TEXT.strip()


@pytest.mark.few(2)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_conflict_is_met_and_settled(publisher, look, files, width):
    page = publisher(viewport={"width": width, "height": 800})
    page.get_by_role("link", name="Roles", exact=True).last.click()
    page.get_by_role("link", name="ML Engineer").click()
    step = page.get_by_role("group", name="Step 2", exact=True)
    step.get_by_label("Why:").fill("The editor’s reason.")
    settle(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    files.change(ROLE, "why: It comes second.", "why: The file’s reason.")

    page.goto(reverse("admin:index"))
    expect(page.get_by_role("heading", name="1 thing has conflicts")).to_be_visible()
    look(page, "conflict-home")
    page.goto(change_url(LearningPath.objects.first()))
    page.locator(".conflict-alert").get_by_role("link", name="Review and choose").click()
    conflict = page.get_by_role("group", name="steps › RAG › why")
    expect(conflict).to_contain_text("The file’s reason.")
    look(page, "conflict")
    conflict.get_by_label("Keep what is here").check()
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator(".conflict-alert")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("None: the two sides agree")
    page.goto("/careers/ml-engineer/")
    expect(page.locator("main")).to_contain_text("The editor’s reason.")


def test_what_is_new_has_no_barrier(publisher, files, barriers):
    page = publisher(viewport={"width": 1280, "height": 800}, refused=True)
    role = reverse("admin:careers_role_changelist")
    files.change(ROLE, "code:", "cod:")
    page.goto(reverse("admin:index"))
    expect(page.get_by_role("heading", name="problem in the files")).to_be_visible()
    assert not barriers(page, asked=AXE_FOR_EDITORS)
    page.goto(role)
    page.get_by_label("Select all").check()
    page.get_by_label("Action:").select_option("retire")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Retire 2 of 2")
    assert not barriers(page, asked=AXE_FOR_EDITORS)
    page.goto(change_url(LearningPath.objects.get(slug="rag")))
    page.get_by_label("Title:", exact=True).fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("region", name="Nothing is saved yet")).to_be_focused()
    assert not barriers(page, asked=AXE_FOR_EDITORS)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nothing is lost")
    assert not barriers(page, asked=AXE_FOR_EDITORS)


def test_nothing_that_is_typed_runs(publisher):
    """A violation of the content security policy would show on the console and fail the test."""
    page = publisher(viewport={"width": 1280, "height": 800})
    page.add_init_script("window.boom = () => { window.ran = true; }")
    page.goto(change_url(Lesson.objects.get(number=201)))
    page.get_by_label("Body:").fill("\n\n".join(PAYLOADS))
    page.get_by_label("Title:", exact=True).fill("<img src=x onerror=boom()>")
    expect(page.locator("#preview .prose")).to_contain_text("<script>boom()</script>")
    settle(page)
    assert not page.evaluate("window.ran")
    assert not page.locator("#preview :is(script, img, iframe, form)").count()
