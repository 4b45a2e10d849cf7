"""Roles for the forms of the editors' site."""

import pytest

from careers.models import Role


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
