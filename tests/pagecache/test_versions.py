"""What the page cache knows of the site's state, and how fresh that is."""

import datetime
from concurrent.futures import Future
from dataclasses import replace

import pytest
from django.db import OperationalError

from careers.database.availability import availability
from careers.models import CatalogVersion
from careers.pagecache.versions import (
    A_DAY,
    INTERVAL,
    SOON,
    Asking,
    State,
    Versions,
    read_state,
)


class Promise(Future[State]):
    """A future that notes the time-outs, in seconds, with which its result is awaited."""

    def __init__(self, patience: list[float | None]) -> None:
        super().__init__()
        self.patience = patience

    def result(self, timeout: float | None = None) -> State:
        self.patience.append(timeout)
        return super().result(timeout)


class Site:
    """A clock and a database that the test controls."""

    def __init__(self) -> None:
        self.time = 1_000.0
        self.number = 1
        self.asked = 0
        self.fails = False
        self.builds = False
        self.hangs = False
        self.promised: list[Future[State]] = []
        self.patience: list[float | None] = []
        self.changes: list[tuple[int | None, bool]] = []
        self.versions = Versions(self.heard, self.ask, lambda: self.time)

    def heard(self, state: State | None, is_away: bool) -> None:
        self.changes.append((state and state.number, is_away))

    def ask(self) -> Future[State]:
        self.asked += 1
        promise = Promise(self.patience)
        self.promised.append(promise)
        if not self.hangs:
            self.answer()
        return promise

    def answer(self) -> None:
        if self.fails:
            self.promised[-1].set_exception(OperationalError("gone"))
        else:
            self.promised[-1].set_result(replace(state(self.number), is_behind=self.builds))

    def visit(self, later: float = 0.0) -> None:
        self.time += later
        if self.time >= self.versions.until:
            self.versions.renew()


def state(number: int) -> State:
    return State(number, None, datetime.date(2026, 1, 1))


@pytest.fixture
def site(monkeypatch) -> Site:
    monkeypatch.setattr("careers.pagecache.versions.PATIENCE", 0.01)
    return Site()


def test_the_database_is_asked_at_most_once_a_second(site):
    for _ in range(50):
        site.visit(later=0.1)
    assert site.asked <= 5 / INTERVAL + 1
    assert site.changes == [(1, False)]


def test_a_change_is_known_a_second_later(site):
    site.visit()
    site.number = 2
    site.visit(later=INTERVAL - 0.01)
    assert site.changes == [(1, False)]
    site.visit(later=0.01)
    assert site.changes == [(1, False), (2, False)]


def test_a_version_that_is_built_already_is_asked_for_again_soon(site):
    site.builds = True
    site.visit()
    site.builds, site.number = False, 2
    site.visit(later=SOON)
    assert site.changes == [(1, False), (2, False)]
    site.visit(later=SOON)
    assert site.asked == 2


def test_who_knows_of_a_change_has_it_asked_for_at_the_next_visit(site):
    site.visit()
    site.number = 2
    site.versions.look_again()
    site.visit()
    assert site.changes == [(1, False), (2, False)]


def test_nobody_is_told_of_what_is_as_it_was(site):
    for _ in range(5):
        site.visit(later=2)
    assert site.changes == [(1, False)]


def test_a_database_that_fails_leaves_what_is_known_and_is_logged_once(site, caplog):
    site.visit()
    site.fails = True
    for _ in range(5):
        site.visit(later=1)
    assert site.changes == [(1, False), (1, True)]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "gone" in caplog.text
    site.fails, site.number = False, 2
    site.visit(later=1)
    assert site.changes[-1] == (2, False)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_a_database_that_hangs_is_asked_once_and_heard_when_it_answers(site):
    site.visit()
    site.hangs = True
    for _ in range(5):
        site.visit(later=1)
    assert site.asked == 2
    assert site.changes == [(1, False), (1, True)]
    site.hangs, site.number = False, 2
    site.answer()  # to the question of five seconds ago, so the next visit asks again
    site.number = 3
    site.visit(later=1)
    assert site.changes[-1] == (3, False)
    assert site.asked == 3


def test_nobody_waits_for_a_database_that_is_known_to_hang(site):
    site.hangs = True
    for _ in range(4):
        site.visit(later=1)
    first, *later = site.patience
    assert first > 0
    assert later == [0, 0, 0]


def test_an_answer_from_before_a_silence_is_no_sign_that_the_database_is_back(site, caplog):
    """The database hung once more before anybody read its earlier answer."""
    site.visit()
    site.fails = True
    site.visit(later=2)
    availability.note_answer(availability.heard)  # heard by another thread
    site.fails, site.hangs = False, True
    site.visit(later=2)
    site.answer()  # which nobody reads yet
    caplog.clear()
    availability.note_silence("no answer within 2 s", availability.heard)
    site.visit(later=2)
    assert availability.is_away
    assert [record.message[:26] for record in caplog.records] == ["The database doesn't answe"]
    site.hangs = False
    site.versions.look_again()
    site.visit(later=2)


@pytest.fixture(autouse=True)
def _the_database_answers():
    yield
    availability.note_answer(availability.heard)


def test_after_a_day_without_the_database_nothing_is_known_any_more(site):
    site.visit()
    site.fails = True
    for _ in range(5):
        site.visit(later=A_DAY / 5)
    assert site.changes == [(1, False), (1, True)]
    site.visit(later=2)
    assert site.changes[-1] == (None, True)


def test_a_site_that_never_heard_of_its_database_knows_nothing(site):
    site.fails = True
    site.visit()
    assert site.changes == [(None, True)]


def test_the_state_is_that_of_the_catalog_and_of_the_day(db, time_machine):
    time_machine.move_to("2026-05-01 23:59:59+00:00")
    CatalogVersion.rise()
    before = read_state()
    CatalogVersion.rise()
    assert read_state().number == before.number + 1
    time_machine.move_to("2026-05-02 00:00:01+00:00")
    assert read_state().day == datetime.date(2026, 5, 2)


def test_it_is_read_in_another_thread_with_its_own_connection(transactional_db):
    CatalogVersion.rise()
    asking = Asking()
    assert isinstance(asking().result(timeout=60), State)
    asking.close()
