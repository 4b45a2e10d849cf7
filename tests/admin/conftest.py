"""Roles for tests of the editors' site, and a small catalog to compare with."""

from pathlib import Path

import pytest

from careers.models import Role
from tests.files import Files


@pytest.fixture(scope="session")
def small_catalog(tmp_path_factory) -> Path:
    """A folder with a small valid catalog, shared by all tests: don't change it."""
    return Files(tmp_path_factory.mktemp("small") / "catalog").folder


@pytest.fixture(autouse=True)
def _home_compares_few_files(request, settings, small_catalog):
    """The home page compares files and database, and reading this repository's takes a second."""
    if "real_catalog" not in request.fixturenames:
        settings.CATALOG_DIR = small_catalog


@pytest.fixture
def role(catalog) -> Role:
    return catalog.role("builder", paths=[catalog.path(), catalog.path()])


@pytest.fixture
def role_of(catalog):
    """A function that makes a role with `rows` rows of each kind."""

    def make(rows: int) -> Role:
        made = catalog.role(paths=[catalog.path() for _ in range(rows)])
        for _ in range(rows - 1):
            catalog.band(made)
            made.pivots.create(background=catalog.background())
        return made

    return make
