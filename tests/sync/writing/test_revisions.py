"""Each change is a revision, and each revision can be undone: neither loses anything."""

import re

import pytest
from django.core.management import CommandError, call_command

from careers.models import CatalogVersion, Edit, HiringSignal, Origin, Revision, Role
from careers.sync import rows
from careers.sync.writing import record
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.removals import TooManyRemovals
from careers.sync.writing.revert import Unrevertable, revert
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Lesson

pytestmark = pytest.mark.django_db
ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
LESSON = "paths/rag/when-to-retrieve.md"


@pytest.fixture
def applied(files):
    """Revision 1: the whole small catalog."""
    apply_entries(files.read(), by="ada")
    return files


def role(slug="ml-engineer") -> Role:
    return Role.objects.get(slug=slug)


def values() -> dict:
    return {key: (entry.values, entry.formerly) for key, (entry, _) in rows.read_live().items()}


def apply_change(files, name: str, old: str, new: str) -> Revision:
    files.change(name, old, new)
    apply_entries(files.read(), by="ada")
    return Revision.objects.first()


def edited(thing, **fields) -> Revision | None:
    """Save as an editor would, and return the revision."""
    before = rows.read_live()
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()
    return record.write_revision(
        Origin.ADMIN, "grace", record.edits_between(before, rows.read_live())
    )


# -- What an apply records -----------------------------------------------------------------


def test_the_first_apply_is_one_revision_with_each_thing(applied):
    revision = Revision.objects.get()
    assert (revision.number, revision.origin, revision.by) == (1, "files", "ada")
    assert revision.edits.count() == 11
    added = revision.edits.get(kind="roles", key="ml-engineer")
    assert (added.field, added.before, added.title) == ("", None, "ML Engineer")
    assert added.after["salary_bands"][0]["low"] == 65_000
    assert added.file == ROLE


def test_a_change_says_what_was_and_what_is_and_the_line_that_says_it(applied):
    revision = apply_change(applied, ROLE, "code: ML", "code: MX")
    (edit,) = revision.edits.all()
    assert (edit.field, edit.before, edit.after) == ("code", "ML", "MX")
    assert (edit.file, edit.row) == (ROLE, role().pk)
    assert applied.text(ROLE).splitlines()[edit.line - 1] == "code: MX"


def test_a_thing_of_a_list_and_a_lesson_are_named_with_their_lines(applied):
    revision = apply_change(applied, "signals.yaml", "passes: A working demo.", "passes: A demo.")
    (edit,) = revision.edits.all()
    assert "passes: A demo." in applied.text("signals.yaml").splitlines()[edit.line - 1]
    revision = apply_change(applied, LESSON, "practice_minutes: 20", "practice_minutes: 25")
    (edit,) = revision.edits.all()
    assert applied.text(LESSON).splitlines()[edit.line - 1] == "practice_minutes: 25"
    assert (edit.kind, edit.key) == ("lessons", "401")


def test_the_version_rises_with_each_revision_and_is_its_number(applied):
    for number, code in enumerate(("MA", "MB", "MC"), start=2):
        edited(role(), code=code)
        assert CatalogVersion.current()[0] == number == Revision.objects.first().number


def test_an_apply_that_changes_nothing_is_no_revision(applied):
    apply_entries(applied.read(), by="ada")
    applied.change(ROLE, "code: ML", "# a comment moves each line below it\ncode: ML")
    apply_entries(applied.read(), by="ada")
    assert Revision.objects.count() == 1


def test_lines_follow_the_file_though_no_value_changed(applied):
    applied.change(ROLE, "code: ML", "# a comment\ncode: ML")
    apply_entries(applied.read())
    (line,) = (
        entry.lines["code"]
        for entry in read_sides(applied.read()).base.values()
        if entry.id == ("roles", "ml-engineer")
    )
    assert applied.text(ROLE).splitlines()[line - 1] == "code: ML"


def test_an_edit_without_a_difference_is_no_revision(applied):
    assert edited(role(), title=role().title) is None
    assert CatalogVersion.current()[0] == 1


def test_history_follows_a_row_through_its_names(applied):
    applied.rename(ROLE, "roles/model-engineer.yaml")
    applied.change("roles/model-engineer.yaml", "code: ML", "code: ML\nformerly: [ml-engineer]")
    apply_entries(applied.read())
    pk = role("model-engineer").pk
    assert {edit.key for edit in Edit.objects.filter(kind="roles", row=pk)} == {
        "ml-engineer",
        "model-engineer",
    }


# -- Undoing -------------------------------------------------------------------------------

SECOND_STEP = "  - path: rag\n    why: It comes second.\n    emphasis: deeply\n"
FIRST_LESSON, SECOND_LESSON = "  - when-to-retrieve\n", "  - chunking\n"
PROMPT = "paths/prompting/first-prompt.md"

CHANGES = {
    "a text": (ROLE, "code: ML", "code: MX"),
    "a step taken out": (
        ROLE,
        "  - path: rag\n    why: It comes second.\n    emphasis: deeply\n",
        "",
    ),
    "a band": (ROLE, "high: 160000", "high: 170000"),
    "a lesson's text": (LESSON, "word word", "other words"),
    "a list's item": ("signals.yaml", "title: Shipped something", "title: Shipped"),
    "the order of lessons": (
        PATH,
        "  - when-to-retrieve\n  - chunking\n",
        "  - chunking\n  - when-to-retrieve\n",
    ),
    "what somebody knows": ("backgrounds.yaml", "- rag/chunking", "- rag/when-to-retrieve"),
    "a signal of a lesson": (
        "paths/prompting/first-prompt.md",
        "  - eval-discipline",
        "  - shipped",
    ),
    "a status": (ROLE, "status: published", "status: draft"),
}


@pytest.mark.few(2)
@pytest.mark.parametrize("change", CHANGES)
def test_what_an_apply_changed_is_undone_and_drifts(applied, change):
    before = values()
    number = apply_change(applied, *CHANGES[change]).number
    assert values() != before
    made = revert(number, "grace")
    assert values() == before
    assert (made.origin, made.by, made.reverts_id) == ("revert", "grace", number)
    assert read_sides(applied.read()).plan().drift


@pytest.mark.few(2)
@pytest.mark.parametrize("change", CHANGES)
def test_a_revert_can_be_reverted(applied, change):
    number = apply_change(applied, *CHANGES[change]).number
    changed = values()
    revert(revert(number, "grace").number, "grace")
    assert values() == changed
    assert not read_sides(applied.read()).plan().drift


def test_an_editors_change_is_undone_as_well(applied):
    number = edited(role(), title="The editor's").number
    revert(number, "grace")
    assert role().title == "ML Engineer"
    assert not read_sides(applied.read()).plan().drift


def test_what_changed_elsewhere_since_stays(applied):
    number = edited(role(), title="The editor's").number
    edited(role(), summary="Another's.")
    revert(number, "grace")
    assert (role().title, role().summary) == ("ML Engineer", "Another's.")


def test_an_item_that_came_into_a_list_since_stays(applied):
    number = edited(role(), aliases=["A", *role().aliases]).number
    edited(role(), aliases=[*role().aliases, "B"])
    revert(number, "grace")
    assert role().aliases == ["Machine Learning Engineer", "B"]


def test_a_place_in_a_list_is_given_back_whatever_else_an_apply_changed(applied):
    first = HiringSignal.objects.get(slug="shipped")
    number = edited(first, position=7).number
    apply_change(applied, "signals.yaml", "title: Eval", "title: Good eval")
    revert(number, "grace")
    assert [each.slug for each in HiringSignal.objects.all()] == ["shipped", "eval-discipline"]


def test_what_changed_there_since_is_refused_and_nothing_is_written(applied):
    number = edited(role(), title="First", summary="First.").number
    edited(role(), title="Second")
    before = values()
    with pytest.raises(Unrevertable) as refused:
        revert(number, "grace")
    assert str(refused.value) == "roles/ml-engineer: title: It was changed since."
    assert values() == before
    assert Revision.objects.count() == 3


def test_what_was_added_is_retired(applied, client):
    for place in range(20):  # so that one is no more than a tenth
        text = applied.text(OTHER_ROLE).replace("code: DE", f"code: {place:02}")
        applied.write(f"roles/other-{place}.yaml", text)
    apply_entries(applied.read())
    applied.write("roles/new.yaml", applied.text(OTHER_ROLE).replace("code: DE", "code: NW"))
    apply_entries(applied.read())
    number = Revision.objects.first().number
    revert(number, "grace")
    assert client.get("/careers/new/").status_code == 410
    with pytest.raises(Unrevertable, match=f"Revision {number} is undone already"):
        revert(number, "grace")


def test_what_changes_along_is_told_too(applied):
    """Revision 1 added paths and lessons at once, so it has no edit of a path's lessons."""
    revert(1, "grace", allow_removals=100)
    told = Edit.objects.filter(revision=2, kind="paths", field="lessons").order_by("key")
    assert [(edit.key, edit.before, edit.after) for edit in told] == [
        ("prompting", [201], []),
        ("rag", [401, 402], []),
    ]
    revert(2, "grace")
    again = Edit.objects.filter(revision=3, kind="paths", field="lessons").order_by("key")
    assert [edit.after for edit in again] == [[201], [401, 402]]


def test_the_opening_is_not_undone_by_a_slip_of_the_hand(applied):
    with pytest.raises(TooManyRemovals):
        revert(1, "grace")
    revert(1, "grace", allow_removals=100)
    assert not Role.objects.published().exists()


def test_an_address_comes_back_and_the_other_redirects(applied, client):
    before = rows.read_live()
    thing = role()
    thing.slug = "model-engineer"
    thing.save()
    thing.keep_address("ml-engineer")
    made = record.write_revision(
        Origin.ADMIN, "grace", record.edits_between(before, rows.read_live())
    )
    revert(made.number, "grace")
    assert client.get("/careers/ml-engineer/").status_code == 200
    assert client.get("/careers/model-engineer/").url == "/careers/ml-engineer/"


def test_a_step_on_a_path_that_has_another_name_by_now_comes_back(applied):
    number = apply_change(applied, *CHANGES["a step taken out"]).number
    before = rows.read_live()
    path = LearningPath.objects.get(slug="rag")
    path.slug = "retrieval"
    path.save()
    path.keep_address("rag")
    record.write_revision(Origin.ADMIN, "grace", record.edits_between(before, rows.read_live()))
    revert(number, "grace")
    assert [step.path.slug for step in role().steps.all()] == ["prompting", "retrieval"]


def test_what_would_not_be_in_order_is_refused_in_the_models_words(applied):
    number = edited(Lesson.objects.get(number=401), minutes=2, body="word " * 400).number
    Lesson.objects.filter(number=401).update(title="")
    with pytest.raises(Unrevertable, match="lessons/401: title: This field cannot be blank"):
        revert(number, "grace")


def test_what_another_has_by_now_is_refused(applied):
    number = edited(role(), code="MX").number
    edited(role("data-engineer"), code="ML")
    with pytest.raises(Unrevertable, match="Another role has this code already"):
        revert(number, "grace")
    assert role().code == "MX"


def test_a_number_that_no_revision_has_is_refused(applied):
    with pytest.raises(Unrevertable, match="There is no revision 99"):
        revert(99, "grace")


# -- The command ---------------------------------------------------------------------------


@pytest.fixture
def command(files, capsys):
    def run(*arguments: str) -> list[str]:
        call_command("catalog", "--dir", str(files.folder), *arguments)
        return capsys.readouterr().out.splitlines()

    return run


def test_log_says_who_changed_what_the_newest_first(applied, command):
    edited(role(), title="The editor's", summary="The editor's.")
    lines = command("log")
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == ["2", "1"]
    assert re.fullmatch(r"2      \d{4}-\d\d-\d\d \d\d:\d\d UTC  admin by grace", lines[0])
    assert lines[1] == "       roles/ml-engineer: title, summary"
    assert lines[-1] == "       and 1 more"


def test_log_of_one_thing_leaves_out_the_others(applied, command):
    edited(role("data-engineer"), title="The editor's")
    lines = command("log", "roles/ml-engineer")
    assert lines[1:] == ["       roles/ml-engineer: added"]


def test_revert_says_what_it_did(applied, command):
    edited(role(), title="The editor's")
    lines = command("revert", "2")
    assert "reverts 2 by" in lines[0]
    assert lines[1:] == ["       roles/ml-engineer: title"]


def test_a_revert_that_is_refused_ends_with_1_and_says_why(applied, command):
    with pytest.raises(CommandError) as refused:
        command("revert", "9")
    assert str(refused.value) == "There is no revision 9.\n\nNothing was written."
    with pytest.raises(CommandError, match="--allow-removals 10"):
        command("revert", "1")


def test_apply_names_the_system_user(files, command, monkeypatch):
    monkeypatch.setenv("LOGNAME", "ada")
    command("apply")
    assert Revision.objects.get().by == "ada"


def test_a_revision_that_only_added_former_addresses_is_not_said_to_be_undone(applied):
    """They go on redirecting, so there is nothing to undo, and nothing was undone."""
    applied.add(ROLE, "formerly: [mle]\n")
    apply_entries(applied.read(), by="ada")
    number = Revision.objects.first().number
    with pytest.raises(Unrevertable) as refused:
        revert(number, "grace")
    assert str(refused.value) == (
        f"Revision {number} only added former addresses, and these go on redirecting."
    )
    assert role().former_slugs.get().slug == "mle"
