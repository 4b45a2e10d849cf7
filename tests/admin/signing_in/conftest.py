"""An account with a password, and ways to try it."""

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
    """Use a fixed mask for QR codes: finding the best of eight takes most of a page's time."""
    monkeypatch.setattr(segno, "make", partial(segno.make, mask=0))


@pytest.fixture
def ada(db) -> User:
    return User.objects.create_superuser("ada", password=PASSWORD)


@pytest.fixture
def sign_in(ada):
    """A function that tries to sign in with a client, and returns the answer."""

    def try_it(browser: Client, password: str = PASSWORD, *, name: str = "ada", **more):
        sent = {"username": name, "password": password, "next": "/admin/", **more.pop("sent", {})}
        return browser.post("/admin/login/", sent, **more)

    return try_it


@pytest.fixture
def said():
    """A function that returns the errors on a page."""

    def read(answer) -> str:
        notes = tree(answer).select(".errornote, .errorlist")
        return re.sub(r"\s+", " ", " ".join(note.text for note in notes)).strip()

    return read
