"""The production server: survives a dead worker and slow clients, and ends on SIGTERM."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from unittest.mock import Mock

import pytest

from careers.server import OneSocketServer
from tests.careers.serving import (
    ROOT,
    Server,
    environment,
    free_port,
    serving,
    set_up,
    starting,
    wait_for,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are looked up in /proc")

SLOW = {"Content-Length": "1000"}  # of which only ten bytes are sent


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of a site with an empty catalog."""
    folder = tmp_path_factory.mktemp("site")
    set_up(folder)
    return folder


@pytest.fixture(scope="module")
def server(folder):
    """A server shared by the tests that don't change it."""
    with serving(folder) as server:
        yield server


def seconds_to_stop(server: Server) -> float:
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(timeout=60)
    return time.monotonic() - began


def seconds_to_answer(server: Server) -> float:
    began = time.monotonic()
    wait_for(lambda: server.status("/careers/") == 200 or server.ended)
    return time.monotonic() - began


def test_a_worker_that_is_killed_is_replaced_and_the_site_answers_meanwhile(folder):
    with serving(folder) as server:
        done = threading.Event()

        def visit() -> None:
            while not done.is_set():
                server.status("/careers/")

        visitors = [threading.Thread(target=visit) for _ in range(3)]
        for visitor in visitors:
            visitor.start()
        usual = max(seconds_to_answer(server) for _ in range(5))  # it depends on the machine
        killed = min(server.workers)
        os.kill(killed, signal.SIGKILL)
        waited = seconds_to_answer(server)
        wait_for(lambda: killed not in server.workers)
        wait_for(lambda: len(server.workers) == 2 or server.ended)
        done.set()
        for visitor in visitors:
            visitor.join()
        assert not server.ended
        assert waited < 2 + 3 * usual
        assert server.status("/careers/") == 200


def test_it_ends_in_time_right_after_its_start(folder):
    with starting(folder) as server:
        time.sleep(0.3)
        assert seconds_to_stop(server) < 10


def test_it_ends_in_time_while_its_workers_start(folder):
    with starting(folder) as server:
        wait_for(lambda: len(server.workers) == 2)
        assert seconds_to_stop(server) < 10


def test_it_ends_in_the_midst_of_a_reload_whose_rest_is_left_out(folder):
    with serving(folder, WEB_WORKERS="4") as server:
        seen = server.workers
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: server.workers - seen)
        server.process.send_signal(signal.SIGTERM)
        while not server.ended:
            seen |= server.workers
            time.sleep(0.05)
        assert len(seen) == 5, "four, and the one that was being replaced"
        assert server.process.returncode == 0


def test_it_ends_in_time_with_three_slow_uploads_open(folder):
    with serving(folder) as server, ExitStack() as uploads:
        for _ in range(3):
            uploads.enter_context(server.post("/theme/", b"theme=dark", headers=SLOW))
        time.sleep(0.3)  # until the server reads each of them
        assert seconds_to_stop(server) < 10


def test_slow_uploads_shut_nobody_out(server):
    """There are more uploads than threads, and the pages asked for aren't cached."""
    with ExitStack() as uploads:
        for _ in range(60):
            uploads.enter_context(server.post("/theme/", b"theme=dark", headers=SLOW))
        assert [server.status(f"/search/?q=word{n}") for n in range(10)] == [200] * 10


def test_visitors_who_have_read_what_they_asked_for_shut_nobody_out(server):
    """Browsers keep connections open for their next request."""
    kept = {"Connection": "keep-alive", "Content-Length": "0"}
    with ExitStack() as visitors:
        for _ in range(200):
            visitor = visitors.enter_context(server.post("/theme/", headers=kept))
            assert visitor.recv(12) == b"HTTP/1.1 303"
        assert server.status() == 200


@pytest.mark.parametrize(("megabytes", "told"), [(99, 0), (101, 1)])
def test_a_process_replaced_for_its_memory_is_told_of(monkeypatch, capsys, megabytes, told):
    server = OneSocketServer("careers.wsgi:application", interface="wsgi", workers_max_rss=100)
    server.rss_samples = 1
    server.wrks = [Mock(idx=0, _id=lambda: 11), Mock(idx=1, _id=lambda: 12)]
    used = {11: 90 * 1024**2, 12: megabytes * 1024**2}
    monkeypatch.setattr(server, "_rss_collector", Mock(memory=lambda _: used), raising=False)

    def replace(places, *_, **__):
        for place in places:
            server.wrks[place] = Mock()

    monkeypatch.setattr(server, "_respawn_workers", replace)
    server._handle_rss_signal(None, None)  # noqa: SLF001  Granian calls this method
    assert capsys.readouterr().err.count("more than 100 MB of memory") == told


# -- What stops the start ------------------------------------------------------------------


def refused(folder, *words: str, **more: str) -> str:
    """Run bin/serve, which must refuse to start. Return its one line of output."""
    command = [ROOT / "bin" / "serve", "--no-setup", "--port", str(free_port()), *words]
    given = environment(folder, **more)
    done = subprocess.run(
        command, env=given, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert not done.stdout
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "foo://x"),
        ("SECRET_KEY_FILE", "/nonexistent"),
        *(("WEB_WORKERS", value) for value in ("abc", "0", "-1", "1.5")),
        ("WORKER_MAX_MB", "x"),
    ],
)
def test_a_variable_that_cannot_be_read_stops_the_start(folder, name, value):
    assert name in refused(folder, **{name: value})


@pytest.mark.parametrize("port", ["0", "00", "65536", "1" * 30, "http", ""])
def test_what_is_no_port_stops_the_start(folder, port):
    assert refused(folder, "--port", port) == (
        f"error: --port is a number from 1 to 65535, not {port}"
    )


def test_why_nobody_can_listen_is_said(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused(folder, "--port", port)
    assert said.startswith(f"error: nothing can listen on 127.0.0.1:{port}: Address already in use")
    assert "choose another with --port" in said
    said = refused(folder, "--host", "10.255.255.254")
    assert said.endswith(": Cannot assign requested address")
