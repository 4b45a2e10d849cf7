"""The tests' own tools: forked programs, and the parameters that a whole run leaves out."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

import pytest
from hypothesis import settings

from tests.careers.serving import ROOT
from tests.examples import FEW, MANY, WHOLE, left_out
from tests.forking import run


def of(code: str, *arguments: str, folder, **more):
    return run(["-c", code, *arguments], environment={"NAME": "x"}, folder=folder, **more)


def test_a_program_has_arguments_environment_folder_and_streams_of_its_own(tmp_path):
    code = """
import os, sys
print(sys.argv, dict(os.environ), os.getcwd(), input(), __name__)
print("said", file=sys.stderr)
os.environ["NAME"] = "y"
"""
    for _ in range(2):
        done = of(code, "a", folder=tmp_path, given="typed\n")
        assert done.stdout == f"['-c', 'a'] {{'NAME': 'x'}} {tmp_path} typed __main__\n"
        assert (done.returncode, done.stderr) == (0, "said\n")


def test_a_script_finds_what_stands_beside_it(tmp_path):
    (tmp_path / "beside.py").write_text("WORD = 'found'")
    (tmp_path / "script.py").write_text("import beside; print(beside.WORD, __file__)")
    done = run(["script.py"], environment={}, folder=tmp_path)
    assert done.stdout == "found script.py\n", done.stderr


@pytest.mark.parametrize(
    ("code", "ended", "said"),
    [
        ("import sys; sys.exit('no')", 1, "no\n"),
        ("import sys; sys.exit(3)", 3, ""),
        ("1 / 0", 1, "ZeroDivisionError: division by zero\n"),
        ("import os; os.kill(os.getpid(), 9)", -9, ""),
        ("import atexit, sys; atexit.register(print, 'end', file=sys.stderr)", 0, "end\n"),
    ],
)
def test_it_ends_as_it_would(tmp_path, code, ended, said):
    done = of(code, folder=tmp_path)
    assert (done.returncode, done.stderr.endswith(said)) == (ended, True), done.stderr


def test_one_that_takes_too_long_is_ended_and_the_next_one_runs(tmp_path):
    with pytest.raises(subprocess.TimeoutExpired):
        of("import time; time.sleep(60)", folder=tmp_path, timeout=0.1)
    assert of("print(1)", folder=tmp_path).stdout == "1\n"


def test_its_libraries_are_loaded_and_no_others(tmp_path):
    code = "import sys; print('colorsys' in sys.modules)"
    assert of(code, folder=tmp_path, libraries=["colorsys"]).stdout == "True\n"
    assert of(code, folder=tmp_path).stdout == "False\n"


def test_a_library_that_cannot_be_loaded_is_named(tmp_path):
    for _ in range(2):
        with pytest.raises(RuntimeError, match="No module named 'nowhere'"):
            of("", folder=tmp_path, libraries=["nowhere"])


SOAK = ROOT / "bin/soak"


@pytest.mark.parametrize("minutes", ["0", "-1", "", "x", "1.5", "08", "9" * 30])
def test_a_time_that_can_not_be_kept_is_refused(minutes):
    done = subprocess.run(
        [SOAK, f"--minutes={minutes}"], capture_output=True, text=True, check=False
    )
    said = f"error: --minutes is a whole number from 1 to 999999, not {minutes}\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


PYTHON = """\
#!/bin/sh
[ "$2" = pytest ] || exit 0
echo "until $SOAK_UNTIL"
"""
DATE = """\
#!/bin/sh
echo >>"$0.calls"
echo $((1000 + 50 * $(wc -l <"$0.calls")))
"""


def test_a_soak_tells_its_rounds_when_its_time_is_up(tmp_path):
    """Two rounds fit into a minute by a clock that goes on by 50 seconds whenever it is asked."""
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    (tmp_path / "requirements-dev.txt").touch()
    for name, program in {".venv/bin/python": PYTHON, "clock/date": DATE}.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_text(program)
        file.chmod(0o755)
    done = subprocess.run(
        [tmp_path / "bin/soak", "--minutes", "1"],
        env={"PATH": f"{tmp_path}/clock:{os.environ['PATH']}", "SECRET_KEY": "x"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("until 1110\n") == 2
    assert "Nothing found in 2 round(s)" in done.stdout


@pytest.mark.parametrize(("until", "ended"), [("1", "1 skipped"), ("9999999999", "1 passed")])
def test_no_test_begins_once_the_time_of_a_soak_is_up(until, ended):
    """Until a round's last test, it would go on for many minutes."""
    words = [f"{__file__}::test_a_script_finds_what_stands_beside_it", "-q", "-n0"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], cwd=ROOT,
        env=os.environ | {"SOAK_UNTIL": until}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert ended in done.stdout


BENCH = ROOT / "tests/bench_scale.py"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--sizes", "10", "7"],
            "--sizes: invalid choice: 7 (choose from 10, 1000, 10000",
        ),
        (["--sizes", "0"], "argument --sizes: invalid choice: 0"),
        (["--only", "["], "argument --only: [ isn't a pattern: unterminated character set"),
        (
            ["--only", "rolle"],
            "--only: no line is called rolle: choose from home, careers,",
        ),
        (["--databases", __file__], f"error: {__file__}: File exists"),
        (["--databases", "/dev/null/x"], "error: /dev/null/x: Not a directory"),
    ],
)
def test_a_benchmark_that_can_not_be_run_says_why_in_a_line(words, said):
    done = run([str(BENCH), *words], environment={}, folder=ROOT)
    assert done.returncode != 0
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@dataclass(frozen=True)
class Item:
    """A stand-in for a parametrized test. of: the argument of its mark `few`, or 0 without one."""

    nodeid: str
    of: int

    def get_closest_marker(self, name: str):
        return getattr(pytest.mark, name)(self.of).mark if self.of else None


def some_tests(marked: int, others: int) -> list[Item]:
    sides = [Item(f"a.py::test_a[{n}-{side}]", 2) for n in range(marked) for side in "xy"]
    return sides + [Item(f"a.py::test_b[{n}]", 0) for n in range(others)]


def test_a_whole_run_with_few_examples_tries_some_parameters_of_what_is_marked(monkeypatch):
    with_few = settings(max_examples=FEW)
    monkeypatch.setattr("tests.examples.settings", lambda: with_few)
    tests = some_tests(10, WHOLE)
    left = left_out(tests)
    assert len(left) == 10
    assert all(test.of for test in left)
    assert left == left_out(tests), "the same each time, or processes would not run the same"
    assert {test.nodeid[-2] for test in {*tests[:20]} - left} == {"x", "y"}


def test_all_parameters_are_tried_where_fewer_tests_run_or_many_examples(monkeypatch):
    assert not left_out(some_tests(10, WHOLE - 20))
    with_many = settings(max_examples=MANY)
    monkeypatch.setattr("tests.examples.settings", lambda: with_many)
    assert not left_out(some_tests(10, WHOLE))
