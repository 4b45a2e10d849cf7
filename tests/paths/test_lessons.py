"""Every published lesson of the catalog: its code runs, its output is true, it fits a page."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from careers.sync.reading.reader import read
from paths import markdown

SECONDS_A_LESSON = 5
COLUMNS = 76
FILLER = r"(?i)(?<!\w)(simply|powerful|unlock|dive in|delve|leverage)(?!\w)|\w!(?=\s|$)"

LESSONS = {
    f"{entry.values['path']}/{entry.values['slug']}": entry.values
    for entry in read(settings.CATALOG_DIR)
    if entry.kind == "lessons" and entry.values["status"] == "published"
}

# Runs the blocks in one namespace and prints each block's output behind a mark of its own.
RUNNER = """
import contextlib, io, json, sys
namespace = {"__name__": "lesson"}
outputs = []
for number, code in enumerate(json.load(sys.stdin)):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, f"block {number + 1}", "exec"), namespace)
    outputs.append(out.getvalue())
json.dump(outputs, sys.stdout)
"""


def run(blocks: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(
            [sys.executable, "-I", "-W", "error", "-c", RUNNER],
            input=json.dumps(blocks),
            capture_output=True,
            text=True,
            timeout=SECONDS_A_LESSON,
            cwd=empty,
            env={"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "random"},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert not list(Path(empty).iterdir()), "a lesson wrote a file"
    return json.loads(done.stdout)


def test_there_are_lessons():
    assert len(LESSONS) >= 6


@pytest.mark.parametrize("name", LESSONS)
def test_its_code_runs_and_prints_what_the_page_shows(name):
    blocks = [b for b in markdown.code_blocks(LESSONS[name]["body"]) if b.language == "python"]
    assert blocks, "a lesson has an example that runs"
    for block, output in zip(blocks, run([b.code for b in blocks]), strict=True):
        assert output.rstrip() == (block.expected_output or "").rstrip(), f"line {block.line}"


@pytest.mark.parametrize("name", LESSONS)
def test_its_code_uses_the_standard_library_and_numpy_alone(name):
    for block in markdown.code_blocks(LESSONS[name]["body"]):
        if block.language == "python":
            for module in re.findall(r"^\s*(?:import|from)\s+(\w+)", block.code, re.MULTILINE):
                assert module in sys.stdlib_module_names | {"numpy"}


@pytest.mark.parametrize("name", LESSONS)
def test_its_code_fits_a_narrow_page(name):
    for block in markdown.code_blocks(LESSONS[name]["body"]):
        if block.language == "python":
            assert max(map(len, block.code.splitlines())) <= COLUMNS


@pytest.mark.parametrize("name", LESSONS)
def test_it_has_its_parts(name):
    lesson = LESSONS[name]
    headings = re.findall(r"^## (.+)$", lesson["body"], re.MULTILINE)
    assert "Practice" in headings
    assert headings[-1] == "Next"
    assert "::: solution" in lesson["body"]
    assert lesson["skip_if"]
    assert 2 <= len(lesson["objectives"]) <= 3


@pytest.mark.parametrize("name", LESSONS)
def test_it_is_free_of_filler(name):
    prose = re.sub(r"```.*?```|`[^`]*`", "", LESSONS[name]["body"], flags=re.DOTALL)
    assert not re.findall(FILLER, prose)


def test_the_runner_fails_on_code_that_fails():
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        run(["1 / 0"])


def test_the_runner_gives_each_block_its_own_output():
    assert run(["x = 1", "print(x)"]) == ["", "1\n"]
