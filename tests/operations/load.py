"""Visitors who read all the time and an editor who saves, while servers restart or change."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException

from tests.careers.test_whole_forms import Editor, answer

# Seconds between an answer and a visitor's next request: without a pause, visitors would only take
# CPU time from the servers under test.
READING = 0.1


@dataclass
class Load:
    """What came of it. statuses: answers by status, 0 for none. confirmed: the titles saved.

    refused: title → seconds until an answer or error, and its text, where no save was confirmed.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    confirmed: list[str] = field(default_factory=list)
    refused: dict[str, tuple[float, str]] = field(default_factory=dict)


@contextmanager
def under_load(
    server,
    open_form: Callable[[], Editor] | None,
    urls: list[str],
    visitors: int = 6,
    pauses: Sequence[float] = (),
) -> Iterator[Load]:
    """Read pages in many threads while the block runs, and save a title twice a second.

    open_form: opens the editor's form; None if nobody saves. pauses: each adds a visitor who waits
    so many seconds between connecting and sending the request.
    """
    load, done = Load(), threading.Event()
    statuses = [server.status] * visitors
    statuses += [partial(server.status, pause=pause) for pause in pauses]
    threads = [
        threading.Thread(target=_read, args=(load, done, status, urls)) for status in statuses
    ]
    if open_form:
        threads.append(threading.Thread(target=_edit, args=(load, done, open_form)))
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _read(load: Load, done: threading.Event, status: Callable[[str], int], urls: list[str]) -> None:
    while not done.is_set():
        for url in urls:
            load.statuses[status(url)] += 1
            done.wait(READING)


def _edit(load: Load, done: threading.Event, open_form: Callable[[], Editor]) -> None:
    number = 0
    while not done.is_set():
        number += 1
        title = f"Title {number}"
        began = time.monotonic()
        said = _save(open_form, title)
        if said.startswith("HTTP/1.1 302 "):
            load.confirmed.append(title)
        else:
            load.refused[title] = (time.monotonic() - began, said[:500])
        time.sleep(0.5)


def _save(open_form: Callable[[], Editor], title: str) -> str:
    """Save a title. Return the site's answer, or the error instead of one."""
    try:
        editor = open_form()
        body = editor.sends(title)
        return answer(editor.begins(body, len(body)))
    except (OSError, HTTPException) as broken:
        return repr(broken)
