"""In a large catalog, applying only the changed files does the same as applying all."""

from contextlib import contextmanager, suppress

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from careers import sync
from careers.models import AppliedFile, Apply, Background, CatalogEntry, Edit, Origin, Role, Side
from careers.sync.exporting.replace import replace_files
from careers.sync.fields import kind_of
from careers.sync.reading import changed_files, digest, reader
from careers.sync.rows import read_live
from careers.sync.writing import changed_sides
from careers.sync.writing.record import edits_between, write_revision
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath, Lesson, Status
from tests.examples import one_in
from tests.sync.exporting.whole import make_rewrites
from tests.sync.reading.test_prices import BESIDE, PRICES

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
LESSON = "paths/rag/when-to-retrieve.md"
FILES = (ROLE, OTHER_ROLE, PATH, LESSON)


@pytest.fixture(autouse=True)
def _large(monkeypatch):
    """Treat the small catalog as a large one."""
    monkeypatch.setattr(sync, "FEW", 0)


@pytest.fixture
def applied(files):
    apply_all(files)
    return files


def apply_all(files):
    return sync.apply(sync.read_catalog(files.folder), "ada", allow_removals=99)


def apply_changed(files):
    return sync.apply_changed(files.folder, "ada", allow_removals=99)


@contextmanager
def editing(row):
    """Change a row within; then it is saved as by an editor, with a revision."""
    kind = kind_of(type(row))
    before = read_live({kind: [row.pk]}) if row.pk else {}
    yield
    row.save()
    after = read_live({kind: [row.pk]})
    write_revision(Origin.ADMIN, "grace", edits_between(before, after))


def edit(row, **values) -> None:
    with editing(row):
        for name, value in values.items():
            setattr(row, name, value)


# -- When only changed files are read ------------------------------------------------------


def test_a_changed_field_is_applied(applied):
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    plan = apply_changed(applied)
    assert plan.counts()["change"] == 1
    assert Role.objects.get(slug="ml-engineer").title == "Machine Learning Engineer"
    assert apply_changed(applied).is_empty


def test_no_other_file_is_read_and_no_other_row(applied, monkeypatch, count_queries):
    read = []
    usual = reader.read_bytes

    def counted(folder, name):
        read.append(name)
        return usual(folder, name)

    monkeypatch.setattr(reader, "read_bytes", counted)

    def change_and_apply(number: int) -> int:
        applied.write(ROLE, applied.text(ROLE).replace("summary: ", f"summary: {number} ", 1))
        return count_queries(lambda: apply_changed(applied))

    few = change_and_apply(1)
    assert read == [ROLE]
    for number in range(20):
        text = applied.text(OTHER_ROLE).replace("code: DE", f"code: {number:02}")
        applied.write(f"roles/role-{number}.yaml", text)
    apply_all(applied)
    read.clear()
    assert change_and_apply(2) == few
    assert read == [ROLE]


def test_files_that_nobody_wrote_are_not_read(applied, monkeypatch):
    monkeypatch.setattr(digest, "JUST_NOW", -(10**12))  # as if they had been written long ago
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    apply_all(applied)
    known = changed_files.applied_files()
    assert all(file.stamp for file in known.values())
    monkeypatch.setattr(digest.Path, "read_bytes", None)  # any reading would fail
    assert digest.look_at_files(applied.folder, known) == known


def test_a_file_that_was_written_just_now_is_read_again(applied):
    assert not any(file.stamp for file in changed_files.applied_files().values())


@pytest.mark.parametrize("file", FILES)
def test_a_text_of_any_document_is_enough(applied, file):
    applied.change(file, "summary: ", "summary: Again ")
    assert apply_changed(applied).counts()["change"] == 1


def test_what_an_editor_changed_elsewhere_is_told(applied):
    edit(Role.objects.get(slug="data-engineer"), title="The editor’s")
    edit(Background.objects.get(slug="data-analyst"), title="The editor’s")
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    whole = {(field.id, field.name) for field in read_sides(applied.read()).plan().drift}
    assert {(field.id, field.name) for field in apply_changed(applied).drift} == whole
    assert len(whole) == 2


def test_a_conflict_is_one(applied):
    edit(Role.objects.get(slug="ml-engineer"), title="The editor’s")
    applied.change(ROLE, "title: ML Engineer", "title: The file’s")
    with pytest.raises(sync.UnresolvedConflicts):
        apply_changed(applied)
    assert Role.objects.get(slug="ml-engineer").title == "The editor’s"


def test_a_comparison_of_what_changed_is_carried_out(applied):
    edit(Role.objects.get(slug="data-engineer"), title="The editor’s")
    edit(Background(slug="made-live"), title="Made live", summary="By an editor.")
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    found = sync.compare_folder(applied.folder)
    whole = sync.compare(sync.read_catalog(applied.folder))
    assert found.is_part
    assert not whole.is_part
    assert [entry.id for entry in found.unfiled] == [entry.id for entry in whole.unfiled]
    assert found.plan.drift == whole.plan.drift
    assert [each.fields for each in found.plan.changes] == [
        each.fields for each in whole.plan.changes
    ]
    sync.apply_folder(applied.folder, "ada", saved=found.fingerprint)
    assert Role.objects.get(slug="ml-engineer").title == "Machine Learning Engineer"


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.change(ROLE, "summary: ", "summary: Again "),
        lambda _: edit(Role.objects.get(slug="ml-engineer"), after_paths="Then more"),
        lambda _: edit(Role.objects.get(slug="data-engineer"), title="The editor’s"),
    ],
)
def test_what_changed_since_a_comparison_is_not_applied(applied, change):
    applied.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    found = sync.compare_folder(applied.folder)
    change(applied)
    with pytest.raises(sync.StalePlan):
        sync.apply_folder(applied.folder, "ada", saved=found.fingerprint)
    assert Role.objects.get(slug="ml-engineer").title == "ML Engineer"


def test_the_command_reads_all_files_where_it_has_to(applied, capsys):
    applied.change(ROLE, "code: ML", "code: MX")
    assert apply_changed(applied) is None
    call_command("catalog", "--dir", str(applied.folder), "apply")
    assert Role.objects.get(slug="ml-engineer").code == "MX"


# -- When all files have to be read --------------------------------------------------------


def take_the_address(files) -> None:
    files.rename(ROLE, "roles/mle.yaml")


def retire_a_lesson(files) -> None:
    files.change(LESSON, "status: published", "status: retired")


def dangle(files) -> None:
    files.change(PATH, "  - chunking", "  - chunking-twice")


@pytest.mark.parametrize(
    "change",
    [
        take_the_address,
        retire_a_lesson,
        dangle,
        lambda files: files.change(ROLE, "code: ML", "code: MX"),
        lambda files: files.change(LESSON, "number: ", "number: 9"),
        lambda files: files.remove(OTHER_ROLE),
        lambda files: files.add("signals.yaml", "# A list\n"),
        lambda files: files.add(ROLE, "zzz: 1\n"),
        lambda _: edit(LearningPath.objects.get(slug="rag"), slug="retrieval"),
        lambda _: AppliedFile.objects.filter(name=ROLE).update(digest="0" * 64),
        lambda _: Apply.objects.update(digest="of older code"),
    ],
)
def test_what_others_depend_on_has_all_files_read(applied, change):
    change(applied)
    before = state()
    assert apply_changed(applied) is None
    assert state() == before


def test_a_side_that_was_chosen_has_all_compared(applied):
    edit(Role.objects.get(slug="data-engineer"), title="The editor’s")
    applied.change(OTHER_ROLE, "title: ", "title: Another ")
    choice = sync.SideChoice("roles/data-engineer", "title", Side.FILE)
    sync.resolve(sync.read_catalog(applied.folder), [choice], "ada")
    assert apply_changed(applied) is None
    apply_all(applied)
    assert Role.objects.get(slug="data-engineer").title.startswith("Another ")


def test_very_many_things_that_editors_changed_have_all_compared(applied, monkeypatch):
    monkeypatch.setattr(changed_sides, "MOST_EDITED", 1)
    edit(Role.objects.get(slug="data-engineer"), title="The editor’s")
    assert apply_changed(applied).drift
    edit(Role.objects.get(slug="ml-engineer"), title="The editor’s")
    assert apply_changed(applied) is None


def test_a_lesson_with_prices_has_all_files_read(files):
    """Its prices must agree with the list of prices, to which no lesson refers."""
    files.write("prices.yaml", PRICES)
    files.write(BESIDE, "model,in,out\nsmall-1.0,0.10,0.50\n")
    apply_all(files)
    files.change(BESIDE, "0.10", "0.11")
    assert apply_changed(files) is None
    with pytest.raises(sync.CatalogError, match="another price of small-1"):
        apply_all(files)


# -- After any changes ---------------------------------------------------------------------


def state() -> tuple:
    """All that an apply writes, except times."""
    return (
        {key: (entry, entry.formerly) for key, (entry, _) in read_live().items()},
        list(
            CatalogEntry.objects.order_by("kind", "key").values_list(
                "kind", "key", "file", "values", "lines", "since", "gone"
            )
        ),
        list(Edit.objects.order_by("pk").values_list("kind", "key", "field", "before", "after")),
        list(Apply.objects.values_list("digest", "counts", "commit")),
        dict(AppliedFile.objects.values_list("name", "digest")),
    )


def outcome(call):
    """The state after the call, rolled back, and its plan; or the error's type and None."""
    try:
        with transaction.atomic():
            plan = call()
            left = state()
            transaction.set_rollback(True)
    except (sync.CatalogError, sync.UnresolvedConflicts, sync.TooManyRemovals) as error:
        return type(error), None
    return left, plan


def change_text(files, pick) -> None:
    name = FILES[pick % 4]
    if (files.folder / name).exists():
        files.change(name, "summary: ", f"summary: {pick} ")


def change_list(files, pick) -> None:
    files.change("backgrounds.yaml", "summary: ", f"summary: {pick} ")


def turn_lessons(files, pick) -> None:
    head, *items = files.text(PATH).split("\n  - ")
    files.write(PATH, "\n  - ".join([head, *(each.strip() for each in reversed(items))]) + "\n")


def change_code(files, pick) -> None:
    if (files.folder / ROLE).exists():
        lines = [
            f"code: {pick:02}" if line.startswith("code: ") else line
            for line in files.text(ROLE).splitlines()
        ]
        files.write(ROLE, "\n".join(lines) + "\n")


def remove_file(files, pick) -> None:
    if (files.folder / OTHER_ROLE).exists():
        files.remove(OTHER_ROLE)


def spoil(files, pick) -> None:
    if (files.folder / ROLE).exists():
        files.add(ROLE, "zzz: 1\n")


def mend(files, pick) -> None:
    for path in files.folder.rglob("*.yaml"):
        path.write_text(path.read_text().replace("zzz: 1\n", ""))


def edit_role(files, pick) -> None:
    found = Role.objects.order_by("pk")
    row = found[pick % found.count()]
    edit(row, **[{"summary": f"Live {pick}."}, {"after_paths": f"Then {pick}"}][pick % 2])


def edit_lesson(files, pick) -> None:
    edit(Lesson.objects.order_by("pk")[pick % Lesson.objects.count()], summary=f"Live {pick}.")


def edit_background(files, pick) -> None:
    edit(Background.objects.order_by("pk").first(), position=pick, title=f"From {pick}")


def rename_path(files, pick) -> None:
    row = LearningPath.objects.order_by("pk").first()
    old, new = row.slug, f"path-{pick}"
    if old != new and not LearningPath.objects.filter(slug=new).exists():
        edit(row, slug=new)
        row.keep_address(old)


def retire_live(files, pick) -> None:
    edit(Role.objects.order_by("pk").first(), status=Status.RETIRED)


def publish_live(files, pick) -> None:
    edit(Role.objects.order_by("pk").first(), status=Status.PUBLISHED)


def export(files, pick) -> None:
    try:
        entries = files.read()
    except sync.CatalogError:
        return
    now = read_sides(entries)
    if not now.plan().conflicts:
        replace_files(files.folder, make_rewrites(files.folder, now))


def apply_now(files, pick) -> None:
    with suppress(sync.CatalogError, sync.UnresolvedConflicts):
        apply_all(files)


STEPS = [
    *(change_text, change_list, turn_lessons, change_code, remove_file, spoil, mend),
    *(edit_role, edit_lesson, edit_background, rename_path, retire_live, publish_live),
    *(export, apply_now, apply_now, change_text),
]


@one_in(5)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 20)), max_size=12))
def test_nobody_can_tell_whether_all_was_read_and_compared(files, steps):
    for path in sorted(files.folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    files.__init__(files.folder)
    with transaction.atomic():
        apply_all(files)
        for step, pick in steps:
            step(files, pick)
            before = state()
            part, done = outcome(lambda: apply_changed(files))
            if done is None and part == before:
                continue  # all files have to be read
            whole, planned = outcome(lambda: apply_all(files))
            assert part == whole
            assert done is None or done.counts() == planned.counts()
        transaction.set_rollback(True)
