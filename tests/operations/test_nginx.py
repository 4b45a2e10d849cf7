"""docs/deploy/nginx.conf in a real nginx, with TLS, in front of two of our servers."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.careers.serving import free_port, serving, set_up, wait_for
from tests.operations.load import under_load
from tests.operations.nginx import HOST, SITE, Front, needs_nginx, running

pytestmark = needs_nginx
MOST_CONNECTIONS = 50  # from one visitor


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    set_up(folder, **SITE)
    return folder


@pytest.fixture
def front(tmp_path) -> Iterator[tuple[Front, ExitStack, list[int]]]:
    """nginx, a stack to start servers in, and the ports where nginx expects them."""
    ports = [free_port(), free_port()]
    with ExitStack() as stack:
        yield stack.enter_context(running(tmp_path, ports)), stack, ports


def test_tls_host_port_and_scheme_arrive(front, site):
    nginx, stack, ports = front
    for port in ports:
        stack.enter_context(serving(site, port=port, **SITE))
    wait_for(lambda: nginx.status("/careers/") == 200)
    with nginx.get("/careers/") as page:
        tree = BeautifulSoup(page.read(), "html.parser")
        assert page.headers["Strict-Transport-Security"].startswith("max-age=")
    assert (
        tree.select_one("link[rel=canonical]")["href"] == f"https://{HOST}:{nginx.https}/careers/"
    )

    plain = http.client.HTTPConnection("127.0.0.1", nginx.http, timeout=60)
    plain.request("GET", "/careers/?q=x", headers={"Host": HOST})
    moved = plain.getresponse()
    plain.close()
    assert (moved.status, moved.headers["Location"]) == (301, f"https://{HOST}/careers/?q=x")

    with nginx.get("/admin/login/") as login:
        token = BeautifulSoup(login.read(), "html.parser").select_one("[name=csrfmiddlewaretoken]")
        cookie = login.headers["Set-Cookie"].split(";")[0]
    assert cookie.startswith("__Host-csrftoken=")
    form = f"csrfmiddlewaretoken={token['value']}&username=x&password=y"
    sent = {"Cookie": cookie, "Origin": f"https://{HOST}:{nginx.https}", "Referer": "",
            "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
    with nginx.get("/admin/login/", sent, method="POST", body=form) as answer:
        assert answer.status == 200, "a wrong password, and no forgery"

    with nginx.get("/theme/", method="POST", body="x" * 70_000) as large:
        assert large.status == 413
    with nginx.get("/metrics") as metrics:
        assert metrics.status == 404


def test_servers_are_replaced_one_after_the_other_and_nobody_notices(front, site):
    """As in an upgrade, or a rollback."""
    nginx, stack, ports = front
    servers = [stack.enter_context(ExitStack()) for _ in ports]
    first = [each.enter_context(serving(site, port=port, **SITE)) for each, port in
             zip(servers, ports, strict=True)]  # fmt: skip
    wait_for(lambda: nginx.status("/livez") == 200)
    # The login page is never cached, so each request for it reaches a server.
    pages = ["/careers/", "/admin/login/", "/search/?q=path", "/admin/login/"]
    with under_load(nginx, None, pages, visitors=4) as load:
        for server, place, port in zip(first, servers, ports, strict=True):
            server.process.terminate()
            server.process.wait(timeout=30)
            place.enter_context(serving(site, port=port, **SITE))
    assert set(load.statuses) == {200}, load.statuses
    lines = [json.loads(line) for line in (site / f"log-{ports[0]}").read_text().splitlines()
             if line.startswith("{")]  # fmt: skip
    assert not [line for line in lines if line["level"] == "ERROR"]


@pytest.fixture
def half(front, site):
    """nginx with only one of its two servers running."""
    nginx, stack, ports = front
    stack.enter_context(serving(site, port=ports[0], **SITE))
    wait_for(lambda: nginx.status("/livez") == 200)
    return nginx


@pytest.mark.parametrize(
    ("url", "status"),
    [("/not-there", 404), ("/favicon.ico", 301), ("/admin/login/", 200), ("/?plan=x", 200)],
)
def test_who_asks_at_once_for_what_no_cache_may_keep_does_not_wait_in_a_row(half, url, status):
    began = time.monotonic()
    assert {half.status(url) for _ in range(10)} == {status}
    one_after_the_other = time.monotonic() - began
    with ThreadPoolExecutor(10) as visitors:
        began = time.monotonic()
        assert set(visitors.map(half.status, [url] * 10)) == {status}
        assert time.monotonic() - began < one_after_the_other + 1


def test_a_file_that_is_nowhere_is_missing_though_a_server_is_away(half):
    """nginx asks the other server too, but its silence must not count as an answer."""
    assert {half.status(f"/static/nothing-{number}.css") for number in range(6)} == {404}


def test_who_has_too_many_connections_is_told_so_and_no_fault_of_the_site(front):
    nginx, stack, ports = front
    for port in ports:
        stack.enter_context(socket.create_server(("127.0.0.1", port)))  # accepts, answers nothing
    wait_for((nginx.folder / "pid").exists)
    for _ in range(MOST_CONNECTIONS):
        waiting = stack.enter_context(nginx.connect())
        waiting.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    wait_for(lambda: nginx.status("/careers/") == 429)


def test_no_log_has_a_visitors_address_or_plan_though_a_server_is_away(half, tmp_path):
    """The log still says that a server didn't answer."""
    visits = [half.get("/careers/", {"HX-Request": "true"}) for _ in range(2)]
    visits += [half.get(f"/careers/?plan=secret{n}") for n in range(4)]
    for visit in visits:
        visit.close()
    requests = tmp_path / "requests"
    wait_for(lambda: requests.read_text().count("/careers/") >= len(visits))
    told = [path.read_text() for path in (requests, *tmp_path.glob("*s")) if path.is_file()]
    assert not [text for text in told if "secret" in text or "client: " in text]
    assert '"502, 200"' in told[0]
