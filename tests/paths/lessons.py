"""The lessons as the tests run them: each text's code, and ways of doing its practice."""

import ast
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from careers.sync.reading.files import read_text
from careers.sync.reading.reader import split_front_matter
from careers.sync.reading.yaml_tree import parse_yaml
from paths import markdown
from paths.practice import model_server
from paths.text.packages import packages_of
from tests import forking
from tests.paths.running import SECONDS_AT_MOST

MODEL_SERVER = model_server.__file__
RUNNER = str(Path(__file__).with_name("running.py"))
CELLS = settings.BASE_DIR / "tests" / "lessons"
CHEATS = ("empty", "constant", "lookup")
ANOTHER = "another"  # another solution
SECONDS_ON_THE_CLOCK = 240  # until a lesson counts as hung; running.py limits processor time

_CELL = re.compile(r"^# %% (\w+).*\n", re.MULTILINE)


@dataclass(frozen=True)
class WrittenLesson:
    """A lesson's file, with the files beside it and the answers that the tests try."""

    folder: Path  # of the catalog
    name: str  # "<path>/<slug>"
    front: dict[str, Any]
    body: str
    first_line: int  # of the body, in the file

    @property
    def number(self) -> int:
        return int(self.front["number"])

    @property
    def file(self) -> Path:
        return self.folder / "paths" / f"{self.name}.md"

    @property
    def packages(self) -> set[str]:
        """The packages that its page tells readers to install."""
        own = [file.stem for file in self.beside.glob("*.py")]
        return set(packages_of(markdown.imports(self.body), own))

    @property
    def beside(self) -> Path:
        """The folder of its files, which may not exist."""
        return self.file.with_suffix("")

    @property
    def cells_file(self) -> Path:
        return CELLS / self.name.partition("/")[0] / f"{self.number}.py"

    @cached_property
    def code(self) -> list[markdown.CodeBlock]:
        """Its Python blocks, in order."""
        return [b for b in markdown.code_blocks(self.body) if b.language == "python"]

    def practice(self, role: str) -> list[markdown.CodeBlock]:
        return [block for block in self.code if block.role == role]

    @property
    def blocks(self) -> list[markdown.CodeBlock]:
        """The blocks outside the practice and folds, which run from top to bottom."""
        return [block for block in self.code if not block.role and not block.in_fold]

    @property
    def solution(self) -> list[markdown.CodeBlock]:
        return [block for block in self.code if block.in_fold]

    @cached_property
    def cells(self) -> dict[str, list[dict[str, Any]]]:
        """Name → the cells under that name in the lesson's file of cells."""
        if not self.cells_file.exists():
            return {}
        text = self.cells_file.read_text(encoding="utf-8")
        heads = list(_CELL.finditer(text))
        ends = [head.start() for head in heads[1:]] + [len(text)]
        found: dict[str, list[dict[str, Any]]] = {}
        for head, end in zip(heads, ends, strict=True):
            line = text[: head.end()].count("\n") + 1
            cell = {"code": text[head.end() : end], "file": str(self.cells_file), "line": line}
            found.setdefault(head[1], []).append(cell)
        return found

    def as_cells(self, blocks: list[markdown.CodeBlock]) -> list[dict[str, Any]]:
        file = str(self.file)
        before = self.first_line - 1
        return [{"code": b.code, "file": file, "line": before + b.line} for b in blocks]


def written(catalog: Path) -> Iterator[WrittenLesson]:
    """Every lesson that has a text, whether it is published or not.

    Lessons are read one by one, so that problems elsewhere in the catalog don't matter here.
    """
    for file in sorted(catalog.glob("paths/*/*.md")):
        text = read_text(catalog, str(file.relative_to(catalog)))
        front, body = split_front_matter(text)
        if body.text:
            name = f"{file.parent.name}/{file.stem}"
            values: Any = parse_yaml(front).plain()
            yield WrittenLesson(catalog, name, values, body.text, body.first_line)


def run(
    blocks: list[dict[str, Any]],
    ways: dict[str, list[dict[str, Any]]],
    beside: Path | None = None,
    *,
    model_url: str = "",
    seconds: int = SECONDS_AT_MOST,
) -> dict[str, Any]:
    """Run the blocks, then each way of going on from there. The result is that of running.py.

    beside: a folder, whose files are copied to where the code runs. model_url: of a model to
    ask; without it, the answers beside the lesson are served. seconds: of processor time, for
    the blocks and again for each way.
    """
    job = {"blocks": blocks, "ways": ways, "model_server": MODEL_SERVER, "model_url": model_url}
    job["seconds"] = seconds
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        if beside and beside.is_dir():
            shutil.copytree(beside, files)
        else:
            files.mkdir()
        done = forking.run(
            [RUNNER],
            libraries=_loaded(blocks, files),
            flags=["-I", "-W", "error"],
            given=json.dumps(job | {"folder": folder}),
            timeout=None if model_url else SECONDS_ON_THE_CLOCK,
            folder=Path(folder),
            environment={"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "HOME": folder},
        )
    if done.returncode:
        raise AssertionError(f"the runner itself failed:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    if "seconds" in result:
        result["seconds"] += done.loading
    return result


def _loaded(blocks: list[dict[str, Any]], files: Path) -> list[str]:
    """The modules that blocks import, other than the standard library and files beside them.

    No others, so that code fails if it uses a module that it doesn't import.
    """
    own = sys.stdlib_module_names | {file.stem for file in files.glob("*.py")}
    names: set[str] = set()
    for block in blocks:
        with suppress(SyntaxError):
            names.update(_imported(ast.parse(block["code"]).body))
    return sorted(name for name in names if name.partition(".")[0] not in own)


def _imported(statements: list[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        match statement:
            case ast.Import(names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name
