"""What somebody typed stays theirs: leaving asks, and a session that ended loses nothing."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.admin.editing import change_url

PREVIEW = "**/preview/"


@pytest.fixture
def form(open_signed_in, catalog):
    """A role's form in which something was typed. dialogs: the questions that leaving asked."""
    page = open_signed_in(viewport={"width": 1280, "height": 900}, refused=True)
    page.goto(change_url(catalog.role(title="Builder")))
    page.wait_for_load_state("networkidle")
    return page


@pytest.fixture
def dialogs(form):
    """The questions that leaving asked. Each is answered with no."""
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
        "You are logged out. Log in in another tab, and go on here."
    )
    expect(form.get_by_role("alert")).to_be_in_viewport()
    expect(form.get_by_label("Summary:")).to_have_value("Typed for an hour.")
