"""docs/deploy/nginx.conf in a real nginx, with TLS, in front of two servers of ours."""

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.careers.serving import ROOT, free_port, serving, set_up, wait_for
from tests.operations.load import under_load

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()),
    reason="on Debian, apt-get install nginx-light",
)

HOST = "careers.example.org"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
# What a distribution's own nginx.conf says around the site's.
AROUND = """\
daemon off; pid {folder}/pid; error_log {folder}/errors warn; worker_processes 1; {user}
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/temp;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/site.conf;
}}
"""
SITE = {"ALLOWED_HOSTS": HOST, "TRUST_FORWARDED_PROTO": "1", "LOG_FORMAT": "json"}


@dataclass(frozen=True)
class Front:
    """nginx, as visitors meet it."""

    folder: Path
    https: int
    http: int

    def get(
        self,
        url: str,
        headers: dict[str, str] | None = None,
        *,
        method: str = "GET",
        body: str = "",
    ) -> HTTPResponse:
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        connection = http.client.HTTPSConnection(HOST, self.https, context=context, timeout=60)
        connection.sock = context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.https), timeout=60), server_hostname=HOST
        )
        named = {"Host": f"{HOST}:{self.https}", "Connection": "close", **(headers or {})}
        connection.request(method, url, body or None, named)
        return connection.getresponse()

    def status(self, url: str) -> int:
        with suppress(OSError, http.client.HTTPException), self.get(url) as response:
            response.read()
            return response.status
        return 0


def set_up_nginx(folder: Path, ports: list[int]) -> Front:
    """The documented configuration, with this machine's ports and folders in the others' place."""
    front = Front(folder, free_port(), free_port())
    subject = ("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", *subject, "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    text = (ROOT / "docs" / "deploy" / "nginx.conf").read_text()
    for said, here in {
        "listen 80;": f"listen 127.0.0.1:{front.http};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{front.https} ssl http2;",
        "127.0.0.1:8001": f"127.0.0.1:{ports[0]}",
        "127.0.0.1:8002": f"127.0.0.1:{ports[1]}",
        f"/etc/letsencrypt/live/{HOST}/fullchain.pem": f"{folder}/cert.pem",
        f"/etc/letsencrypt/live/{HOST}/privkey.pem": f"{folder}/key.pem",
        "/var/cache/nginx/careers": f"{folder}/cache",
        "/var/log/nginx/careers.log": f"{folder}/requests",
    }.items():
        assert said in text, said
        text = text.replace(said, here)
    text = re.sub(r"\n\s*listen \[::\].*", "", text)
    (folder / "site.conf").write_text(text)
    user = "user root;" if (folder.stat().st_uid == 0) else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    return front


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    set_up(folder, **SITE)
    return folder


@pytest.fixture
def front(site, tmp_path) -> Iterator[tuple[Front, ExitStack, list[int]]]:
    """nginx, the servers behind it by port, and a way to start others in their place."""
    ports = [free_port(), free_port()]
    made = set_up_nginx(tmp_path, ports)
    with ExitStack() as running:
        process = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")])
        running.callback(process.wait)
        running.callback(process.terminate)
        yield made, running, ports


def test_tls_host_port_and_scheme_arrive(front, site):
    nginx, running, ports = front
    for port in ports:
        running.enter_context(serving(site, port=port, **SITE))
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
    """As an upgrade does, and a rollback after it."""
    nginx, running, ports = front
    servers = [running.enter_context(ExitStack()) for _ in ports]
    first = [each.enter_context(serving(site, port=port, **SITE)) for each, port in
             zip(servers, ports, strict=True)]  # fmt: skip
    wait_for(lambda: nginx.status("/livez") == 200)
    with under_load(nginx, None, ["/careers/", "/search/?q=path", "/paths/"], visitors=4) as load:
        for server, stack, port in zip(first, servers, ports, strict=True):
            server.process.terminate()
            server.process.wait(timeout=30)
            stack.enter_context(serving(site, port=port, **SITE))
    assert set(load.statuses) == {200}, load.statuses
    lines = [json.loads(line) for line in (site / f"log-{ports[0]}").read_text().splitlines()
             if line.startswith("{")]  # fmt: skip
    assert not [line for line in lines if line["level"] == "ERROR"]
