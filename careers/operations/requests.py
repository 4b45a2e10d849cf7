"""One line in the log and one count for each request, whether memory or the application answers.

Nothing of it tells who asked, or what for: no address, no cookie, no value of a query.
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

AT_ONCE = 0.1  # seconds; answers from memory within them are told of together
MOST_UNTOLD = 4_000  # answers; who gives one more tells of them
MOST_TOLD_AT_ONCE = 500  # whose lines are in memory together
IDLE = 0.5  # seconds after which the thread looks whether the process ends

_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
_current = threading.local()


def noticed(application: Application) -> Application:
    """An application of which it is noticed whether it was asked: what else answers has it kept."""

    def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        _current.was_asked = True
        request_id.set(_current.request_id)
        return application(environ, start_response)

    return answer


class RequestLog:
    """A WSGI application that says of each request what became of it.

    What the application answers is told at once. An answer from memory is there before a line could
    be written: of those a thread tells, AT_ONCE later, in one go.
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
            if status >= "5":  # for who asks what happened; other answers are the same for all
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
        """Tell of what is left, and end."""
        self._closing.set()
        if self._thread:
            self._is_some.set()
            self._thread.join()

    def flush(self) -> None:
        """Tell of all answers so far."""
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
        """Begin, unless it has: not before a request, since a server may divide into processes."""
        if self._thread is None:
            with self._telling:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="request-log")
                    self._thread.start()

    def _run(self) -> None:
        """Until the process ends, which waits for the last of them."""
        while threading.main_thread().is_alive() and not self._closing.is_set():
            if self._is_some.wait(IDLE):
                self._closing.wait(AT_ONCE)
                self._is_some.clear()
                self.flush()
        self.flush()


def _names() -> Callable[[], str]:
    """Names for requests, none of which another process gives."""
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
    """What kind of address a path is: "/careers/<slug:slug>/", or "none" if it is none of ours."""
    if path.startswith(f"/{settings.STATIC_URL.lstrip('/')}"):
        return "static"
    try:
        return f"/{resolve(path).route}"
    except Resolver404:
        return "none"
