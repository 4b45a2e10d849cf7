"""The outermost layer: answers from memory, or has the application answer and keeps that."""

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

# What says so looks at no parameter: an unknown one makes no other page of it.
NOTHING_HERE = ("404", "410")
NO_BODY: Sequence[bytes] = []  # a list, which the server sends at once and not part by part
PATIENCE = 10  # seconds to wait for another request that has the same page made
# In the words of RFC 9211: it would have been asked for again, if there were anybody to ask.
STALE = ("Cache-Status", 'careers; hit; detail="the database is away"')


class PageCache:
    """A WSGI application that has the public pages of another in memory."""

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
        if answer is not None:  # most requests end here: this is all that they cost
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
        """Ask at the next request whether the site has changed, since somebody knows it has."""
        self._versions.look_again()

    def _change(self, state: State | None, is_away: bool) -> None:
        """Forget the answers of another state. While the database is away they are all there is."""
        if state is None:
            self._memory = None
        elif is_away and self._memory is not None:
            self._memory = self._memory.without_shortcuts()
        elif state != self._state:
            self._memory = Memory(self._most_bytes)
        self._state, self._is_away = state, is_away

    def _make(self, key: Key, environ: Environ, memory: Memory) -> Answer | Passed | None:
        """Have the answer to a key made, by one of those who ask for it at once, and keep it.

        One that is being made since before a change isn't waited for: it may say what was before.

        Nothing if it isn't for this request: one that isn't for all who ask, and says so, and may
        depend on parts of an address that the key hasn't.
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
        """The application's answer. One that comes bit by bit, or in no stated length, is passed on
        as it comes; of a page that is in memory anyway, what is too large to be kept is packed."""
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
    """What an application answers, closed in the end as WSGI asks for."""
    try:
        yield body
    finally:
        if hasattr(body, "close"):
            body.close()


def send(
    answer: Answer, environ: Environ, start_response: StartResponse, *more: tuple[str, str]
) -> Sequence[bytes]:
    """Send an answer, or the word that who asks has it already."""
    answer.uses += 1
    if answer.is_known(environ):
        start_response(NOT_MODIFIED, [*answer.not_modified_headers, *more])
        return NO_BODY
    start_response(answer.status, [*answer.headers, *more] if more else answer.headers)
    return NO_BODY if environ["REQUEST_METHOD"] == "HEAD" else answer.bodies


def send_on(answer: Passed, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Send an answer that comes bit by bit; the server closes it, unless nothing of it is sent."""
    is_known = answer.is_known(environ)
    if is_known or environ["REQUEST_METHOD"] == "HEAD":
        answer.close()
        headers = answer.not_modified_headers if is_known else answer.headers
        start_response(NOT_MODIFIED if is_known else answer.status, headers)
        return NO_BODY
    start_response(answer.status, answer.headers)
    return answer.body
