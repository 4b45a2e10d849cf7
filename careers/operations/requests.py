"""One line in the log and one count for each request, whether memory or the application answers.

Nothing of it tells who asked, or what for: no address, no cookie, no value of a query.
"""

import logging
import re
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import Resolver404, resolve

from careers.operations.logs import request_id
from careers.operations.metrics import count_request

logger = logging.getLogger(__name__)

type StartResponse = Callable[..., Any]
type Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_PROBES = {"/livez", "/readyz", "/healthz", "/metrics"}
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
_current = threading.local()


def noticed(application: Application) -> Application:
    """An application of which it is noticed whether it was asked: what else answers has it kept."""

    def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        _current.was_asked = True
        return application(environ, start_response)

    return answer


class RequestLog:
    """A WSGI application that says of each request what became of it."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        _current.was_asked = False
        named = _name(environ)
        request_id.set(named)
        statuses = [500]

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            statuses.append(int(status[:3]))
            if (
                statuses[-1] >= 500
            ):  # for who asks what happened; other answers are the same for all
                headers = [*headers, ("X-Request-ID", named)]
            return start_response(status, headers, *more)

        try:
            return self._application(environ, start)
        finally:
            self._tell(environ, statuses[-1], time.perf_counter() - began)

    def _tell(self, environ: dict[str, Any], status: int, seconds: float) -> None:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        method = method if method in _METHODS else "other"
        route, is_hit = route_of(path), not _current.was_asked
        count_request(method, route, status, seconds, is_hit=is_hit)
        if not settings.LOG_REQUESTS:
            return
        level = logging.DEBUG if path in _PROBES and status == 200 else logging.INFO
        logger.log(
            level, "%s %s %s", method, route, status,
            extra={
                "method": method, "route": route, "status": status,
                "ms": round(seconds * 1000, 2), "cache": "hit" if is_hit else "miss",
            },
        )  # fmt: skip


def _name(environ: dict[str, Any]) -> str:
    """The name that a proxy gave the request, if it is one, or a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if _GIVEN_ID.fullmatch(given) else uuid4().hex


@lru_cache(4096)
def route_of(path: str) -> str:
    """What kind of address a path is: "/careers/<slug:slug>/", or "none" if it is none of ours."""
    if path.startswith(f"/{settings.STATIC_URL.lstrip('/')}"):
        return "static"
    try:
        return f"/{resolve(path).route}"
    except Resolver404:
        return "none"
