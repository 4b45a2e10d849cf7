"""Two editors of one thing: edits to different fields are merged, others must be resolved."""

import pytest
from django.contrib.auth.models import User

from careers.models import Background, Revision, Role
from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.revert import revert
from paths.models import LearningPath, Lesson
from tests.admin.editing import change_url, errors, form_of, messages, parsed, tree, typed


@pytest.fixture
def editors(signed_in):
    return signed_in("ada", is_superuser=True), signed_in("grace", is_superuser=True)


@pytest.fixture
def both_open(editors):
    """A function: two editors open a thing's form; the first saves changes, then the second."""

    def edit(thing, first: dict, second: dict):
        ada, grace = editors
        form = form_of(ada, thing)  # the other editor sees the same
        saved = ada.post(change_url(thing), form | first)
        assert saved.status_code == 302, errors(saved)
        return grace.post(change_url(thing), form | second)

    return edit


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def conflicts(response) -> list[str]:
    return [
        legend.text_content()
        for section in parsed(response).find_class("conflicts")
        for legend in section.iter("legend")
    ]


def title_of(slug: str) -> str:
    return LearningPath.objects.get(slug=slug).title


def sides(response) -> list[str]:
    return [
        said.text_content()
        for section in parsed(response).find_class("conflicts")
        for said in section.find_class("said")
    ]


def again(client, thing, response, take: str, **changes):
    """Submit the form with conflicts again, taking one side for all of them."""
    data = typed(response, f"{thing._meta.model_name}_form")
    data = {name: value for name, value in data.items() if not name.startswith("_take")}
    names = parsed(response).xpath("//input[@value=$take]/@name", take=take)
    return client.post(change_url(thing), data | dict.fromkeys(names, take) | changes)


# -- Different fields ----------------------------------------------------------------------


def test_two_surveys_of_one_region_are_two_bands_in_which_both_may_edit(catalog, both_open):
    role = catalog.role()
    catalog.band(role, position=1, source_title="Another survey", high=200_000)
    first, second = {"salary_bands-0-high": 155_000}, {"salary_bands-1-high": 205_000}
    assert both_open(role, first, second).status_code == 302
    assert [band.high for band in role.salary_bands.all()] == [155_000, 205_000]


def test_bands_that_nothing_tells_apart_both_stay(catalog, both_open):
    role = catalog.role()
    catalog.band(role, position=1, high=200_000)
    first = {"salary_bands-0-high": 155_000, "salary_bands-0-measures": "Mean"}
    assert both_open(role, first, {"title": "Grace's"}).status_code == 302
    assert [band.high for band in role.salary_bands.all()] == [155_000, 200_000]


def test_edits_to_different_fields_are_both_kept(catalog, both_open):
    role = catalog.role()
    response = both_open(role, {"title": "Ada's"}, {"summary": "Grace's."})
    assert response.status_code == 302
    assert (fresh(role).title, fresh(role).summary) == ("Ada's", "Grace's.")


def test_the_second_is_told_what_the_first_changed(catalog, both_open, editors):
    both_open(catalog.role(), {"title": "Ada's"}, {"summary": "Grace's."})
    said = messages(editors[1].get("/admin/careers/role/"))
    assert "Ada changed title while you were editing. Both changes are kept." in said


def test_each_save_is_a_revision_of_its_own_fields(catalog, both_open):
    both_open(catalog.role(), {"title": "Ada's"}, {"summary": "Grace's."})
    made = [(each.by, [edit.field for edit in each.edits.all()]) for each in Revision.objects.all()]
    assert made == [("grace", ["summary"]), ("ada", ["title"])]


def test_the_same_edit_twice_is_no_conflict(catalog, both_open):
    role = catalog.role()
    assert both_open(role, {"title": "Same"}, {"title": "Same"}).status_code == 302
    assert Revision.objects.count() == 1


def test_a_field_that_the_second_left_alone_is_not_set_back(catalog, both_open):
    lesson = catalog.lesson(catalog.path())
    both_open(lesson, {"body": "word " * 1601}, {"title": "Grace's"})
    assert fresh(lesson).body == ("word " * 1601).strip()
    assert fresh(lesson).title == "Grace's"


def test_lessons_known_merge_one_by_one(catalog, both_open):
    path = catalog.path(lessons=4)
    a, b, c, d = path.lessons.order_by("pk")
    background = catalog.background()
    background.knows.set([a, b])
    both_open(background, {"knows": [b.pk, c.pk]}, {"knows": [a.pk, b.pk, d.pk]})
    assert set(Background.objects.get(pk=background.pk).knows.all()) == {b, c, d}


def test_lessons_of_a_signal_merge_one_by_one(catalog, both_open):
    path = catalog.path(lessons=3)
    a, b, c = path.lessons.order_by("pk")
    signal = catalog.signal(a)
    both_open(signal, {"lessons": [a.pk, b.pk]}, {"lessons": [c.pk], "title": "Grace's"})
    assert set(signal.lessons.all()) == {b, c}


def test_lessons_of_a_signal_that_was_renamed_since_merge_as_well(catalog, both_open, editors):
    path = catalog.path(lessons=3)
    a, b, c = path.lessons.order_by("pk")
    signal = catalog.signal(a)
    form = form_of(editors[1], signal)
    for changes in ({"lessons": [a.pk, b.pk]}, {"slug": "another-key"}):
        saved = editors[0].post(change_url(signal), form_of(editors[0], signal) | changes)
        assert saved.status_code == 302, errors(saved)
    saved = editors[1].post(change_url(signal), form | {"lessons": [a.pk, c.pk]})
    assert saved.status_code == 302, errors(saved)
    assert set(signal.lessons.all()) == {a, b, c}


def test_a_lesson_that_files_added_to_a_signal_since_stays_in_it(catalog, editors, revise):
    """Its only edit is its addition, which has its signals among all of its values."""
    path = catalog.path(lessons=2)
    a, b = path.lessons.order_by("pk")
    signal = catalog.signal(a)
    form = form_of(editors[1], signal)
    with revise():
        added = catalog.lesson(path)
        added.signals.add(signal)
    saved = editors[1].post(change_url(signal), form | {"lessons": [a.pk, b.pk]})
    assert saved.status_code == 302, errors(saved)
    assert set(signal.lessons.all()) == {a, b, added}


def test_a_lesson_stays_where_somebody_put_it(catalog, both_open):
    lesson = catalog.lesson(catalog.path(lessons=2))
    both_open(lesson, {"position": 77}, {"title": "Grace's"})
    assert (fresh(lesson).position, fresh(lesson).title) == (77, "Grace's")


def test_a_lesson_stays_in_the_path_that_somebody_put_it_into(catalog, both_open):
    lesson, other = catalog.lesson(catalog.path(lessons=2)), catalog.path()
    both_open(lesson, {"path": other.pk}, {"title": "Grace's"})
    assert (fresh(lesson).path, fresh(lesson).title) == (other, "Grace's")


# -- A role's rows -------------------------------------------------------------------------


def whys(role) -> dict[str, str]:
    return {step.path.slug: step.why for step in role.steps.select_related("path")}


@pytest.fixture
def role(catalog):
    return catalog.role(paths=[catalog.path(slug) for slug in "abc"])


def test_different_steps_are_both_kept(role, both_open):
    response = both_open(role, {"steps-0-why": "Ada's."}, {"steps-2-why": "Grace's."})
    assert response.status_code == 302
    assert whys(role) == {"a": "Ada's.", "b": "It needs it.", "c": "Grace's."}


def test_a_step_that_one_removed_is_gone_and_the_others_edit_kept(role, both_open):
    response = both_open(role, {"steps-0-DELETE": "on"}, {"steps-1-why": "Grace's."})
    assert response.status_code == 302, errors(response)
    assert whys(role) == {"b": "Grace's.", "c": "It needs it."}


def test_a_reorder_and_a_new_step_both_survive(role, both_open, catalog):
    other = catalog.path("d")
    new = {"steps-3-path": other.pk, "steps-3-why": "Grace's.", "steps-3-position": 3}
    response = both_open(
        role,
        {"steps-0-position": 2, "steps-1-position": 1, "steps-2-position": 0},
        {"steps-TOTAL_FORMS": 4, "steps-3-id": "", "steps-3-emphasis": ""} | new,
    )
    assert response.status_code == 302, errors(response)
    assert list(whys(role)) == ["c", "d", "b", "a"] or list(whys(role)) == ["c", "b", "a", "d"]
    assert whys(role)["d"] == "Grace's."


def test_a_band_and_a_pivot_are_both_kept(role, both_open):
    response = both_open(role, {"salary_bands-0-high": 155_000}, {"pivots-0-note": "Grace's."})
    assert response.status_code == 302, errors(response)
    assert role.salary_bands.get().high == 155_000
    assert role.pivots.get().note == "Grace's."


def test_rows_that_an_apply_made_anew_meet_a_form_that_was_open(real_catalog, settings, editors):
    """An apply replaces the rows that the form shows by new rows for the same steps."""
    role = Role.objects.get(slug="ml-engineer")
    grace = editors[1]
    form = form_of(grace, role)
    entries = read_files(settings.CATALOG_DIR)
    changed = next(entry for entry in entries if entry.id == ("roles", "ml-engineer"))
    changed.values["steps"][0]["why"] = "The file's."
    apply_entries(entries)
    response = grace.post(change_url(role), form | {"steps-1-why": "Grace's."})
    assert response.status_code == 302, errors(response)
    assert list(whys(role).values())[:2] == ["The file's.", "Grace's."]


# -- The same field ------------------------------------------------------------------------


def test_the_same_field_is_asked_about_with_all_three_sides(catalog, both_open):
    role = catalog.role(title="Before")
    response = both_open(role, {"title": "Ada's"}, {"title": "Grace's"})
    assert response.status_code == 200
    assert conflicts(response) == ["title"]
    assert sides(response) == ["Before", "Ada's", "Grace's"]
    assert fresh(role).title == "Ada's"


@pytest.mark.parametrize("kind", ["role", "path", "lesson", "background"])
def test_a_conflict_is_asked_about_in_one_place_and_called_no_error(catalog, both_open, kind):
    made = {"lesson": lambda: catalog.lesson(catalog.path())}.get(kind, getattr(catalog, kind))()
    page = tree(both_open(made, {"summary": "Ada says."}, {"summary": "Grace says."}))
    assert page.select_one(".conflicts h2").text == "Somebody else changed this too"
    assert not page.select(".errornote, .errorlist, .errors-at-once")
    assert page.title.text.strip().startswith("Error:")


def test_what_is_wrong_besides_a_conflict_is_said_first(catalog, both_open, editors):
    role = catalog.role()
    refused = both_open(role, {"summary": "Ada’s."}, {"summary": "Grace’s.", "title": ""})
    assert conflicts(refused) == []
    assert errors(refused) == ["This field is required."]


def test_conflicts_stand_in_the_order_of_the_form(role, both_open):
    names = (
        "title",
        "summary",
        "aliases",
        "not_taught",
        "steps-1-why",
        "steps-0-why",
        "pivots-0-note",
    )
    response = both_open(role, *(dict.fromkeys(names, who) for who in ("Ada’s", "Grace’s")))
    assert conflicts(response) == [
        *("title", "summary", "not taught yet"),
        *(f"steps › {title_of(slug)} › why" for slug in "ab"),
        f"pivots › {role.pivots.get().background.title} › note",
    ]


def test_what_was_typed_stays_in_the_form(catalog, both_open):
    response = both_open(
        catalog.role(), {"title": "Ada's"}, {"title": "Grace's", "summary": "Grace's."}
    )
    form = tree(response)
    assert form.select_one("#id_title")["value"] == "Grace's"
    assert form.select_one("#id_summary").text.strip() == "Grace's."


@pytest.mark.parametrize(("take", "title"), [("theirs", "Ada's"), ("mine", "Grace's")])
def test_a_side_is_chosen_and_the_rest_is_kept(catalog, both_open, editors, take, title):
    role = catalog.role()
    response = both_open(
        role,
        {"title": "Ada's", "aliases": "Ada's"},
        {"title": "Grace's", "summary": "Grace's."},
    )
    saved = again(editors[1], role, response, take)
    assert saved.status_code == 302, errors(saved)
    assert (fresh(role).title, fresh(role).summary) == (title, "Grace's.")
    assert fresh(role).aliases == ["Ada's"]


def test_both_may_be_written_into_the_field(catalog, both_open, editors):
    role = catalog.role()
    response = both_open(role, {"title": "Ada's"}, {"title": "Grace's"})
    saved = again(editors[1], role, response, "mine", title="Ada's and Grace's")
    assert saved.status_code == 302
    assert fresh(role).title == "Ada's and Grace's"


def test_without_a_choice_it_is_asked_again(catalog, both_open, editors):
    role = catalog.role()
    response = both_open(role, {"title": "Ada's"}, {"title": "Grace's"})
    assert conflicts(again(editors[1], role, response, "nothing")) == ["title"]
    assert fresh(role).title == "Ada's"


def test_a_third_save_is_asked_about_anew(catalog, both_open, editors):
    role = catalog.role()
    response = both_open(role, {"title": "Ada's"}, {"title": "Grace's"})
    form = form_of(editors[0], role)
    assert editors[0].post(change_url(role), form | {"title": "Ada's second"}).status_code == 302
    asked = again(editors[1], role, response, "mine")
    assert sides(asked)[1:] == ["Ada's second", "Grace's"]
    assert again(editors[1], role, asked, "mine").status_code == 302
    assert fresh(role).title == "Grace's"


def test_one_sentence_of_one_step_is_asked_about(role, both_open, editors):
    response = both_open(
        role,
        {"steps-1-why": "Ada's.", "steps-0-why": "Ada's first."},
        {"steps-1-why": "Grace's.", "steps-2-why": "Grace's third."},
    )
    assert conflicts(response) == [f"steps › {title_of('b')} › why"]
    saved = again(editors[1], role, response, "theirs")
    assert saved.status_code == 302, errors(saved)
    assert whys(role) == {"a": "Ada's first.", "b": "Ada's.", "c": "Grace's third."}


def test_a_step_that_one_removed_and_the_other_changed_is_asked_about(role, both_open, editors):
    response = both_open(role, {"steps-1-DELETE": "on"}, {"steps-1-why": "Grace's."})
    assert conflicts(response) == [f"steps › {title_of('b')}"]
    assert "Grace's." in sides(response)[2]
    saved = again(editors[1], role, response, "mine")
    assert saved.status_code == 302, errors(saved)
    assert whys(role)["b"] == "Grace's."


# -- Other cases ---------------------------------------------------------------------------


def test_a_form_that_is_not_in_order_says_so_first_and_keeps_everything(catalog, both_open):
    role = catalog.role()
    response = both_open(role, {"title": "Ada's"}, {"title": "Grace's", "code": "lower"})
    assert "A code must be two to four capital letters or digits." in errors(response)
    assert tree(response).select_one("#id_title")["value"] == "Grace's"


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_version_that_is_none_is_no_matter(catalog, editors, seen):
    role = catalog.role()
    form = form_of(editors[0], role) | {"_seen": seen, "title": "Ada's"}
    assert editors[0].post(change_url(role), form).status_code == 302


def test_a_form_knows_the_version_that_it_was_opened_at(catalog, editors):
    role = catalog.role()
    before = int(form_of(editors[0], role)["_seen"])
    form = form_of(editors[0], role)
    editors[0].post(change_url(role), form | {"title": "Ada's"})
    assert int(form_of(editors[0], role)["_seen"]) == before + 1


def test_a_revert_is_met_like_an_editors_save(catalog, editors):
    role = catalog.role(title="Before")
    ada, grace = editors
    ada.post(change_url(role), form_of(ada, role) | {"title": "Ada's"})
    form = form_of(grace, role)
    revert(Revision.objects.first().number, "ada", User.objects.get(username="ada"))
    assert grace.post(change_url(role), form | {"summary": "Grace's."}).status_code == 302
    assert (fresh(role).title, fresh(role).summary) == ("Before", "Grace's.")


def test_queries_do_not_grow_with_what_happened_since(catalog, editors, count_queries):
    ada, grace = editors
    lesson = catalog.lesson(catalog.path())

    def save_after(times: int) -> int:
        form = form_of(grace, lesson)
        for number in range(times):
            ada.post(
                change_url(lesson), form_of(ada, lesson) | {"summary": f"Ada's {times} {number}"}
            )
        data = form | {"title": f"Grace's {times}"}
        return count_queries(lambda: grace.post(change_url(lesson), data))

    save_after(2)  # the search's new words take a query of their own
    assert save_after(1) == save_after(5)
    assert Lesson.objects.get(pk=lesson.pk).summary == "Ada's 5 4"
    assert Lesson.objects.get(pk=lesson.pk).title == "Grace's 5"
