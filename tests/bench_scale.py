"""Time the site's pages in catalogs of ten, a thousand and ten thousand roles.

    python tests/bench_scale.py [--sizes 10 1000 10000] [--databases FOLDER] [--only decoder]

The catalogs are those of `tests/foreign.py`, none of which is about AI. Each has a SQLite database
of its own, which is reused if FOLDER has it from an earlier run. Each is measured by a process of
its own, so that the memory is that of a worker which serves this catalog alone.

Figures are medians of 15 answers, in CPU milliseconds of the thread that answers, as the machine
may be shared. For the first page after a change, the figure is the worst of 15, in wall-clock
milliseconds: there, waiting for other threads counts.
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import foreign  # noqa: E402

ROUNDS = 15
STORES = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}  # as bin/serve sets them

# ruff: noqa: PLC0415  imports that need settings follow their set-up


class Line(NamedTuple):
    """A line of the table. goal, most_bytes: limits at the largest size; 0 bytes mean no limit."""

    name: str
    goal: float
    most_bytes: int = 0
    unit: str = "ms"


LINES = (
    Line("home", 15),
    Line("careers", 12, 60_000),
    Line("search", 15, 60_000),
    Line("path-filter", 15, 60_000),
    Line("role", 10),
    Line("which", 15),
    Line("compare", 12, 60_000),
    Line("decoder", 20),
    Line("decoder-typo", 20),
    Line("map", 20),
    Line("paths", 15, 60_000),
    Line("path", 15),
    Line("lesson", 5),
    Line("full-text", 50),
    Line("not-found", 15),
    Line("changes", 12, 60_000),
    Line("feed", 30),
    Line("sitemap", 200),
    Line("sitemap-part", 200),
    Line("catalog-json", 20),
    Line("careers-csv", 20),
    Line("admin-roles", 60),
    Line("admin-role", 150, 150_000),
    Line("admin-background", 150, 150_000),
    Line("admin-signal", 150, 150_000),
    Line("admin-paths", 60),
    Line("after-a-change", 50),
    Line("memory", 250, unit="MB"),
)


# -- One size, in a process of its own -----------------------------------------------------


def set_up(database: Path) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
    import django
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    django.setup()


def fill(database: Path, roles: int) -> None:
    unfinished = database.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    set_up(unfinished)
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    started = time.process_time()
    foreign.rows(foreign.SIZES[roles])
    print(f"  {roles:,} roles written in {time.process_time() - started:.0f} s", file=sys.stderr)
    connection.close()  # checkpoints the write-ahead log into the file
    unfinished.rename(database)


def addresses() -> dict[str, str]:
    """Line → the address it measures. Searches use words from a role in the middle of the list."""
    from careers.models import Background, HiringSignal, Role
    from paths.models import Lesson

    role = Role.objects.order_by("pk")[Role.objects.count() // 2]
    others = Role.objects.exclude(pk=role.pk).order_by("pk")[:2]
    lesson = Lesson.objects.published().select_related("path").latest("number")
    longest = Lesson.objects.earliest("number").path
    words = role.title.replace(",", "").split()
    compared = "&".join(f"r={each.slug}" for each in (role, *others))
    wrong = words[1][:2] + words[1][3:]
    return {
        "home": "/",
        "careers": "/careers/",
        "search": f"/careers/?q={words[1].lower()}",
        "path-filter": f"/careers/?path={role.steps.first().path.slug}",
        "role": role.get_absolute_url(),
        "which": "/careers/which/",
        "compare": f"/careers/compare/?{compared}",
        "decoder": f"/careers/decode/?title={'+'.join(words)}",
        "decoder-typo": f"/careers/decode/?title={words[0]}+{wrong}",
        "map": "/careers/map/",
        "paths": "/paths/",
        "path": longest.get_absolute_url(),
        "lesson": lesson.get_absolute_url(),
        "full-text": f"/search/?q={'+'.join(words)}",
        "not-found": f"/careers/{role.slug[:-1]}x/",
        "changes": "/changes/",
        "feed": "/feed.atom",
        "sitemap": "/sitemap.xml",
        "sitemap-part": "/sitemap-2.xml",
        "catalog-json": "/catalog.json",
        "careers-csv": "/careers.csv",
        "admin-roles": "/admin/careers/role/",
        "admin-role": f"/admin/careers/role/{role.pk}/change/",
        "admin-background": f"/admin/careers/background/{Background.objects.first().pk}/change/",
        "admin-signal": f"/admin/careers/hiringsignal/{HiringSignal.objects.first().pk}/change/",
        "admin-paths": "/admin/paths/learningpath/",
    }


def ask(database: Path, only: str) -> dict[str, tuple[float, int]]:
    """Line → its figure, and the size of the answer in bytes before compression."""
    set_up(database)
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client, client

    from careers import snapshot
    from careers.stack import with_room

    call_command("migrate", verbosity=0)  # an earlier run's database may lack migrations
    # Nothing reads the template contexts, and copying them takes time.
    client.store_rendered_templates = lambda *_, **__: None
    visitor, editor = (Client(SERVER_NAME="localhost") for _ in range(2))
    snapshot.watch()  # as a server does
    visitor.get("/careers/")
    found: dict[str, tuple[float, int]] = {}
    for name, address in addresses().items():
        if re.fullmatch(only, name):
            if name.startswith("admin"):
                User.objects.filter(username="bench").delete()
                editor.force_login(User.objects.create_superuser("bench", "", "bench"))
            asker = editor if name.startswith("admin") else visitor
            found[name] = _median(partial(with_room(asker.get), address))  # as on the server
    found["memory"] = _memory(), 0
    if re.fullmatch(only, "after-a-change"):
        found["after-a-change"] = _after_a_change(visitor)
    return found


def _memory() -> float:
    """Return the memory of this process in megabytes: now, not at its peak."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _median(call: Callable[[], Any]) -> tuple[float, int]:
    took, size = [], 0
    for _ in range(ROUNDS):
        started = time.thread_time()
        answer = call()
        # A streamed answer is made while it is read.
        size = len(b"".join(answer)) if answer.streaming else len(answer.content)
        took.append(1000 * (time.thread_time() - started))
        if sum(took) > 20_000:
            break
    return statistics.median(took), size


def _after_a_change(visitor: Any) -> tuple[float, int]:
    """Change a field of 15 roles in turn. Return the slowest first page, and its size."""
    from django.db import transaction

    from careers.models import Role

    visitor.get("/careers/")
    worst, size = 0.0, 0
    for role in Role.objects.order_by("pk")[:ROUNDS]:
        with transaction.atomic():
            edit(role)
        started = time.perf_counter()
        size = len(visitor.get("/careers/").content)
        worst = max(worst, 1000 * (time.perf_counter() - started))
        time.sleep(1.2)  # longer than another process takes to notice
    return worst, size


def edit(role: Any) -> None:
    """Change one field as an editor's save does: the row, a revision and the catalog version."""
    from careers.models import Edit, Origin, Revision

    before, role.summary = role.summary, f"{role.summary[:-1]} again."
    role.save()
    revision = Revision.begin(Origin.ADMIN, "bench")
    Edit.objects.create(
        revision=revision,
        kind="roles",
        key=role.slug,
        row=role.pk,
        title=role.title,
        field="summary",
        before=before,
        after=role.summary,
    )


# -- All sizes -----------------------------------------------------------------------------


def child(*arguments: str) -> str:
    """Run this program for one size, and return what it prints."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | STORES, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stdout


def report(sizes: list[int], folder: Path, only: str) -> None:
    figures = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(f"error: {folder}: {error.strerror}: name another folder")
    for roles in sizes:
        database = folder / f"{roles}.sqlite3"
        if not database.exists():
            child("--fill", str(roles), "--databases", str(folder))
        asked = child("--ask", str(roles), "--databases", str(folder), "--only", only)
        figures[roles] = json.loads(asked.splitlines()[-1])
    print(f"{'':18}" + "".join(f"{roles:>20,}" for roles in sizes) + f"{'goal':>20}")
    for line in LINES:
        cells = [_cell(line, figures[roles].get(line.name)) for roles in sizes]
        if any(cells):
            goal = f"{line.goal:g} {line.unit}"
            goal += f", {line.most_bytes // 1000} KB" if line.most_bytes else ""
            print(f"{line.name:18}" + "".join(f"{cell:>20}" for cell in cells) + f"{goal:>20}")


def _cell(line: Line, figure: list[float] | None) -> str:
    if figure is None:
        return ""
    took, size = figure
    return f"{took:,.1f} ({size / 1000:,.0f} KB)" if size else f"{took:,.0f}"


def pattern(text: str) -> str:
    """A pattern of names of lines, as --only takes it."""
    try:
        found = any(re.fullmatch(text, line.name) for line in LINES)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text} isn't a pattern: {error}") from None
    if not found:
        names = ", ".join(line.name for line in LINES)
        raise argparse.ArgumentTypeError(f"no line is called {text}: choose from {names}")
    return text


def main() -> None:
    sizes = list(foreign.SIZES)
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", choices=sizes, default=sizes)
    parser.add_argument("--databases", type=Path)
    lines = "lines of the table, as a pattern"
    parser.add_argument("--only", type=pattern, default=".*", help=lines)
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--ask", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill:
        fill(asked.databases / f"{asked.fill}.sqlite3", asked.fill)
    elif asked.ask:
        print(json.dumps(ask(asked.databases / f"{asked.ask}.sqlite3", asked.only)))
    elif asked.databases:
        report(asked.sizes, asked.databases, asked.only)
    else:
        with tempfile.TemporaryDirectory() as folder:
            report(asked.sizes, Path(folder), asked.only)


if __name__ == "__main__":
    main()
