"""A form that is cut off in transit is refused before any view reads it, on any server."""

import re
import sys
import time
from http.client import HTTPException
from io import BytesIO
from threading import Semaphore
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse

from careers.middleware import BODIES_AT_ONCE
from tests.careers.serving import serving, set_up, wait_for

FORM = "application/x-www-form-urlencoded"
REFUSED = "Only part of the form arrived"


class Broken(BytesIO):
    """The input stream of other servers than ours when the client has gone away."""

    def read(self, _size: int | None = -1, /) -> bytes:
        raise OSError("the sender went away")


def post(client, url, body, *, cut=0, **more):
    """Post a form without its last `cut` bytes."""
    stream = BytesIO(body[: len(body) - cut])
    return client.generic(
        "POST", url, body, FORM, **{"wsgi.input": stream, "CONTENT_LENGTH": str(len(body)), **more}
    )


@pytest.fixture
def background(catalog):
    path = catalog.path(lessons=4)
    background = catalog.background(title="Before")
    background.knows.set(path.lessons.all())
    return background


@pytest.fixture
def change_url(background):
    return reverse("admin:careers_background_change", args=[background.pk])


def fields(page: bytes) -> list[tuple[str, str]]:
    """Return the fields that a browser sends for the page's first form, without its buttons."""
    found = []
    form = BeautifulSoup(page, "html.parser").select_one("main form, #content-main form")
    for field in form.select("input[name], textarea[name], select[name]"):
        match field.name, field.get("type"):
            case "select", _:
                chosen = [option["value"] for option in field.select("option[selected]")]
                found += [(field["name"], value) for value in chosen]
            case "textarea", _:
                found.append((field["name"], field.text.removeprefix("\n")))
            case _, "submit" | "checkbox":
                continue
            case _:
                found.append((field["name"], field.get("value", "")))
    return found


@pytest.fixture
def form(editor, change_url):
    """The body of an editor's form in which the title was changed."""
    sent = dict.fromkeys(fields(editor.get(change_url).content))
    return urlencode([*sent, ("_save", "Save")]).replace("Before", "After").encode()


def test_a_form_that_is_whole_is_saved(editor, background, change_url, form):
    assert post(editor, change_url, form).status_code == 302
    background.refresh_from_db()
    assert (background.title, background.knows.count()) == ("After", 4)


@pytest.mark.parametrize("cut", [1, 40, 200, 10_000])
def test_a_form_that_was_cut_off_is_refused_and_nothing_saved(
    editor, background, change_url, form, cut
):
    response = post(editor, change_url, form, cut=min(cut, len(form)))
    assert response.status_code == 400
    assert REFUSED in response.text
    background.refresh_from_db()
    assert (background.title, background.knows.count()) == ("Before", 4)


@pytest.mark.parametrize(
    "more",
    [{"wsgi.input": Broken()}, {"CONTENT_LENGTH": "many"}, {"CONTENT_LENGTH": "-5"}],
    ids=["the-server-says-so", "no-number", "less-than-nothing"],
)
def test_what_cannot_be_read_is_refused_alike(editor, background, change_url, form, more):
    response = post(editor, change_url, form, **more)
    assert (response.status_code, REFUSED in response.text) == (400, True)
    background.refresh_from_db()
    assert background.title == "Before"


def test_a_form_without_a_length_is_refused(editor, change_url, form):
    """Django would take it for empty, and a server may pass a cut one on as if it were whole."""
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    response = post(editor, change_url, form, **chunked)
    assert (response.status_code, REFUSED in response.text) == (411, True)


def test_a_form_that_is_too_large_is_refused_in_words(editor, change_url):
    response = post(editor, change_url, b"title=" + b"x" * 5 * 1024 * 1024)
    assert response.status_code == 413
    assert "A form can hold at most 5.0\xa0MB" in response.text
    assert "Go back, where you should still find what you typed" in response.text


@pytest.mark.parametrize("url", ["/theme/", "/plan/start/", "/admin/login/", "/careers/"])
def test_a_stranger_sends_no_more_than_a_stranger_has_to_say(client, db, url):
    response = post(client, url, b"x" * (64 * 1024 + 1))
    assert response.status_code == 413
    assert "A form can hold at most 64.0\xa0KB" in response.text
    assert post(client, url, b"x" * 64 * 1024).status_code != 413


def test_an_editor_sends_as_little_elsewhere(editor):
    assert post(editor, "/theme/", b"x" * (64 * 1024 + 1)).status_code == 413


def test_a_long_form_of_who_was_logged_out_is_kept(editor, change_url, form):
    editor.cookies[settings.SESSION_COOKIE_NAME] = "ended"
    response = post(editor, change_url, form + b"&summary=" + b"x" * 100_000)
    assert (response.status_code, "Log in again" in response.text) == (403, True)


def test_who_sends_slowly_leaves_threads_to_others(client, db, monkeypatch):
    """Clients beyond those that may be waited for are told to try again."""
    monkeypatch.setattr("careers.middleware.BODIES_AT_ONCE", 0)
    monkeypatch.setattr("careers.middleware.BoundedSemaphore", Semaphore)
    response = post(client, "/theme/", b"theme=dark")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert client.get("/careers/").status_code == 200


def test_half_of_a_process_waits_for_slow_senders_at_most():
    threads = re.search(r"--blocking-threads (\d+)", (settings.BASE_DIR / "bin/serve").read_text())
    assert int(threads[1]) == 2 * BODIES_AT_ONCE


def test_a_token_in_a_header_does_not_let_half_a_form_pass(editor, background, change_url, form):
    client = Client(enforce_csrf_checks=True)
    client.cookies = editor.cookies
    token = BeautifulSoup(client.get(change_url).content, "html.parser").select_one(
        "[name=csrfmiddlewaretoken]"
    )["value"]
    for stream in (BytesIO(form[:40]), Broken()):
        more = {"HTTP_X_CSRFTOKEN": token, "wsgi.input": stream}
        assert post(client, change_url, form, **more).status_code == 400


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", ""])
def test_every_kind_of_body_is_to_be_whole(client, kind):
    body = b'--x\r\nContent-Disposition: form-data; name="theme"\r\n\r\ndark\r\n--x--\r\n'
    assert post(client, "/theme/", body, cut=9, CONTENT_TYPE=kind).status_code == 400
    assert post(client, "/theme/", body, CONTENT_TYPE=kind).status_code == 303


@pytest.mark.parametrize("url", ["/theme/", "/admin/login/", "/careers/", "/nowhere/"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_address_and_method_wants_it_whole(client, db, url, method):
    response = post(client, url, b"theme=dark&next=/careers/", cut=5, REQUEST_METHOD=method)
    assert response.status_code == 400
    assert "theme" not in response.cookies


def test_a_refusal_has_the_headers_of_every_page_and_no_cookie(client):
    response = post(client, "/theme/", b"theme=dark", cut=1)
    assert "Content-Security-Policy" in response
    assert "Permissions-Policy" in response
    assert not response.cookies


def test_a_request_without_a_body_is_whole(client, db):
    assert client.get("/careers/").status_code == 200
    assert client.generic("POST", "/theme/").status_code == 303


# -- The production server, over a socket --

ROWS = """
from django.contrib.auth.models import User
from django.conf import settings
from django.test import Client
from tests.conftest import Catalog
catalog = Catalog()
background = catalog.background(title="Before")
background.knows.set(catalog.path(lessons=4).lessons.all())
client = Client()
client.force_login(User.objects.create(username="editor", is_staff=True, is_superuser=True))
print(client.cookies[settings.SESSION_COOKIE_NAME].value, background.pk)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server, the session key of an editor and the address of a background's form."""
    if sys.platform != "linux":
        pytest.skip("workers are looked up in /proc")
    folder = tmp_path_factory.mktemp("site")
    session, background = set_up(folder, ROWS).split()
    with serving(folder) as server:
        yield server, session, f"/admin/careers/background/{background}/change/"


class Editor:
    """An editor who has a form open. url: the form's. cookie: the session cookie's name."""

    def __init__(self, server, session, url, cookie="sessionid") -> None:
        self.server, self.session, self.url, self.cookie = server, session, url, cookie
        self.cookies = f"{cookie}={session}"
        response = server.get(url, {"Cookie": self.cookies})
        if response.status != 200:
            raise HTTPException(f"{url} is answered {response.status}")
        self.cookies += "; " + response.headers["Set-Cookie"].split(";")[0]
        self.fields = fields(response.read())

    def sends(self, title: str) -> bytes:
        changed = [(name, title if name == "title" else value) for name, value in self.fields]
        return urlencode([*changed, ("_save", "Save")]).encode()

    def begins(self, body: bytes, length: int):
        """Send the beginning of a form of `length` bytes. Return the connection."""
        headers = {"Content-Length": str(length), "Cookie": self.cookies}
        return self.server.post(self.url, body, headers=headers)

    @property
    def saved(self) -> list[str]:
        """The background as it is now: its title, and the lessons it lets people skip."""
        now = Editor(self.server, self.session, self.url, self.cookie)
        return [value for name, value in now.fields if name in ("title", "knows")]


@pytest.fixture
def at_work(site):
    return Editor(*site)


def answer(connection) -> str:
    with connection, connection.makefile(encoding="utf-8") as reading:
        return reading.read()


def test_half_a_form_leaves_the_server_with_what_it_had(at_work):
    before = at_work.saved
    assert len(before) == 5
    body = at_work.sends("Half")
    connection = at_work.begins(body[: body.index(b"&knows")], len(body))
    connection.shutdown(1)
    answered = answer(connection)
    assert answered.startswith("HTTP/1.1 400 ")
    assert REFUSED in answered
    assert at_work.saved == before


def test_who_goes_away_in_the_middle_saves_nothing(at_work):
    before = at_work.saved
    body = at_work.sends("Gone")
    refused = at_work.server.log.read_text().count("<path:object_id>/change/ 400")
    at_work.begins(body[:-1], len(body)).close()
    wait_for(lambda: at_work.server.log.read_text().count("<path:object_id>/change/ 400") > refused)
    assert at_work.saved == before


def test_a_form_that_comes_in_pieces_is_saved(at_work):
    body = at_work.sends("Pieces")
    connection = at_work.begins(body[:99], len(body))
    for piece in (body[99:200], body[200:]):
        time.sleep(0.1)
        connection.sendall(piece)
    assert answer(connection).startswith("HTTP/1.1 302 ")
    assert at_work.saved[0] == "Pieces"
    assert len(at_work.saved) == 5


def test_a_form_without_a_length_is_refused_by_the_server(at_work):
    headers = {"Transfer-Encoding": "chunked"}
    connection = at_work.server.post("/theme/", b"a\r\ntheme=dark\r\n0\r\n\r\n", headers=headers)
    answered = answer(connection)
    assert answered.startswith("HTTP/1.1 411 ")
    assert "set-cookie" not in answered.lower()
