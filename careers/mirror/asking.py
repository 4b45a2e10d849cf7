"""Asks the site in this very process for an address, as a web server would, without a cookie."""

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
    """What an address is answered. headers: by their names in lower case."""

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
        """The answer to a GET of an address: of a path, perhaps with a query.

        Not as a request of its own, whose end would close the database's transaction.
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
            "HTTP_X_FORWARDED_PROTO": scheme,  # read where a proxy is trusted to say so
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": True,
        }
