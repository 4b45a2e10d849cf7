"""Make requests to the site within this process, as a web server would, without a cookie."""

import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request. headers: by lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_html(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


class Site:
    """The site at its public address, such as "https://careers.example.org"."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._parts: SplitResult = urlsplit(origin)
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def ask(self, address: str) -> Answer:
        """Answer a GET. address: a path, with or without a query.

        The response isn't closed: as the end of a request, that would close the connection.
        """
        response = self._handler.get_response(WSGIRequest(self._environ(address)))
        body = b"".join(response)
        headers = {name.lower(): text for name, text in response.items()}
        return Answer(response.status_code, headers, body)

    def _environ(self, address: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        scheme = self._parts.scheme
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self._parts.hostname or "",
            "SERVER_PORT": str(self._parts.port or (443 if scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self._parts.netloc,
            "HTTP_X_FORWARDED_PROTO": scheme,  # read if the settings trust a proxy
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": True,
        }
