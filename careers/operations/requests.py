"""One log line and one count for each request, whether memory or the application answers it.

Neither reveals who asked, or what for: no IP address, no cookie, no query values.
"""

import logging
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import batched, count
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import Resolver404, resolve

from careers.operations import PROBES
from careers.operations.answered import Answered
from careers.operations.logs import request_id
from careers.operations.metrics import count_requests

logger = logging.getLogger(__name__)

type StartResponse = Callable[..., Any]
type Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

AT_ONCE = 0.1  # seconds; answers from memory within them are logged together
MOST_UNTOLD = 4_000  # answers; the thread that gives one more logs them all
MOST_TOLD_AT_ONCE = 500  # answers, so that not all of their lines are in memory at once
IDLE = 0.5  # seconds after which the thread checks whether the process ends

_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
_current = threading.local()


def noticed(application: Application) -> Application:
    """Wrap the application to note that it was called; otherwise the answer came from memory."""

    def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        _current.was_asked = True
        request_id.set(_current.request_id)
        return application(environ, start_response)

    return answer


class RequestLog:
    """A WSGI application that logs and counts each request.

    Answers of the application are logged at once. Those from memory take less time than writing a
    line would: a thread logs them together, AT_ONCE seconds later.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._names = _names()
        self._from_memory: deque[Answered] = deque()
        self._is_some = threading.Event()
        self._telling = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID")
        named = given if given and _GIVEN_ID.fullmatch(given) else self._names()
        _current.was_asked, _current.request_id = False, named
        answered = "500"

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal answered
            answered = status
            if status >= "5":  # so that a visitor can report it; other answers may be shared
                headers = [*headers, ("X-Request-ID", named)]
            return start_response(status, headers, *more)

        try:
            return self._application(environ, start)
        finally:
            is_hit = not _current.was_asked
            method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
            self._note(
                path in PROBES,
                Answered(
                    time.time(), named, method if method in _METHODS else "other", route_of(path),
                    int(answered[:3]), time.perf_counter() - began, is_hit,
                ),
            )  # fmt: skip

    def close(self) -> None:
        """Log what is left, and end the thread."""
        self._closing.set()
        if self._thread:
            self._is_some.set()
            self._thread.join()

    def flush(self) -> None:
        """Log all answers from memory so far."""
        with self._telling:
            for some in batched(range(len(self._from_memory)), MOST_TOLD_AT_ONCE):
                _tell([self._from_memory.popleft() for _ in some])

    def _note(self, is_probe: bool, answered: Answered) -> None:
        if answered.is_hit:
            self._from_memory.append(answered)
            if not self._is_some.is_set():
                self._is_some.set()
                self._start()
            elif len(self._from_memory) > MOST_UNTOLD:
                self.flush()
        else:
            is_all_well = is_probe and answered.status == 200
            _tell([answered], logging.DEBUG if is_all_well else logging.INFO)
            request_id.set("")

    def _start(self) -> None:
        """Start the thread once, and not before the first request: a server may fork until then."""
        if self._thread is None:
            with self._telling:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="request-log")
                    self._thread.start()

    def _run(self) -> None:
        """Log answers until the process ends; it waits for the last ones."""
        while threading.main_thread().is_alive() and not self._closing.is_set():
            if self._is_some.wait(IDLE):
                self._closing.wait(AT_ONCE)
                self._is_some.clear()
                self.flush()
        self.flush()


def _names() -> Callable[[], str]:
    """A function that makes request ids, unique across processes."""
    ours, numbers = uuid4().hex[:20], count()
    return lambda: f"{ours}{next(numbers):012x}"


def _tell(answers: list[Answered], level: int = logging.INFO) -> None:
    count_requests(answers)
    if settings.LOG_REQUESTS and logger.isEnabledFor(level):
        *_, last = answers
        what = f"{last.method} {last.route} {last.status}" if len(answers) == 1 else "Requests"
        logger.log(level, what, extra={"answered": answers})


@lru_cache(4096)
def route_of(path: str) -> str:
    """The pattern of a path's address, as "/careers/<slug:slug>/", or "none" if there is none."""
    if path.startswith(f"/{settings.STATIC_URL.lstrip('/')}"):
        return "static"
    try:
        return f"/{resolve(path).route}"
    except Resolver404:
        return "none"
