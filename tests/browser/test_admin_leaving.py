"""Nothing typed is lost: leaving a page asks first, and an ended session keeps the form."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.admin.editing import change_url
from tests.browser.conftest import EDITOR

PREVIEW = "**/preview/*"


@pytest.fixture
def form(open_signed_in, catalog):
    """A page that shows a role's form to an editor."""
    page = open_signed_in(viewport={"width": 1280, "height": 900}, refused=True)
    page.goto(change_url(catalog.role(title="Builder")))
    page.wait_for_load_state("networkidle")
    return page


@pytest.fixture
def dialogs(form):
    """The types of the dialogs that leaving opened. Each is dismissed."""
    asked = []

    def answer(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    form.on("dialog", answer)
    return asked


def type_in(form, words: str) -> None:
    with form.expect_response(PREVIEW):
        form.get_by_label("Summary:").fill(words)


def test_leaving_asks_and_who_stays_has_what_was_typed(form, dialogs):
    type_in(form, "Typed.")
    form.get_by_role("link", name="Home").click()
    expect(form.get_by_label("Summary:")).to_have_value("Typed.")
    assert dialogs == ["beforeunload"]


def test_a_form_as_it_was_is_left_without_a_question(form, dialogs):
    summary = form.get_by_label("Summary:").input_value()
    type_in(form, "Typed.")
    type_in(form, summary)
    form.get_by_role("link", name="Home").click()
    expect(form.get_by_role("heading", name="The catalog")).to_be_visible()
    assert not dialogs


def test_a_form_that_is_saved_is_left_without_a_question(form, dialogs):
    type_in(form, "Typed.")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".messagelist .success")).to_be_visible()
    assert not dialogs


def test_a_session_that_ended_loses_nothing(form, dialogs, django_user_model):
    user = django_user_model.objects.get()
    user.set_password("a long password")
    user.save()
    type_in(form, "Typed for an hour.")
    Session.objects.all().delete()
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator("main")).to_contain_text("Nothing is lost")
    form.get_by_label("Username:").fill(user.username)
    form.get_by_label("Password:").fill("a long password")
    form.get_by_role("button", name="Log in and send it").click()
    expect(form.locator(".messagelist .success")).to_be_visible()
    assert not dialogs


def test_who_leaves_the_page_that_keeps_a_form_is_asked(form, dialogs):
    type_in(form, "Typed for an hour.")
    Session.objects.all().delete()
    form.get_by_role("button", name="Save", exact=True).click()
    form.wait_for_load_state("networkidle")
    form.get_by_label("Username:").fill("x")
    form.get_by_role("link", name="View site").click()
    expect(form.get_by_label("Username:")).to_have_value("x")
    assert dialogs == ["beforeunload"]
    assert reverse("admin:index") in form.url


def test_who_is_logged_out_while_they_type_is_told_so(form, dialogs):
    Session.objects.all().delete()
    type_in(form, "Typed for an hour.")
    expect(form.get_by_role("alert")).to_have_text(
        "You are logged out. Log in in another tab, then continue here."
    )
    expect(form.get_by_role("alert")).to_be_in_viewport()
    expect(form.get_by_label("Summary:")).to_have_value("Typed for an hour.")


# -- Chosen files --------------------------------------------------------------------------

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 300"/>\n'


@pytest.fixture
def choosing(open_signed_in, catalog, django_user_model):
    """A lesson's form, sent with a chosen file after the session ended; and the lesson."""
    lesson = catalog.lesson(catalog.path(lessons=0))
    page = open_signed_in(viewport={"width": 1280, "height": 900}, refused=True)
    user = django_user_model.objects.get()
    page.goto(change_url(lesson))
    page.get_by_label("Summary:").fill("Typed for an hour.")
    chosen = [{"name": "cut.svg", "mimeType": "image/svg+xml", "buffer": SVG}]
    page.get_by_label("Add or replace:").set_input_files(chosen)
    user.set_password("a long password")
    user.save()
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".chosen-files")).to_contain_text("cut.svg")
    return page, lesson


def is_kept(page, lesson) -> None:
    expect(page.locator(".messagelist .success")).to_be_visible()
    lesson.refresh_from_db()
    assert lesson.summary == "Typed for an hour."
    assert [each["name"] for each in lesson.files] == ["cut.svg"]


def log_in(page) -> None:
    page.get_by_label("Username:").fill(EDITOR["username"])
    page.get_by_label("Password:").fill("a long password")


def test_a_chosen_file_goes_along_with_a_login_in_place(choosing):
    page, lesson = choosing
    log_in(page)
    page.get_by_role("button", name="Log in and send it").click()
    is_kept(page, lesson)


def test_a_chosen_file_goes_along_with_a_login_in_another_tab(choosing):
    page, lesson = choosing
    other = page.context.new_page()
    site = page.url.partition("/admin/")[0]
    other.goto(f"{site}{reverse('admin:login')}?next={reverse('admin:password_change')}")
    log_in(other)
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_role("heading", name="Password change")).to_be_visible()
    page.get_by_role("button", name="I have logged in in another tab").click()
    page.get_by_role("button", name="Send it now").click()
    is_kept(page, lesson)


def test_a_chosen_file_is_still_there_in_a_refused_form(open_signed_in, catalog):
    lesson = catalog.lesson(catalog.path(lessons=0))
    page = open_signed_in(viewport={"width": 1280, "height": 900})
    page.goto(change_url(lesson))
    page.get_by_label("Summary:").fill("Typed for an hour.")
    page.get_by_label("Title:").fill("")
    chosen = [{"name": "cut.svg", "mimeType": "image/svg+xml", "buffer": SVG}]
    page.get_by_label("Add or replace:").set_input_files(chosen)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("cut.svg")).to_be_checked()
    page.get_by_label("Title:").fill("Lesson")
    page.get_by_role("button", name="Save", exact=True).click()
    is_kept(page, lesson)
