"""A visitor, and a role with a small roadmap."""

import datetime

import pytest

from tests.pages.plan.visiting import Visitor


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def today(time_machine) -> datetime.date:
    """A day in week 46, as plans count weeks."""
    time_machine.move_to(datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC))
    return datetime.date(2026, 11, 29)


@pytest.fixture
def road(catalog):
    """A role with two paths of two lessons each, of 48 minutes a lesson."""
    paths = [catalog.path("rag", lessons=0), catalog.path("mlops", lessons=0)]
    for path, hundred in zip(paths, (100, 200), strict=True):
        for n in (1, 2):
            number = hundred + n
            catalog.lesson(path, number=number, slug=f"l{number}", title=f"Title {number}")
    return catalog.role("ml-engineer", title="ML Engineer", paths=paths)
