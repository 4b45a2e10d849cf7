"""A real nginx with docs/deploy/nginx.conf and TLS, in front of two of our servers."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPResponse
from pathlib import Path

import pytest

from tests.careers.serving import ROOT, free_port

HOST = "careers.example.org"
needs_nginx = pytest.mark.skipif(
    sys.platform != "linux" or not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()),
    reason="on Debian, apt-get install nginx-light",
)
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
# Stands in for the distribution's nginx.conf, which includes the site's.
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
SITE |= {"WEB_WORKERS": "1"}  # for each of the two servers


@dataclass(frozen=True)
class Front:
    """nginx, as visitors reach it."""

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
        connection = http.client.HTTPSConnection(HOST, self.https, context=self._trusting)
        connection.sock = self.connect()
        named = {"Host": f"{HOST}:{self.https}", "Connection": "close", **(headers or {})}
        connection.request(method, url, body or None, named)
        return connection.getresponse()

    def post(self, url: str, body: bytes, *, headers: dict[str, str]) -> ssl.SSLSocket:
        """Send a form. Return the connection, to read the answer from."""
        here = f"{HOST}:{self.https}"
        sent = {"Host": here, "Origin": f"https://{here}", "Connection": "close", **headers,
                "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        lines = [f"POST {url} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        connection = self.connect()
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return connection

    def connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.https), timeout=60)
        return self._trusting.wrap_socket(plain, server_hostname=HOST)

    @cached_property
    def _trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "cert.pem"))

    def status(self, url: str) -> int:
        with suppress(OSError, http.client.HTTPException), self.get(url) as response:
            response.read()
            return response.status
        return 0


def set_up_nginx(folder: Path, ports: list[int]) -> Front:
    """Write the documented configuration, with ports and folders of the test's own."""
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
        "/var/log/nginx/careers-errors.log": f"{folder}/faults",
    }.items():
        assert said in text, said
        text = text.replace(said, here)
    text = re.sub(r"\n\s*listen \[::\].*", "", text)
    (folder / "site.conf").write_text(text)
    user = "user root;" if (folder.stat().st_uid == 0) else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    return front


@contextmanager
def running(folder: Path, ports: list[int]) -> Iterator[Front]:
    """Run nginx in front of servers on these ports, whether they are up or not."""
    front = set_up_nginx(folder, ports)
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        yield front
    finally:
        process.terminate()
        process.wait()
