"""Settling conflicts one by one: each choice, by name, holds until either side changes again."""

import pytest
from django.core.management import CommandError, call_command
from hypothesis import assume, given

from careers.models import Choice, Role, Side
from careers.sync.comparing.merge import FILE, LIVE, Merged, merge
from careers.sync.writing.apply import UnresolvedConflicts, apply_entries
from careers.sync.writing.resolve import NoConflict, SideChoice, choose_sides
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath
from tests.sync.comparing.test_merge import three_sides

pytestmark = pytest.mark.django_db
ROLE = "roles/ml-engineer.yaml"
NAME = "roles/ml-engineer"


def edit(**fields) -> None:
    Role.objects.filter(slug="ml-engineer").update(**fields)


def role() -> Role:
    return Role.objects.get(slug="ml-engineer")


@pytest.fixture
def conflict(files):
    """Title and summary, changed on both sides."""
    files.apply()
    edit(title="The editor's", summary="The editor's.")
    files.change(ROLE, "title: ML Engineer", "title: The file's")
    files.change(ROLE, f"summary: {role_summary(files)}", "summary: The file's.")
    return files


def role_summary(files) -> str:
    return files.entries()["roles", "ml-engineer"].values["summary"]


def choose(files, field: str, take: Side, key: str = NAME) -> list[str]:
    found = choose_sides(read_sides(files.read()), [SideChoice(key, field, take)], "ada")
    return [conflict.name for conflict in found]


# -- A merge in which somebody chose -------------------------------------------------------


@given(three_sides())
def test_a_merge_in_which_all_is_chosen_has_no_conflict(sides):
    for side in (FILE, LIVE):
        assert not merge(*sides, lambda _, side=side: side).conflicts


@given(three_sides())
def test_a_choice_changes_nothing_where_nothing_conflicts(sides):
    plain = merge(*sides)
    assume(not plain.conflicts)
    assert merge(*sides, lambda _: FILE) == plain == merge(*sides, lambda _: LIVE)


@given(three_sides())
def test_what_is_chosen_for_both_sides_is_the_same_seen_from_the_other(sides):
    """The items are the same; their order may differ."""
    field, base, file, live = sides
    assume(merge(*sides).conflicts and [*file] != [*live])
    chosen = merge(field, base, file, live, lambda _: FILE).value
    mirrored = merge(field, base, live, file, lambda _: LIVE).value
    assert sorted(map(repr, chosen)) == sorted(map(repr, mirrored))


def test_one_of_two_conflicts_may_be_chosen():
    def step(path, why):
        return {"path": path, "why": why, "emphasis": ""}

    base = [step("a", "w"), step("b", "w")]
    file = [step("a", "f"), step("b", "f")]
    live = [step("a", "l"), step("b", "l")]
    half = merge("steps", base, file, live, lambda each: FILE if "[a]" in each.where else "")
    assert [each.where for each in half.conflicts] == ["[b].why"]
    both = merge("steps", base, file, live, lambda each: FILE if "[a]" in each.where else LIVE)
    assert both == Merged([step("a", "f"), step("b", "l")])


# -- Choices -------------------------------------------------------------------------------


def test_each_conflict_is_settled_for_itself(conflict):
    assert choose(conflict, "title", Side.FILE) == ["title"]
    with pytest.raises(UnresolvedConflicts) as refused:
        apply_entries(conflict.read())
    assert [each.name for each in refused.value.plan.conflicts] == ["summary"]
    choose(conflict, "summary", Side.LIVE)
    apply_entries(conflict.read())
    assert (role().title, role().summary) == ("The file's", "The editor's.")


def test_choosing_writes_nothing_but_the_choice(conflict):
    before = Role.objects.values().get(slug="ml-engineer")
    choose(conflict, "title", Side.FILE)
    assert Role.objects.values().get(slug="ml-engineer") == before
    assert Choice.objects.get().by == "ada"


def test_who_chooses_again_chooses_otherwise(conflict):
    choose(conflict, "title", Side.FILE)
    choose_again = read_sides(conflict.read())
    assert [each.name for each in choose_again.plan().conflicts] == ["summary"]
    Choice.objects.update(take=Side.LIVE)
    assert [each.name for each in read_sides(conflict.read()).plan().drift] == ["title"]


@pytest.mark.parametrize("side", ["file", "editor"])
def test_a_choice_between_other_values_is_none(conflict, side):
    """Nobody can have chosen, or declined, a value that came later."""
    choose(conflict, "title", Side.FILE)
    if side == "file":
        conflict.change(ROLE, "title: The file's", "title: Another of the file's")
    else:
        edit(title="Another of the editor's")
    assert "title" in [each.name for each in read_sides(conflict.read()).plan().conflicts]


def test_choices_are_gone_once_they_are_carried_out(conflict, count_writes):
    choose(conflict, "title", Side.FILE)
    choose(conflict, "summary", Side.LIVE)
    apply_entries(conflict.read())
    assert not Choice.objects.exists()
    assert count_writes(lambda: apply_entries(conflict.read())) == 0


def test_a_list_is_settled_whole_by_its_name(files):
    files.apply()
    files.change(ROLE, "why: It comes second.", "why: The file's.")
    files.change(ROLE, "why: It comes first.", "why: The file's.")
    for step in role().steps.all():
        step.why = "The editor's."
        step.save()
    assert choose(files, "steps", Side.FILE) == ["steps[prompting].why", "steps[rag].why"]
    apply_entries(files.read())
    assert {step.why for step in role().steps.all()} == {"The file's."}


def test_a_saved_plan_knows_the_choices_that_it_was_made_with(conflict):
    before = read_sides(conflict.read()).fingerprint()
    choose(conflict, "title", Side.FILE)
    assert read_sides(conflict.read()).fingerprint() != before


@pytest.mark.parametrize(
    ("key", "field", "words"),
    [
        ("roles/ml-enginer", "title", "roles/ml-enginer has no conflict; there is one in roles/"),
        (NAME, "titel", "no conflict in `titel`; there is one in summary, title. did you mean"),
        (NAME, "code", "no conflict in `code`; there is one in summary, title."),
    ],
)
def test_what_is_no_conflict_is_refused_with_those_that_are(conflict, key, field, words):
    with pytest.raises(NoConflict) as refused:
        choose(conflict, field, Side.FILE, key)
    assert words in str(refused.value)


def test_without_any_conflict_that_is_said(files):
    files.apply()
    with pytest.raises(CommandError) as refused:
        call_command("catalog", "--dir", str(files.folder), "resolve", NAME, "x", "--take", "live")
    assert str(refused.value) == f"{NAME} has no conflict: there is none at all."


def test_a_conflict_with_a_long_name_is_settled_too(files):
    long = "A title as long as nobody has one, " * 12
    files.change(ROLE, "  - Machine Learning Engineer", f"  - {long.strip(' ,')}")
    files.apply()
    edit(aliases=["The editor's"])
    files.change(ROLE, f"  - {long.strip(' ,')}", "  - The file's")
    (name,) = choose(files, "aliases", Side.FILE)
    assert len(name) > 400
    apply_entries(files.read())
    assert role().aliases == ["The file's"]


# -- A path that both renamed --------------------------------------------------------------


@pytest.mark.parametrize("take", Side)
def test_what_names_a_path_that_both_renamed_is_applied_whoever_was_right(files, take):
    """A lesson that moved into it, a step, and a new role name it."""
    files.apply()
    path = LearningPath.objects.get(slug="rag")
    path.slug = "found"
    path.save()
    path.keep_address("rag")
    (files.folder / "paths/rag").rename(files.folder / "paths/search")
    files.add("paths/search/path.yaml", "  - first-prompt\nformerly: [rag]\n")
    files.rename("paths/prompting/first-prompt.md", "paths/search/first-prompt.md")
    files.change("paths/prompting/path.yaml", "lessons:\n  - first-prompt", "lessons: []")
    for name in ("roles/ml-engineer.yaml", "roles/data-engineer.yaml"):
        files.change(name, "path: rag", "path: search")
    files.change("backgrounds.yaml", "rag/chunking", "search/chunking")
    new = files.text("roles/data-engineer.yaml").replace("code: DE", "code: NE")
    files.write("roles/new.yaml", new.replace("Data Engineer", "New"))
    choose(files, "slug", take, "paths/search")
    apply_entries(files.read())
    path.refresh_from_db()
    assert path.slug == ("found" if take == Side.LIVE else "search")
    assert [lesson.number for lesson in path.lessons.all()] == [401, 402, 201]
    assert Role.objects.get(slug="new").steps.get().path == path
    assert not read_sides(files.read()).plan().conflicts
