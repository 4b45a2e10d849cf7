"""A minute of everything at once, and what visitors and an editor see of it.

    .venv/bin/python -m tests.operations.ordeal [--seconds 60] [--postgresql]

64 visitors read without a pause, an editor saves a title twice a second, files are changed and
applied, a worker is killed, and the server is reloaded five times. Each page is checked against
what was saved: it must show a single title, and a newer one may not have been saved more than 1.5
seconds before the request, unless the answer says that it may be stale. Answers of the same catalog
version must agree. Only requests to the killed worker may go unanswered. Ends with 1 if anything
was wrong. Run it by hand on an idle machine: on a busy one, answers take longer than a reloading
server waits for them.
"""

import argparse
import json
import os
import re
import signal
import sys
import tempfile
import threading
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from subprocess import run

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent
VISITORS = 64
RELOADS = 5
STALE = 1.5  # seconds a page may lag: one until the server looks for a change, the rest to answer
PAGES = ("/careers/", "/careers/?hours=5", "/catalog.json", "/careers/ml-engineer/")
TITLE = re.compile(r"Title (\d+)")
ROWS = """
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from careers.models import Background
call_command("catalog", "apply", stdout=open("/dev/null", "w"))
Background.objects.filter(slug="software-engineer").update(title="Title 0")
client = Client()
client.force_login(User.objects.create(username="editor", is_staff=True, is_superuser=True))
print(client.cookies["sessionid"].value, Background.objects.get(slug="software-engineer").pk)
"""


@dataclass
class Seen:
    """What was seen. saved: (time of confirmation, number) of each title, in order.

    at_version: version → number of its title. marked: how many answers said that they may be stale,
    as the database was away. ages: the `age` of each other answer.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    saved: list[tuple[float, int]] = field(default_factory=lambda: [(0.0, 0)])
    refused: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    at_version: dict[int, int] = field(default_factory=dict)
    applied: Counter[int] = field(default_factory=Counter)
    marked: int = 0
    ages: list[float] = field(default_factory=list)


def read(server, seen: Seen, done: threading.Event) -> None:
    while not done.is_set():
        for url in PAGES:
            asked = time.monotonic()
            try:
                with server.get(url) as answer:
                    status, text = answer.status, answer.read().decode()
                    marked = "away" in answer.headers.get("Cache-Status", "")
            except (OSError, HTTPException) as broken:
                status, text, marked = 0, repr(broken), False
            seen.statuses[status] += 1
            seen.marked += marked
            if status == 200:
                judge(seen, url, 0.0 if marked else asked, text)


def judge(seen: Seen, url: str, asked: float, text: str) -> None:
    titles = {int(number) for number in TITLE.findall(text)}
    if len(titles) > 1:
        seen.wrong.append(f"{url} mixes {titles}")
    place = bisect_right(seen.saved, (asked - STALE, sys.maxsize)) - 1
    oldest = seen.saved[max(place, 0)][1]
    if titles and asked:
        seen.ages.append(age(seen, asked, min(titles)))
    if titles and min(titles) < oldest:
        seen.wrong.append(f"{url} says {titles} where {oldest} was saved long before")
    if url == "/catalog.json":
        version = json.loads(text)["version"]
        known = seen.at_version.setdefault(version, *titles)
        if {known} != titles:
            seen.wrong.append(f"version {version} says {titles} here and {known} there")


def age(seen: Seen, asked: float, title: int) -> float:
    """Return for how many seconds a newer title had been saved at the request; 0 if none had."""
    later = (at for at, number in reversed(seen.saved) if number > title)
    return max(0.0, asked - min(later, default=asked))


def edit(open_form, seen: Seen, done: threading.Event) -> None:
    from tests.careers.test_whole_forms import answer  # noqa: PLC0415  needs Django

    number = 0
    while not done.is_set():
        number += 1
        began = time.monotonic()
        try:
            form = open_form()
            body = form.sends(f"Title {number}")
            said = answer(form.begins(body, len(body)))
        except (OSError, HTTPException) as broken:
            said = repr(broken)
        if said.startswith("HTTP/1.1 302 "):
            seen.saved.append((time.monotonic(), number))
        else:
            seen.refused.append(f"{number}: {said[:60]}")
        time.sleep(max(0.0, 0.5 - (time.monotonic() - began)))


def apply(files, environment: dict[str, str], seen: Seen, done: threading.Event) -> None:
    number = 0
    while not done.is_set():
        number += 1
        files.write("signals.yaml", SIGNALS.format(number=number))
        command = [sys.executable, "manage.py", "catalog", "apply"]
        ended = run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
        seen.applied[ended.returncode] += 1
        time.sleep(2)


SIGNALS = """\
signals:
  - slug: shipped
    title: Shipped something
    status: published
    summary: Something that others can open, seen {number} times.
    passes: A working demo.
  - slug: eval-discipline
    title: Eval discipline
    status: published
    summary: A number before and after.
"""


def disturb(server, seconds: int) -> None:
    """Reload five times and kill a worker in the middle, evenly spread over the time."""
    began = time.monotonic()
    for place in range(1, RELOADS + 2):
        time.sleep(max(0.0, began + place * seconds / (RELOADS + 2) - time.monotonic()))
        if place == RELOADS // 2 + 1:
            os.kill(min(server.workers), signal.SIGKILL)
        else:
            server.process.send_signal(signal.SIGHUP)
    time.sleep(max(0.0, began + seconds - time.monotonic()))


@contextmanager
def threads(*targets) -> Iterator[None]:
    done = threading.Event()
    running = [threading.Thread(target=target, args=(*given, done)) for target, *given in targets]
    for thread in running:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in running:
            thread.join()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--postgresql", action="store_true")
    given = parser.parse_args()

    from tests.careers.serving import environment, serving, set_up  # noqa: PLC0415
    from tests.careers.test_whole_forms import Editor  # noqa: PLC0415
    from tests.files import Files  # noqa: PLC0415
    from tests.operations import cluster  # noqa: PLC0415

    seen = Seen()
    database = cluster.running() if given.postgresql else nullcontext()
    with tempfile.TemporaryDirectory() as made, database as running:
        folder = Path(made)
        files = Files(folder / "catalog")
        more = {"CATALOG_DIR": str(files.folder), "LOG_REQUESTS": "0"}
        more |= {"DATABASE_URL": running.url} if running else {}
        session, pk = set_up(folder, ROWS, **more).split()[-2:]
        form = (session, f"/admin/careers/background/{pk}/change/")
        with serving(folder, **more) as server:
            work = [(read, server, seen)] * VISITORS
            work.append((edit, lambda: Editor(server, *form), seen))
            work.append((apply, files, environment(folder, **more), seen))
            with threads(*work):
                disturb(server, given.seconds)
            print(server.log.read_text()[-2000:])
            kept = Editor(server, *form).saved[0]
    last = seen.saved[-1][1]
    if int(TITLE.fullmatch(kept)[1]) < last:
        seen.wrong.append(f"{kept} is kept where Title {last} was confirmed")
    print(f"answers {dict(seen.statuses)}, {seen.marked} marked as old")
    ages = sorted(seen.ages)
    late = len(ages) - bisect_right(ages, STALE)
    print(f"oldest page {ages[-1]:.1f} s, {late} of {len(ages)} over {STALE} s")
    print(f"versions seen {len(seen.at_version)}")
    print(
        f"saves {len(seen.saved) - 1}, refused {seen.refused}, applies by code {dict(seen.applied)}"
    )
    print("wrong:", *(seen.wrong[:20] or ["nothing"]), sep="\n  ")
    lost = seen.statuses.pop(0, 0)  # what the killed worker was handling
    odd = seen.statuses.keys() - {200} or seen.applied.keys() - {0} or lost > VISITORS
    return bool(seen.wrong or odd)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
    os.environ.setdefault("SECRET_KEY", "a key for tests alone " * 3)
    assert settings.SECRET_KEY
    django.setup()
    sys.exit(main())
