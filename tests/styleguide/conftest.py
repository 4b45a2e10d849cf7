"""The guide as everyone who develops the site sees it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site


@pytest.fixture(scope="session")
def css() -> str:
    """The site's stylesheet."""
    return (Path(site.BASE_DIR) / "static/css/site.css").read_text(encoding="utf-8")


@pytest.fixture
def response(client, settings):
    """The guide, without a database: whatever it asks of one fails the test."""
    settings.DEBUG = True
    return client.get("/styleguide/")


@pytest.fixture
def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")
