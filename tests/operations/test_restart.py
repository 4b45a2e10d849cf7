"""SIGHUP and SIGTERM under load: no errors, and nothing is lost whose save was confirmed."""

import signal
import sys
import time

import pytest

from tests.careers.serving import serving, set_up, starting, wait_for
from tests.careers.test_whole_forms import ROWS, Editor
from tests.operations.load import under_load

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are looked up in /proc")

CUT_OFF = (
    5  # seconds: an ending worker rolls back a request that takes longer, and doesn't confirm it
)
# Seconds between connecting and the request; the worker may be told to end meanwhile.
FAR_AWAY = (0.02, 0.05, 0.1, 0.2, 0.4, 0.4, 0.4, 0.4)
PAGES = ["/careers/", "/search/?q=path", "/paths/"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site's folder, the session key of an editor, and the address of a form."""
    folder = tmp_path_factory.mktemp("site")
    session, pk = set_up(folder, ROWS).split()
    return folder, session, f"/admin/careers/background/{pk}/change/"


def test_a_reload_under_load_costs_nobody_an_answer(site):
    folder, *form = site
    with serving(folder) as server:
        before = server.workers
        with under_load(server, lambda: Editor(server, *form), PAGES, pauses=FAR_AWAY) as load:
            wait_for(lambda: load.confirmed)
            server.process.send_signal(signal.SIGHUP)
            wait_for(lambda: not before & server.workers and len(server.workers) == 2)
            seen = len(load.confirmed)
            wait_for(lambda: len(load.confirmed) > seen + 1)
        assert set(load.statuses) == {200}, load.statuses
        soon = {title: why for title, why in load.refused.items() if why[0] < CUT_OFF}
        assert not soon, "an answer was under way for less than a server waits for it"
        assert Editor(server, *form).saved[0] == load.confirmed[-1]


def test_a_reload_that_is_asked_for_before_the_server_listens_ends_nothing(site):
    folder, *_ = site
    with starting(folder) as server:
        wait_for(lambda: server.workers)  # it has begun: each of its steps is a child process
        while not server.ended and server.status() != 200:
            server.process.send_signal(signal.SIGHUP)
            time.sleep(0.05)
        assert not server.ended


def test_an_end_under_load_loses_nothing_that_was_confirmed(site):
    folder, *form = site
    with serving(folder) as server:
        with under_load(server, lambda: Editor(server, *form), PAGES) as load:
            wait_for(lambda: len(load.confirmed) > 1)
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(timeout=20) == 0
        assert set(load.statuses) <= {200, 0}, "an answer, or nobody there any more"
    with serving(folder) as server:
        kept = Editor(server, *form).saved[0]
    # The last save may have succeeded, and its connection been cut before the answer.
    assert kept in {load.confirmed[-1], *load.refused}
