"""The style guide as shown to those who develop the site."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site
from django.dispatch import Signal
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import override_settings


@pytest.fixture(scope="session")
def css() -> str:
    """The site's stylesheet."""
    return (Path(site.BASE_DIR) / "static/css/site.css").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def answered():
    """The response with the guide, and the names of the templates rendered for it.

    Tests have no database here: any query fails them.
    """
    rendered = set()

    def note(template, **_) -> None:
        rendered.add(template.name)

    with override_settings(DEBUG=True):
        Signal.connect(template_rendered, note)  # tests/conftest.py disables its own method
        response = Client().get("/styleguide/")
        template_rendered.disconnect(note)
    return response, rendered


@pytest.fixture
def response(answered):
    return answered[0]


@pytest.fixture
def rendered(answered) -> set[str]:
    """The names of the templates rendered for the guide."""
    return answered[1]


@pytest.fixture
def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")
