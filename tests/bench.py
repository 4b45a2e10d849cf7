"""Time `catalog apply` against `loaddata` of the same rows, and a plan that finds nothing to do.

    bin/bench [--roles 1000] [--lessons 5000] [--rounds 3]

The catalog is this repository's, multiplied: as long, as linked and as far written as the real one.
All commands run on databases of their own, in turn, so that a noisy machine is noisy for each.
"""

import argparse
import itertools
import os
import re
import statistics
import string
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "catalog"
CODES = map("".join, itertools.product(string.ascii_uppercase + string.digits, repeat=2))


def multiply(folder: Path, roles: int, lessons: int) -> None:
    """Write a catalog of so many roles and lessons, made of copies of the real one's."""
    for name in ("backgrounds.yaml", "signals.yaml"):
        (folder / name).write_bytes((CATALOG / name).read_bytes())
    copies = _paths(folder, lessons)
    (folder / "roles").mkdir()
    originals = sorted((CATALOG / "roles").glob("*.yaml"))
    for place, code in zip(range(roles), CODES, strict=False):
        copy, which = divmod(place, len(originals))
        text = originals[which].read_text()
        text = re.sub(r"^code: .*$", f"code: {code}", text, flags=re.MULTILINE)
        text = re.sub(r"^title: (.*)$", rf"title: \1 {copy}", text, flags=re.MULTILINE)
        text = re.sub(
            r"^  - path: (.*)$", rf"  - path: \1{_suffix(copy % copies)}", text, flags=re.MULTILINE
        )
        (folder / "roles" / f"{originals[which].stem}{_suffix(copy)}.yaml").write_text(text)


def _suffix(copy: int) -> str:
    return f"-{copy}" if copy else ""


def _paths(folder: Path, lessons: int) -> int:
    """Copies of every path until there are enough lessons; returns how often all of them fit."""
    left = lessons
    originals = sorted(path.parent for path in (CATALOG / "paths").glob("*/path.yaml"))
    for copy in itertools.count():
        for place, original in enumerate(originals):
            left -= _path(original, folder, copy, 100 * (len(originals) * copy + place + 1), left)
        if left <= 0:
            return copy + 1
    raise AssertionError


def _path(original: Path, folder: Path, copy: int, first: int, most: int) -> int:
    """A copy of one path with at most so many lessons; returns how many it has."""
    target = folder / "paths" / f"{original.name}{_suffix(copy)}"
    target.mkdir(parents=True)
    outline = (original / "path.yaml").read_text()
    names = re.findall(r"^  - (.*)$", outline.partition("\nlessons:\n")[2], flags=re.MULTILINE)
    kept = names[: max(0, most)]
    listed = "".join(f"  - {name}\n" for name in kept)
    head = outline.partition("\nlessons:\n")[0]
    (target / "path.yaml").write_text(
        f"{head}\nlessons:{listed and chr(10)}{listed or ' []' + chr(10)}"
    )
    for number, name in enumerate(kept, start=first + 1):
        text = (original / f"{name}.md").read_text()
        text = re.sub(r"^number: .*$", f"number: {number}", text, count=1, flags=re.MULTILINE)
        (target / f"{name}.md").write_text(text)
    return len(kept)


def manage(database: Path, *arguments: str, catalog: Path) -> float:
    """Run a command of manage.py; returns how many seconds it took."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "CATALOG_DIR": str(catalog),
    }
    command = [sys.executable, "manage.py", *arguments]
    begun = time.perf_counter()
    done = subprocess.run(
        command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    took = time.perf_counter() - begun
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--roles", type=int, default=1000)
    parser.add_argument("--lessons", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalog = folder / "catalog"
        catalog.mkdir()
        multiply(catalog, asked.roles, asked.lessons)
        compare(folder, catalog, asked.rounds)


def compare(folder: Path, catalog: Path, rounds: int) -> None:
    empty = folder / "empty.sqlite3"
    manage(empty, "migrate", "-v0", catalog=catalog)
    fixture = folder / "rows.json"
    took: dict[str, list[float]] = {"apply": [], "loaddata": [], "plan": []}
    for round_ in range(rounds):
        applied, loaded = folder / f"applied-{round_}.sqlite3", folder / f"loaded-{round_}.sqlite3"
        for each in (applied, loaded):
            each.write_bytes(empty.read_bytes())
        took["apply"].append(manage(applied, "catalog", "apply", catalog=catalog))
        if not round_:
            manage(applied, "dumpdata", "careers", "paths", "-o", str(fixture), catalog=catalog)
        took["loaddata"].append(manage(loaded, "loaddata", str(fixture), catalog=catalog))
        took["plan"].append(manage(applied, "catalog", "plan", catalog=catalog))
        print(
            *(f"{what} {seconds[-1]:.1f} s" for what, seconds in took.items()), sep=", ", flush=True
        )
    median = {what: statistics.median(seconds) for what, seconds in took.items()}
    for what, against, most in (("apply", "loaddata", "1"), ("plan", "apply", "1/3")):
        ratio = median[what] / median[against]
        print(f"{what} took {ratio:.2f} of {against}, and may take {most} (medians of {rounds})")


if __name__ == "__main__":
    main()
