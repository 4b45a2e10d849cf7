"""Visitors who read all the time and an editor who saves, while a site is worked on."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException

from tests.careers.test_whole_forms import Editor, answer

# Seconds from an answer to the next page of a visitor: who asks without a pause only keeps the
# processor from those who are being tested.
READING = 0.1


@dataclass
class Load:
    """statuses: how often each was answered, 0 for no answer. confirmed: the titles saved.

    refused: title → after how many seconds nothing or something else was said, and what.
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
    """Ask for pages from many sides until the block ends, and save a title twice a second.

    open_form: how an editor opens the form; without it nobody saves. pauses: of one more visitor
    each, who waits so many seconds between connecting and asking.
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
    """What the site says to a form, or what kept it from being sent."""
    try:
        editor = open_form()
        body = editor.sends(title)
        return answer(editor.begins(body, len(body)))
    except (OSError, HTTPException) as broken:
        return repr(broken)
