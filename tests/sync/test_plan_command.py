"""`manage.py catalog plan`, `drift`, `export`, saved plans, removals: words and exit codes."""

import errno
import io
import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.models import Background, CatalogEntry, CatalogVersion, HiringSignal, Role, SalaryBand
from careers.sync import progress
from careers.sync.comparing.plan import PlannedField
from careers.sync.comparing.report import conflict_text, difference_line
from careers.sync.progress import watch_progress
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.removals import TooManyRemovals
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Lesson

pytestmark = pytest.mark.django_db

BACKGROUNDS = "backgrounds.yaml"
ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
DRAFT = "paths/rag/chunking.md"
NAME = "roles/ml-engineer"
SUMMARY = 'summary: "Puts models into production." → "The editor\'s."'
CHANGES, CONFLICT = 2, 3
NOTHING = "Plan: 0 to add, 0 to change, 0 to retire, 0 live edits to keep, 0 conflicts."


@pytest.fixture
def catalog_command(files, capsys):
    """Run `manage.py catalog` on the small catalog and get its exit code and its lines."""

    def run(*arguments: str) -> tuple[int, list[str]]:
        code = 0
        try:
            call_command("catalog", "--dir", str(files.folder), *arguments)
        except SystemExit as end:
            code = end.code
        except CommandError as error:
            return error.returncode, str(error).splitlines()
        return code, capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def applied(files):
    files.apply()
    return files


def edit(slug="ml-engineer", **fields) -> None:
    Role.objects.filter(slug=slug).update(**fields)


def rows() -> dict:
    """Every row of the catalog, as it stands."""
    kinds = (LearningPath, Lesson, HiringSignal, Background, Role, SalaryBand, CatalogEntry)
    tables = {kind.__name__: list(kind.objects.order_by("pk").values()) for kind in kinds}
    return tables | {"version": CatalogVersion.current()}


# -- plan ----------------------------------------------------------------------------------


def test_a_plan_of_an_empty_database_adds_everything_in_order(catalog_command):
    code, lines = catalog_command("plan")
    assert code == CHANGES
    assert lines == [
        "add      signals/eval-discipline",
        "add      signals/shipped",
        "add      paths/prompting",
        "add      paths/rag",
        "add      lessons/201",
        "add      lessons/401",
        "add      lessons/402",
        "add      backgrounds/data-analyst",
        "add      backgrounds/software-engineer",
        "add      roles/data-engineer",
        "add      roles/ml-engineer",
        "Plan: 11 to add, 0 to change, 0 to retire, 0 live edits to keep, 0 conflicts.",
    ]


def test_a_plan_with_nothing_to_do_is_one_line(applied, catalog_command):
    assert catalog_command("plan") == (0, [NOTHING])


def test_a_plan_says_what_becomes_of_each_field(applied, catalog_command):
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    applied.change(ROLE, "low: 65000", "low: 66000")
    applied.change(PATH, "position: 2", "position: 5")
    applied.remove(OTHER_ROLE)
    applied.write("roles/new.yaml", applied.text(ROLE).replace("code: ML", "code: NW"))
    edit(summary="The editor's.")
    assert catalog_command("plan") == (
        CHANGES,
        [
            "add      roles/new",
            "change   paths/rag: position: 2 → 5",
            f"change   {NAME}: salary_bands: EU, Published range, 5 years: low: 65000 → 66000",
            'change   roles/ml-engineer: title: "ML Engineer" → "Machine Learning Engineer"',
            "retire   roles/data-engineer",
            f"keep     {NAME}: {SUMMARY}",
            "Plan: 1 to add, 2 to change, 1 to retire, 1 live edit to keep, 0 conflicts.",
        ],
    )


def test_a_live_edit_alone_leaves_nothing_to_do(applied, catalog_command):
    edit(summary="The editor's.")
    code, lines = catalog_command("plan")
    assert code == 0
    assert lines[0].startswith("keep     roles/ml-engineer: summary: ")


def test_a_plan_with_a_conflict_ends_with_3_and_names_both_sides(applied, catalog_command):
    edit(title="The editor's")
    applied.change(ROLE, "title: ML Engineer", "title: The file's")
    applied.change(PATH, "title: RAG", "title: Retrieval")
    code, lines = catalog_command("plan")
    assert code == CONFLICT
    assert lines[1:] == [
        "conflict: roles/ml-engineer: title",
        "  file: The file's",
        "  live: The editor's",
        "Plan: 0 to add, 1 to change, 0 to retire, 0 live edits to keep, 1 conflict.",
    ]


LONG = "word " * 60


@pytest.mark.parametrize(
    ("file", "live", "shown"),
    [
        (
            f"{LONG}file",
            f"{LONG}editor",
            ("…word word word word file (304 characters)",
             "…word word word word editor (306 characters)"),
        ),
        (
            LONG.strip(),
            f"{LONG}more",
            ("… word word word word (299 characters)",
             "… word word word word more (304 characters)"),
        ),
        (
            f"file {LONG}",
            f"live {LONG}",
            (f"file {LONG[:195]}… (305 characters)", f"live {LONG[:195]}… (305 characters)"),
        ),
        ("AI\u00a0Engineer", "AI Engineer", ("AI\\xa0Engineer", "AI Engineer")),
        ("AI\u200bEngineer", "AIEngineer", ("AI\\u200bEngineer", "AIEngineer")),
        ("AI  Engineer", "AI Engineer", ("AI␣␣Engineer", "AI Engineer")),
        ("Café", "Cafe\u0301", ("Café", "Cafe\\u0301")),
    ],
    ids=["late", "last", "early", "a wide space", "an unseen character", "two spaces", "an accent"],
)  # fmt: skip
def test_a_conflict_shows_what_tells_its_sides_apart(file, live, shown):
    """However far into a long text it is, and whether or not it can be seen."""
    field = PlannedField(("roles", "ml-engineer"), "summary", "", file, live, live)
    assert conflict_text(field).splitlines()[1:] == [f"  file: {shown[0]}", f"  live: {shown[1]}"]


def test_a_plan_of_files_with_a_problem_ends_with_1(applied, catalog_command):
    applied.add(ROLE, "titel: x\n")
    code, lines = catalog_command("plan")
    assert code == 1
    assert lines[0].startswith("error[unknown-key]")


@pytest.mark.parametrize(
    ("command", "notes"), [(("plan",), 0), (("drift",), 0), (("export", "--check"), 1)]
)
def test_who_only_looks_writes_nothing(applied, catalog_command, count_writes, command, notes):
    """Only `export --check` notes something: its patch, which somebody may apply later."""
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    edit(summary="The editor's.")
    before = rows()
    assert count_writes(lambda: catalog_command(*command)) == notes
    assert rows() == before


def test_a_plan_takes_as_many_queries_for_a_larger_catalog(applied, catalog_command, count_queries):
    few = count_queries(lambda: catalog_command("plan"))
    for number in range(20):
        text = applied.text(OTHER_ROLE).replace("code: DE", f"code: X{chr(65 + number)}")
        applied.write(f"roles/role-{number}.yaml", text)
    assert count_queries(lambda: catalog_command("plan")) == few


DIFFERENCES = {
    "texts": ("title", "one", "two", '"one" → "two"'),
    "numbers": ("position", 1, 2, "1 → 2"),
    "nothing": ("months", None, 3, "null → 3"),
    "lines": ("body", "one\ntwo", "one", '"one\\ntwo" → "one"'),
    "what-can-not-be-seen": ("title", "a\u202eb", "ab", '"a\\u202eb" → "ab"'),
    "two-spellings-of-one-name": (
        "title",
        "Caf\u00e9",
        "Cafe\u0301",
        '"Caf\\u00e9" → "Cafe\\u0301"',
    ),
    "an-item-more": ("aliases", ["a"], ["a", "b"], '+ "b"'),
    "an-item-less": ("aliases", ["a", "b"], ["b"], '− "a"'),
    "an-item-rewritten": ("aliases", ["a", "b"], ["a", "c"], '"b" → "c"'),
    "another-order": ("aliases", ["a", "b"], ["b", "a"], "in another order"),
    "a-list-emptied": ("aliases", ["a"], [], '− "a"'),
    "a-key-of-an-item": (
        "steps",
        [{"path": "rag", "why": "a"}],
        [{"path": "rag", "why": "b"}],
        'rag: why: "a" → "b"',
    ),
    "many-items": (
        "aliases",
        ["a"],
        list("abcdefghij"),
        '+ "b"; + "c"; + "d"; + "e"; + "f"; + "g"; 3 more',
    ),
}


@pytest.mark.parametrize(("field", "old", "new", "words"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_what_differs_is_said_on_one_line(field, old, new, words):
    assert difference_line(field, old, new) == words


def test_a_long_text_is_cut_around_what_differs():
    old = "x" * 500 + "old" + "y" * 500
    words = difference_line("body", old, old.replace("old", "new"))
    assert words.startswith("…xxx")
    assert "oldyyy" in words
    assert "newyyy" in words
    assert len(words) < 140


# -- JSON, and a plan that was saved -------------------------------------------------------


def test_a_plan_in_json_says_the_same(applied, catalog_command):
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    edit(summary="The editor's.")
    code, lines = catalog_command("plan", "--json")
    said = json.loads("\n".join(lines))
    assert code == CHANGES
    assert len(said.pop("fingerprint")) == 64
    assert said == {
        "changes": [
            {
                "action": "change",
                "entry": "roles/ml-engineer",
                "fields": {"title": {"new": "Machine Learning Engineer", "old": "ML Engineer"}},
            }
        ],
        "conflicts": [],
        "counts": {"add": 0, "change": 1, "conflict": 0, "drift": 1, "retire": 0},
        "drift": [
            {
                "base": "Puts models into production.",
                "entry": "roles/ml-engineer",
                "field": "summary",
                "file": "Puts models into production.",
                "live": "The editor's.",
                "value": "The editor's.",
            }
        ],
    }


def test_a_plan_in_json_is_the_same_each_time_and_sorted(catalog_command):
    first, second = catalog_command("plan", "--json"), catalog_command("plan", "--json")
    assert first == second
    said = json.loads("\n".join(first[1]))
    assert json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False) == "\n".join(first[1])


def test_a_conflict_where_no_file_was_before_is_json_as_well(files, catalog, catalog_command):
    catalog.role("ml-engineer", code="ML", paths=[])
    code, lines = catalog_command("plan", "--json")
    assert code == CONFLICT
    assert json.loads("\n".join(lines))["conflicts"][0]["base"] is None


def change_a_file(files):
    files.change(PATH, "title: RAG", "title: Retrieval")


def change_a_row(files):
    edit(summary="The editor's.")


def change_the_base(files):
    CatalogEntry.objects.filter(key="rag").delete()


def make_a_thing(files):
    Role.objects.create(slug="new", code="NW", title="N", summary="S")


@pytest.mark.parametrize("change", [change_a_file, change_a_row, change_the_base, make_a_thing])
def test_a_saved_plan_that_no_longer_fits_is_refused(applied, catalog_command, tmp_path, change):
    saved = str(tmp_path / "plan.json")
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    assert catalog_command("plan", "--out", saved)[0] == CHANGES
    change(applied)
    before = rows()
    code, lines = catalog_command("apply", saved)
    assert code == 1
    assert "no longer fits" in lines[0]
    assert f"catalog plan --out {saved}" in lines[0]
    assert rows() == before


def test_a_saved_plan_that_fits_is_carried_out(applied, catalog_command, tmp_path):
    saved = tmp_path / "plan.json"
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    _, shown = catalog_command("plan", "--out", str(saved))
    assert shown[-1].startswith("Plan: 0 to add, 1 to change")
    assert json.loads(saved.read_text())["counts"]["change"] == 1
    code, lines = catalog_command("apply", str(saved))
    assert (code, lines[0]) == (0, "change roles/ml-engineer: title")


def test_a_plan_that_was_carried_out_no_longer_fits(files, catalog_command, tmp_path):
    saved = str(tmp_path / "plan.json")
    catalog_command("plan", "--out", saved)
    assert catalog_command("apply", saved)[0] == 0
    assert catalog_command("apply", saved)[0] == 1


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '"fingerprint"', "\udcff"])
def test_a_file_that_is_no_plan_is_refused_in_words(files, catalog_command, tmp_path, text):
    saved = tmp_path / "plan.json"
    saved.write_bytes(text.encode(errors="surrogateescape"))
    code, lines = catalog_command("apply", str(saved))
    assert code == 1
    assert "isn't a plan" in lines[0]


def test_a_plan_that_is_not_there_is_refused_in_words(files, catalog_command, tmp_path):
    code, lines = catalog_command("apply", str(tmp_path / "none.json"))
    assert code == 1
    assert "can't be read: No such file" in lines[0]


def test_a_plan_that_can_not_be_saved_is_an_error(files, catalog_command, tmp_path):
    code, lines = catalog_command("plan", "--out", str(tmp_path / "none" / "plan.json"))
    assert code == 1
    assert "can't be written: No such file" in lines[0]


def test_a_saved_plan_is_not_changed_by_an_option(files, catalog_command, tmp_path):
    saved = str(tmp_path / "plan.json")
    catalog_command("plan", "--out", saved)
    assert catalog_command("apply", saved, "--overwrite")[0] == 1


@pytest.mark.parametrize("change", [change_a_file, change_a_row, change_the_base, make_a_thing])
def test_a_fingerprint_changes_with_each_side(applied, change):
    before = read_sides(applied.read()).fingerprint()
    assert read_sides(applied.read()).fingerprint() == before
    change(applied)
    assert read_sides(applied.read()).fingerprint() != before


# -- Removals ------------------------------------------------------------------------------


def with_roles(files, number: int) -> list[str]:
    """Apply more published roles, so that one is less than a tenth. Return their files' names."""
    names = [f"roles/role-{n}.yaml" for n in range(number)]
    for n, name in enumerate(names):
        files.write(name, files.text(OTHER_ROLE).replace("code: DE", f"code: X{chr(65 + n)}"))
    files.apply()
    return names


def test_a_tenth_of_what_is_published_may_go(files, catalog_command):
    names = with_roles(files, 20)
    for name in names[:3]:
        files.remove(name)
    assert catalog_command("apply")[0] == 0
    assert Role.objects.filter(status="retired").count() == 3


def test_more_than_a_tenth_is_refused(files, catalog_command):
    names = with_roles(files, 20)
    for name in names[:4]:
        files.remove(name)
    before = rows()
    code, lines = catalog_command("apply")
    assert code == 1
    assert lines[0] == (
        "Gone from the files: 4 of 22 roles, which would be retired: their pages would answer "
        "410; nothing was written. If they are to go, say so with --allow-removals 4."
    )
    assert rows() == before
    assert catalog_command("apply", "--allow-removals", "3")[0] == 1
    assert rows() == before
    assert catalog_command("apply", "--allow-removals", "4")[0] == 0
    assert Role.objects.filter(status="retired").count() == 4


def test_all_of_a_kind_is_refused_however_few_they_are(files, catalog_command):
    with_roles(files, 20)
    files.write("signals.yaml", "signals: []\n")
    files.change("paths/prompting/first-prompt.md", "signals:\n  - eval-discipline\n", "")
    code, lines = catalog_command("apply")
    assert code == 1
    assert lines[0] == (
        "Gone from the files: 2 of 2 signals, which would be retired; nothing was written. "
        "If they are to go, say so with --allow-removals 2."
    )
    assert catalog_command("apply", "--allow-removals", "2")[0] == 0


def test_what_nobody_sees_may_go(files):
    with_roles(files, 1)
    Role.objects.exclude(slug="ml-engineer").update(status="draft")
    apply_entries(files.read(), overwrite=True)
    for name in (OTHER_ROLE, "roles/role-0.yaml"):
        files.change(name, "status: published", "status: draft")
    files.apply()
    files.remove(OTHER_ROLE)
    files.remove("roles/role-0.yaml")
    files.apply()
    assert Role.objects.filter(status="retired").count() == 2


def test_an_overwrite_may_take_no_more(files):
    for name in with_roles(files, 20)[:4]:
        files.remove(name)
    with pytest.raises(TooManyRemovals):
        apply_entries(files.read(), overwrite=True)


@pytest.mark.parametrize("flag", [(), ("--allow-removals", "999")])
@pytest.mark.parametrize("command", ["plan", "apply", "drift", "export"])
def test_an_empty_or_missing_folder_is_no_catalog(applied, catalog_command, command, flag):
    arguments = (command, *flag) if command == "apply" else (command,)
    before = rows()
    for path in sorted(applied.folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert catalog_command(*arguments)[0] == 1
    applied.folder.rmdir()
    assert catalog_command(*arguments)[0] == 1
    assert rows() == before


def test_an_older_commit_after_a_newer_one_loses_nothing_for_good(applied, catalog_command):
    older = {path: path.read_bytes() for path in applied.folder.rglob("*.*")}
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    applied.write("roles/new.yaml", applied.text(OTHER_ROLE).replace("code: DE", "code: NW"))
    applied.apply()
    edit(summary="The editor's.")
    newer = {path: path.read_bytes() for path in applied.folder.rglob("*.*")}

    def check_out(commit: dict[Path, bytes]) -> None:
        for path in newer.keys() - commit.keys():
            path.unlink()
        for path, content in commit.items():
            path.write_bytes(content)

    def seen() -> list:
        return list(Role.objects.order_by("slug").values_list("slug", "title", "summary", "status"))

    after = seen()
    check_out(older)
    assert catalog_command("apply")[0] == 0
    assert Role.objects.get(slug="ml-engineer").title == "ML Engineer"
    check_out(newer)
    assert catalog_command("apply")[0] == 0
    assert seen() == after


# -- drift ---------------------------------------------------------------------------------


def test_without_live_edits_nothing_drifts(applied, catalog_command):
    assert catalog_command("drift") == (
        0,
        ["Drift: 0 live edits and 0 things made live that the files don't have."],
    )


def test_a_live_edit_is_drift(applied, catalog_command):
    edit(summary="The editor's.")
    Role.objects.create(slug="new", code="NW", title="N", summary="S")
    assert catalog_command("drift") == (
        CHANGES,
        [
            f"edited   {NAME}: {SUMMARY}",
            "made     roles/new",
            "Drift: 1 live edit and 1 thing made live that the files don't have.",
        ],
    )


def test_a_live_edit_that_the_file_contradicts_is_drift_as_well(applied, catalog_command):
    edit(title="The editor's")
    applied.change(ROLE, "title: ML Engineer", "title: The file's")
    code, lines = catalog_command("drift")
    assert code == CHANGES
    assert lines[0] == (
        'edited   roles/ml-engineer: title: "The file\'s" → "The editor\'s", against the file'
    )


def test_what_the_files_changed_is_no_drift(applied, catalog_command):
    applied.change(ROLE, "title: ML Engineer", "title: The file's")
    assert catalog_command("drift")[0] == 0


# -- export --------------------------------------------------------------------------------


def test_export_says_each_file_and_then_there_is_nothing_to_do(applied, catalog_command):
    edit(summary="The editor's.")
    Role.objects.create(slug="new", code="NW", title="N", summary="S")
    row = Role.objects.get(slug="data-engineer")
    row.slug = "engineer-of-data"
    row.save()
    row.keep_address("data-engineer")
    assert catalog_command("export") == (
        0,
        [
            f"move     {OTHER_ROLE} → roles/engineer-of-data.yaml",
            f"change   {ROLE}",
            "new      roles/new.yaml",
            "Catalog export: 3 files written.",
        ],
    )
    assert catalog_command("plan") == (0, [NOTHING])
    assert catalog_command("drift")[0] == 0
    assert catalog_command("export") == (0, ["Catalog export: 0 files written."])


def test_export_check_shows_the_lines_and_writes_nothing(applied, catalog_command):
    edit(summary="The editor's.")
    before = applied.text(ROLE)
    code, lines = catalog_command("export", "--check")
    assert code == CHANGES
    assert lines[1:3] == [f"--- a/catalog/{ROLE}", f"+++ b/catalog/{ROLE}"]
    assert "-summary: Puts models into production." in lines
    assert "+summary: The editor's." in lines
    assert lines[-1] == "Catalog export: 1 file would change."
    assert applied.text(ROLE) == before


def test_export_check_ends_with_0_where_the_files_have_everything(applied, catalog_command):
    assert catalog_command("export", "--check") == (0, ["Catalog export: 0 files would change."])


@pytest.mark.parametrize("flag", [(), ("--check",)])
def test_export_of_a_conflict_ends_with_3_and_names_both_sides(applied, catalog_command, flag):
    edit(title="The editor's")
    applied.change(ROLE, "title: ML Engineer", "title: The file's")
    before = applied.text(ROLE)
    code, lines = catalog_command("export", *flag)
    assert code == CONFLICT
    assert lines[:3] == [
        "conflict: roles/ml-engineer: title",
        "  file: The file's",
        "  live: The editor's",
    ]
    assert applied.text(ROLE) == before


def test_export_of_what_no_file_can_hold_ends_with_1(applied, catalog_command):
    edit(title="a\x07b")
    code, lines = catalog_command("export")
    assert code == 1
    assert lines == [
        "roles/ml-engineer: title: It can't stand in a file: it holds the character U+0007.",
        "",
        "These live edits stay: no file can hold them.",
    ]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_export_to_a_disk_that_refuses_ends_with_1(applied, catalog_command, monkeypatch, error):
    edit(title="The editor's")
    before = applied.text(ROLE)

    def refuse(path, *_args, **_options):
        raise OSError(error, os.strerror(error), str(path))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    monkeypatch.setattr("shutil.copy2", refuse)
    code, lines = catalog_command("export")
    assert code == 1
    assert os.strerror(error) in lines[0]
    assert lines[-1] == "Nothing was written: the files are as before."
    assert applied.text(ROLE) == before
    assert [path.name for path in (applied.folder / "roles").iterdir() if path.name[0] == "."] == []


# -- Progress ------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_run_counts_on_a_terminal_and_leaves_an_empty_line(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "PACE", 0)
    terminal = Terminal()
    assert list(watch_progress(terminal, "changes")("ab")) == ["a", "b"]
    assert terminal.getvalue().split("\r")[1:] == ["1 of 2 changes", "2 of 2 changes", " " * 14, ""]


def test_a_short_run_says_nothing(monkeypatch):
    terminal = Terminal()
    assert list(watch_progress(terminal, "changes")("ab")) == ["a", "b"]
    assert terminal.getvalue() == ""


def test_a_pipe_gets_nothing(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    pipe = io.StringIO()
    assert list(watch_progress(pipe, "changes")("ab")) == ["a", "b"]
    assert pipe.getvalue() == ""
