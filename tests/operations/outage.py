"""What visitors are answered while PostgreSQL is stopped, and then frozen, under load.

    .venv/bin/python -m tests.operations.outage [--seconds 20]

32 visitors read pages that each worker has cached, 32 ask for pages that need the database. While
it is away, the former must always get 200 and the latter 503, and all must be well soon after it is
back; otherwise this ends with 1. Run it by hand: it takes two minutes.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import django

VISITORS = 32  # of each kind
KEPT = ("/careers/", "/paths/", "/careers.csv", "/feed.atom", "/robots.txt")
SETTLING = 5  # seconds that a busy machine may need to notice that the database went or came back
ASKED = count()


class Visits:
    """Visitors of two kinds: their answers' statuses since the last look, and the longest wait."""

    def __init__(self, server) -> None:
        self._server = server
        self._done = threading.Event()
        self.statuses: dict[str, Counter[int]] = {}
        self.longest: dict[str, float] = {}
        self.look()
        self._threads = [
            threading.Thread(target=self._visit, args=(kind, address))
            for kind, address in (("kept", self._kept), ("other", self._other))
            for _ in range(VISITORS)
        ]
        for thread in self._threads:
            thread.start()

    def look(self) -> dict[str, Counter[int]]:
        seen, self.statuses = self.statuses, {"kept": Counter(), "other": Counter()}
        self.longest = {"kept": 0.0, "other": 0.0}
        return seen

    def end(self) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _visit(self, kind: str, address: Callable[[], str]) -> None:
        while not self._done.is_set():
            began = time.monotonic()
            status = self._server.status(address())
            self.statuses[kind][status] += 1
            self.longest[kind] = max(self.longest[kind], time.monotonic() - began)

    def _kept(self) -> str:
        return KEPT[next(ASKED) % len(KEPT)]

    def _other(self) -> str:
        return f"/paths/nothing-{next(ASKED)}/"


def watch(visits: Visits, what: str, seconds: float, allowed: dict[str, set[int]]) -> bool:
    """Watch for some seconds, and print what came. Return whether only allowed statuses did."""
    visits.look()
    time.sleep(seconds)
    longest = visits.longest
    seen = visits.look()
    is_well = all(seen[kind].keys() <= allowed[kind] and seen[kind] for kind in seen)
    words = "; ".join(f"{kind} {dict(seen[kind])}, at most {longest[kind]:.1f} s" for kind in seen)
    print(f"{'well ' if is_well else 'WRONG'} {what}: {words}", flush=True)
    return is_well


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=20)
    seconds = parser.parse_args().seconds

    from tests.careers.serving import serving, set_up, wait_for  # noqa: PLC0415  needs Django
    from tests.operations import cluster  # noqa: PLC0415

    well, away = {"kept": {200}, "other": {404}}, {"kept": {200}, "other": {503}}
    changing = {"kept": {200}, "other": {404, 503}}
    fine = []
    with tempfile.TemporaryDirectory() as made, cluster.running() as database:
        folder, more = Path(made), {"DATABASE_URL": database.url, "LOG_REQUESTS": "0"}
        set_up(folder, **more)
        with serving(folder, **more) as server:
            wait_for(lambda: {server.status(each) for each in KEPT * 20} == {200})
            visits = Visits(server)
            fine.append(watch(visits, "before", SETTLING, well))
            for what, go, come in (
                ("stopped", database.stop, database.start),
                ("frozen", database.freeze, database.thaw),
            ):
                go()
                fine.append(watch(visits, f"being {what}", SETTLING, changing))
                fine.append(watch(visits, what, seconds - SETTLING, away))
                come()
                fine.append(watch(visits, "coming back", SETTLING, changing))
                fine.append(watch(visits, "back", SETTLING, well))
            visits.end()
            print(server.log.read_text()[-3000:])
    return not all(fine)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
    os.environ.setdefault("SECRET_KEY", "a key for tests alone " * 3)
    django.setup()
    sys.exit(main())
