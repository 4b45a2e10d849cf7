"""The thread that has the next version of the catalog read beside the traffic."""

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
PATIENCE = 10  # seconds for which who changed the catalog waits for it


@dataclass(slots=True)
class Kept:
    """The version of the catalog that a process shows; none before the first is read."""

    catalog: Catalog | None = None


@contextmanager
def _what_is_old_left_alone() -> Iterator[None]:
    """Search only what is new for garbage meanwhile.

    Whatever lives as long as a version of the catalog is frozen, which means that it isn't searched
    at all. As long as the next isn't, the many things that it is made of would have Python search
    everything time and again: most of a second each for ten thousand roles, in which no thread goes
    on.
    """
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, 1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)


class Builder:
    """Builds the next version of the catalog, in one thread, while the old one is shown.

    kept: where it puts what it built, of which it then tells on_built. interval: seconds after
    which it asks the database for the version, unless somebody has it asked before.
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
        """Begin, unless it has: not before a request, since a server may divide into processes."""
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
        """Ask for the version now."""
        self.start()
        self._asked.set()

    def built(self, version: Version) -> Catalog | None:
        """The catalog of a version, or a later one, once it is built; None if that takes long."""

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
                pass  # the database is away, which others say; pages are shown without it
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
        gc.collect()  # or garbage of requests is frozen with it, which nobody finds any more
        gc.freeze()
