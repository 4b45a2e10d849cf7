"""A session ends while somebody types: after logging in, here or elsewhere, nothing is lost."""

import json
import zlib
from base64 import b64encode

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml.html import fromstring

from paths.models import FileContent, Status
from tests.admin.editing import change_url, form_of, tree, typed, typed_in

ORIGIN = {"Origin": "http://testserver"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 300"/>\n'
NASTY_BYTES = "a,b\r\n“é”,\u00a0\n\n".encode()
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
    """A signed-in client that has CSRF tokens checked, as for browsers."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    return client


@pytest.fixture
def sent(browser, lesson):
    """The data of a filled-in form; its session has ended."""
    data = typed(browser.get(change_url(lesson)), "lesson_form") | {
        "title": "Typed for an hour",
        "body": WORDS,
    }
    browser.cookies.pop("sessionid")
    return data


def kept(page, **more):
    """Return what the page that asks to log in sends, with line ends as browsers send them."""
    data = typed(page, "login-form")
    more["_chosen_file"] = chosen_again(tree(page).select_one("#login-form"))
    return {
        name: value.replace("\r\n", "\n").replace("\n", "\r\n") for name, value in data.items()
    } | more


def chosen_again(form) -> list[str]:
    """Return what a form sends for files that were chosen before."""
    return [field["value"] for field in form.select("[name=_chosen_file]")]


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
    """The login has invalidated the form's CSRF token."""
    login = reverse("admin:login")
    token = tree(browser.get(login)).select_one("[name=csrfmiddlewaretoken]")["value"]
    credentials = {"username": "ada", "password": "a long password", "csrfmiddlewaretoken": token}
    assert browser.post(login, credentials).status_code == 302
    page = browser.post(change_url(lesson), sent, headers=ORIGIN)
    assert page.status_code == 403
    assert not tree(page).select("[name=_log_in_name]")
    browser.post(change_url(lesson), kept(page))
    assert is_saved(lesson)


# -- Chosen files -------------------------------------------------------------------------------


@pytest.fixture
def chosen(sent):
    """The same data with two files."""
    files = [SimpleUploadedFile("cut.svg", SVG), SimpleUploadedFile("bytes.csv", NASTY_BYTES)]
    return sent | {"new_files": files}


def files_of(lesson) -> dict[str, bytes]:
    lesson.refresh_from_db()
    contents = {row.digest: bytes(row.data) for row in FileContent.objects.all()}
    return {each["name"]: contents[each["digest"]] for each in lesson.files}


BOTH = {"cut.svg": SVG, "bytes.csv": NASTY_BYTES}


def test_files_go_along_with_who_logs_in_on_the_way(browser, chosen, lesson):
    page = browser.post(change_url(lesson), chosen)
    assert "cut.svg" in tree(page).select_one(".chosen-files").text
    page = browser.post(change_url(lesson), kept(page, _log_in_name="ada", _log_in_password="x"))
    browser.post(change_url(lesson), kept(page, **ADA))
    assert is_saved(lesson)
    assert files_of(lesson) == BOTH


def test_files_go_along_with_who_logged_in_elsewhere(browser, chosen, lesson, ada):
    page = browser.post(change_url(lesson), chosen)
    token = browser.cookies["csrftoken"].value
    browser.force_login(ada)
    browser.cookies["csrftoken"] = token
    form = tree(page).select_one("form.elsewhere")
    data = typed_in(fromstring(str(form)))
    data["_chosen_file"] = chosen_again(form)
    browser.post(change_url(lesson), data, headers=ORIGIN)
    assert files_of(lesson) == BOTH


def test_files_go_along_with_a_form_from_before_a_login(browser, chosen, lesson, ada):
    browser.force_login(ada)
    page = browser.post(
        change_url(lesson), chosen | {"csrfmiddlewaretoken": "x" * 64}, headers=ORIGIN
    )
    assert "You have logged in since" in page.text
    browser.post(change_url(lesson), kept(page))
    assert files_of(lesson) == BOTH


def test_a_file_that_is_too_large_to_be_kept_is_named(browser, chosen, lesson, monkeypatch):
    monkeypatch.setattr("careers.admin.people.chosen_files.MOST_KEPT", 150)
    page = browser.post(change_url(lesson), chosen)
    one, other = tree(page).select(".chosen-files li")
    assert "choose it again" not in one.text
    assert "bytes.csv: this one is too large" in " ".join(other.text.split())


def test_a_refused_form_keeps_its_files_too(editor, chosen, lesson):
    page = editor.post(change_url(lesson), chosen | {"summary": ""})
    boxes = tree(page).select("[name=_chosen_file]")
    assert [box.parent.text.strip() for box in boxes] == ["cut.svg", "bytes.csv"]
    data = typed(page, "lesson_form") | {"summary": "What you can."}
    editor.post(change_url(lesson), data | {"_chosen_file": [boxes[0]["value"]]})
    assert files_of(lesson) == {"cut.svg": SVG}


def test_a_form_with_a_conflict_keeps_its_files_too(editor, sent, lesson):
    opened = form_of(editor, lesson)
    editor.post(change_url(lesson), opened | {"summary": "Theirs."})
    mine = opened | {"summary": "Mine.", "new_files": [SimpleUploadedFile("cut.svg", SVG)]}
    page = editor.post(change_url(lesson), mine)
    (choice,) = {each["name"] for each in tree(page).select(".conflict input")}
    box = tree(page).select_one("[name=_chosen_file]")["value"]
    data = typed(page, "lesson_form") | {choice: "mine", "_chosen_file": box}
    assert editor.post(change_url(lesson), data).status_code == 302
    assert files_of(lesson) == {"cut.svg": SVG}


def test_a_file_that_is_chosen_again_takes_the_place_of_the_kept_one(editor, chosen, lesson):
    page = editor.post(change_url(lesson), chosen | {"summary": ""})
    boxes = chosen_again(tree(page))
    newer = SVG.replace(b"300", b"200")
    data = typed(page, "lesson_form") | {"summary": "What you can.", "_chosen_file": boxes}
    editor.post(change_url(lesson), data | {"new_files": [SimpleUploadedFile("cut.svg", newer)]})
    assert files_of(lesson) == BOTH | {"cut.svg": newer}


def packed(content: bytes) -> str:
    return b64encode(zlib.compress(content)).decode()


BOMB = packed(bytes(10_000_000))


@pytest.mark.parametrize(
    "value",
    [
        *("", "x", "[]", "[1, 2, 3]", "{}", '["new_files", "x.csv", "not base64"]'),
        *('["new_files", "", ""]', '["new_files", "..", "eJwDAAAAAAE="]', "[" * 100_000),
        *('["new_files", "\\x", "eJwDAAAAAAE="]', '["new_files", "x.csv", "eJw="]'),
        json.dumps(["new_files", "x.csv", BOMB]),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(editor, sent, lesson, value):
    answer = editor.post(change_url(lesson), sent | {"_chosen_file": value})
    assert (answer.status_code, "That request can’t be read" in answer.text) == (400, True)
    assert not files_of(lesson)


@pytest.mark.parametrize("name", ["../../x.csv", "x.exe", "\N{SNOWMAN}.csv"])
def test_a_name_that_may_not_be_is_refused_in_the_form(editor, sent, lesson, name):
    value = json.dumps(["new_files", name, packed(b"<a>")], ensure_ascii=False)
    editor.post(change_url(lesson), sent | {"_chosen_file": value})
    assert not files_of(lesson).keys() - {"x.csv"}


def test_a_file_of_a_field_that_takes_none_does_no_harm(editor, sent, lesson):
    value = json.dumps(["title", "x.csv", packed(b"a")])
    assert editor.post(change_url(lesson), sent | {"_chosen_file": value}).status_code == 302
    assert not files_of(lesson)


def many(count: int, size: int) -> list[str]:
    """Return what a form sends for `count` kept files of `size` bytes each."""
    text = packed(bytes(size))
    return [json.dumps(["new_files", f"x{place}.csv", text]) for place in range(count)]


@pytest.mark.parametrize(("count", "size"), [(41, 1), (21, 256 * 1024), (10_000, 256 * 1024)])
def test_they_unpack_to_no_more_than_a_form_may_have(editor, sent, lesson, count, size):
    answer = editor.post(change_url(lesson), sent | {"_chosen_file": many(count, size)})
    assert (answer.status_code, "That was too much at once" in answer.text) == (413, True)
    assert not files_of(lesson)


@pytest.fixture
def nothing_is_unpacked(monkeypatch):
    def refuse(*_given):
        raise AssertionError("unpacked for a stranger")

    monkeypatch.setattr("zlib.decompressobj", refuse)


def test_nothing_is_unpacked_for_a_stranger(db, nothing_is_unpacked):
    stranger = Client(enforce_csrf_checks=True, headers=ORIGIN)
    stranger.cookies["csrftoken"] = "x" * 32
    url = reverse("admin:paths_lesson_add")
    sent = {"title": "x", "_chosen_file": many(3, 256 * 1024)}
    for more in ({}, {"csrfmiddlewaretoken": "x" * 32}):
        page = stranger.post(url, sent | more)
        assert page.status_code == 403
        assert chosen_again(tree(page).select_one("#login-form")) == sent["_chosen_file"]


def test_a_page_is_not_many_times_as_long_as_the_form_that_it_keeps(db, client):
    url, room = reverse("admin:paths_lesson_add"), 5_000_000
    assert client.post(url, {"body": "x" * room}).status_code == 413, "no cookie, no long form"
    client.cookies["csrftoken"] = "x" * 32
    assert client.post(url, {"body": "x" * room}).status_code == 403
    assert client.post(url, {"body": "<" * room}).status_code == 413


def test_nor_for_a_wrong_password(browser, chosen, lesson, nothing_is_unpacked):
    page = browser.post(change_url(lesson), chosen)
    page = browser.post(change_url(lesson), kept(page, _log_in_name="ada", _log_in_password="x"))
    assert "cut.svg" in tree(page).select_one(".chosen-files").text


# -- Afterwards ---------------------------------------------------------------------------------


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
