"""A mirror's configuration for static hosts, tried with a real nginx."""

import http.client
import shutil
import subprocess
from collections.abc import Callable
from http.client import HTTPResponse
from pathlib import Path

import pytest

from careers import mirror
from tests.careers.serving import free_port, wait_for

CONFIG = """\
daemon off; master_process off; pid {folder}/pid; error_log stderr error;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/temp;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {mirror}/_nginx/maps.conf;
  server {{
    listen 127.0.0.1:{port};
    root {mirror};
    include {mirror}/_nginx/server.conf;
  }}
}}
"""
type Get = Callable[[str], HTTPResponse]


@pytest.fixture
def get(small_site, folder: Path, tmp_path: Path):
    """A function that asks an nginx with the mirror's own configuration for an address."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if not nginx:
        pytest.fail("no nginx found: on Debian, apt-get install nginx-light", pytrace=False)
    mirror.write_mirror(folder, "http://localhost")
    port = free_port()
    config = tmp_path / "nginx.conf"
    config.write_text(CONFIG.format(folder=tmp_path, mirror=folder, port=port))
    process = subprocess.Popen([nginx, "-p", str(tmp_path), "-c", str(config)])

    def ask(address: str) -> HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", address, headers={"Connection": "close"})
        return connection.getresponse()

    def answers() -> bool:
        assert process.poll() is None, "nginx refuses the mirror's configuration"
        try:
            return ask("/").status == 200
        except OSError:
            return False

    wait_for(answers)
    yield ask
    process.terminate()
    process.wait()


def test_nginx_serves_pages_as_the_site_does(get: Get, client):
    for address in ("/", "/careers/", "/paths/rag/one/", "/careers/?q=anything"):
        there, here = client.get(address), get(address)
        assert here.status == 200, address
        assert here.headers["Content-Type"] == "text/html; charset=utf-8"
        for name in (
            *("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"),
            *("Cross-Origin-Resource-Policy", "X-Content-Type-Options", "X-Frame-Options"),
        ):
            assert here.headers[name] == there.headers[name], (address, name)


KINDS = {
    "/catalog.json": "application/json",
    "/careers.csv": "text/csv; charset=utf-8",
    "/feed.atom": "application/atom+xml",
    "/sitemap.xml": "application/xml",
    "/robots.txt": "text/plain; charset=utf-8",
    "/site.webmanifest": "application/manifest+json",
    "/paths/rag/one.ipynb": "application/x-ipynb+json",
    "/static/css/site.css": "text/css; charset=utf-8",
    "/static/img/icon.svg": "image/svg+xml",
}


def test_nginx_serves_files_as_what_they_are(get: Get):
    assert {address: get(address).headers["Content-Type"] for address in KINDS} == KINDS
    assert {get(address).status for address in KINDS} == {200}


def test_nginx_lets_other_sites_read_open_data_and_nothing_else(get: Get):
    assert get("/catalog.json").headers["Access-Control-Allow-Origin"] == "*"
    assert get("/catalog.json").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Origin" not in get("/careers/").headers
    assert get("/paths/rag/one.py").headers["Content-Disposition"].startswith("attachment")


def test_nginx_leads_on_from_former_addresses(get: Get):
    answer = get("/careers/ml-developer/?from=nurse")
    assert answer.status == 301
    assert answer.headers["Location"].endswith("/careers/ml-engineer/?from=nurse")
    assert get("/careers").status == 301  # adds the slash, as the site does


def test_nginx_says_what_is_gone_and_what_never_was(get: Get):
    gone = get("/careers/data-clerk/")
    assert gone.status == 410
    assert "is no longer here" in gone.read().decode()
    for address in ("/careers/data-clerk/picture.png", "/paths/rag/old.py"):
        assert get(address).status == 410, address
    file = get("/paths/rag/older/cases.csv")
    assert (file.status, file.headers["Content-Type"]) == (410, "text/html; charset=utf-8")
    assert "Lesson" in file.read().decode()
    lost = get("/careers/nobody/")
    assert lost.status == 404
    assert "This page doesn’t exist" in lost.read().decode()
    assert "default-src 'none'" in lost.headers["Content-Security-Policy"]


def test_nginx_keeps_to_itself_what_it_is_told(get: Get):
    for address in ("/_redirects", "/_headers", "/_nginx/maps.conf"):
        assert get(address).status == 404, address


def test_hosts_that_read_headers_are_told_the_policy(small_site, folder, client):
    mirror.write_mirror(folder, "http://localhost")
    lines = (folder / "_headers").read_text().splitlines()
    policy = client.get("/")["Content-Security-Policy"]
    assert lines[0] == "/*"
    assert f"  Content-Security-Policy: {policy}" in lines
    place = lines.index("/catalog.json")
    assert lines[place + 1] == "  Access-Control-Allow-Origin: *"
    assert not [line for line in lines if line.endswith(": ")]
