"""Files of an older commit never silently replace newer content."""

import subprocess

import pytest
from django.core.management import CommandError, call_command

from careers.models import Apply, Role

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"


@pytest.fixture
def git(files):
    """A function that runs git in the catalog's folder, where all files are committed."""

    def run(*arguments: str) -> str:
        named = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        command = ["git", "-C", str(files.folder), *named, *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    run("init", "--quiet", "--initial-branch", "main")
    run("add", ".")
    run("commit", "--quiet", "-m", "first")
    return run


@pytest.fixture
def apply(files, capsys):
    def run(*options: str) -> str:
        call_command("catalog", "--dir", str(files.folder), "apply", *options)
        return capsys.readouterr().err

    return run


@pytest.fixture
def newer(files, git, apply):
    """Apply two commits and check out the first again. The name of the second."""
    apply()
    files.change(ROLE, "title: ML", "title: Newer ML")
    git("commit", "--quiet", "-am", "second")
    apply()
    name = git("rev-parse", "HEAD")
    git("checkout", "--quiet", "HEAD~1")
    return name


def title() -> str:
    return Role.objects.get(slug="ml-engineer").title


def test_older_files_are_refused_with_both_commits_named(git, apply, newer):
    before = title()
    with pytest.raises(CommandError) as refused:
        apply()
    for name in (newer, git("rev-parse", "HEAD")):
        assert name[:12] in str(refused.value)
    assert title() == before
    assert Apply.objects.get().commit == newer


def test_a_server_that_starts_with_older_files_serves_what_is_there(apply, newer):
    before = title()
    assert "are older than those last applied" in apply("--at-start")
    assert title() == before


def test_who_means_to_go_back_can(git, apply, newer):
    apply("--allow-older")
    assert not title().startswith("Newer")
    assert Apply.objects.get().commit == git("rev-parse", "HEAD")


def test_a_commit_on_top_is_applied(files, git, apply, newer):
    git("checkout", "--quiet", "main")
    files.change(ROLE, "title: Newer ML", "title: Newest ML")
    git("commit", "--quiet", "-am", "third")
    apply()
    assert title().startswith("Newest")


def test_another_branch_is_nobody_s_past(files, git, apply, newer):
    git("checkout", "--quiet", "-b", "other")
    files.change(ROLE, "title: ML", "title: Other ML")
    git("commit", "--quiet", "-am", "beside")
    apply()
    assert title().startswith("Other")


def test_a_clone_that_lacks_the_commit_is_behind(git, apply, newer):
    Apply.objects.update(commit="0" * 40)
    with pytest.raises(CommandError, match="are older"):
        apply()


def test_a_commit_that_changes_no_file_makes_them_no_older(git, apply, newer):
    git("checkout", "--quiet", "main")
    git("commit", "--quiet", "--allow-empty", "-m", "nothing")
    apply()
    assert Apply.objects.get().commit == newer


def test_where_nobody_can_tell_a_word_is_said(files, git, apply, newer, caplog):
    (files.folder / ".git").rename(files.folder.parent / "away")
    apply()
    assert not title().startswith("Newer")
    assert "There is no way to tell" in caplog.text
