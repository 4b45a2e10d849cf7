"""Edits after an export: an older live state that the files have never comes back."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps

from careers import sync
from careers.models import CatalogEntry, HiringSignal, Origin, Revision, Role
from careers.sync import rows
from careers.sync.exporting.replace import replace_files
from careers.sync.writing.apply import UnresolvedConflicts, apply_entries
from careers.sync.writing.record import edits_between, write_revision
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath
from tests.sync.exporting.whole import make_rewrites

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"
JUST_BEFORE = datetime.timedelta(milliseconds=1)


@pytest.fixture
def applied(files):
    apply_entries(files.read())
    return files


def role() -> Role:
    return Role.objects.get(slug="ml-engineer")


def edit(**fields) -> None:
    """Save as an editor would, with a revision."""
    row = role()
    before = rows.read_live({"roles": [row.pk]})
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    write_revision(Origin.ADMIN, "ada", edits_between(before, rows.read_live({"roles": [row.pk]})))


def export(files) -> None:
    replace_files(files.folder, make_rewrites(files.folder, read_sides(files.read())))


def drift(files) -> dict:
    return {each.name: each.value for each in read_sides(files.read()).plan().drift}


def apply_and_read(files, field: str):
    apply_entries(files.read())
    return getattr(role(), field)


def test_what_is_undone_after_an_export_stays_undone(applied):
    was = role().summary
    edit(summary="A slip.")
    export(applied)
    edit(summary=was)
    assert drift(applied) == {"summary": was}
    assert apply_and_read(applied, "summary") == was
    assert drift(applied) == {"summary": was}


def test_what_is_edited_again_after_an_export_is_no_conflict(applied):
    edit(summary="One.")
    export(applied)
    edit(summary="Two.")
    assert apply_and_read(applied, "summary") == "Two."
    assert drift(applied) == {"summary": "Two."}


# -- What was live once and never exported is the file author's own ------------------------


def test_a_value_that_live_had_and_no_export_wrote_is_an_edit(applied):
    edit(status="retired")
    edit(status="published")
    applied.change(ROLE, "status: published", "status: retired")
    assert apply_and_read(applied, "status") == "retired"
    export(applied)
    assert "status: retired" in applied.text(ROLE)


def test_it_conflicts_with_what_an_editor_wrote_meanwhile(applied):
    was = role().summary
    edit(summary="One.")
    edit(summary="Two.")
    applied.change(ROLE, was, "One.")
    with pytest.raises(UnresolvedConflicts):
        apply_entries(applied.read())
    assert role().summary == "Two."


@pytest.mark.parametrize("also", [[], ["An editor’s"]])
def test_an_item_that_live_had_and_no_export_wrote_is_an_edit(applied, also):
    was = role().aliases
    edit(aliases=[*was, "Mine"])
    edit(aliases=[*was, *also])
    applied.change(ROLE, f"  - {was[-1]}\n", f"  - {was[-1]}\n  - Mine\n")
    assert set(apply_and_read(applied, "aliases")) == {*was, *also, "Mine"}


def test_an_item_that_live_lacked_and_no_export_left_out_goes_with_the_files(applied):
    was = role().aliases
    edit(aliases=[])
    edit(aliases=[*was, "An editor’s"])
    applied.change(ROLE, f"  - {was[0]}\n", "")
    assert apply_and_read(applied, "aliases") == [*was[1:], "An editor’s"]


@pytest.mark.parametrize("elsewhere", ["", "Gross."])
def test_a_field_of_an_item_that_live_had_and_no_export_wrote_is_an_edit(applied, elsewhere):
    """elsewhere: what an editor wrote into another field of the same item."""
    why = role().steps.first().why

    def write(**fields) -> None:
        before = rows.read_live({"roles": [role().pk]})
        role().steps.filter(pk=role().steps.first().pk).update(**fields)
        after = rows.read_live({"roles": [role().pk]})
        write_revision(Origin.ADMIN, "ada", edits_between(before, after))

    write(why="Mine.")
    write(why=why, emphasis=elsewhere)
    applied.change(ROLE, f"why: {why}", "why: Mine.")
    apply_entries(applied.read())
    step = role().steps.first()
    assert (step.why, step.emphasis) == ("Mine.", elsewhere)


def test_an_order_that_live_had_and_no_export_wrote_is_an_edit(applied):
    was = order()
    place(was[0], 9)
    place(was[0], 0)
    reverse(applied, "signals.yaml")
    apply_entries(applied.read())
    assert order() == was[::-1]


def test_a_look_at_what_an_export_would_write_counts_as_one(applied):
    """It is a patch, which somebody may apply later."""
    was = role().summary
    edit(summary="A slip.")
    files = sync.read_catalog(applied.folder)
    (patched,) = sync.preview_export(files).rewrites
    edit(summary=was)
    applied.write(ROLE, patched.new.decode())
    assert apply_and_read(applied, "summary") == was


@pytest.mark.parametrize("known", [True, False])
def test_what_was_live_before_exports_were_noted_may_come_of_one(applied, known):
    was = role().summary
    edit(summary="A slip.")
    edit(summary=was)
    applied.change(ROLE, was, "A slip.")
    if not known:
        Revision.objects.update(exported=True)  # as the migration sets it
    assert apply_and_read(applied, "summary") == ("A slip." if known else was)


def test_an_item_that_goes_after_an_export_stays_gone(applied):
    was = role().aliases
    edit(aliases=[*was, "Slip"])
    export(applied)
    edit(aliases=was)
    assert apply_and_read(applied, "aliases") == was


def test_an_exported_list_with_one_more_edit_in_it_merges(applied):
    was = role().aliases
    edit(aliases=[*was, "Slip"])
    export(applied)
    applied.change(ROLE, "  - Slip\n", "  - Slip\n  - From the file\n")
    edit(aliases=[*was, "Second thought"])
    assert set(apply_and_read(applied, "aliases")) == {*was, "Second thought", "From the file"}


def test_an_apply_of_the_old_files_meanwhile_changes_nothing_of_it(applied):
    was, old = role().summary, applied.text(ROLE)
    edit(summary="A slip.")
    export(applied)
    exported = applied.text(ROLE)
    applied.write(ROLE, old.replace("title: ", "title: Senior ", 1))
    apply_entries(applied.read())
    edit(summary=was)
    applied.write(ROLE, exported.replace("title: ", "title: Senior ", 1))
    assert apply_and_read(applied, "summary") == was


def test_what_the_files_bring_back_later_is_theirs_to_say(applied):
    was = role().summary
    edit(summary="One.")
    export(applied)
    exported = applied.text(ROLE)
    apply_entries(applied.read())
    applied.write(ROLE, exported.replace("One.", "Two."))
    apply_entries(applied.read())
    applied.write(ROLE, exported.replace("One.", was))
    assert apply_and_read(applied, "summary") == was


def test_what_both_changed_on_their_own_is_still_a_conflict(applied):
    was = role().summary
    edit(summary="One.")
    edit(summary="Two.")
    applied.change(ROLE, was, "The file's.")
    with pytest.raises(UnresolvedConflicts):
        apply_entries(applied.read())


def test_a_thing_that_was_made_live_and_exported_is_edited_further(applied):
    path = LearningPath.objects.create(
        slug="made", title="Made", status="draft", position=9, summary="First."
    )
    before = rows.read_live({"paths": [path.pk]})
    write_revision(Origin.ADMIN, "ada", edits_between({}, before))
    export(applied)
    path.summary = "Second."
    path.save()
    write_revision(Origin.ADMIN, "ada", edits_between(before, rows.read_live({"paths": [path.pk]})))
    apply_entries(applied.read())
    path.refresh_from_db()
    assert path.summary == "Second."


def test_a_list_that_was_emptied_while_its_file_waits_can_be_exported(applied):
    applied.change(ROLE, "  - Machine Learning Engineer\n", "  - A\n  - B\n")
    apply_entries(applied.read())
    applied.change(ROLE, "  - A\n  - B\n", "  - A\n  - F\n  - B\n  - C\n")
    edit(aliases=[])
    export(applied)
    assert apply_and_read(applied, "aliases") == ["F", "C"]


def test_what_an_overwrite_took_back_is_the_files_to_say_again(applied):
    edit(summary="One.")
    apply_entries(applied.read(), overwrite=True)
    applied.change(ROLE, role().summary, "One.")
    assert apply_and_read(applied, "summary") == "One."


# -- Databases from before this was recorded -----------------------------------------------


@pytest.fixture
def upgraded():
    """A function that clears `since` of all entries, then fills it as the migration does."""
    migration = import_module("careers.migrations.0010_since_when_files_say_it")

    def upgrade() -> None:
        # Before, an entry was written just ahead of its revision.
        for entry in CatalogEntry.objects.all():
            made = Revision.objects.filter(made_at__lte=entry.applied_at, origin=Origin.FILES)
            before = made.latest("made_at").made_at - JUST_BEFORE
            CatalogEntry.objects.filter(pk=entry.pk).update(since={}, applied_at=before)
        migration.note_last_apply(apps, None)

    return upgrade


def test_a_file_that_takes_its_last_change_back_is_followed_after_an_upgrade(applied, upgraded):
    before = role().summary
    applied.change(ROLE, f"summary: {before}", "summary: Newer.")
    apply_entries(applied.read())
    upgraded()
    applied.change(ROLE, "summary: Newer.", f"summary: {before}")
    apply_entries(applied.read())
    assert role().summary == before


def test_an_export_from_before_an_upgrade_brings_nothing_back(applied, upgraded):
    before = role().summary
    edit(summary="An editor's.")
    export(applied)
    edit(summary=before)
    upgraded()
    apply_entries(applied.read())
    assert role().summary == before


# -- The order of things that one file lists -----------------------------------------------


THIRD = """\
  - slug: third
    title: Third
    status: published
    summary: S.
"""


def place(slug: str, position: int) -> None:
    """Move a signal as an editor would, with a revision."""
    row = HiringSignal.objects.get(slug=slug)
    before = rows.read_live({"signals": [row.pk]})
    HiringSignal.objects.filter(pk=row.pk).update(position=position)
    after = rows.read_live({"signals": [row.pk]})
    write_revision(Origin.ADMIN, "ada", edits_between(before, after))


def order() -> list[str]:
    return [signal.slug for signal in HiringSignal.objects.all()]


@pytest.mark.few(3)
@pytest.mark.parametrize("numbers", [(1, 2, 3), (10, 20, 30), (7, 7, 8)])
@pytest.mark.parametrize("to", [0, 1, 2, 5, 7])
def test_an_order_that_is_undone_after_an_export_stays_undone(applied, numbers, to):
    applied.add(
        "signals.yaml",
        "  - slug: third\n    title: Third\n    status: published\n    summary: S.\n",
    )
    apply_entries(applied.read())
    for slug, number in zip(order(), numbers, strict=True):
        place(slug, number)
    export(applied)
    apply_entries(applied.read())
    was, last = order(), order()[-1]
    place(last, to)
    export(applied)
    place(last, numbers[-1])
    apply_entries(applied.read())
    assert order() == was
    export(applied)
    apply_entries(applied.read())
    assert order() == was
    assert drift(applied) == {}


def test_an_order_that_a_file_gives_anew_is_followed(applied):
    applied.add(
        "signals.yaml",
        "  - slug: third\n    title: Third\n    status: published\n    summary: S.\n",
    )
    apply_entries(applied.read())
    place("third", 0)
    place("third", 3)
    head, *items = applied.text("signals.yaml").split("  - slug: ")
    applied.write("signals.yaml", "  - slug: ".join([head, *reversed(items)]))
    was = order()
    apply_entries(applied.read())
    assert order() == was[::-1]


def reverse(files, name: str) -> None:
    head, *items = files.text(name).split("  - slug: ")
    files.write(name, "  - slug: ".join([head, *reversed(items)]))


def make_signal(position: int) -> None:
    """Make a signal as an editor would, with a revision."""
    before = rows.read_live()
    HiringSignal.objects.create(
        slug="made", title="Made", summary="S.", status="published", position=position
    )
    write_revision(Origin.ADMIN, "ada", edits_between(before, rows.read_live()))


@pytest.mark.parametrize("position", [0, 1, 2, 9])
def test_what_was_made_live_goes_into_files_that_say_another_order(applied, position):
    make_signal(position)
    reverse(applied, "signals.yaml")
    export(applied)
    assert drift(applied) == {}
    apply_entries(applied.read())
    assert [slug for slug in order() if slug != "made"] == ["eval-discipline", "shipped"]


@pytest.mark.parametrize("position", [0, 1, 2, 9])
def test_an_exported_order_that_is_given_anew_is_followed(applied, position):
    make_signal(position)
    export(applied)
    reverse(applied, "signals.yaml")
    was = order()
    apply_entries(applied.read())
    assert order() == was[::-1]
