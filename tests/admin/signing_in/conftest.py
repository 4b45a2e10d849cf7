"""Somebody with a password, and browsers to try it in."""

import re
from functools import partial

import pytest
import segno
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.editing import tree

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _quick_drawings(monkeypatch):
    """Which of eight patterns reads best takes most of the time of a page with a code to scan."""
    monkeypatch.setattr(segno, "make", partial(segno.make, mask=0))


@pytest.fixture
def ada(db) -> User:
    return User.objects.create_superuser("ada", password=PASSWORD)


@pytest.fixture
def sign_in(ada):
    """Try to sign in, in a browser; get the answer."""

    def try_it(browser: Client, password: str = PASSWORD, *, name: str = "ada", **more):
        sent = {"username": name, "password": password, "next": "/admin/", **more.pop("sent", {})}
        return browser.post("/admin/login/", sent, **more)

    return try_it


@pytest.fixture
def said():
    """What a page says is wrong."""

    def read(answer) -> str:
        notes = tree(answer).select(".errornote, .errorlist")
        return re.sub(r"\s+", " ", " ".join(note.text for note in notes)).strip()

    return read
