"""Time `catalog apply` against `loaddata` of the same rows, and a plan that finds nothing to do.

    bin/bench catalog [--roles 1000] [--lessons 5000] [--rounds 3]

The catalog consists of copies of this repository's, so its texts and links are as long and as many
as the real ones. It is timed twice. First as an outline: every lesson is a draft with front matter
and no text, so that apply and loaddata do the same work. Then with the texts of the real lessons:
an apply also checks and renders them, whereas loaddata's fixture has the rendered HTML. That part
of the apply is timed on its own as well; without it, the two are comparable again.

Each command runs on an SQLite database of its own, and they take turns, so that a noisy machine
slows all of them alike. Times are wall-clock seconds, followed in brackets by CPU seconds, which
say more on a shared machine. The plan that finds nothing to do runs after the apply of the same
files, and so reads none of them again.

Last, `catalog check` on one line with 3,000 and with 30,000 problems: a file may be a single line
of a mebibyte, and the time for one problem must not grow with the length of its line.
"""

import argparse
import itertools
import os
import re
import resource
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from paths import markdown  # noqa: E402

CATALOG = ROOT / "catalog"
CODES = map("".join, itertools.product(string.ascii_uppercase + string.digits, repeat=2))


def multiply(folder: Path, roles: int, lessons: int, *, written: bool) -> None:
    """Write a catalog of `roles` roles and `lessons` lessons, copied from the real one.

    written: keep the texts of the lessons; otherwise all of them are drafts without a text.
    """
    folder.mkdir()
    for name in ("backgrounds.yaml", "signals.yaml", "prices.yaml"):
        (folder / name).write_bytes((CATALOG / name).read_bytes())
    copies = _paths(folder, lessons, written=written)
    (folder / "roles").mkdir()
    originals = sorted((CATALOG / "roles").glob("*.yaml"))
    for place, code in zip(range(roles), CODES, strict=False):
        copy, which = divmod(place, len(originals))
        text = originals[which].read_text()
        text = re.sub(r"^code: .*$", f"code: {code}", text, flags=re.MULTILINE)
        text = re.sub(r"^title: (.*)$", rf"title: \1 {copy}", text, flags=re.MULTILINE)
        taken = partial(_step, copy % max(1, copies - 1))  # the last may lack lessons
        text = re.sub(r"^  - path: (.*)\n((?:    .*\n)*)", taken, text, flags=re.MULTILINE)
        (folder / "roles" / f"{originals[which].stem}{_suffix(copy)}.yaml").write_text(text)


def _step(copy: int, found: re.Match[str]) -> str:
    """Return a role's step, moved to a copy of its path, with the lesson numbers of that copy."""
    path, fields = found.groups()
    hundred = _hundred(copy, _folders().index(CATALOG / "paths" / path))

    def numbers(line: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda number: str(hundred + int(number[0]) % 100), line[0])

    fields = re.sub(r"^    (?:only|focus): .*$", numbers, fields, flags=re.MULTILINE)
    return f"  - path: {path}{_suffix(copy)}\n{fields}"


def _folders() -> list[Path]:
    return sorted(path.parent for path in (CATALOG / "paths").glob("*/path.yaml"))


def _hundred(copy: int, place: int) -> int:
    """Return the hundred that a path's lesson numbers follow. place: the path's index, from 0."""
    return 100 * (len(_folders()) * copy + place + 1)


def _suffix(copy: int) -> str:
    return f"-{copy}" if copy else ""


def _paths(folder: Path, lessons: int, *, written: bool) -> int:
    """Copy all paths until there are `lessons` lessons. Return how many rounds that took."""
    left = lessons
    for copy in itertools.count():
        for place, original in enumerate(_folders()):
            target = folder / "paths" / f"{original.name}{_suffix(copy)}"
            left -= _path(original, target, _hundred(copy, place), left, written=written)
        if left <= 0:
            return copy + 1
    raise AssertionError


def _path(original: Path, target: Path, hundred: int, most: int, *, written: bool) -> int:
    """Copy one path with at most `most` of its lessons. Return how many were copied."""
    target.mkdir(parents=True)
    outline = (original / "path.yaml").read_text()
    names = re.findall(r"^  - (.*)$", outline.partition("\nlessons:\n")[2], flags=re.MULTILINE)
    kept = names[: max(0, most)]
    listed = "".join(f"  - {name}\n" for name in kept)
    head = outline.partition("\nlessons:\n")[0]
    (target / "path.yaml").write_text(
        f"{head}\nlessons:{listed and chr(10)}{listed or ' []' + chr(10)}"
    )
    for number, name in enumerate(kept, start=hundred + 1):
        text = (original / f"{name}.md").read_text()
        if not written:
            front = text.removeprefix("---\n").partition("\n---\n")[0]
            text = "---\n" + re.sub(r"(?m)^status: .*$", "status: draft", front) + "\n---\n"
        text = re.sub(r"^number: .*$", f"number: {number}", text, count=1, flags=re.MULTILINE)
        (target / f"{name}.md").write_text(text)
        if (beside := original / name).is_dir() and written:
            shutil.copytree(beside, target / name)
    return len(kept)


def texts(catalog: Path) -> list[str]:
    """Return the texts of all written lessons, without their front matter."""
    bodies = (path.read_text().partition("\n---\n")[2] for path in catalog.glob("paths/*/*.md"))
    return [body.strip() for body in bodies if body.strip()]


class Took(NamedTuple):
    """Seconds that a call took: wall clock, and CPU of all its threads and child processes."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} s ({self.processor:.1f})"

    def per(self, other: "Took") -> str:
        return f"{self.clock / other.clock:.2f} ({self.processor / other.processor:.2f})"


def timed(call: Callable[[], object]) -> Took:
    def processor() -> float:
        used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(each.ru_utime + each.ru_stime for each in used)

    clock, before = time.perf_counter(), processor()
    call()
    return Took(time.perf_counter() - clock, processor() - before)


def median(took: list[Took]) -> Took:
    return Took(*map(statistics.median, zip(*took, strict=True)))


class Bench:
    """Runs commands of manage.py on one catalog and a named database."""

    def __init__(self, folder: Path, catalog: Path) -> None:
        self.folder = folder
        self.catalog = catalog
        self.fixture = folder / "rows.json"
        self.manage("empty", "migrate", "-v0")

    def round(self) -> dict[str, Took]:
        for name in ("applied", "loaded"):
            (self.folder / name).write_bytes((self.folder / "empty").read_bytes())
        apply = timed(lambda: self.manage("applied", "catalog", "apply"))
        if not self.fixture.exists():
            self.manage("applied", "dumpdata", "careers", "paths", "-o", str(self.fixture))
        return {
            "apply": apply,
            "loaddata": timed(lambda: self.manage("loaded", "loaddata", str(self.fixture))),
            "plan": timed(lambda: self.manage("applied", "catalog", "plan")),
            "texts": timed(self.check_and_render),
        }

    def check_and_render(self) -> None:
        """Do the part of an apply that checks and renders texts."""
        for text in texts(self.catalog):
            markdown.reading_minutes(text)
            markdown.render(text)

    def manage(self, database: str, *arguments: str) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{self.folder / database}",
            "CATALOG_DIR": str(self.catalog),
        }
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-2000:]}")


def report_problems(folder: Path) -> None:
    """Time `catalog check` on one line with 30,000 problems, and on one with 3,000."""
    took = []
    for count in (3_000, 30_000):
        catalog = folder / str(count)
        shutil.copytree(CATALOG, catalog)
        role = next(iter(sorted((catalog / "roles").glob("*.yaml"))))
        line = f"aliases: [{'~,' * count}]"
        text, found = re.subn(
            r"^aliases:\n(  - .*\n)*", line + "\n", role.read_text(), flags=re.MULTILINE
        )
        assert found == 1, f"{role.name} has no list of aliases"
        role.write_text(text)
        command = [sys.executable, "manage.py", "catalog", "--dir", str(catalog), "check"]

        def check(command: list[str] = command, said: bytes = f"{count} problems".encode()) -> None:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
            assert said in done.stderr, done.stderr[-500:]

        took.append(timed(check))
    few, many = took
    print(f"check of 3,000 problems on one line: {few}; of 30,000: {many}")
    print(f"  ten times the problems take {many.per(few)} times as long, and may take 10")


def report(rounds: int, bench: Bench) -> None:
    """Time `rounds` rounds, and print each of them and the medians."""
    took = []
    for number in range(1, rounds + 1):
        took.append(bench.round())
        shown = ", ".join(f"{what} {each}" for what, each in took[-1].items())
        print(f"  round {number}: {shown}", flush=True)
    apply, loaddata, plan, rendering = (
        median([each[what] for each in took]) for what in ("apply", "loaddata", "plan", "texts")
    )
    rest = Took(apply.clock - rendering.clock, apply.processor - rendering.processor)
    print(f"  medians: apply {apply}, loaddata {loaddata}, plan with nothing to do {plan}")
    print(f"  apply is {apply.per(loaddata)} of loaddata, and may be 1 where no text is written")
    print(
        f"  plan is {plan.per(loaddata)} of loaddata, and may be 0.33 ({plan.per(apply)} of apply)"
    )
    print(
        f"  of the apply, {rendering} is checking and rendering texts, which loaddata doesn't do;"
    )
    print(f"  the rest of it, {rest}, is {rest.per(loaddata)} of loaddata", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--roles", type=int, default=1000)
    parser.add_argument("--lessons", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    for written in (False, True):
        with tempfile.TemporaryDirectory() as name:
            catalog = Path(name) / "catalog"
            multiply(catalog, asked.roles, asked.lessons, written=written)
            written_ones = len(texts(catalog))
            print(f"{asked.roles} roles, {asked.lessons} lessons, {written_ones} of them written:")
            report(asked.rounds, Bench(Path(name), catalog))
    with tempfile.TemporaryDirectory() as name:
        report_problems(Path(name))


if __name__ == "__main__":
    main()
