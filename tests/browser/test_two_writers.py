"""Two writers at once, in a real browser: file against editor, and editor against editor."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from careers.models import Role
from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import apply_entries
from tests.browser.conftest import AXE_FOR_EDITORS
from tests.files import Files

ROLE = "roles/ml-engineer.yaml"


@pytest.fixture
def files(tmp_path, settings, transactional_db) -> Files:
    """A small applied catalog of which file and editor then changed the same title and step."""
    made = Files(tmp_path / "catalog")
    settings.CATALOG_DIR = made.folder
    apply_entries(read_files(made.folder))
    role = Role.objects.get(slug="ml-engineer")
    Role.objects.filter(pk=role.pk).update(title="The editor’s", not_taught="The editor’s.")
    role.steps.filter(path__slug="rag").update(why="The editor’s reason.")
    made.change(ROLE, "title: ML Engineer", "title: The file’s")
    made.change(ROLE, "why: It comes second.", "why: The file’s reason.")
    made.change(ROLE, "code: ML", "code: MX")
    return made


def walk_through(page) -> None:
    """From the admin's index: resolve two conflicts, one for each side, apply, and see the page."""
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Files and live edits").click()
    conflicts = page.get_by_role("region", name="Conflicts")
    expect(conflicts.locator("fieldset")).to_have_count(2)
    expect(page.get_by_role("button", name="Apply the files")).to_have_count(0)
    step = conflicts.locator("fieldset", has_text="The editor’s reason.")
    expect(step).to_contain_text("It comes second.")
    step.get_by_label("Keep what is here").press("Space")
    title = conflicts.locator("fieldset", has_text="ML Engineer")
    title.get_by_label("Take the file’s").press("Space")
    page.get_by_role("button", name="Resolve").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("2 conflicts were resolved")
    expect(conflicts).to_contain_text("None: the two sides agree")
    expect(page.get_by_role("region", name="What the files would change")).to_contain_text("MX")
    page.get_by_role("button", name="Apply the files").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("1 changed")
    page.goto("/careers/ml-engineer/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The file’s")
    expect(page.locator("main")).to_contain_text("The editor’s reason.")


def test_a_conflict_is_resolved_by_keyboard_alone(files, open_signed_in):
    walk_through(open_signed_in(viewport={"width": 1280, "height": 900}))


def test_a_conflict_is_resolved_without_javascript(files, open_signed_in):
    page = open_signed_in(java_script_enabled=False, viewport={"width": 360, "height": 740})
    walk_through(page)


def test_live_edits_go_home_as_a_patch(files, open_signed_in):
    page = open_signed_in(viewport={"width": 1280, "height": 900})
    files.change(ROLE, "title: The file’s", "title: ML Engineer")
    files.change(ROLE, "why: The file’s reason.", "why: It comes second.")
    page.goto(reverse("admin:catalog"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the patch").click()
    assert download.value.suggested_filename == "catalog.patch"
    assert "+title: The editor’s" in download.value.path().read_text(encoding="utf-8")


def test_the_page_has_no_barrier_with_conflicts_or_problems(files, open_signed_in, barriers):
    page = open_signed_in(viewport={"width": 1280, "height": 900})
    page.goto(reverse("admin:catalog"))
    assert not barriers(page, asked=AXE_FOR_EDITORS)
    files.change(ROLE, "code: MX", "cod: MX")
    page.reload()
    expect(page.get_by_role("heading", name="1 problem in the files")).to_be_visible()
    assert not barriers(page, asked=AXE_FOR_EDITORS)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_does_not_scroll_sideways(files, open_signed_in, width):
    page = open_signed_in(viewport={"width": width, "height": 800})
    page.goto(reverse("admin:catalog"))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# -- Two editors ---------------------------------------------------------------------------


@pytest.fixture
def asked(open_signed_in, catalog):
    """A role's form with conflicts: another window saved the same fields before it."""
    role = catalog.role(title="Before", slug="role")
    address = reverse("admin:careers_role_change", args=[role.pk])
    first = open_signed_in(viewport={"width": 1280, "height": 900})
    second = first.context.new_page()
    for page in (first, second):
        page.goto(address)
        page.wait_for_load_state()
    for page, words in ((first, "The first’s"), (second, "The second’s")):
        page.get_by_role("textbox", name="Title:", exact=True).fill(words)
        page.get_by_role("textbox", name="Summary:", exact=True).fill(f"{words} sentence.")
        page.get_by_role("button", name="Save and continue editing").click()
        page.wait_for_load_state()
    return second


def test_the_conflict_has_the_focus_and_what_was_typed_stays(asked):
    conflicts = asked.get_by_role("region", name="Somebody else changed this too")
    expect(conflicts).to_be_focused()
    expect(conflicts.get_by_role("group", name="title")).to_contain_text("The first’s")
    expect(asked.get_by_role("textbox", name="Title:", exact=True)).to_have_value("The second’s")


def test_a_side_for_each_is_chosen_by_keyboard_alone(asked):
    conflicts = asked.get_by_role("region", name="Somebody else changed this too")
    theirs = conflicts.get_by_role("group", name="title").get_by_label("Take theirs")
    mine = conflicts.get_by_role("group", name="summary").get_by_label("Keep yours")
    for choice in (theirs, mine):
        choice.press("Space")
    asked.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(asked.locator(".messagelist .success")).to_be_visible()
    role = Role.objects.get(slug="role")
    assert (role.title, role.summary) == ("The first’s", "The second’s sentence.")
    assert User.objects.count() == 1


def test_the_conflict_is_no_barrier(asked, barriers):
    assert not barriers(asked, asked=AXE_FOR_EDITORS)
