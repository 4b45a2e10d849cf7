"""Roles for the forms of the editors' site."""

from pathlib import Path

import pytest

from careers.models import Role
from tests.files import Files


@pytest.fixture(scope="session")
def small_catalog(tmp_path_factory) -> Path:
    """A small catalog that is in order, for all who don't change it."""
    return Files(tmp_path_factory.mktemp("small") / "catalog").folder


@pytest.fixture(autouse=True)
def _home_compares_few_files(request, settings, small_catalog):
    """Home tells how files and database differ: to read this repository's takes a second."""
    if "real_catalog" not in request.fixturenames:
        settings.CATALOG_DIR = small_catalog


@pytest.fixture
def role(catalog) -> Role:
    return catalog.role("builder", paths=[catalog.path(), catalog.path()])


@pytest.fixture
def role_of(catalog):
    """A role with some number of rows of each kind."""

    def make(rows: int) -> Role:
        made = catalog.role(paths=[catalog.path() for _ in range(rows)])
        for _ in range(rows - 1):
            catalog.band(made)
            made.pivots.create(background=catalog.background())
        return made

    return make
