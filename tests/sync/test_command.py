"""`manage.py catalog`: what it prints, and how it ends."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from careers.models import SAME_CODE, CatalogEntry, Choice, Role, Step
from careers.sync import rows
from careers.sync.comparing.report import many
from paths.models import LearningPath

ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
CONFLICT = 3


@pytest.fixture
def catalog_command(files, capsys):
    """Run `manage.py catalog` on the small catalog and get what it printed."""

    def run(*arguments: str) -> str:
        call_command("catalog", "--dir", str(files.folder), *arguments)
        return capsys.readouterr().out

    return run


@pytest.fixture
def manage(files):
    """Run `manage.py catalog` as a shell does, on a database that can't be reached."""

    def run(*arguments: str) -> subprocess.CompletedProcess:
        environment = os.environ | {
            "CATALOG_DIR": str(files.folder),
            "DATABASE_URL": f"sqlite:///{files.folder}/no/such/folder/db.sqlite3",
        }
        return subprocess.run(
            [sys.executable, "manage.py", "catalog", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


# -- check ---------------------------------------------------------------------------------


def test_check_counts_what_is_in_order(catalog_command):
    assert catalog_command("check") == (
        "The catalog is in order: 2 backgrounds, 3 lessons, 2 paths, 2 roles, 2 signals.\n"
    )


def test_check_ends_with_0_without_a_database(manage):
    done = manage("check")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_ends_with_1_and_prints_every_problem_to_stderr(files, manage):
    files.change(ROLE, "title: ML", "titel: ML")
    files.change(PATH, "title: RAG", "\ttitle: RAG")
    done = manage("check")
    assert (done.returncode, done.stdout) == (1, "")
    assert f" --> {PATH}:1:1" in done.stderr
    assert f" --> {ROLE}:1:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_problems_are_counted_in_the_last_line(files, catalog_command):
    files.write("README.md", "x")
    files.write("roles/NEWS.md", "x")
    with pytest.raises(CommandError) as refused:
        catalog_command("check")
    last = str(refused.value).splitlines()[-1]
    assert last == "2 problems in the catalog; nothing was written."


def test_one_problem_is_not_two(files, catalog_command):
    files.write("README.md", "x")
    with pytest.raises(CommandError, match=r"\n\n1 problem in the catalog; nothing was written\.$"):
        catalog_command("check")


def test_a_problem_is_printed_as_it_is(files, catalog_command):
    files.add(ROLE, "not_tought: x\n")
    (problem,) = files.problems()
    with pytest.raises(CommandError) as refused:
        catalog_command("check")
    assert str(refused.value).startswith(f"{problem}\n\n")


def test_the_folder_comes_from_the_settings_where_none_is_named(files, settings, capsys):
    settings.CATALOG_DIR = files.folder
    call_command("catalog", "check")
    assert "2 roles" in capsys.readouterr().out


# -- apply ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_apply_says_what_it_added(catalog_command):
    assert catalog_command("apply").splitlines() == [
        "add    2 backgrounds, 3 lessons, 2 paths, 2 roles, 2 signals",
        "Catalog applied: 11 added, 0 changed, 0 retired, 0 live edits kept.",
    ]


@pytest.mark.django_db
def test_apply_has_nothing_to_say_the_second_time(catalog_command):
    catalog_command("apply")
    assert catalog_command("apply") == (
        "Catalog applied: 0 added, 0 changed, 0 retired, 0 live edits kept.\n"
    )


@pytest.mark.django_db
def test_apply_says_what_it_changed_retired_and_kept(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(summary="The editor's.")
    files.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    files.change(ROLE, "code: ML", "code: ME")
    files.remove(OTHER_ROLE)
    assert catalog_command("apply").splitlines() == [
        "retire roles/data-engineer: status",
        "change roles/ml-engineer: code, title",
        "keep   roles/ml-engineer: summary was edited live",
        "Catalog applied: 0 added, 1 changed, 1 retired, 1 live edit kept.",
    ]


@pytest.mark.django_db
def test_apply_writes_nothing_of_a_catalog_with_a_problem(files, catalog_command):
    files.write("README.md", "x")
    with pytest.raises(CommandError) as refused:
        catalog_command("apply")
    assert refused.value.returncode == 1
    assert not Role.objects.exists()


@pytest.mark.django_db
def test_a_conflict_ends_with_3_and_names_both_sides(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(title="The editor's")
    files.change(ROLE, "title: ML Engineer", "title: The file's")
    with pytest.raises(CommandError) as conflict:
        catalog_command("apply")
    assert conflict.value.returncode == CONFLICT
    assert str(conflict.value).startswith(
        "conflict: roles/ml-engineer: title\n  file: The file's\n  live: The editor's\n"
    )
    assert "--overwrite" in str(conflict.value)


@pytest.mark.django_db
def test_a_conflict_writes_nothing(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(title="The editor's")
    files.change(ROLE, "title: ML Engineer", "title: The file's")
    files.change(PATH, "title: RAG", "title: Retrieval")
    base = list(CatalogEntry.objects.values())
    with pytest.raises(CommandError):
        catalog_command("apply")
    assert Role.objects.get(slug="ml-engineer").title == "The editor's"
    assert LearningPath.objects.get(slug="rag").title == "RAG"
    assert list(CatalogEntry.objects.values()) == base


@pytest.mark.django_db
def test_overwrite_takes_the_files_side(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(title="The editor's")
    files.change(ROLE, "title: ML Engineer", "title: The file's")
    assert "0 live edits kept" in catalog_command("apply", "--overwrite")
    assert Role.objects.get(slug="ml-engineer").title == "The file's"


@pytest.mark.django_db
def test_a_long_text_of_a_conflict_is_cut(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(honest_scope="x" * 1000)
    files.change(ROLE, "honest_scope: Courses", "honest_scope: All courses")
    with pytest.raises(CommandError, match=f"live: {'x' * 200}… \\(1,000 characters\\)\n"):
        catalog_command("apply")


@pytest.mark.django_db
def test_a_code_that_an_editor_gave_to_another_role_is_refused_in_words(catalog, catalog_command):
    catalog.role("editors-own", code="ML", paths=[])
    with pytest.raises(CommandError, match=SAME_CODE):
        catalog_command("apply")
    assert not CatalogEntry.objects.exists()


@pytest.mark.django_db
def test_a_code_that_a_role_has_whose_file_is_gone_is_refused_in_words(files, catalog_command):
    catalog_command("apply")
    files.rename(ROLE, "roles/platform-engineer.yaml")
    with pytest.raises(
        CommandError, match=r"under another name.*\n.*\n.*formerly: \[ml-engineer\]"
    ):
        catalog_command("apply")
    assert Role.objects.get(slug="ml-engineer").status == "published"


def test_a_database_that_is_not_migrated_is_named(files, tmp_path):
    empty = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    done = subprocess.run(
        [sys.executable, "manage.py", "catalog", "--dir", str(files.folder), "apply"],
        cwd=settings.BASE_DIR,
        env=empty,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "run manage.py migrate first" in done.stderr
    assert "Traceback" not in done.stderr


# -- The merge, row by row of the design's table -------------------------------------------

NAME = "roles/ml-engineer"
UNTOUCHED: list = []
GONE = None


def by_file(old: str, new: str) -> list[tuple[str, str]]:
    """The file is edited: what it said, and what it says now."""
    return [(old, new)]


def by_nobody() -> None:
    """Nothing is changed live."""


def by_editor(**fields):
    """An editor changes fields of the role."""
    return lambda: Role.objects.filter(slug="ml-engineer").update(**fields)


def steps_on(path: str):
    return Step.objects.filter(role__slug="ml-engineer", path__slug=path)


def in_step(path: str, **fields):
    """An editor changes fields of a step."""
    return lambda: steps_on(path).update(**fields)


def without_step(path: str):
    return lambda: steps_on(path).delete()


def aliases(names: str) -> str:
    """A role's aliases as YAML."""
    return "".join(["aliases:\n", *(f"  - {name}\n" for name in names)])


FIRST_STEP = "  - path: prompting\n    why: It comes first.\n"
SECOND_STEP = "  - path: rag\n    why: It comes second.\n    emphasis: deeply\n"
WHOLE_PATH = {"only": [], "focus": []}
PROMPTING = {"path": "prompting", "why": "It comes first.", "emphasis": "", **WHOLE_PATH}
RAG = {"path": "rag", "why": "It comes second.", "emphasis": "deeply", **WHOLE_PATH}

# The file's and the live changes since the base; what apply says; what the role has then.
MERGED = {
    "changed in the file: applied": (
        by_file("title: ML Engineer", "title: The file's"),
        by_nobody,
        ["change: title"],
        {"title": "The file's"},
    ),
    "changed live: kept, and reported": (
        UNTOUCHED,
        by_editor(title="The editor's"),
        ["keep: title"],
        {"title": "The editor's"},
    ),
    "changed on both sides to the same: nothing to do": (
        by_file("title: ML Engineer", "title: Both"),
        by_editor(title="Both"),
        [],
        {"title": "Both"},
    ),
    "changed in different fields: both kept": (
        by_file("title: ML Engineer", "title: The file's"),
        by_editor(summary="The editor's."),
        ["change: title", "keep: summary"],
        {"title": "The file's", "summary": "The editor's."},
    ),
    "changed in different items: both kept": (
        by_file("why: It comes first.", "why: The file's."),
        in_step("rag", emphasis="the editor's"),
        ["change: steps", "keep: steps"],
        {"steps": [PROMPTING | {"why": "The file's."}, RAG | {"emphasis": "the editor's"}]},
    ),
    "changed in different fields of one item: both kept": (
        by_file("why: It comes second.", "why: The file's."),
        in_step("rag", emphasis="the editor's"),
        ["change: steps", "keep: steps"],
        {"steps": [PROMPTING, RAG | {"why": "The file's.", "emphasis": "the editor's"}]},
    ),
    "items added on both sides: both kept": (
        by_file(aliases("ABC"), aliases("ABCF")),
        by_editor(aliases=["L", *"ABC"]),
        ["change: aliases", "keep: aliases"],
        {"aliases": [*"LABCF"]},
    ),
    "the same item added on both sides: there once": (
        by_file(aliases("ABC"), aliases("ABCX")),
        by_editor(aliases=[*"ABCX"]),
        [],
        {"aliases": [*"ABCX"]},
    ),
    "reordered in the file, added live: both kept": (
        by_file(aliases("ABC"), aliases("CAB")),
        by_editor(aliases=[*"ALBC"]),
        ["change: aliases", "keep: aliases"],
        {"aliases": [*"CALB"]},
    ),
    "reordered live, added in the file: both kept": (
        by_file(aliases("ABC"), aliases("AFBC")),
        by_editor(aliases=[*"CAB"]),
        ["change: aliases", "keep: aliases"],
        {"aliases": [*"CAFB"]},
    ),
    "removed from the file: removed": (
        by_file(FIRST_STEP, ""),
        by_nobody,
        ["change: steps"],
        {"steps": [RAG]},
    ),
    "removed live: removed, and reported": (
        UNTOUCHED,
        without_step("rag"),
        ["keep: steps"],
        {"steps": [PROMPTING]},
    ),
    "removed on both sides: nothing to do": (
        by_file(SECOND_STEP, ""),
        without_step("rag"),
        [],
        {"steps": [PROMPTING]},
    ),
    "removed here, another changed there: both kept": (
        by_file(FIRST_STEP, ""),
        in_step("rag", emphasis="the editor's"),
        ["change: steps", "keep: steps"],
        {"steps": [RAG | {"emphasis": "the editor's"}]},
    ),
    "different ones removed on both sides: both removed": (
        by_file(aliases("ABC"), aliases("BC")),
        by_editor(aliases=[*"AB"]),
        ["change: aliases", "keep: aliases"],
        {"aliases": ["B"]},
    ),
    "left out of the file, changed live: kept, as drift": (
        UNTOUCHED,
        by_editor(not_taught="The editor's."),
        ["keep: not_taught"],
        {"not_taught": "The editor's."},
    ),
    "taken out of the file, changed live: kept, as drift": (
        by_file("after_paths: a model in production\n", ""),
        by_editor(after_paths="The editor's."),
        ["keep: after_paths"],
        {"after_paths": "The editor's."},
    ),
    "null: cleared": (
        by_file("after_paths: a model in production", "after_paths: null"),
        by_nobody,
        ["change: after_paths"],
        {"after_paths": ""},
    ),
    "null for a list: cleared": (
        by_file(aliases("ABC"), "aliases: null\n"),
        by_nobody,
        ["change: aliases"],
        {"aliases": []},
    ),
    "null for a list, added live: what was added is kept": (
        by_file(aliases("ABC"), "aliases: null\n"),
        by_editor(aliases=[*"ABCL"]),
        ["change: aliases", "keep: aliases"],
        {"aliases": ["L"]},
    ),
    "document gone: retired": (
        GONE,
        by_nobody,
        ["retire: status"],
        {"status": "retired", "title": "ML Engineer"},
    ),
}

# The file's and the live changes since the base; the conflicts: field, file's value, live value.
CONFLICTING = {
    "changed on both sides, differently": (
        by_file("title: ML Engineer", "title: The file's"),
        by_editor(title="The editor's"),
        [("title", "The file's", "The editor's")],
    ),
    "null, changed live": (
        by_file("after_paths: a model in production", "after_paths: null"),
        by_editor(after_paths="The editor's."),
        [("after_paths", "", "The editor's.")],
    ),
    "the same field of one item changed on both sides": (
        by_file("why: It comes second.", "why: The file's."),
        in_step("rag", why="The editor's."),
        [("steps[rag].why", "The file's.", "The editor's.")],
    ),
    "the same text rewritten on both sides": (
        by_file(aliases("ABC"), aliases("AFC")),
        by_editor(aliases=[*"ALC"]),
        [("aliases[B]", "F", "L")],
    ),
    "an item removed from the file, changed live": (
        by_file(SECOND_STEP, ""),
        in_step("rag", emphasis="briefly"),
        [("steps[rag]", "(nothing)", str(RAG | {"emphasis": "briefly"}))],
    ),
    "an item changed in the file, removed live": (
        by_file("emphasis: deeply", "emphasis: briefly"),
        without_step("rag"),
        [("steps[rag]", str(RAG | {"emphasis": "briefly"}), "(nothing)")],
    ),
    "reordered on both sides, differently": (
        by_file(aliases("ABC"), aliases("BAC")),
        by_editor(aliases=[*"ACB"]),
        [("aliases (order)", "['B', 'A', 'C']", "['A', 'C', 'B']")],
    ),
    "document gone, changed live": (
        GONE,
        by_editor(title="The editor's"),
        [("status", "retired", "published"), ("title", "ML Engineer", "The editor's")],
    ),
    "document gone, a list changed live": (
        GONE,
        by_editor(aliases=[*"ABCL"]),
        [
            ("aliases", "['A', 'B', 'C']", "['A', 'B', 'C', 'L']"),
            ("status", "retired", "published"),
        ],
    ),
}


@pytest.fixture
def two_writers(db, files, catalog_command):
    """A function that applies a catalog, then makes the changes of a file and of an editor."""

    def write(changes: list[tuple[str, str]] | None, edit_live) -> None:
        files.change(ROLE, aliases(["Machine Learning Engineer"]), aliases("ABC"))
        catalog_command("apply")
        edit_live()
        if changes is GONE:
            files.remove(ROLE)
        for old, new in changes or []:
            files.change(ROLE, old, new)

    return write


def of_the_role() -> dict:
    keys = list(Role.objects.filter(slug="ml-engineer").values_list("pk", flat=True))
    return dict(rows.read_live({"roles": keys})["roles", "ml-engineer"][0].values)


def reports(lines: list[str]) -> list[str]:
    """The lines of an apply, from the abbreviated ones of the table."""
    words = {"keep": f"keep   {NAME}: {{}} was edited live"}
    said = [line.split(": ") for line in lines]
    return [words.get(verb, f"{verb:7}{NAME}: {{}}").format(field) for verb, field in said]


@pytest.mark.few(2)
@pytest.mark.parametrize("row", MERGED)
def test_a_merge_writes_and_says_what_the_table_has(row, two_writers, catalog_command):
    changes, edit_live, says, has = MERGED[row]
    two_writers(changes, edit_live)
    before = of_the_role()
    assert catalog_command("apply").splitlines()[:-1] == reports(says)
    assert of_the_role() == before | has


@pytest.mark.few(3)
@pytest.mark.parametrize("row", MERGED)
def test_a_merge_is_done_once(row, two_writers, catalog_command, count_writes):
    changes, edit_live, says, _ = MERGED[row]
    two_writers(changes, edit_live)
    catalog_command("apply")
    kept = reports([line for line in says if line.startswith("keep")])
    edits = many(len(kept), "live edit")
    closing = f"Catalog applied: 0 added, 0 changed, 0 retired, {edits} kept."
    assert count_writes(lambda: catalog_command("apply")) == 0
    assert catalog_command("apply").splitlines() == [*kept, closing]


@pytest.mark.few(2)
@pytest.mark.parametrize("row", CONFLICTING)
def test_a_conflict_is_named_and_nothing_is_written(row, two_writers, catalog_command):
    changes, edit_live, conflicts = CONFLICTING[row]
    two_writers(changes, edit_live)
    before = of_the_role(), list(CatalogEntry.objects.values())
    with pytest.raises(CommandError) as conflict:
        catalog_command("apply")
    assert conflict.value.returncode == CONFLICT
    assert str(conflict.value).split("\n\n")[0] == "\n".join(
        f"conflict: {NAME}: {field}\n  file: {file}\n  live: {live}"
        for field, file, live in conflicts
    )
    assert (of_the_role(), list(CatalogEntry.objects.values())) == before


@pytest.mark.few(3)
@pytest.mark.parametrize("row", [*MERGED, *CONFLICTING])
def test_overwrite_leaves_nothing_that_the_files_say_otherwise(
    row, files, two_writers, catalog_command
):
    two_writers(*(MERGED | CONFLICTING)[row][:2])
    kept = int(row.endswith("kept, as drift") and " out " in row)  # of a gone document
    assert f"{many(kept, 'live edit')} kept" in catalog_command("apply", "--overwrite")
    if ("roles", "ml-engineer") in files.entries():
        said = files.entries()["roles", "ml-engineer"].values
        assert said.items() <= of_the_role().items()
    else:
        assert of_the_role()["status"] == "retired"


def settle(catalog_command, conflicts: list[tuple[str, str, str]], side: str) -> str:
    """Settle each conflict, or only `status` if a document is gone. Return the last line."""
    names = [field for field, _, _ in conflicts]
    for field in ["status"] if "status" in names else names:
        said = catalog_command("resolve", NAME, field, "--take", side)
    return said.splitlines()[-1]


@pytest.mark.few(2)
@pytest.mark.parametrize("row", CONFLICTING)
def test_a_conflict_that_is_settled_for_the_file_is_written_as_the_file_says(
    row, files, two_writers, catalog_command
):
    changes, edit_live, conflicts = CONFLICTING[row]
    two_writers(changes, edit_live)
    last = settle(catalog_command, conflicts, "file")
    assert last == "No conflict is left: `catalog apply` carries it out."
    catalog_command("apply")
    if ("roles", "ml-engineer") in files.entries():
        said = files.entries()["roles", "ml-engineer"].values
        assert said.items() <= of_the_role().items()
    else:
        assert of_the_role()["status"] == "retired"


@pytest.mark.few(2)
@pytest.mark.parametrize("row", CONFLICTING)
def test_a_conflict_that_is_settled_for_the_editor_is_kept_as_drift(
    row, two_writers, catalog_command
):
    changes, edit_live, conflicts = CONFLICTING[row]
    two_writers(changes, edit_live)
    before = of_the_role()
    settle(catalog_command, conflicts, "live")
    fields = {field.partition("[")[0].removesuffix(" (order)") for field, _, _ in conflicts}
    kept = [f"keep   {NAME}: {field} was edited live" for field in sorted(fields)]
    assert catalog_command("apply").splitlines()[:-1] == kept
    assert of_the_role() == before
    assert not Choice.objects.exists()


@pytest.mark.few(3)
@pytest.mark.parametrize("row", CONFLICTING)
@pytest.mark.parametrize("side", ["file", "live"])
def test_what_is_settled_is_settled_once_for_all(row, side, two_writers, catalog_command):
    changes, edit_live, conflicts = CONFLICTING[row]
    two_writers(changes, edit_live)
    settle(catalog_command, conflicts, side)
    catalog_command("apply")
    before = of_the_role()
    assert "0 added, 0 changed, 0 retired" in catalog_command("apply")
    assert of_the_role() == before


# -- Wrong arguments, and schemas ---------------------------------------------------------

HUGE = "9" * 23


@pytest.mark.django_db
@pytest.mark.parametrize("number", [HUGE, f"-{HUGE}", "77", "0"])
def test_a_revision_that_is_none_is_said(number, catalog_command):
    with pytest.raises(CommandError, match=rf"There is no revision {number}\."):
        catalog_command("revert", "--", number)


@pytest.mark.django_db
@pytest.mark.parametrize("limit", ["0", "-5", "x", "1.5", "1_0", HUGE])
def test_a_limit_of_less_than_one_revision_or_no_number_is_refused(limit, catalog_command):
    with pytest.raises(CommandError, match=f"a whole number of 1 or more, not “{limit}”"):
        catalog_command("log", f"--limit={limit}")


@pytest.mark.django_db
def test_the_log_of_what_no_revision_tells_of_says_so_and_what_may_be_meant(catalog_command):
    catalog_command("apply")
    with pytest.raises(CommandError) as refused:
        catalog_command("log", "roles/ml-enginer")
    words = "No revision mentions roles/ml-enginer. did you mean `roles/ml-engineer`?"
    assert str(refused.value) == words
    with pytest.raises(CommandError, match=r"^No revision mentions zzz\.$"):
        catalog_command("log", "zzz")
    assert "roles/ml-engineer" in catalog_command("log", "roles/ml-engineer")


def test_schemas_go_into_a_folder_and_what_is_none_is_said(catalog_command, tmp_path):
    (tmp_path / "taken").write_text("x")
    for place in (tmp_path / "taken", tmp_path / "taken" / "below", "/proc/none"):
        with pytest.raises(CommandError, match=f"^{place} can't be written: "):
            catalog_command("schema", "--into", str(place))
    assert (tmp_path / "taken").read_text() == "x"


def test_a_schema_is_written_whole_or_not_at_all(catalog_command, tmp_path, monkeypatch):
    catalog_command("schema", "--into", str(tmp_path))
    before = (tmp_path / "role.json").read_text()
    write = Path.write_text

    def full(path, text, **more):
        write(path, text[: len(text) // 2], **more)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(CommandError, match="can't be written: No space left on device"):
        catalog_command("schema", "--into", str(tmp_path))
    assert (tmp_path / "role.json").read_text() == before
    assert all(each.suffix == ".json" for each in tmp_path.iterdir() if each.is_file())


def test_a_schema_that_is_a_link_goes_on_being_one(catalog_command, tmp_path):
    kept = tmp_path / "kept.json"
    kept.write_text("old")
    kept.chmod(0o640)
    (tmp_path / "into").mkdir()
    (tmp_path / "into" / "role.json").symlink_to(kept)
    catalog_command("schema", "--into", str(tmp_path / "into"))
    assert (tmp_path / "into" / "role.json").is_symlink()
    assert '"title"' in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o640


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ml-engineer", "mle"])
def test_the_log_of_a_renamed_thing_begins_before_its_new_name(name, files, catalog_command):
    catalog_command("apply")
    files.rename(ROLE, "roles/mle.yaml")
    files.add("roles/mle.yaml", "formerly: [ml-engineer]\n")
    catalog_command("apply")
    lines = catalog_command("log", f"roles/{name}").splitlines()
    assert [line.strip() for line in lines if line.startswith(" ")] == [
        "roles/mle: slug, formerly",
        "roles/ml-engineer: added",
    ]
