"""The thread that builds the next version of the catalog in the background."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, Event, Lock, Thread

from django.db import Error, close_old_connections, connection

from careers.published.catalog import Catalog, Version, prepare
from careers.snapshot.reader import newest_version, read_catalog

logger = logging.getLogger(__name__)
PATIENCE = 10  # seconds that whoever changed the catalog waits for it


@dataclass(slots=True)
class Kept:
    """The version of the catalog that a process shows; none before the first is read."""

    catalog: Catalog | None = None


@contextmanager
def _what_is_old_left_alone() -> Iterator[None]:
    """Have the garbage collector search only new objects meanwhile.

    Whatever lives as long as a version of the catalog is frozen, which means that it isn't searched
    at all. Until the next version is frozen as well, its many objects would make Python search
    everything again and again: each time takes most of a second for ten thousand roles, and no
    thread goes on meanwhile.
    """
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, 1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)


class Builder:
    """Builds the next version of the catalog, in one thread, while the old one is shown.

    kept: where it puts a new version, before it calls on_built. interval: seconds between two looks
    at the database's version, unless wake() is called earlier.
    """

    def __init__(
        self, kept: Kept, on_built: Callable[[], None] = lambda: None, interval: float = 0.5
    ) -> None:
        self._kept = kept
        self._on_built = on_built
        self._interval = interval
        self._thread: Thread | None = None
        self._starting = Lock()
        self._asked = Event()
        self._built = Condition()
        self._is_stopped = False

    def start(self) -> None:
        """Start the thread, unless it runs already. Not before a request: a server may fork until
        then."""
        if not self._is_running:
            with self._starting:
                if not self._is_running:
                    self._thread = Thread(target=self._run, name="next-catalog", daemon=True)
                    self._thread.start()

    @property
    def _is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def stop(self) -> None:
        self._is_stopped = True
        self._asked.set()
        if self._thread:
            self._thread.join()

    def wake(self) -> None:
        """Look at the database's version now."""
        self.start()
        self._asked.set()

    def built(self, version: Version) -> Catalog | None:
        """Wait for a version of the catalog, or a later one; None if it takes over PATIENCE."""

        def is_there() -> bool:
            kept = self._kept.catalog
            return kept is not None and kept.version.number >= version.number

        with self._built:
            self.wake()
            return self._kept.catalog if self._built.wait_for(is_there, PATIENCE) else None

    def _run(self) -> None:
        is_prepared = False
        while not self._is_stopped:
            try:
                if self._kept.catalog and not is_prepared:
                    gc.freeze()
                    with _what_is_old_left_alone():
                        prepare(self._kept.catalog)
                        gc.freeze()
                    is_prepared = True
                self._build()
            except Error:
                pass  # the database is away, which others report; pages are shown without it
            except Exception:
                logger.exception("The next version of the catalog can't be built.")
            finally:
                close_old_connections()
            self._asked.wait(self._interval)
            self._asked.clear()
        connection.close()

    def _build(self) -> None:
        before, version = self._kept.catalog, newest_version()
        if before is None or before.version == version:
            return
        with _what_is_old_left_alone():
            catalog = read_catalog(version, before)
            prepare(catalog, before)
        with self._built:
            self._kept.catalog = catalog
            self._on_built()
            self._built.notify_all()
        del before
        gc.collect()  # or garbage of requests is frozen with it, and never collected
        gc.freeze()
