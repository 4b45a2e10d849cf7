"""The outermost layer: answers from memory, or asks the application and keeps its answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock
from typing import Any

from careers.operations import PROBES
from careers.pagecache.answers import (
    NOT_MODIFIED,
    Answer,
    Headers,
    Passed,
    make_answer,
    pass_on,
)
from careers.pagecache.keys import READ, UNUSUAL, Environ, Key, read_key
from careers.pagecache.memory import Memory
from careers.pagecache.versions import State, Versions

type StartResponse = Callable[..., Any]
type Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

# Answers with these statuses don't depend on parameters, so that unknown ones change nothing.
NOTHING_HERE = ("404", "410")
NO_BODY: Sequence[bytes] = []  # a list: the server sends it at once, rather than in parts
PATIENCE = 10  # seconds to wait for another request that is having the same page made
# As in RFC 9211: a hit that would have been revalidated if the database had answered.
STALE = ("Cache-Status", 'careers; hit; detail="the database is away"')


class PageCache:
    """A WSGI application that caches the public pages of another."""

    def __init__(
        self,
        application: Application,
        most_bytes: int,
        make_versions: Callable[..., Versions] = Versions,
    ) -> None:
        self._application = application
        self._most_bytes = most_bytes
        self._memory: Memory | None = None
        self._state: State | None = None
        self._is_away = False
        self._versions = make_versions(self._change)
        self._starting = Lock()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        usual = environ.keys().isdisjoint(UNUSUAL)
        is_due = self._versions.clock() >= self._versions.until
        if is_due and environ.get("PATH_INFO") not in PROBES:
            self._versions.renew()
        memory = self._memory
        if not usual or memory is None:
            return self._application(environ, start_response)
        request = tuple(map(environ.get, READ))
        answer = memory.ready.get(request)
        if answer is not None:  # most requests end here, so keep it fast
            return send(answer, environ, start_response)
        key = read_key(environ)
        if not key or key in memory.too_large:
            return self._application(environ, start_response)
        answer = memory.find(key)
        if not self._is_away:
            made = answer or self._make(key, environ, memory)
            if isinstance(made, Answer) and made.is_shared and key not in memory.too_large:
                memory.remember(request, made)
            return self._send_made(made, environ, start_response)
        if answer:
            return send(answer, environ, start_response, STALE)
        return self._application(environ, start_response)

    def _send_made(
        self, made: Answer | Passed | None, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        if isinstance(made, Passed):
            return send_on(made, environ, start_response)
        if made:
            return send(made, environ, start_response)
        return self._application(environ, start_response)

    def look_again(self) -> None:
        """Check on the next request whether the site has changed. For callers that know it has."""
        self._versions.look_again()

    def _change(self, state: State | None, is_away: bool) -> None:
        """Drop the answers of another state, but keep them while the database is away."""
        if state is None:
            self._memory = None
        elif is_away and self._memory is not None:
            self._memory = self._memory.without_shortcuts()
        elif state != self._state:
            self._memory = Memory(self._most_bytes)
        self._state, self._is_away = state, is_away

    def _make(self, key: Key, environ: Environ, memory: Memory) -> Answer | Passed | None:
        """Have the answer for a key made, once for all concurrent requests, and keep it.

        Answers begun before a change aren't waited for, as they may be out of date: they are in
        another Memory.

        None if the answer may be wrong for this request, because it isn't shared and may depend on
        parameters that the key leaves out.
        """
        with self._starting:
            begun = memory.being_made.get(key)
            made = begun or memory.being_made.setdefault(key, Future())
        if begun:
            return self._made_by_another(begun)
        answer = None
        try:
            answer = self._ask(key, environ, memory)
        finally:
            del memory.being_made[key]
            made.set_result(answer if isinstance(answer, Answer) else None)
        is_whole = key.query == environ.get("QUERY_STRING", "")
        if answer.is_shared or is_whole or answer.status.startswith(NOTHING_HERE):
            return answer
        if isinstance(answer, Passed):
            answer.close()
        return None

    def _made_by_another(self, making: Future[Answer | None]) -> Answer | None:
        try:
            answer = making.result(timeout=PATIENCE)
        except TimeoutError:
            return None
        return answer if answer and answer.is_shared else None

    def _ask(self, key: Key, environ: Environ, memory: Memory) -> Answer | Passed:
        """The application's answer. If it is too large to be kept, or of unknown length, it is
        passed on as it comes if it is streamed, and else compressed, but not kept."""
        said: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, *_: object) -> None:
            said.append((status, headers))

        body = self._application(key.environ(environ), start)
        status, headers = said[-1]
        length = next((value for name, value in headers if name.lower() == "content-length"), "")
        is_small = length.isdigit() and memory.takes(int(length))
        if not is_small:
            memory.pass_by(key)
            if getattr(body, "streaming", True):
                return pass_on(key, status, headers, body)
        with closing_if_it_can(body):
            answer = make_answer(key, status, headers, b"".join(body))
        if is_small and answer.is_shared:
            memory.keep(key, answer)
        return answer


@contextmanager
def closing_if_it_can(body: Iterable[bytes]) -> Iterator[Iterable[bytes]]:
    """Close the body of an answer in the end, as WSGI requires."""
    try:
        yield body
    finally:
        if hasattr(body, "close"):
            body.close()


def send(
    answer: Answer, environ: Environ, start_response: StartResponse, *more: tuple[str, str]
) -> Sequence[bytes]:
    """Send an answer, or a 304 if the client has it already."""
    answer.uses += 1
    if answer.is_known(environ):
        start_response(NOT_MODIFIED, [*answer.not_modified_headers, *more])
        return NO_BODY
    start_response(answer.status, [*answer.headers, *more] if more else answer.headers)
    return NO_BODY if environ["REQUEST_METHOD"] == "HEAD" else answer.bodies


def send_on(answer: Passed, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Send an answer that is passed on. The server closes its body, or we do if it isn't sent."""
    is_known = answer.is_known(environ)
    if is_known or environ["REQUEST_METHOD"] == "HEAD":
        answer.close()
        headers = answer.not_modified_headers if is_known else answer.headers
        start_response(NOT_MODIFIED if is_known else answer.status, headers)
        return NO_BODY
    start_response(answer.status, answer.headers)
    return answer.body
