"""Releases: two at once, the previous code on the new database, and two hosts on one database."""

import subprocess
import sys
import time
from contextlib import ExitStack

import pytest

from careers.staticfiles import manifest_name
from tests.careers.serving import ROOT, environment, run_program, serving, set_up, wait_for
from tests.careers.test_whole_forms import ROWS, Editor, answer
from tests.operations import cluster

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are looked up in /proc")


@pytest.fixture(scope="module")
def database():
    with cluster.running() as running:
        yield running


def url_of(database, name: str) -> str:
    """Create an empty database, and return its URL."""
    cluster.run("createdb", "-h", "127.0.0.1", "-p", str(database.port), "-U", "careers", name)
    return database.url.removesuffix("postgres") + name


@pytest.mark.parametrize("engine", ["SQLite", "PostgreSQL"])
def test_two_at_once_on_a_fresh_database_wait_for_each_other(engine, request, tmp_path, files):
    more = {"CATALOG_DIR": str(files.folder)}
    if engine == "PostgreSQL":
        more["DATABASE_URL"] = url_of(request.getfixturevalue("database"), "two_at_once")
        more["DEBUG"] = "1"  # skips collecting static files, which don't matter here
    command = [sys.executable, "manage.py", "release"]
    started = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment(tmp_path, **more),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate(timeout=300)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    assert sorted("0 added" in words for words in said) == [False, True], "one fills, one finds"
    assert (tmp_path / "static" / manifest_name(ROOT)).exists() == (engine == "SQLite")


def test_an_edit_on_one_host_is_soon_seen_on_the_other(database, tmp_path):
    more = {"DATABASE_URL": url_of(database, "two_hosts")}
    rows = ROWS + "catalog.role('ml', title='Before')\n"
    session, pk = set_up(tmp_path, rows, **more).split()
    with ExitStack() as both:
        here, there = (both.enter_context(serving(tmp_path, **more)) for _ in range(2))
        editor = Editor(here, session, f"/admin/careers/background/{pk}/change/")
        shown = "/careers/ml/?from=background-1"

        def sees(words: str) -> bool:
            with there.get(shown) as response:
                return words in response.read().decode()

        wait_for(lambda: all(sees("Before") for _ in range(8)))
        body = editor.sends("After")
        assert answer(editor.begins(body, len(body))).startswith("HTTP/1.1 302 ")
        began = time.monotonic()
        wait_for(lambda: all(sees("After") for _ in range(8)))
        assert time.monotonic() - began < 1 + 8 * 0.5


# -- The previous release on today's database --


def test_the_code_before_serves_and_saves_on_todays_database(before, tmp_path):
    """While hosts are upgraded one by one, old and new code share a database."""
    session, pk = set_up(tmp_path, ROWS).split()
    with serving(tmp_path, root=before) as server:
        editor = Editor(server, session, f"/admin/careers/background/{pk}/change/")
        body = editor.sends("After")
        assert answer(editor.begins(body, len(body))).startswith("HTTP/1.1 302 ")
        assert editor.saved[0] == "After"
        for url in ("/", "/careers/", "/paths/", "/search/?q=path", "/changes/"):
            assert server.status(url) == 200, url
    command = ("manage.py", "catalog", "apply", "--at-start")
    applied = run_program(*command, environment=environment(tmp_path), root=before)
    assert applied.returncode == 0, applied.stderr
