"""The files of docs/deploy that operators run, and the programs in bin/."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.careers.serving import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is run on Linux alone")
DEPLOY = ROOT / "docs" / "deploy"


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env={"PATH": os.environ["PATH"], **environment},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def program(path: Path, *lines: str) -> Path:
    """Write a shell script that stands in for a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


# -- manage --


@pytest.fixture
def release(tmp_path) -> Path:
    """A release's folder, whose Python prints its user, environment and arguments."""
    program(
        tmp_path / ".venv" / "bin" / "python",
        'echo "$(id -un) $HOME $SECRET_KEY_FILE $WORDS $*"',
    )
    (tmp_path / "env").write_text("WORDS='a b'\nHOME=/nowhere\n")
    (tmp_path / "docs" / "deploy").mkdir(parents=True)
    shutil.copy(DEPLOY / "manage", tmp_path / "docs" / "deploy")
    tmp_path.chmod(0o755)
    return tmp_path


def test_manage_runs_a_command_with_the_servers_configuration(release):
    said = run(release / "docs" / "deploy" / "manage", "check", CAREERS_ENV=str(release / "env"))
    assert said.stdout.split()[1:] == [
        "/nowhere", "/etc/careers/secret_key", "a", "b", "manage.py", "check",
    ], said.stderr  # fmt: skip


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
def test_manage_becomes_the_sites_user_when_root_runs_it():
    """Root isn't let into the database through its socket, and would leave files of its own."""
    owned = Path("/tmp") / f"careers-{os.getpid()}"  # noqa: S108  others can't enter pytest's
    owned.mkdir()
    try:
        shutil.copytree(DEPLOY, owned / "docs" / "deploy")
        program(owned / ".venv" / "bin" / "python", 'echo "$(id -un) $HOME"')
        (owned / "env").write_text("")
        shutil.chown(owned, "nobody")
        command = owned / "docs" / "deploy" / "manage"
        said = run(command, "check", CAREERS_ENV=str(owned / "env"), HOME="/root")
        assert said.stdout.split() == ["nobody", "/nonexistent"], said.stderr
    finally:
        shutil.rmtree(owned)


# -- restart --


@pytest.fixture
def machine(tmp_path) -> Path:
    """Stand-ins that note how they are called. The first server is ready at the second probe."""
    program(tmp_path / "systemctl", f'echo "$*" >>{tmp_path}/done')
    program(
        tmp_path / "curl",
        f'echo "ask" >>{tmp_path}/done',
        f'[ "$(grep -c ask {tmp_path}/done)" -gt 1 ] && echo "${{ANSWER:-ok}}"',
    )
    program(tmp_path / "sleep")
    return tmp_path


def restart(machine: Path, **more: str) -> subprocess.CompletedProcess[str]:
    path = f"{machine}:{os.environ['PATH']}"
    return run(DEPLOY / "restart", "8001", "8002", **{"PATH": path, **more})


def test_servers_are_restarted_one_after_the_other(machine):
    assert restart(machine).stdout == "careers@8001 is ready\ncareers@8002 is ready\n"
    done = (machine / "done").read_text().splitlines()
    assert done == ["restart careers@8001", "ask", "ask", "restart careers@8002", "ask"]


def test_a_server_that_cannot_show_pages_leaves_the_others_as_they_are(machine):
    said = restart(machine, ANSWER="a migration is pending", PATIENCE="3")
    assert said.returncode == 1
    assert "careers@8001 isn't ready: a migration is pending" in said.stderr
    assert "restart careers@8002" not in (machine / "done").read_text()


def test_a_server_that_answers_slowly_is_waited_for_no_longer(machine):
    """While the database is frozen, for one, a probe gets no answer for seconds."""
    program(machine / "curl", f"echo ask >>{machine}/done; exec /bin/sleep 2")
    assert restart(machine, PATIENCE="3").returncode == 1
    assert (machine / "done").read_text().split().count("ask") <= 2


# -- proxies --


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_no_proxy_asks_whether_a_server_is_ready(name):
    """While the database is away, no server is ready, but each goes on showing its cached pages."""
    assert "/readyz" not in (DEPLOY / name).read_text()


# -- containers --


def test_the_containers_user_may_read_the_secrets_that_the_documents_make():
    """Compose mounts secrets with their owner and mode on the host, whatever compose.yaml says."""
    user = re.search(r"^USER (\d+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)[1]
    site = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["x-site"]
    said = (ROOT / "docs" / "operations.md").read_text()
    made = re.search(r"umask 077\n(.*?)```", said, re.DOTALL)[1]
    given = re.search(rf"^sudo chown {user} (.*?) *#", made, re.MULTILINE)
    assert given, f"nobody but their owner may read them, and that isn't {user}"
    assert set(given[1].split()) == set(site["secrets"])


# -- the programs in bin/ --

# Wrong options. In `bare` there is nothing to run, so that work begun before reading them shows.
OPTIONS = {
    "bench": "cataloge",
    "lock": "--upgrad",
    "record": "--chek",
    "release": "--now",
    "serve": "--prot",
    "soak": "--minutes=x",
}


@pytest.fixture
def bare(tmp_path):
    """A folder with only the programs of bin/, and nothing installed."""
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    return tmp_path


@pytest.mark.parametrize("name", OPTIONS)
def test_a_program_says_what_it_takes_before_it_does_anything(bare, name):
    said = run(bare / "bin" / name, "--help")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout
    assert [each.name for each in bare.iterdir()] == ["bin"]


@pytest.mark.parametrize("name", OPTIONS)
def test_a_program_refuses_what_it_does_not_take_before_it_does_anything(bare, name):
    said = run(bare / "bin" / name, OPTIONS[name])
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith("error: ")
    assert said.stderr.count("\n") == 1
    assert [each.name for each in bare.iterdir()] == ["bin"]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("record", ["203", "--help"]),
        ("record", ["--check", "20x"]),
        ("lock", ["--upgrade", "--help"]),
        ("lock", ["--upgrade-package"]),
        ("lock", ["--upgrade", "--no-deps"]),
    ],
)
def test_a_program_reads_all_its_options_first(bare, name, options):
    said = run(bare / "bin" / name, *options)
    assert said.returncode == (0 if "--help" in options else 2)
    assert said.stdout.startswith(("Record", "Make")) or said.stderr.startswith("error: ")
    assert [each.name for each in bare.iterdir()] == ["bin"]


# -- set-up --


def set_up(folder: Path, step: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one step of bin/setup.sh in an otherwise empty folder."""
    (folder / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "setup.sh", folder / "bin")
    start = program(folder / "bin" / "start", "set -eu", '. "$(dirname "$0")/setup.sh"', step)
    return run(start, **environment)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("echo 'libpython3.12.so: cannot open' >&2; exit 127", "libpython3.12.so: cannot open"),
        ("exit 3", "Python 3.12 or newer is needed, with its venv module"),
    ],
)
def test_a_python_that_was_named_and_cannot_be_used_is_named_with_the_reason(tmp_path, line, why):
    named = program(tmp_path / "python3.12", line)
    said = set_up(tmp_path, "make_venv", PYTHON=str(named))
    assert said.returncode == 1
    assert f"PYTHON={named} can't be used: {why}" in said.stderr


@pytest.mark.parametrize("name", ["release", "serve", "test"])
def test_a_folder_that_cannot_be_written_is_named_in_a_line(bare, name):
    (bare / "var").write_text("in the way, as a disk that may only be read")
    said = run(bare / "bin" / name)
    assert said.returncode == 1
    assert said.stderr.startswith(f"error: nothing can be written into {bare}/var: ")
    assert said.stderr.count("\n") == 1


def test_what_is_installed_is_looked_at_without_writing(tmp_path):
    """A release's folder may be its owner's alone."""
    (tmp_path / "requirements.txt").write_text("django==6.1\n")
    program(tmp_path / ".venv" / "bin" / "python", "true")
    assert set_up(tmp_path, "install requirements.txt").returncode == 0
    assert (tmp_path / ".venv" / "installed-requirements.txt").exists()
    before = (tmp_path / ".venv").stat().st_mtime_ns
    said = run(tmp_path / "bin" / "start")
    assert (said.returncode, said.stdout) == (0, "")
    assert (tmp_path / ".venv").stat().st_mtime_ns == before


def test_no_key_is_made_where_one_was_given(tmp_path):
    said = set_up(tmp_path, "keep_secret_key", SECRET_KEY_FILE="/etc/careers/secret_key")
    assert (said.returncode, said.stdout) == (0, "")
    assert not (tmp_path / "var" / "secret_key").exists()


def test_two_set_ups_at_once_wait_for_each_other(tmp_path):
    """For instance those of a release and of a server that starts meanwhile."""
    program(
        tmp_path / ".venv" / "bin" / "python",
        'case "$*" in *"pip install"*) echo begins >>log; sleep 0.3; echo ends >>log ;; esac',
    )
    (tmp_path / "requirements.txt").write_text("django==6.1\n")
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "setup.sh", tmp_path / "bin")
    lines = ("set -eu", '. "$(dirname "$0")/setup.sh"', "set_up requirements.txt")
    start = program(tmp_path / "bin" / "start", *lines)
    both = [subprocess.Popen([start], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert (tmp_path / "log").read_text().split() == ["begins", "ends"]
