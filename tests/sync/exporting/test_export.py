"""Exporting live edits to the files: all edits, changing only their lines, or nothing at all."""

import errno
import itertools
import os
import re
import unicodedata
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import TextField, Value
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st

from careers.models import Background, HiringSignal, Pivot, Role, SalaryBand, Step
from careers.sync.exporting.export import Rewrite, make_export
from careers.sync.exporting.replace import replace_files
from careers.sync.exporting.unwritable import Unwritable
from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import UnresolvedConflicts, apply_entries
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Lesson
from paths.text.characters import UNPRINTABLE, problem
from tests.examples import one_in, sample
from tests.sync.exporting.whole import make_rewrites
from tests.sync.nasty import LONG, NASTY

pytestmark = pytest.mark.django_db

BACKGROUNDS = "backgrounds.yaml"
SIGNALS = "signals.yaml"
ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
LESSON = "paths/rag/when-to-retrieve.md"
DRAFT = "paths/rag/chunking.md"
FIRST = "paths/prompting/first-prompt.md"


def edit(thing, **fields) -> None:
    """Save as an editor would: when the address changes, the old one redirects."""
    address = (
        (thing.path, thing.slug) if isinstance(thing, Lesson) else (getattr(thing, "slug", 0),)
    )
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()
    if {"slug", "path"} & set(fields):
        thing.keep_address(*address)


def role(slug="ml-engineer") -> Role:
    return Role.objects.get(slug=slug)


def snapshot(folder: Path) -> dict[str, bytes]:
    """The content of every file, dotfiles included; empty for a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def plan(files):
    return read_sides(files.read()).plan()


def assert_nothing_drifts(files) -> None:
    """Check that the files have every live edit, so that an apply changes no row."""
    now = read_sides(files.read())
    found = now.plan()
    assert not found.changes
    assert not found.drift
    assert not found.conflicts
    assert not now.unfiled()
    files.apply()
    assert plan(files).is_empty


@pytest.fixture
def exported(files):
    """A function that exports into the small catalog. It returns actions with file names."""

    def run() -> list[str]:
        rewrites = make_rewrites(files.folder, read_sides(files.read()))
        replace_files(files.folder, rewrites)
        return [f"{each.action} {each.name}" for each in rewrites]

    return run


@pytest.fixture
def applied(files):
    """The small catalog, applied to the database."""
    files.apply()
    return files


def changes(before: str, after: str) -> list[str]:
    """The removed lines, each after “-”, and the added ones, each after “+”."""
    _, _, *lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="")
    return [line for line in lines if line[0] in "+-"]


@pytest.fixture
def changed_lines(applied, exported):
    """A function that exports, and returns the changed lines of the only file that may change."""

    def run(name: str) -> list[str]:
        before = applied.text(name)
        assert exported() == [f"change {name}"]
        assert_nothing_drifts(applied)
        return changes(before, applied.text(name))

    return run


# -- Nothing to do -------------------------------------------------------------------------


def test_without_live_edits_nothing_changes(applied, exported):
    before = snapshot(applied.folder)
    assert exported() == []
    assert snapshot(applied.folder) == before


def test_the_real_catalog_has_every_live_edit(real_catalog):
    assert make_rewrites(settings.CATALOG_DIR, read_sides(read_files(settings.CATALOG_DIR))) == []


def test_what_the_files_changed_is_not_undone(applied, exported):
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    edit(role(), summary="The editor's.")
    assert exported() == [f"change {ROLE}"]
    assert "title: Machine Learning Engineer\n" in applied.text(ROLE)
    found = plan(applied)
    assert [each.name for change in found.changes for each in change.fields] == ["title"]
    assert not found.drift


def test_a_list_that_both_changed_gets_the_live_items_and_keeps_the_files(applied, exported):
    applied.change(ROLE, "aliases:\n", "aliases:\n  - By the file\n")
    edit(role(), aliases=["Machine Learning Engineer", "By the editor"])
    assert exported() == [f"change {ROLE}"]
    both = "  - By the file\n  - Machine Learning Engineer\n  - By the editor\n"
    assert f"aliases:\n{both}summary:" in applied.text(ROLE)
    applied.apply()
    assert_nothing_drifts(applied)
    assert len(role().aliases) == 3


def test_what_a_file_leaves_out_is_added_once_it_is_edited(applied, exported):
    assert exported() == []
    edit(role("data-engineer"), honest_scope="The editor's.", not_taught="")
    assert exported() == [f"change {OTHER_ROLE}"]
    assert "honest_scope: The editor's.\n" in applied.text(OTHER_ROLE)
    assert "not_taught" not in applied.text(OTHER_ROLE)


# -- Fields --------------------------------------------------------------------------------


def test_a_text_changes_in_its_line(changed_lines):
    edit(role(), title="Engineer of models")
    assert changed_lines(ROLE) == ["-title: ML Engineer", "+title: Engineer of models"]


def test_a_text_that_is_cleared_stays_the_files(changed_lines):
    edit(role(), after_paths="")
    assert changed_lines(ROLE) == ["-after_paths: a model in production", '+after_paths: ""']


def test_a_list_that_is_cleared_stays_the_files(changed_lines):
    edit(role(), aliases=[])
    assert changed_lines(ROLE) == [
        "-aliases:",
        "-  - Machine Learning Engineer",
        "+aliases: []",
    ]


def test_numbers_and_choices_change(changed_lines):
    edit(role(), position=7, line="blue", status="draft")
    assert changed_lines(ROLE) == [
        "-line: red",
        "-status: published",
        "+line: blue",
        "+status: draft",
        "-position: 1",
        "+position: 7",
    ]


def test_a_day_is_split_otherwise(changed_lines):
    day = [{"share": 50, "activity": "code"}, {"share": 50, "activity": "talk"}]
    edit(role(), time_split=day)
    assert changed_lines(ROLE) == [
        "-  - {share: 60, activity: code}",
        "-  - {share: 40, activity: talk}",
        "+  - {share: 50, activity: code}",
        "+  - {share: 50, activity: talk}",
    ]


def test_a_salary_band_changes_in_its_lines(changed_lines):
    band = SalaryBand.objects.get(role__slug="ml-engineer")
    edit(band, middle=None, middle_is="", note="New.", sample=None, period="2027")
    assert changed_lines(ROLE) == [
        "-    middle: 90000",
        "-    middle_is: median",
        "-    sample: 100",
        '-    period: "2026"',
        '+    period: "2027"',
        "+    note: New.",
    ]


def test_a_step_is_added_and_its_defaults_are_left_out(changed_lines):
    path = LearningPath.objects.get(slug="prompting")
    Step.objects.create(role=role("data-engineer"), path=path, position=9, why="It helps.")
    assert changed_lines(OTHER_ROLE) == ["+  - path: prompting", "+    why: It helps."]


def test_steps_change_places(changed_lines):
    Step.objects.filter(role=role(), path__slug="prompting").update(position=9)
    lines = changed_lines(ROLE)
    assert sorted(line[1:] for line in lines if line[0] == "-") == sorted(
        line[1:] for line in lines if line[0] == "+"
    )


def test_a_pivot_goes(changed_lines):
    Pivot.objects.filter(role=role()).delete()
    assert changed_lines(ROLE)[-1] == "+pivots: []"


def test_the_text_of_a_lesson_changes_below_its_front_matter(changed_lines):
    lesson = Lesson.objects.get(number=401)
    edit(lesson, body=f"---\n\n{lesson.body}\n\n    code\n\n---")
    assert changed_lines(LESSON) == ["+---", "+", "+", "+    code", "+", "+---"]


def test_a_lesson_gets_a_text(changed_lines):
    edit(Lesson.objects.get(number=402), body="## One\n\nTwo.")
    assert changed_lines(DRAFT) == ["+", "+## One", "+", "+Two."]


def test_a_lesson_loses_its_text(applied, changed_lines):
    edit(Lesson.objects.get(number=401), body="", status="draft")
    changed_lines(LESSON)
    assert applied.text(LESSON).endswith("status: draft\n---\n")


def test_lessons_change_places(changed_lines):
    edit(Lesson.objects.get(number=401), position=9)
    lines = changed_lines(PATH)
    assert sorted(lines) in (
        ["+  - when-to-retrieve", "-  - when-to-retrieve"],
        ["+  - chunking", "-  - chunking"],
    )


def test_a_lesson_that_an_editor_retires_keeps_its_file_and_place(changed_lines):
    edit(Lesson.objects.get(number=401), status="retired")
    assert changed_lines(LESSON) == ["-status: published", "+status: retired"]


def test_signals_of_a_lesson_keep_the_order_of_the_file(files, exported):
    files.change(FIRST, "  - eval-discipline", "  - shipped\n  - eval-discipline")
    files.apply()
    new = HiringSignal.objects.create(slug="a-new", title="N", summary="S", status="published")
    new.lessons.add(Lesson.objects.get(number=201))
    assert exported() == [f"change {FIRST}", f"change {SIGNALS}"]
    assert "  - shipped\n  - eval-discipline\n  - a-new\n" in files.text(FIRST)
    assert_nothing_drifts(files)


def test_lessons_known_keep_the_order_of_the_file(changed_lines):
    Background.objects.get(slug="software-engineer").knows.add(Lesson.objects.get(number=201))
    assert changed_lines(BACKGROUNDS) == ["+      - prompting/first-prompt"]


def test_a_signal_of_a_list_changes_in_its_line(changed_lines):
    edit(HiringSignal.objects.get(slug="shipped"), passes="")
    assert changed_lines(SIGNALS) == ["-    passes: A working demo.", '+    passes: ""']


def test_things_of_a_list_change_places(applied, exported):
    edit(Background.objects.get(slug="data-analyst"), position=0)
    assert exported() == [f"change {BACKGROUNDS}"]
    assert [e.key for e in applied.read() if e.kind == "backgrounds"] == [
        "data-analyst",
        "software-engineer",
    ]
    assert_nothing_drifts(applied)


def test_a_number_that_leaves_the_order_as_it_is_is_no_edit(applied, exported):
    edit(Background.objects.get(slug="data-analyst"), position=50)
    assert exported() == []
    assert_nothing_drifts(applied)


# -- What no file has ----------------------------------------------------------------------


def test_a_role_that_was_made_live_becomes_a_file(applied, exported):
    paths = [LearningPath.objects.get(slug="rag")]
    new = Role.objects.create(slug="new-role", code="NR", title="New: role", summary="It is new.")
    Step.objects.create(role=new, path=paths[0], why="It needs it.")
    assert exported() == ["new roles/new-role.yaml"]
    assert applied.text("roles/new-role.yaml") == (
        'title: "New: role"\ncode: NR\nline: blue\nstatus: draft\ngroup: core\nposition: 100\n'
        "summary: It is new.\nsequence: in-sequence\n"
        "steps:\n  - path: rag\n    why: It needs it.\n"
    )
    assert_nothing_drifts(applied)


def test_a_path_with_its_lessons_becomes_files(applied, exported, catalog):
    path = catalog.path("agents", lessons=2, drafts=1)
    catalog.role("agent-engineer", code="AE", paths=[path])
    names = [lesson.slug for lesson in path.lessons.all()]
    assert exported() == [
        f"change {BACKGROUNDS}",
        *sorted([*(f"new paths/agents/{name}.md" for name in names), "new paths/agents/path.yaml"]),
        "new roles/agent-engineer.yaml",
    ]
    assert_nothing_drifts(applied)


def test_things_of_lists_stand_where_they_stand_live(applied, exported):
    fields = {"summary": "S", "status": "published"}
    Background.objects.create(slug="first", title="A", position=0, **fields)
    Background.objects.create(slug="between", title="Z", position=1, **fields)
    Background.objects.create(slug="last", title="B", position=100, **fields)
    assert exported() == [f"change {BACKGROUNDS}"]
    assert [e.key for e in applied.read() if e.kind == "backgrounds"] == [
        "first",
        "software-engineer",
        "between",
        "data-analyst",
        "last",
    ]
    assert_nothing_drifts(applied)


def test_a_file_that_changes_its_list_finds_the_things_made_live_in_order(applied, exported):
    Background.objects.create(slug="last", title="B", position=100, summary="S", status="published")
    exported()
    applied.apply()
    first = "  - slug: first\n    title: F\n    status: draft\n    summary: S\n"
    applied.change(BACKGROUNDS, "backgrounds:\n", f"backgrounds:\n{first}")
    applied.apply()
    assert list(Background.objects.values_list("slug", flat=True)) == [
        "first",
        "software-engineer",
        "data-analyst",
        "last",
    ]
    assert_nothing_drifts(applied)


def test_a_thing_made_live_and_one_of_the_file_may_come_to_one_place(applied, exported):
    file_adds_a_background(applied)
    Background.objects.create(slug="top", title="T", position=0, summary="S", status="published")
    assert exported() == [f"change {BACKGROUNDS}"]
    applied.apply()
    assert list(Background.objects.values_list("slug", flat=True)) == [
        "top",
        "first",
        "software-engineer",
        "data-analyst",
    ]
    assert_nothing_drifts(applied)


def test_a_thing_that_a_file_adds_stands_behind_one_with_a_high_number(applied, exported):
    Background.objects.create(slug="far", title="Z", position=50, summary="S", status="published")
    exported()
    applied.apply()
    item = "  - slug: end\n    title: A\n    status: draft\n    summary: S\n"
    applied.add(BACKGROUNDS, item)
    applied.apply()
    assert list(Background.objects.values_list("slug", flat=True))[-2:] == ["far", "end"]


def test_a_retired_lesson_stays_behind_its_neighbor(files, exported):
    files.write("paths/rag/dense.md", files.text(DRAFT).replace("402", "403"))
    files.add(PATH, "  - dense\n")
    files.apply()
    edit(Lesson.objects.get(number=402), status="retired")
    edit(Lesson.objects.get(number=401), position=9)
    exported()
    assert files.text(PATH).endswith("lessons:\n  - dense\n  - when-to-retrieve\n  - chunking\n")
    assert_nothing_drifts(files)


def test_what_is_gone_from_the_files_is_not_brought_back(applied, exported):
    applied.remove(OTHER_ROLE)
    assert exported() == []
    applied.apply()
    assert exported() == []


def test_what_is_gone_from_the_files_and_seen_again_gets_its_file_back(applied, exported):
    applied.remove(OTHER_ROLE)
    applied.apply()
    edit(role("data-engineer"), status="published")
    assert exported() == [f"new {OTHER_ROLE}"]
    assert_nothing_drifts(applied)


def test_what_is_gone_from_the_files_and_named_again_gets_its_file_back(applied, exported):
    applied.remove(OTHER_ROLE)
    applied.change(BACKGROUNDS, "  - slug: data-analyst\n", "  - slug: other\n")
    apply_entries(applied.read(), allow_removals=2)
    old = Background.objects.get(slug="data-analyst")
    Pivot.objects.create(role=role(), background=old)
    assert exported() == [f"change {BACKGROUNDS}", f"change {ROLE}"]
    assert_nothing_drifts(applied)
    assert Background.objects.get(slug="data-analyst").status == "retired"


# -- Addresses -----------------------------------------------------------------------------


def test_a_role_that_gets_another_address_gets_another_file(applied, exported):
    edit(role(), slug="machine-learning")
    assert exported() == [f"move {ROLE} → roles/machine-learning.yaml"]
    assert "title: ML Engineer\nformerly:\n  - ml-engineer\n" in applied.text(
        "roles/machine-learning.yaml"
    )
    assert not (applied.folder / ROLE).exists()
    assert_nothing_drifts(applied)


def test_every_address_since_is_kept(applied, exported, client):
    edit(role(), slug="second")
    edit(role("second"), slug="third")
    exported()
    assert "formerly:\n  - ml-engineer\n  - second\n" in applied.text("roles/third.yaml")
    assert_nothing_drifts(applied)


def test_an_address_that_comes_back_is_no_former_one(files, exported):
    files.rename(ROLE, "roles/second.yaml")
    files.add("roles/second.yaml", "formerly: [ml-engineer]\n")
    files.apply()
    edit(role("second"), slug="ml-engineer")
    assert exported() == [f"move roles/second.yaml → {ROLE}"]
    assert files.text(ROLE).endswith("formerly: [second]\n")
    assert_nothing_drifts(files)


def test_a_path_that_gets_another_address_takes_all_its_lessons_along(applied, exported):
    edit(LearningPath.objects.get(slug="rag"), slug="retrieval")
    assert exported() == [
        f"change {BACKGROUNDS}",
        f"move {DRAFT} → paths/retrieval/chunking.md",
        f"move {PATH} → paths/retrieval/path.yaml",
        f"move {LESSON} → paths/retrieval/when-to-retrieve.md",
        f"change {OTHER_ROLE}",
        f"change {ROLE}",
    ]
    assert not (applied.folder / "paths/rag").exists()
    assert_nothing_drifts(applied)


def test_a_lesson_that_a_file_adds_to_a_path_that_was_renamed_comes_along(applied, exported):
    applied.write("paths/rag/dense.md", applied.text(DRAFT).replace("402", "403"))
    applied.write("roles/sre.yaml", applied.text(OTHER_ROLE).replace("code: DE", "code: SR"))
    applied.change(PATH, "  - chunking\n", "  - chunking\n  - dense\n")
    edit(LearningPath.objects.get(slug="rag"), slug="retrieval")
    assert "move paths/rag/dense.md → paths/retrieval/dense.md" in exported()
    applied.apply()
    assert_nothing_drifts(applied)
    assert Lesson.objects.get(number=403).path.slug == "retrieval"
    assert role("sre").steps.get().path.slug == "retrieval"


def test_a_lesson_moves_with_its_file(applied, exported):
    edit(
        Lesson.objects.get(number=401),
        slug="decide",
        path=LearningPath.objects.get(slug="prompting"),
    )
    assert exported() == [
        f"move {LESSON} → paths/prompting/decide.md",
        "change paths/prompting/path.yaml",
        f"change {PATH}",
    ]
    assert "formerly:\n  - rag/when-to-retrieve\n" in applied.text("paths/prompting/decide.md")
    assert_nothing_drifts(applied)


def test_a_former_address_in_a_path_that_gets_another_stays_as_it_is(applied, exported):
    edit(Lesson.objects.get(number=401), path=LearningPath.objects.get(slug="prompting"))
    exported()
    applied.apply()
    edit(LearningPath.objects.get(slug="rag"), slug="retrieval")
    exported()
    assert_nothing_drifts(applied)
    assert exported() == []
    assert "  - rag/when-to-retrieve\n" in applied.text("paths/prompting/when-to-retrieve.md")


def test_two_roles_that_swapped_their_addresses_swap_their_files(applied, exported):
    edit(role(), slug="x")
    edit(role("data-engineer"), slug="ml-engineer")
    edit(role("x"), slug="data-engineer")
    exported()
    assert "code: DE" in applied.text(ROLE)
    assert "code: ML" in applied.text(OTHER_ROLE)
    assert_nothing_drifts(applied)


# -- Refused, and nothing written ----------------------------------------------------------


def test_a_conflict_is_refused(applied, exported):
    edit(role(), title="The editor's")
    edit(role("data-engineer"), title="The editor's too")
    applied.change(ROLE, "title: ML Engineer", "title: The file's")
    before = snapshot(applied.folder)
    with pytest.raises(UnresolvedConflicts) as refused:
        exported()
    assert [field.name for field in refused.value.plan.conflicts] == ["title"]
    assert snapshot(applied.folder) == before


UNWRITABLE = {
    "a-control-character": ({"honest_scope": "a\x07b"}, "honest_scope", r"U\+0007"),
    "a-nul": ({"title": "a\0b"}, "title", r"U\+0000"),
    "no-character": ({"aliases": ["a", "\ufffe"]}, "aliases", r"U\+FFFE"),
    "space-before": ({"summary": " x"}, "summary", "white space"),
    "space-behind": ({"time_split": [{"share": 100, "activity": "x "}]}, "time_split", "white"),
}


@pytest.mark.parametrize(("fields", "name", "why"), UNWRITABLE.values(), ids=UNWRITABLE)
def test_what_no_file_can_hold_keeps_back_itself_alone(applied, fields, name, why):
    if "\0" in "".join(map(str, fields.values())) and connection.vendor == "postgresql":
        pytest.skip("PostgreSQL holds no NUL either")
    Role.objects.filter(slug="ml-engineer").update(**fields)
    edit(role("data-engineer"), title="The editor's")
    edit(Role.objects.get(code="ML"), after_paths="the editor's")
    found = make_export(applied.folder, read_sides(applied.read()))
    (left,) = found.left
    said = f"roles/ml-engineer: {name}: It can't stand in a file: .*{why}"
    assert re.match(said, str(left))
    assert [each.name for each in found.rewrites] == [OTHER_ROLE, ROLE]
    replace_files(applied.folder, found.rewrites)
    assert [field.name for field in plan(applied).drift] == [name]
    assert "after_paths: the editor's" in applied.text(ROLE)


def test_an_address_that_no_file_can_have_keeps_back_all(applied, exported):
    """Other files may refer to it, so nothing is written."""
    Role.objects.filter(slug="ml-engineer").update(slug="../x")
    edit(role("data-engineer"), title="The editor's")
    before = snapshot(applied.folder)
    with pytest.raises(Unwritable, match="slug: It can't stand in a file: it isn't an address"):
        exported()
    assert snapshot(applied.folder) == before


def test_a_new_thing_that_no_file_can_hold_keeps_back_itself_alone(applied):
    thing = role()
    thing.pk, thing.slug, thing.code, thing.summary = None, "new", "XX", "a "
    thing.save()
    edit(role("data-engineer"), title="The editor's")
    found = make_export(applied.folder, read_sides(applied.read()))
    assert [str(reason) for reason in found.left] == [
        "roles/new: summary: It can't stand in a file: it begins or ends with white space."
    ]
    assert [each.name for each in found.rewrites] == [OTHER_ROLE]


def test_a_new_thing_that_others_name_keeps_back_all(applied, exported):
    path = LearningPath.objects.create(slug="new", title="New ", summary="New.")
    role().steps.create(path=path, why="It is new.", position=9)
    with pytest.raises(Unwritable, match="paths/new: title: It can't stand in a file"):
        exported()


def test_the_text_of_a_lesson_has_one_kind_of_line_end(applied, exported):
    Lesson.objects.filter(number=402).update(body=Value("a\r\nb", output_field=TextField()))
    with pytest.raises(Unwritable, match=r"lessons/402: body: It can't .* carriage return"):
        exported()


def test_what_the_files_may_not_say_is_left_in_the_readers_words(applied):
    Role.objects.filter(slug="ml-engineer").update(summary="")
    edit(role("data-engineer"), title="The editor's")
    found = make_export(applied.folder, read_sides(applied.read()))
    assert "This field cannot be blank" in "".join(map(str, found.left))
    assert [each.name for each in found.rewrites] == [OTHER_ROLE]


def test_a_shape_that_no_file_may_have_is_named_and_left(applied):
    Role.objects.filter(slug="ml-engineer").update(sources=[{"title": "A page"}])
    edit(role("data-engineer"), title="The editor's")
    found = make_export(applied.folder, read_sides(applied.read()))
    assert str(found.left[0]).startswith("roles/ml-engineer: sources[1].url: ")
    assert [each.name for each in found.rewrites] == [OTHER_ROLE]


def test_two_that_nothing_tells_apart_keep_back_their_role_alone(applied):
    band = role().salary_bands.get()
    band.pk, band.low = None, 1
    band.save()
    edit(role("data-engineer"), title="The editor's")
    found = make_export(applied.folder, read_sides(applied.read()))
    assert "the first is on line" in str(found.left[0])
    assert [each.name for each in found.rewrites] == [OTHER_ROLE]


def test_what_is_left_is_said_and_the_command_fails(applied):
    Role.objects.filter(slug="ml-engineer").update(summary="a ")
    edit(role("data-engineer"), title="The editor's")
    with pytest.raises(CommandError, match="These live edits stay: no file can hold them"):
        call_command("catalog", "export", dir=applied.folder)
    assert "title: The editor's" in applied.text(OTHER_ROLE)


def test_a_temporary_folder_without_room_is_said(applied, monkeypatch):
    edit(role(), title="The editor's")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(CommandError, match=r"temporary folder .* No space left on device"):
        call_command("catalog", "export", dir=applied.folder)


def test_a_link_is_not_replaced(applied, exported):
    applied.rename(ROLE, "roles/.real.yaml")
    (applied.folder / ROLE).symlink_to(".real.yaml")
    edit(role(), title="The editor's")
    with pytest.raises(Unwritable, match=f"{ROLE} is a link"):
        exported()
    assert (applied.folder / ROLE).is_symlink()


def test_a_file_that_changes_meanwhile_is_left_alone(applied, monkeypatch):
    edit(role(), title="The editor's")
    edit(role("data-engineer"), title="The editor's")
    rewrites = make_rewrites(applied.folder, read_sides(applied.read()))
    applied.add(ROLE, "# somebody's\n")
    before = snapshot(applied.folder)
    with pytest.raises(Unwritable, match=f"^{ROLE} changed meanwhile"):
        replace_files(applied.folder, rewrites)
    assert snapshot(applied.folder) == before


# -- All files or none ---------------------------------------------------------------------

STEPS_OF_A_WRITE = ("open", "mkdir", "hardlink_to", "replace", "unlink")


@pytest.fixture
def fail_at(monkeypatch):
    """Let the n-th operation on files fail, as on a full disk."""

    @contextmanager
    def arrange(number: int):
        done = itertools.count(1)

        def guarded(call):
            def run(*arguments, **options):
                if next(done) == number:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a file")
                return call(*arguments, **options)

            return run

        with monkeypatch.context() as patch:
            for name in STEPS_OF_A_WRITE:
                patch.setattr(Path, name, guarded(getattr(Path, name)))
            patch.setattr(os, "fsync", guarded(os.fsync))
            yield

    return arrange


def everything_moves(files) -> list[Rewrite]:
    """The rewrites of edits that make new, changed and moved files."""
    edit(LearningPath.objects.get(slug="rag"), slug="retrieval")
    edit(role(), slug="machine-learning", title="The editor's")
    Role.objects.create(slug="new-role", code="NR", title="New", summary="It is new.")
    rewrites = make_rewrites(files.folder, read_sides(files.read()))
    assert {each.action for each in rewrites} == {"new", "change", "move"}
    return rewrites


def test_a_failure_at_any_step_leaves_the_files_as_before(applied, fail_at):
    rewrites = everything_moves(applied)
    before = snapshot(applied.folder)
    for number in itertools.count(1):
        with fail_at(number):
            try:
                replace_files(applied.folder, rewrites)
            except OSError:
                failed = True
            else:
                failed = False
        if not failed:
            break
        assert snapshot(applied.folder) == before
    assert number > 4 * len(rewrites)
    assert_nothing_drifts(applied)


def test_a_full_disk_in_the_middle_of_a_file_leaves_the_files_as_before(applied, monkeypatch):
    rewrites = everything_moves(applied)
    before = snapshot(applied.folder)

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_files(applied.folder, rewrites)
    assert snapshot(applied.folder) == before


def test_without_second_names_for_files_it_works_as_well(applied, monkeypatch):
    rewrites = everything_moves(applied)

    def refused(*_):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", refused)
    replace_files(applied.folder, rewrites)
    assert_nothing_drifts(applied)


def test_a_file_keeps_its_mode(applied, exported):
    (applied.folder / ROLE).chmod(0o640)
    edit(role(), title="The editor's")
    exported()
    assert (applied.folder / ROLE).stat().st_mode & 0o777 == 0o640


# -- Line ends and comments stay -----------------------------------------------------------


@pytest.mark.parametrize("name", [ROLE, DRAFT, LESSON])
def test_line_ends_stay_as_they_are(files, exported, name):
    files.write(name, files.text(name).replace("\n", "\r\n"))
    files.apply()
    edit(role(), title="The editor's", honest_scope="One.\nTwo.")
    edit(Lesson.objects.get(number=402), title="The editor's", body="One.\n\nTwo.")
    edit(Lesson.objects.get(number=401), title="The editor's")
    exported()
    raw = (files.folder / name).read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") == raw.count(b"\r")
    assert_nothing_drifts(files)


def test_a_text_without_a_last_line_end_goes_on_below_it(files, exported):
    name = "paths/rag/when-to-retrieve.md"
    files.write(name, files.text(name).rstrip().replace("\n", "\r\n"))
    files.apply()
    lesson = Lesson.objects.get(number=401)
    edit(lesson, body=f"{lesson.body}\n\nmore")
    exported()
    raw = (files.folder / name).read_bytes()
    assert raw.endswith(b"word\r\n\r\nmore")
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_lines_that_end_in_their_own_ways_go_on_doing_so(files, exported):
    files.change(ROLE, "code: ML\nline: red\n", "code: ML\r\nline: red\r\n")
    files.apply()
    edit(role(), summary="The editor's.")
    exported()
    raw = (files.folder / ROLE).read_bytes()
    assert b"code: ML\r\nline: red\r\n" in raw
    assert raw.count(b"\r") == 2


def test_comments_and_blank_lines_stay(files, exported):
    text = files.text(ROLE).replace("aliases:", "\n# What ads say\naliases:  # all of them")
    files.write(ROLE, "# A role\n" + text + "\n# The end\n")
    files.apply()
    edit(role(), aliases=["Machine Learning Engineer", "MLE"], title="The editor's")
    before = files.text(ROLE)
    exported()
    assert changes(before, files.text(ROLE)) == [
        "-title: ML Engineer",
        "+title: The editor's",
        "+  - MLE",
    ]


def test_a_lesson_of_the_real_catalog_changes_in_one_line(real_catalog):
    lesson = Lesson.objects.exclude(body="").order_by("number")[3]
    line = next(line for line in lesson.body.split("\n") if line)
    edit(lesson, body=lesson.body.replace(line, f"{line} And more.", 1))
    (rewrite,) = make_rewrites(settings.CATALOG_DIR, read_sides(read_files(settings.CATALOG_DIR)))
    assert changes(rewrite.old.decode(), rewrite.new.decode()) == [f"-{line}", f"+{line} And more."]


# -- Any text, any state -------------------------------------------------------------------


def submit_as_it_came(client, thing) -> None:
    """Open a thing's form in the admin and save it unchanged, as a browser would."""
    name = thing._meta.model_name
    url = reverse(f"admin:{thing._meta.label_lower.replace('.', '_')}_change", args=[thing.pk])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    data = {}
    for each in page.select(f"#{name}_form :is(input, select, textarea)[name]"):
        if each.find_parent("template") or each.get("type") in {"submit", "checkbox"}:
            continue
        if each.name == "select":
            chosen = [option["value"] for option in each.select("option[selected]")]
            data[each["name"]] = chosen if each.has_attr("multiple") else (chosen or [""])[0]
        elif each.name == "textarea":
            data[each["name"]] = each.text.removeprefix("\n").replace("\n", "\r\n")
        else:
            data[each["name"]] = each.get("value", "")
    assert client.post(url, data).status_code == 302


def test_every_text_comes_back_from_file_database_admin_and_file(
    files, exported, client, admin_user
):
    files.apply()
    edit(role(), aliases=NASTY, daily_work=NASTY, honest_scope="\n".join([*NASTY, *LONG]))
    edit(Lesson.objects.get(number=402), objectives=NASTY, body="\n\n".join([*NASTY, *LONG]))
    assert exported() == [f"change {DRAFT}", f"change {ROLE}"]
    files.apply()
    before = snapshot(files.folder)
    client.force_login(admin_user)
    submit_as_it_came(client, role())
    submit_as_it_came(client, Lesson.objects.get(number=402))
    assert role().aliases == role().daily_work == NASTY
    assert exported() == []
    assert_nothing_drifts(files)
    assert snapshot(files.folder) == before


@pytest.mark.few(2)
@pytest.mark.parametrize("texts", sample(itertools.batched(NASTY, 5), 3))
def test_any_title_of_any_thing_comes_back(applied, exported, texts):
    things = (
        role(),
        LearningPath.objects.get(slug="rag"),
        Lesson.objects.get(number=402),
        Background.objects.get(slug="data-analyst"),
        HiringSignal.objects.get(slug="shipped"),
    )
    for thing, text in zip(things, texts, strict=False):
        edit(thing, title=text)
    assert len(exported()) == len(texts)
    assert_nothing_drifts(applied)


def one_example(files):
    """A fresh folder and database for each example of hypothesis."""
    for path in sorted(files.folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    files.__init__(files.folder)
    return transaction.atomic()


texts = st.text(max_size=60).map(str.strip) | st.sampled_from(NASTY)
sentences = texts.filter(lambda text: text and not problem(text)).map(lambda t: t[:100])
# A list with the same text twice, if only in another Unicode form, is refused everywhere.
different = st.lists(
    sentences, max_size=4, unique_by=lambda text: unicodedata.normalize("NFC", text)
)
prose = st.lists(texts | st.just(""), max_size=5).map("\n".join).map(str.strip)


@one_in(4)
@given(
    fields=st.fixed_dictionaries(
        {},
        optional={
            "title": sentences,
            "summary": sentences,
            "after_paths": texts,
            "honest_scope": prose | st.sampled_from(LONG),
            "aliases": different,
            "not_for_you_if": different,
        },
    ),
    body=prose | st.sampled_from(LONG),
    why=sentences,
)
def test_any_text_that_the_models_accept_comes_back(files, exported, fields, body, why):
    with one_example(files):
        files.apply()
        thing, lesson = role(), Lesson.objects.get(number=402)
        for name, value in fields.items():
            setattr(thing, name, value)
        lesson.body = body
        try:
            for each in (thing, lesson):
                each.full_clean()
        except ValidationError:
            assume(False)
        assume(not UNPRINTABLE.search("".join([*map(str, fields.values()), body])))
        thing.save()
        lesson.save()
        Step.objects.filter(role=thing).update(why=why)
        exported()
        assert_nothing_drifts(files)
        transaction.set_rollback(True)


def rename_role(files, pick, text):
    found = Role.objects.order_by("pk")[pick % Role.objects.count()]
    slug = f"role-{pick}"
    if not Role.objects.filter(slug=slug).exists() and slug != found.slug:
        found.slug, old = slug, found.slug
        if not found.address_was_anothers():
            found.save()
            found.keep_address(old)


def rename_path(files, pick, text):
    found = LearningPath.objects.order_by("pk")[pick % LearningPath.objects.count()]
    slug = f"path-{pick}"
    if not LearningPath.objects.filter(slug=slug).exists():
        old, found.slug = found.slug, slug
        if not found.address_was_anothers():
            found.save()
            found.keep_address(old)


def move_lesson(files, pick, text):
    found = Lesson.objects.order_by("number")[pick % Lesson.objects.count()]
    path = LearningPath.objects.order_by("pk")[pick % LearningPath.objects.count()]
    slug = f"lesson-{pick}"
    if not Lesson.objects.filter(path=path, slug=slug).exists():
        old = found.path, found.slug
        found.path, found.slug = path, slug
        if not found.address_was_anothers():
            found.save()
            found.keep_address(*old)


def shift_lesson(files, pick, text):
    Lesson.objects.filter(number=[201, 401, 402][pick % 3]).update(position=pick)


def set_status(files, pick, text):
    kind = [Role, LearningPath, Lesson, Background, HiringSignal][pick % 5]
    thing = kind.objects.order_by("pk")[pick % kind.objects.count()]
    status = ["draft", "retired", "published"][pick % 3]
    if status != "published" or not isinstance(thing, Lesson) or thing.body:
        edit(thing, status=status)


def make_role(files, pick, text):
    code = f"{chr(65 + pick % 26)}{chr(65 + pick // 26 % 26)}"
    if not Role.objects.filter(code=code).exists():
        path = LearningPath.objects.order_by("pk")[pick % LearningPath.objects.count()]
        new = Role.objects.create(
            slug=f"new-{pick}-{code.lower()}", code=code, title=text, summary=text
        )
        Step.objects.create(role=new, path=path, why=text)
        Pivot.objects.create(role=new, background=Background.objects.order_by("pk").first())


def make_background(files, pick, text):
    if not Background.objects.filter(slug=f"background-{pick}").exists():
        new = Background.objects.create(
            slug=f"background-{pick}", title=text, summary=text, position=pick % 4
        )
        new.knows.set(Lesson.objects.order_by("pk")[: pick % 3])


def make_lesson(files, pick, text):
    if not Lesson.objects.filter(number=1000 + pick).exists():
        Lesson.objects.create(
            number=1000 + pick,
            slug=f"made-{pick}",
            path=LearningPath.objects.order_by("pk")[pick % LearningPath.objects.count()],
            title=text,
            summary=text,
            minutes=1,
            practice_minutes=0,
            position=pick % 4,
        )


def shift_background(files, pick, text):
    things = Background.objects.order_by("pk")
    edit(things[pick % things.count()], position=pick % 5)


def change_step(files, pick, text):
    steps = Step.objects.order_by("pk")
    edit(steps[pick % steps.count()], why=text, position=pick % 3)


def apply_files(files, pick, text):
    files.apply()


EDITS = [
    *(rename_role, rename_path, move_lesson, shift_lesson, set_status, make_role, make_background),
    *(make_lesson, shift_background, change_step, apply_files),
]


@one_in(4)
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 80), st.sampled_from(NASTY)), max_size=10
    )
)
def test_after_an_export_of_any_state_an_apply_changes_no_row(files, exported, edits):
    with one_example(files):
        files.apply()
        for place, (make, pick, text) in enumerate(edits):
            make(files, pick, text[:60].strip())
            if place == 4:
                exported()
                assert_nothing_drifts(files)
        exported()
        assert_nothing_drifts(files)
        assert exported() == []
        transaction.set_rollback(True)


def file_adds_a_lesson(files):
    files.write("paths/rag/dense.md", files.text(DRAFT).replace("402", "403"))
    files.change(PATH, "lessons:\n", "lessons:\n  - dense\n")


def file_drops_a_lesson(files):
    files.remove(DRAFT)
    files.change(PATH, "  - chunking\n", "")
    files.change(BACKGROUNDS, "rag/chunking", "prompting/first-prompt")


def file_adds_a_role(files):
    text = files.text(OTHER_ROLE).replace("code: DE", "code: SR")
    files.write("roles/sre.yaml", text.replace("title: Data Engineer", "title: SRE"))


def file_drops_a_role(files):
    files.remove(OTHER_ROLE)


def file_renames_a_role(files):
    files.rename(ROLE, "roles/machine-learning.yaml")
    files.add("roles/machine-learning.yaml", "formerly: [ml-engineer]\n")


def file_changes_texts(files):
    for name in (PATH, DRAFT, LESSON, FIRST):
        if (files.folder / name).exists():
            files.change(name, "summary: ", "summary: >-\n  It is said: ")


def file_adds_a_background(files):
    first = "  - slug: first\n    title: F\n    status: draft\n    summary: S\n"
    files.change(BACKGROUNDS, "backgrounds:\n", f"backgrounds:\n{first}")


def file_adds_a_step(files):
    files.change(OTHER_ROLE, "steps:\n", "steps:\n  - path: prompting\n    why: It helps.\n")


FILE_CHANGES = [
    *(file_adds_a_lesson, file_drops_a_lesson, file_adds_a_role, file_adds_a_step),
    *(file_renames_a_role, file_changes_texts, file_adds_a_background, file_drops_a_role),
]


def live_after_apply(files) -> dict:
    """What the database would hold after an apply, which is rolled back."""
    with transaction.atomic():
        apply_entries(files.read(), allow_removals=99)
        after = {
            key: {name: value for name, value in entry.values.items() if name != "position"}
            for key, (entry, _) in read_sides(files.read()).rows.items()
        }
        for kind in (Role, LearningPath, Background, HiringSignal):
            after[kind.__name__] = list(kind.objects.values_list("slug", flat=True))
        transaction.set_rollback(True)
    return after


@one_in(4)
@given(
    changes=st.sets(st.sampled_from(FILE_CHANGES), min_size=1, max_size=4),
    edits=st.lists(
        st.tuples(st.sampled_from(EDITS[:-1]), st.integers(0, 80), st.sampled_from(NASTY)),
        min_size=1,
        max_size=6,
    ),
)
def test_an_apply_brings_the_same_whether_an_export_was_before(files, exported, changes, edits):
    with one_example(files):
        files.apply()
        for change in sorted(changes, key=FILE_CHANGES.index):
            change(files)
        for make, pick, text in edits:
            make(files, pick, text[:60].strip())
        if plan(files).conflicts:
            with pytest.raises(UnresolvedConflicts):
                exported()
        else:
            after = live_after_apply(files)
            exported()
            assert not plan(files).drift
            assert live_after_apply(files) == after
        transaction.set_rollback(True)
