"""A change form, from the request to the answer: what it shows, and where it leads."""

import pytest
from django.contrib import admin
from django.urls import reverse

from careers.admin.role_rows import CHANGED_ELSEWHERE
from careers.admin.saving.forms import EntryForm
from careers.models import Role
from careers.sync import KINDS, model_of
from careers.sync.writing.sides import read_sides
from paths.models import LearningPath
from tests.admin.editing import change_url, form_of, messages, save, tree, typed

ADD_PATH = reverse("admin:paths_learningpath_add")
TERM = "terms: [{slug: chunk, title: chunk, meaning: A piece., status: published}]\n"
PRICE = """\
prices:
  - slug: small
    title: Small
    status: published
    model: small-1
    size: small
    price_in: "1.00"
    price_out: "2.00"
    collected: 2026-11-01
    source: A page
    url: https://example.org/
"""
NEW_PATH = {"title": "Tools", "slug": "tools", "summary": "What it teaches.", "position": 1}


@pytest.fixture
def role(catalog) -> Role:
    return catalog.role("builder", title="Builder")


@pytest.fixture
def forms_built(monkeypatch) -> list[EntryForm]:
    """The list of EntryForm instances made during the test."""
    built: list[EntryForm] = []
    build = EntryForm.__init__

    def noting(form, *args, **kwargs) -> None:
        built.append(form)
        build(form, *args, **kwargs)

    monkeypatch.setattr(EntryForm, "__init__", noting)
    return built


def of_django(response, *key: str) -> dict:
    """Return the context that Django's own view has for the same request."""
    own = admin.site.get_model_admin(Role)
    return admin.ModelAdmin.changeform_view(own, response.wsgi_request, *key).context_data


# -- What it shows -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if not kind.has_page])
def test_a_key_that_no_former_one_leads_to_is_given_once(editor, files, kind):
    """If it could be renamed, the next apply would take it for another thing, and add the files'
    one again."""
    files.write("glossary.yaml", TERM)
    files.write("prices.yaml", PRICE)
    files.apply()
    thing = model_of(kind.name)._default_manager.first()
    name = thing._meta.model_name
    add = editor.get(reverse(f"admin:{thing._meta.app_label}_{name}_add"))
    assert "slug" in typed(add, f"{name}_form")
    assert "slug" not in form_of(editor, thing)
    assert save(editor, thing, slug="another", title="Another").status_code == 302
    assert [change.id for change in read_sides(files.read()).plan().changes] == []
    assert not read_sides(files.read()).unfiled()


@pytest.mark.parametrize("page", ["add", "change", "refused"])
def test_templates_get_everything_that_django_gives_them(editor, role, page):
    url = reverse("admin:careers_role_add") if page == "add" else change_url(role)
    response = save(editor, role, title="") if page == "refused" else editor.get(url)
    shown = response.context_data
    expected = of_django(response, *([] if page == "add" else [str(role.pk)]))
    assert expected.pop("action_form") is None  # actions are for lists
    assert expected.keys() - {"action_checkbox_name"} <= shown.keys()
    plain = ("title", "object_id", "is_popup", "to_field", "add", "change", "preserved_filters")
    assert {name: shown[name] for name in plain} == {name: expected[name] for name in plain}
    assert str(shown["media"]) == str(expected["media"])
    assert len(shown["errors"]) == len(expected["errors"])


def test_the_page_of_a_refused_form_is_about_what_is_saved(editor, role):
    page = tree(save(editor, role, title="Another", slug="not a slug"))
    assert "Builder" in page.title.text
    assert page.select_one("a.viewsitelink")["href"] == "/careers/builder/"
    assert page.select_one("#id_title")["value"] == "Another"


@pytest.mark.parametrize("how", ["shown", "saved", "refused", "merged", "asked"])
def test_a_form_is_built_once_a_request(editor, role, forms_built, how):
    form = form_of(editor, role)
    changes = {"shown": {}, "saved": {"title": "Ours"}, "refused": {"title": ""}}
    changes |= {"merged": {"summary": "Ours."}, "asked": {"title": "Ours"}}
    if how in {"merged", "asked"}:
        save(editor, role, title="Theirs")
    forms_built.clear()
    if how == "shown":
        editor.get(change_url(role))
    else:
        answer = editor.post(change_url(role), form | changes[how])
        assert answer.status_code == (302 if how in {"saved", "merged"} else 200)
    assert len(forms_built) == 1


def test_a_new_thing_begins_with_what_its_address_says(editor):
    page = editor.get(ADD_PATH, {"title": "Tools", "status": "published"})
    assert typed(page, "learningpath_form")["title"] == "Tools"


# -- Where it leads ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "leads_to"),
    [
        ("_save", reverse("admin:careers_role_changelist")),
        ("_continue", "the form"),
        ("_addanother", reverse("admin:careers_role_add")),
    ],
)
def test_each_button_leads_where_it_says(editor, role, button, leads_to):
    answer = save(editor, role, title="Maker", **{button: "x"})
    assert answer["Location"] == (change_url(role) if leads_to == "the form" else leads_to)
    assert "“Maker” was changed successfully." in messages(editor.get(answer["Location"]))


def test_what_is_new_can_be_edited_further(editor):
    answer = editor.post(ADD_PATH, NEW_PATH | {"status": "draft", "_continue": "x"})
    assert answer["Location"] == change_url(LearningPath.objects.get())


def test_a_form_of_nothing_leads_home_and_says_so(editor):
    answer = editor.get(reverse("admin:careers_role_change", args=[12]), follow=True)
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert "There is no role with the key “12”." in messages(answer)


def test_a_path_that_is_added_in_a_popup_is_handed_to_the_form_behind_it(editor):
    asked = {"_popup": "1", "_to_field": "id", "_source_model": "paths.lesson"}
    assert typed(editor.get(ADD_PATH, asked), "learningpath_form")["_popup"] == "1"
    answer = editor.post(ADD_PATH, NEW_PATH | asked | {"status": "draft"})
    handed = tree(answer).select_one("[data-popup-response]")["data-popup-response"]
    assert f'"value": "{LearningPath.objects.get().pk}"' in handed


def test_a_popup_for_a_field_that_nothing_refers_to_is_refused(editor, role):
    assert editor.get(change_url(role), {"_to_field": "code"}).status_code == 400
    assert editor.post(ADD_PATH, NEW_PATH | {"_to_field": "summary"}).status_code == 400


@pytest.mark.parametrize(("right", "form"), [("view_role", 403), ("add_role", 403)])
def test_who_may_not_change_a_thing_can_not_save_it(editor, editor_who_may, role, right, form):
    sent = form_of(editor, role) | {"title": "Another"}
    assert editor_who_may(right).post(change_url(role), sent).status_code == form
    role.refresh_from_db()
    assert role.title == "Builder"


def test_who_may_not_add_a_thing_gets_no_form_for_it(editor_who_may):
    assert editor_who_may("change_role").get(reverse("admin:careers_role_add")).status_code == 403


# -- Errors and sections -------------------------------------------------------------------


def test_each_error_is_listed_at_the_top_with_a_link_to_its_field(editor, role):
    refused = save(editor, role, **{"title": "", "steps-0-why": "", "salary_bands-0-low": "x"})
    page = tree(refused)
    listed = page.select_one(".errors-at-once")
    assert listed.h2.text == "Nothing is saved yet: 3 things to fix"
    links = [(link.text, link["href"]) for link in listed.select("li a")]
    assert links == [
        ("Title", "#id_title"),
        ("Step 1, why", "#id_steps-0-why"),
        ("Salary band 1, low", "#id_salary_bands-0-low"),
    ]
    assert all(page.select_one(href) for _, href in links)
    assert listed.has_attr("autofocus")


def test_errors_of_a_whole_row_lead_to_the_row(editor, role, catalog):
    role.steps.create(path=catalog.path(), position=1, why="Then.")
    path = role.steps.first().path_id
    page = tree(save(editor, role, **{"steps-1-path": path}))
    (link,) = page.select(".errors-at-once li a")
    assert page.find(id=link["href"].removeprefix("#"))


def test_a_row_that_is_to_be_removed_has_nothing_to_fix(editor, role):
    gone = {"steps-0-why": "", "steps-0-DELETE": "on"}
    page = tree(save(editor, role, **{"title": "", **gone}))
    assert page.select_one(".errors-at-once h2").text == "Nothing is saved yet: 1 thing to fix"
    assert [link.text for link in page.select(".errors-at-once li a")] == ["Title"]


def test_an_error_of_the_whole_thing_is_listed_with_those_of_its_fields(editor, catalog):
    """Here: an address that another lesson of the path has."""
    path = catalog.path()
    lesson, other = (catalog.lesson(path) for _ in range(2))
    page = tree(save(editor, lesson, slug=other.slug, summary=""))
    assert page.select_one(".errors-at-once h2").text == "Nothing is saved yet: 2 things to fix"
    links = {link.text: link["href"] for link in page.select(".errors-at-once li a")}
    assert list(links) == ["Summary", "Lesson"]
    assert all(page.select_one(href) for href in links.values())


def test_an_error_of_a_hidden_field_leads_to_its_row(editor, role):
    page = tree(save(editor, role, **{"steps-0-id": "999"}))
    link = page.find("a", string="Step 1")
    assert link.find_parent("li").text.endswith(CHANGED_ELSEWHERE)
    assert page.select_one(link["href"]).name == "h3"


def test_sections_can_be_jumped_to(editor, role):
    page = tree(editor.get(change_url(role)))
    links = {link.text: link["href"].removeprefix("#") for link in page.select(".sections a")}
    assert list(links) == [
        *("The job", "On the site", "The day", "Honest words", "The roadmap"),
        *("Steps", "Salary bands", "Pivots"),
    ]
    assert all(page.find(id=each) for each in links.values())
    assert not page.select(".errors-at-once")
