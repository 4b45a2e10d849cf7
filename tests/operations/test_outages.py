"""A database that stops or freezes under load: no errors, no long waits, no needless log lines."""

import itertools
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.careers.serving import serving, set_up, wait_for
from tests.operations import cluster

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a cluster is frozen through /proc")

VISITORS = 24
WORKERS = 2
KEPT = "/data/"
MADE = f"GET {KEPT} 200, miss"  # the log's line, once for each worker, which then caches the page
_questions = itertools.count()


def nobody_asked_for() -> str:
    """Return a new address of nothing, as only the database can tell."""
    return f"/paths/nothing-{next(_questions)}/"


@pytest.fixture(scope="module")
def database():
    with cluster.running() as running:
        yield running


@pytest.fixture(scope="module")
def server(database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    set_up(folder, DATABASE_URL=database.url)
    with serving(folder, DATABASE_URL=database.url) as server:
        yield server


@contextmanager
def visitors(server):
    """Ask for pages in many threads. Yields a list that gets (status, seconds) of each answer."""
    answers: list[tuple[int, float]] = []
    done = threading.Event()

    def visit() -> None:
        while not done.is_set():
            began = time.monotonic()
            status = server.status(nobody_asked_for())
            answers.append((status, time.monotonic() - began))

    threads = [threading.Thread(target=visit) for _ in range(VISITORS)]
    for thread in threads:
        thread.start()
    yield answers
    done.set()
    for thread in threads:
        thread.join()


def is_steady(server, status: int) -> bool:
    """Return whether all workers answer with this status: each asks the database itself."""
    return {server.status(nobody_asked_for()) for _ in range(20)} == {status}


def lines(server, words: str) -> int:
    return server.log.read_text().count(words)


@pytest.mark.parametrize("way", ["stopped", "frozen"])
def test_what_needs_the_database_says_come_back_and_does_as_soon_as_it_can(server, database, way):
    away, back = {"stopped": (database.stop, database.start),
                  "frozen": (database.freeze, database.thaw)}[way]  # fmt: skip
    wait_for(lambda: is_steady(server, 404))
    wait_for(lambda: server.status(KEPT) == 200 and lines(server, MADE) == WORKERS)
    said, traced = lines(server, "The database doesn't answer"), lines(server, "Traceback")
    away()
    try:
        with visitors(server) as answers:
            wait_for(lambda: is_steady(server, 503))
            del answers[:]
            time.sleep(4)
            late = list(answers)
        began = time.monotonic()
        assert server.status("/readyz") == 503
        assert time.monotonic() - began < 3
        assert server.status("/livez") == 200
        assert server.status("/robots.txt") == 200
        assert [server.status(KEPT) for _ in range(20)] == [200] * 20
        with server.get(KEPT) as response:
            assert "database is away" in response.headers["Cache-Status"]
        with server.get(nobody_asked_for()) as response:
            assert response.headers["Retry-After"] == "10"
            assert "Back in a moment" in response.read().decode()
    finally:
        back()
    began = time.monotonic()
    wait_for(lambda: is_steady(server, 404) and server.status("/readyz") == 200)
    assert time.monotonic() - began < 15
    assert {status for status, _ in late} == {503}
    waited = Counter(seconds > 1.5 for _, seconds in late)
    assert waited[False] > 10 * waited[True], "who tries waits, and the others do not"
    assert lines(server, "The database doesn't answer") - said <= WORKERS, "once each"
    assert lines(server, "The database answers again") == lines(server, "doesn't answer")
    assert lines(server, "Traceback") == traced


def test_a_probe_is_soon_answered_in_the_moment_that_the_database_stands_still(server, database):
    wait_for(lambda: is_steady(server, 404) and server.status("/readyz") == 200)
    time.sleep(1.1)  # probes keep their result for a second

    def ask(probe: str) -> tuple[int, float]:
        began = time.monotonic()
        return server.status(probe), time.monotonic() - began

    database.freeze()
    try:
        with ThreadPoolExecutor(8) as watchers:
            lives, ready = ([watchers.submit(ask, probe) for _ in range(4)]
                            for probe in ("/livez", "/readyz"))  # fmt: skip
            assert {answer.result()[0] for answer in lives} == {200}
            assert {answer.result()[0] for answer in ready} == {503}
    finally:
        database.thaw()
    assert max(answer.result()[1] for answer in lives) < 1
    assert max(answer.result()[1] for answer in ready) < 3
    wait_for(lambda: is_steady(server, 404))
