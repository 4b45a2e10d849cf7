"""Fixtures for all tests: catalogs made to order, counts of queries, signed-in editors."""

import datetime
import gc
import itertools
import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext, override_settings
from pytest_django import DjangoDbBlocker

from careers import snapshot, sync
from careers.models import (
    Background,
    CatalogVersion,
    HiringSignal,
    Origin,
    Pivot,
    Role,
    SalaryBand,
    Step,
)
from careers.sync.rows import read_live
from careers.sync.writing import record
from paths import markdown
from paths.models import LearningPath, Lesson, Status
from tests import applied
from tests.examples import left_out, register_profiles
from tests.files import Files

register_profiles()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run a single file in this process: starting workers takes longer than it saves.

    Otherwise start one worker more than there are cores: tests spend a third of their time waiting
    for servers and browsers.
    """
    files = {argument.partition("::")[0] for argument in config.args}
    one_file = len(files) == 1 and Path(*files).is_file()
    return 0 if one_file else (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that say the same on every database: those that ask none, and"
        " those of what a browser does with pages and forms",
    )


ASKING = {"db", "transactional_db", "live_server"}
APPLIED = pytest.StashKey[applied.AppliedCatalog]()
BLOCKER = pytest.StashKey[DjangoDbBlocker]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _put_the_real_catalog_last(items)
    left = left_out(items)
    if config.getoption("--database-only"):
        left |= {item for item in items if not _asks_a_database(item) or _has_a_browser(item)}
    config.hook.pytest_deselected(items=[item for item in items if item in left])
    items[:] = [item for item in items if item not in left]


def _put_the_real_catalog_last(items: list[pytest.Item]) -> None:
    """Put them last in each file, so that the catalog's rows are written once for all of them."""
    files = {path: place for place, path in enumerate(dict.fromkeys(each.path for each in items))}
    items.sort(key=lambda item: (files[item.path], _has_the_real_catalog(item)))


def _has_the_real_catalog(item: pytest.Item) -> bool:
    return "applied_catalog" in getattr(item, "fixturenames", ())


def _has_a_browser(item: pytest.Item) -> bool:
    return "browser" in getattr(item, "fixturenames", ())


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db") or ASKING & {*fixtures})


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Write or delete the rows of the real catalog before the test's transaction begins.

    Once the time of bin/soak is up, skip the test instead.
    """
    if time.time() >= float(os.environ.get("SOAK_UNTIL", "inf")):
        pytest.skip("the time is up")
    kept = item.config.stash.get(APPLIED, None)
    if kept is None:
        return
    with item.config.stash[BLOCKER].unblock():
        if _has_the_real_catalog(item):
            kept.keep()
        elif _asks_a_database(item):
            kept.remove()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    yield
    kept = item.config.stash.get(APPLIED, None)
    if kept and _flushes_the_database(item):
        kept.flushed()


def _flushes_the_database(item: pytest.Item) -> bool:
    """Return whether the test commits, so that all tables are emptied after it."""
    marker = item.get_closest_marker("django_db")
    committing = {"transactional_db", "live_server"} & {*getattr(item, "fixturenames", ())}
    return bool(committing or (marker and marker.kwargs.get("transaction")))


def pytest_collection_finish() -> None:
    """Freeze what was imported, so that the garbage collector searches only what tests make."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Keep SQLite in a file, as in production: in memory, threads would share one connection, or
    fail instead of waiting for each other.
    """
    settings = connections.databases["default"]
    if connection.vendor == "sqlite":
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


PLAIN_STATIC_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture(scope="session", autouse=True)
def _static_files_without_a_manifest(tmp_path_factory):
    """Pages link to files by their names in static/, so that no test needs `collectstatic`."""
    collected = tmp_path_factory.mktemp("static")
    with override_settings(STORAGES=PLAIN_STATIC_FILES, STATIC_ROOT=collected):
        yield


@pytest.fixture(scope="session", autouse=True)
def _each_text_is_rendered_once():
    """Many tests apply the same lessons, and the HTML depends on the text alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "render", cache(markdown.render))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_answer_keeps_what_it_was_rendered_from():
    """Django's test client copies the context of each template, down to every widget's, for
    `response.context`. That is a tenth of a page's time, and more for garbage collection to search.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(template_rendered, "connect", lambda *_, **__: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _commands_keep_their_findings_apart(tmp_path_factory):
    with override_settings(VAR_DIR=tmp_path_factory.mktemp("var")):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test():
    """The rollback after a test lowers the catalog version, which never happens in production."""
    snapshot.forget()
    yield
    snapshot.forget()


@pytest.fixture(autouse=True)
def _what_is_gone_is_looked_for_again_at_once(monkeypatch):
    """Nobody puts back the files that tests remove. Tests of the waiting ask for `moment`."""
    monkeypatch.setattr(sync, "A_MOMENT", 0)


@pytest.fixture
def moment(monkeypatch) -> float:
    """Make sync wait for missing documents. Seconds until it looks for one again."""
    monkeypatch.setattr(sync, "A_MOMENT", 1)
    return sync.A_MOMENT


@pytest.fixture
def stays_connected():
    """For a test in a transaction that calls the whole application, or closes its answers.

    When a request begins or ends, Django closes connections in a transaction. Here it doesn't.
    """
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def count_queries(db):
    """A function that calls what it is given, and returns the number of queries."""

    # Django queries once a process what the database can do, which is no part of the call.
    assert connection.features.supports_json_field

    def count(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            call()
        return len(queries)

    return count


class Catalog:
    """Makes published things with everything that pages need; arguments override any field."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)

    def path(
        self, slug: str | None = None, *, lessons: int = 1, drafts: int = 0, **fields
    ) -> LearningPath:
        number = next(self.numbers)
        defaults = {
            "slug": slug or f"path-{number}",
            "title": f"Path {number}",
            "summary": "What it teaches.",
            "description": "What it teaches and what not.",
            "status": Status.PUBLISHED,
            "position": number,
        }
        path = LearningPath.objects.create(**defaults | fields)
        CatalogVersion.rise()
        for _ in range(lessons):
            self.lesson(path)
        for _ in range(drafts):
            self.lesson(path, status=Status.DRAFT, body="")
        return path

    def lesson(self, path: LearningPath, **fields) -> Lesson:
        number = next(self.numbers)
        defaults = {
            "path": path,
            "number": number,
            "slug": f"lesson-{number}",
            "title": f"Lesson {number}",
            "summary": "What you can do then.",
            "position": number,
            "minutes": 8,
            "practice_minutes": 40,
            "objectives": ["Do a thing"],
            "skip_if": ["you can do the thing"],
            "sources": [{"title": "A paper", "url": "https://example.org/paper"}],
            "body": "word " * 1599 + "word",
            "status": Status.PUBLISHED,
        }
        lesson = Lesson.objects.create(**defaults | fields)
        CatalogVersion.rise()
        return lesson

    def role(
        self, slug: str | None = None, *, paths: list[LearningPath] | None = None, **fields
    ) -> Role:
        number = next(self.numbers)
        letters = divmod(number, 26)
        defaults = {
            "slug": slug or f"role-{number}",
            "title": f"Role {number}",
            "code": chr(65 + letters[0] % 26) + chr(65 + letters[1]),
            "summary": "What the job is.",
            "daily_work": ["Builds a thing"],
            "status": Status.PUBLISHED,
            "position": number,
        }
        role = Role.objects.create(**defaults | fields)
        for place, path in enumerate([self.path()] if paths is None else paths):
            Step.objects.create(role=role, path=path, position=place, why="It needs it.")
        self.band(role)
        Pivot.objects.create(role=role, background=self.background())
        CatalogVersion.rise()
        return role

    def roles(self, count: int, *, steps: int = 3) -> list[Role]:
        """Make `count` roles that share the same `steps` paths."""
        paths = [self.path(drafts=1) for _ in range(steps)]
        return [self.role(paths=paths) for _ in range(count)]

    def band(self, role: Role, **fields) -> SalaryBand:
        defaults = {
            "region": "EU",
            "low": 60000,
            "high": 150000,
            "measures": "Published range",
            "period": "2026",
            "source_title": "A survey",
            "source_url": "https://example.org/survey",
            "collected": datetime.date(2026, 1, 2),
        }
        band = SalaryBand.objects.create(role=role, **defaults | fields)
        CatalogVersion.rise()
        return band

    def background(self, **fields) -> Background:
        number = next(self.numbers)
        defaults = {
            "slug": f"background-{number}",
            "title": f"Background {number}",
            "summary": "What counts.",
            "status": Status.PUBLISHED,
        }
        return Background.objects.create(**defaults | fields)

    def signal(self, *lessons: Lesson, **fields) -> HiringSignal:
        number = next(self.numbers)
        defaults = {
            "slug": f"signal-{number}",
            "title": f"Signal {number}",
            "summary": "What a hirer checks.",
            "status": Status.PUBLISHED,
        }
        signal = HiringSignal.objects.create(**defaults | fields)
        signal.lessons.set(lessons)
        CatalogVersion.rise()
        return signal


@pytest.fixture
def catalog(db) -> Catalog:
    """A maker of published things, on an empty database."""
    return Catalog()


@pytest.fixture
def revise(db):
    """A block whose changes of rows are recorded as a revision, as after a save in the admin."""

    @contextmanager
    def revising() -> Iterator[None]:
        before = read_live()
        yield
        record.write_revision(Origin.ADMIN, "editor", record.edits_between(before, read_live()))

    return revising


@pytest.fixture(scope="session")
def applied_catalog(
    request, django_db_setup, django_db_blocker
) -> Iterator[applied.AppliedCatalog]:
    """The rows of the real catalog, committed before the test's transaction begins."""
    with django_db_blocker.unblock():
        kept = applied.AppliedCatalog()
        kept.keep()
    request.config.stash[BLOCKER] = django_db_blocker
    request.config.stash[APPLIED] = kept
    yield kept
    with django_db_blocker.unblock():
        kept.remove()


@pytest.fixture
def real_catalog(applied_catalog, db) -> None:
    """The catalog of this repository, applied."""


@pytest.fixture
def signed_in(db):
    """A function that signs in staff. They have no password: hashing one takes half a second."""

    def sign_in(name: str, client: Client | None = None, **fields) -> Client:
        user = User.objects.create(username=name, is_staff=True, **fields)
        client = client or Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def editor(signed_in) -> Client:
    return signed_in("editor", is_superuser=True)


@pytest.fixture
def editor_who_may(signed_in):
    """A function that signs in staff with only the given permissions."""

    def sign_in(*permissions: str) -> Client:
        client = signed_in("-".join(permissions))
        user = User.objects.get(username="-".join(permissions))
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        return client

    return sign_in


@pytest.fixture
def count_at(count_queries):
    """A function that makes a call twice, and counts the queries of the second: caches are warm."""

    def count(call):
        call()
        return count_queries(call)

    return count


@pytest.fixture
def files(tmp_path) -> Files:
    """A folder with a small valid catalog."""
    return Files(tmp_path / "catalog")


@pytest.fixture
def count_writes():
    """A function that calls what it is given, and returns the number of writing queries."""

    def count(call) -> int:
        with CaptureQueriesContext(connection) as queries:
            call()
        return sum(
            query["sql"].startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")) for query in queries
        )

    return count
