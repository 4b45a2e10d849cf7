"""A session that ends while somebody types: they log in, here or elsewhere, and nothing is lost."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from paths.models import Status
from tests.admin.editing import change_url, form_of, tree, typed

ORIGIN = {"Origin": "http://testserver"}
WORDS = "Two\r\n\r\nparagraphs, “quoted” & <b>.\r\n"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada(db):
    return User.objects.create_superuser("ada", password="a long password")


@pytest.fixture
def lesson(catalog):
    return catalog.lesson(catalog.path(lessons=0), status=Status.DRAFT)


@pytest.fixture
def browser(ada):
    """A client that checks tokens as browsers meet them."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    return client


@pytest.fixture
def sent(browser, lesson):
    """What is sent once the session has ended."""
    data = typed(browser.get(change_url(lesson)), "lesson_form") | {
        "title": "Typed for an hour",
        "body": WORDS,
    }
    browser.cookies.pop("sessionid")
    return data


def kept(page, **more):
    """What the page sends that asks to log in, as browsers send line ends."""
    data = typed(page, "login-form")
    return {
        name: value.replace("\r\n", "\n").replace("\n", "\r\n") for name, value in data.items()
    } | more


def is_saved(lesson) -> bool:
    lesson.refresh_from_db()
    return lesson.title == "Typed for an hour" and lesson.body == WORDS.replace("\r", "").rstrip()


ADA = {"_log_in_name": "ada", "_log_in_password": "a long password"}


def test_who_logs_in_on_the_way_has_saved_what_they_typed(browser, sent, lesson):
    page = browser.post(change_url(lesson), sent)
    assert page.status_code == 403
    assert "Nothing is lost" in page.text
    form = tree(page).select_one("#login-form")
    assert form["action"] == change_url(lesson)
    answer = browser.post(form["action"], kept(page, **ADA), follow=True)
    assert "was changed successfully" in answer.text
    assert is_saved(lesson)


def test_a_wrong_password_keeps_it_too(browser, sent, lesson):
    page = browser.post(change_url(lesson), sent)
    page = browser.post(change_url(lesson), kept(page, _log_in_name="ada", _log_in_password="x"))
    assert "Please enter the correct username" in page.text
    browser.post(change_url(lesson), kept(page, **ADA))
    assert is_saved(lesson)


def test_who_may_not_save_it_keeps_it_for_who_may(browser, sent, lesson):
    User.objects.create_user("bob", password="a long password", is_staff=True)
    page = browser.post(change_url(lesson), sent)
    page = browser.post(change_url(lesson), kept(page, **ADA | {"_log_in_name": "bob"}))
    assert "bob may not do that" in page.text
    browser.post(change_url(lesson), kept(page, **ADA))
    assert is_saved(lesson)


def test_who_logged_in_in_another_tab_sends_it_once_more(browser, sent, lesson):
    """The login has made the token of this form worthless."""
    login = reverse("admin:login")
    token = tree(browser.get(login)).select_one("[name=csrfmiddlewaretoken]")["value"]
    credentials = {"username": "ada", "password": "a long password", "csrfmiddlewaretoken": token}
    assert browser.post(login, credentials).status_code == 302
    page = browser.post(change_url(lesson), sent, headers=ORIGIN)
    assert page.status_code == 403
    assert not tree(page).select("[name=_log_in_name]")
    browser.post(change_url(lesson), kept(page))
    assert is_saved(lesson)


def test_a_refusal_after_the_login_shows_the_form_with_what_was_typed(browser, sent, lesson):
    page = browser.post(change_url(lesson), sent | {"summary": ""})
    answer = browser.post(change_url(lesson), kept(page, **ADA))
    assert answer.status_code == 200
    assert typed(answer, "lesson_form")["title"] == "Typed for an hour"


def test_what_others_changed_meanwhile_is_merged_after_the_login(browser, sent, lesson, editor):
    editor.post(change_url(lesson), form_of(editor, lesson) | {"summary": "By another."})
    page = browser.post(change_url(lesson), sent)
    browser.post(change_url(lesson), kept(page, **ADA))
    assert is_saved(lesson)
    assert lesson.summary == "By another."


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_of_another_site_is_refused_and_not_kept(browser, sent, lesson, headers):
    answer = browser.post(change_url(lesson), sent | {"csrfmiddlewaretoken": "x"}, headers=headers)
    assert answer.status_code == 403
    assert "Typed for an hour" not in answer.text


def test_the_page_holds_no_password_and_is_kept_by_no_cache(browser, sent, lesson):
    page = browser.post(change_url(lesson), sent)
    again = browser.post(change_url(lesson), kept(page, **ADA | {"_log_in_name": "nobody"}))
    assert "a long password" not in again.text
    assert "no-store" in again["Cache-Control"]


def test_logging_out_twice_asks_for_nothing(client):
    assert client.post(reverse("admin:logout")).status_code == 302
