"""The catalog's history, and undoing revisions, in a real browser."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from careers.models import CatalogEntry, Edit, Revision
from careers.sync import rows
from paths.models import Lesson
from tests.admin.editing import change_url, save
from tests.browser.conftest import AXE_FOR_EDITORS

PAGES = ["list", "revision", "thing", "undo", "refused", "form"]


@pytest.fixture
def lesson(transactional_db, catalog) -> Lesson:
    """A lesson that a file also has, edited in two revisions."""
    made = catalog.lesson(catalog.path("tools"), title="Hammers", body="word " * 800 + "end")
    ((entry, _),) = rows.read_live({"lessons": {made.pk}}).values()
    said = {"values": entry.values, "formerly": []}
    lines = dict.fromkeys(entry.values, 3)
    CatalogEntry.objects.create(
        kind="lessons", key=entry.key, file="paths/tools/hammers.md", values=said, lines=lines
    )
    client = Client()
    client.force_login(User.objects.create(username="ada", is_staff=True, is_superuser=True))
    body = made.body.replace("word word", "word new word", 1) + " of it"
    changes = {"summary": "What you should do then.", "body": body, "minutes": 4}
    changes |= {"objectives": "Do a thing\nDo another", "practice_minutes": 0}
    save(client, made, **changes)
    save(client, made, summary="What you will do then.")
    return made


@pytest.fixture
def url_of(lesson):
    """Name → the address of a page about the history."""
    first, second = Revision.objects.order_by("number").values_list("number", flat=True)
    form = change_url(lesson)
    return {
        "list": reverse("admin:history"),
        "revision": reverse("admin:revision", args=[first]),
        "thing": form.replace("/change/", "/history/"),
        "undo": reverse("admin:undo", args=[second]),
        "refused": reverse("admin:undo", args=[first]),
        "form": form,
    }


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_barrier_or_scrolls_sideways(open_signed_in, url_of, name, barriers):
    page = open_signed_in(viewport={"width": 1280, "height": 900})
    page.goto(url_of[name])
    for fold in page.locator("#content details").all():
        fold.evaluate("fold => { fold.open = true; }")
    assert not barriers(page, asked=AXE_FOR_EDITORS)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_differs_is_not_told_by_color_alone(open_signed_in, url_of):
    page = open_signed_in()
    page.goto(url_of["thing"])
    line = "each => getComputedStyle(each).textDecorationLine"
    assert page.locator("del").first.evaluate(line) == "line-through"
    assert page.locator("ins").first.evaluate(line) == "underline"
    expect(page.locator("article").first).to_contain_text("[removed: should ]")


def test_a_revision_is_undone_without_javascript(open_signed_in, url_of, lesson):
    page = open_signed_in(java_script_enabled=False)
    page.goto(url_of["form"])
    page.get_by_role("link", name="History").first.click()
    page.get_by_role("link", name="Undo this").first.click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator(".messagelist .success")).to_contain_text("was undone")
    lesson.refresh_from_db()
    assert lesson.summary == "What you should do then."
    assert Edit.objects.filter(revision__origin="revert").count() == 1
