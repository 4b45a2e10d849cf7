"""`manage.py catalog` as a shell runs it: on any terminal, even if its output is cut off."""

import os
import shlex
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

ROLE = "roles/ml-engineer.yaml"


def command(folder, *arguments: str) -> list[str]:
    return [sys.executable, "manage.py", "catalog", "--dir", str(folder), *arguments]


def run(folder, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command(folder, *arguments),
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("letters", "shown"), [("ascii", '"c\\xf8re"'), ("latin-1", '"cøre"'), ("utf-8", "“cøre”")]
)
def test_a_terminal_of_few_letters_gets_plain_ones(files, letters, shown):
    files.change(ROLE, "group: core", "group: cøre")
    done = run(files.folder, "check", PYTHONIOENCODING=letters)
    assert done.returncode == 1
    said = done.stderr.decode(letters)
    assert "Traceback" not in said
    assert f"`group` must be one of core, newer, not {shown}" in said


def test_a_closed_pipe_ends_quietly(files):
    for number in range(400):
        files.write(f"roles/role-{number}.yaml", "titel: x\n")
    process = subprocess.Popen(
        command(files.folder, "check"),
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(60) in {1, 141}


def test_a_closed_pipe_is_no_traceback(files):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        command(files.folder, "check"),
        cwd=settings.BASE_DIR,
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert done.returncode == 141
    assert done.stderr == b""


def run_in_shell(folder, redirections: str) -> subprocess.CompletedProcess:
    line = f"{shlex.join(command(folder, 'check'))} {redirections}"
    return subprocess.run(
        ["sh", "-c", line], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


@pytest.mark.few(2)
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&-"])
def test_without_a_stream_a_check_says_by_its_end_whether_all_is_in_order(files, closed):
    assert run_in_shell(files.folder, closed).returncode == 0
    files.write(ROLE, "titel: x\n")
    done = run_in_shell(files.folder, closed)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_output_without_room_is_one_line(files):
    done = run_in_shell(files.folder, "> /dev/full")
    assert done.returncode == 1
    assert done.stderr == ("error: the output can't be written: No space left on device\n")


@pytest.mark.parametrize("name", [b"roles/caf\xe9.yaml", b"paths/rag/chunking/\xff.svg", b"x\xff"])
def test_a_name_that_is_no_utf8_is_one_problem(files, name):
    files.write(os.fsdecode(name), b"x")
    (problem,) = files.problems()
    shown = name.decode(errors="backslashreplace")
    assert (problem.code, problem.place.file) == ("file-name", shown)
    assert "not UTF-8" in problem.message
    with pytest.raises(CommandError, match="not UTF-8"):
        call_command("catalog", "check", dir=files.folder)
