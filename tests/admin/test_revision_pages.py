"""The history of the catalog as editors read it."""

import pytest
from django.urls import reverse

from careers.admin.revisions.pages import EDITS_A_PAGE
from careers.models import Edit, Origin, Revision
from careers.sync.writing import record
from paths.models import Term
from tests.admin.editing import change_url, run, save, tree
from tests.sync.nasty import NASTY

HISTORY = reverse("admin:history")


def history_url(thing) -> str:
    return change_url(thing).replace("/change/", "/history/")


def revision_url(number: int) -> str:
    return reverse("admin:revision", args=[number])


def fields(page) -> dict[str, str]:
    """Return the text of each field's difference, by the field's label, on one line."""
    rows = page.select("dl.edits > div")
    return {row.dt.text: " ".join(row.dd.text.split()) for row in rows if row.find("dt")}


def marks(page, tag: str) -> list[str]:
    """Return what is marked as removed (del) or added (ins), without text for screen readers."""
    for hidden in page.select(".visually-hidden"):
        hidden.decompose()
    return [each.text for each in page.select(tag)]


@pytest.fixture
def role(catalog):
    return catalog.role(
        "builder", title="Builder", paths=[catalog.path("one"), catalog.path("two")]
    )


@pytest.fixture
def from_files(role):
    """A revision made by an apply of files."""
    edit = Edit(kind="roles", key="builder", row=role.pk, title="Builder", field="summary")
    edit.before, edit.after = "Was.", "Is."
    edit.file, edit.line = "roles/builder.yaml", 7
    return record.write_revision(Origin.FILES, "deploy", [edit])


# -- Of one thing --------------------------------------------------------------------------


def test_a_things_history_says_who_when_and_from_where(editor, role, from_files):
    save(editor, role, summary="Builds.")
    page = tree(editor.get(history_url(role)))
    admin, files = page.select("article")
    assert "by editor, in the admin" in " ".join(admin.text.split())
    assert "by deploy, from the files" in " ".join(files.text.split())
    assert files.select_one(".place code").text == "roles/builder.yaml:7"
    assert not admin.select(".place")
    assert admin.time["datetime"].startswith(f"{Revision.objects.first().made_at:%Y-%m-%dT%H:%M}")


def test_the_newest_revision_comes_first(editor, role):
    for summary in ("One.", "Two.", "Three."):
        save(editor, role, summary=summary)
    newest = [each.text for each in tree(editor.get(history_url(role))).select("article ins")]
    assert ["Three." in newest[0], "One." in newest[-1]] == [True, True]


def test_a_text_is_read_by_its_words(editor, role):
    save(editor, role, summary="What the fun is.")
    page = tree(editor.get(history_url(role)))
    assert [each.text for each in page.select("del")] == ["[removed: job ]"]
    assert marks(page, "ins") == ["fun "]
    assert page.select_one(".words").text == "What the job fun is."


def test_a_list_is_read_by_its_items(editor, role):
    save(editor, role, **{"steps-0-position": 9, "steps-0-why": "It needs it badly."})
    page = tree(editor.get(history_url(role)))
    items = [" ".join(item.text.split()) for item in page.select(".items li")]
    assert any(
        item.startswith(f"Changed {role.steps.get(path__slug='one').path.title} why:")
        for item in items
    )
    assert any(item.startswith("Moved") and "from place" in item for item in items)


def test_other_values_are_old_and_new(editor, role):
    save(editor, role, slug="maker", position=3, after_paths="ship")
    page = tree(editor.get(history_url(role)))
    assert fields(page)["Address"] == "builder →became maker"
    assert fields(page)["After the paths"] == "nothing →became ship"


def test_a_number_that_becomes_zero_is_not_nothing(editor, catalog):
    lesson = catalog.lesson(catalog.path(), practice_minutes=40)
    save(editor, lesson, practice_minutes=0)
    assert fields(tree(editor.get(history_url(lesson))))["Practice minutes"] == "40 →became 0"


def test_lessons_are_named(editor, catalog):
    lesson = catalog.lesson(catalog.path("tools"), number=301, title="Hammers")
    run(editor, "paths_lesson", "retire", lesson)
    assert "301 Hammers" in marks(tree(editor.get(history_url(lesson.path))), "del")


def test_an_addition_says_what_it_was_added_with(editor, catalog):
    sent = {"title": "Nurse", "slug": "nurse", "summary": "Cares well.", "position": 1}
    editor.post(reverse("admin:careers_background_add"), sent | {"status": "draft"})
    row = Edit.objects.get().row
    page = tree(editor.get(reverse("admin:careers_background_history", args=[row])))
    assert page.select_one("dl.edits dt").text == "Added"
    assert "Cares well." in marks(page, "details ins")
    assert not page.select("details[open]")


def test_an_addition_says_zero_and_no_as_well_but_not_what_is_empty(editor):
    term = {"title": "chunk", "slug": "chunk", "meaning": "A piece.", "position": 0}
    editor.post(reverse("admin:paths_term_add"), term | {"status": "draft"})  # “linked” unticked
    said = fields(tree(editor.get(history_url(Term.objects.get()))))
    assert said["Linked in texts"] == "nothing →became no"
    assert said["Position"] == "nothing →became 0"
    assert not {"Other spellings", "Lesson", "Where to learn it elsewhere"} & {*said}


def test_markup_in_a_value_is_text(editor, role):
    save(editor, role, summary="<b>bold</b> & <script>x</script>")
    page = tree(editor.get(history_url(role)))
    assert "<script>x</script>" in page.select_one(".words").text
    assert not page.select(".words :is(b, script)")


def test_nasty_texts_are_shown_as_they_are(editor, role):
    def edit(text: str) -> Edit:
        named = {"kind": "roles", "key": "builder", "row": role.pk, "title": "Builder"}
        return Edit(**named, field="summary", before="Two words", after=text)

    texts = [text for text in NASTY if text.strip()]
    record.write_revision(Origin.ADMIN, "ada", map(edit, texts[:EDITS_A_PAGE]))
    page = tree(editor.get(revision_url(Revision.objects.get().number)))
    assert len(page.select("dl.edits dd")) == len(texts[:EDITS_A_PAGE])
    assert not page.select("dd :is(script, img, iframe, style, a, svg)")


def test_what_became_of_other_things_is_not_here(editor, catalog, role):
    other = catalog.role("other")
    run(editor, "careers_role", "retire", role, other)
    assert len(tree(editor.get(history_url(role))).select("dl.edits > div")) == 1


def test_a_thing_without_revisions_says_so(editor, role):
    assert "No change to it is on record." in editor.get(history_url(role)).text


def test_the_form_leads_to_its_history(editor, role):
    page = tree(editor.get(change_url(role)))
    assert page.select_one("a.historylink")["href"] == history_url(role)


@pytest.fixture
def save_often(revise, role):
    """A function that saves the role `times` times, with a new summary and position each time."""

    def save(times: int) -> None:
        for number in range(times):
            with revise():
                type(role).objects.update(summary=f"Number {number}.", position=number)

    return save


def test_queries_of_a_things_history_do_not_grow(editor, role, save_often, count_at):
    save(editor, role, summary="One.")
    few = count_at(lambda: editor.get(history_url(role)))
    save_often(20)
    assert count_at(lambda: editor.get(history_url(role))) == few
    assert tree(editor.get(history_url(role), {"page": 2})).select("article")


@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_the_history_of_nothing_is_not_found(editor, key):
    assert editor.get(f"/admin/careers/role/{key}/history/").status_code == 404


def test_who_may_not_see_a_role_may_not_see_its_history(editor_who_may, role):
    assert editor_who_may("view_lesson").get(history_url(role)).status_code == 403
    assert editor_who_may("view_role").get(history_url(role)).status_code == 200


# -- Of everything -------------------------------------------------------------------------


def test_the_list_shows_each_revision_with_its_things(editor, role, from_files):
    run(editor, "careers_role", "retire", role)
    articles = tree(editor.get(HISTORY)).select("article")
    assert [each.h2.text.strip() for each in articles] == [
        f"Revision {number}" for number in (from_files.number + 1, from_files.number)
    ]
    assert " ".join(articles[0].li.text.split()) == "Builder role: status"


@pytest.mark.parametrize(("origin", "expected"), [("files", 1), ("admin", 1), ("revert", 0)])
def test_the_list_can_be_narrowed_to_an_origin(editor, role, from_files, origin, expected):
    save(editor, role, summary="Builds.")
    page = tree(editor.get(HISTORY, {"origin": origin}))
    assert len(page.select("article")) == expected
    assert page.select_one(".filter [aria-current]")["href"].endswith(f"origin={origin}")


def test_an_origin_that_is_none_narrows_nothing(editor, from_files):
    page = tree(editor.get(HISTORY, {"origin": "mars", "page": "zzz"}))
    assert len(page.select("article")) == 1
    assert page.select_one(".filter [aria-current]").text == "All"


def test_the_list_stays_short_however_much_a_revision_did(editor, catalog):
    run(editor, "careers_role", "retire", *catalog.roles(30, steps=1))
    (article,) = tree(editor.get(HISTORY)).select("article")
    assert len(article.select("li")) == 12
    assert "30 edits in all" in article.text


def test_queries_of_the_list_do_not_grow(editor, role, save_often, count_at):
    save(editor, role, summary="One.")
    few = count_at(lambda: editor.get(HISTORY))
    save_often(10)
    assert count_at(lambda: editor.get(HISTORY)) == few


def test_a_revision_shows_all_of_its_things(editor, catalog):
    roles = [catalog.role(slug, title=slug.title()) for slug in ("one", "two")]
    run(editor, "careers_role", "retire", *roles)
    page = tree(editor.get(revision_url(Revision.objects.get().number)))
    assert [link["href"] for link in page.select("section h2 a")] == list(map(history_url, roles))
    assert len(page.select("dl.edits > div")) == 2


def test_queries_of_a_revision_do_not_grow(editor, catalog, count_at):
    one, *more = catalog.roles(20, steps=1)
    run(editor, "careers_role", "retire", one)
    few = count_at(lambda: editor.get(revision_url(Revision.objects.latest("number").number)))
    run(editor, "careers_role", "retire", *more)
    many = count_at(lambda: editor.get(revision_url(Revision.objects.latest("number").number)))
    assert many == few


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_revision_that_is_none_is_not_found(editor, number):
    assert editor.get(f"{HISTORY}{number}/").status_code == 404


def test_who_may_not_see_revisions_may_not_see_the_catalogs_history(editor_who_may, from_files):
    one = editor_who_may("view_role")
    assert one.get(HISTORY).status_code == 403
    assert one.get(revision_url(from_files.number)).status_code == 403
    assert not tree(one.get("/admin/")).select(f"a[href='{HISTORY}']")
    another = editor_who_may("view_revision")
    assert another.get(HISTORY).status_code == 200
    assert another.get(revision_url(from_files.number)).status_code == 200


def test_the_index_leads_to_the_history_whoever_may_see_it(editor_who_may, from_files):
    one = editor_who_may("view_role", "view_revision")
    assert tree(one.get("/admin/")).select_one(f"a[href='{HISTORY}']")


def test_a_things_history_links_no_page_that_is_not_for_its_reader(
    editor_who_may, role, from_files
):
    page = tree(editor_who_may("view_role").get(history_url(role)))
    assert page.select("article")
    assert not page.select(f"article a[href^='{HISTORY}']")


def test_nobody_else_sees_anything(client, role, from_files):
    for url in (HISTORY, revision_url(from_files.number), history_url(role)):
        assert client.get(url).status_code == 302


@pytest.mark.parametrize("url", ["list", "revision", "thing"])
def test_nothing_stands_inline(editor, role, url):
    save(editor, role, summary="Builds.")
    number = Revision.objects.get().number
    urls = {"list": HISTORY, "revision": revision_url(number), "thing": history_url(role)}
    page = tree(editor.get(urls[url]))
    assert not page.select("style, [style], script:not([src])")


def test_what_is_left_out_of_an_address_is_named(editor, role, from_files):
    for url, asked in (
        (f"{HISTORY}?origin=nowhere", "origin=nowhere"),
        (f"{HISTORY}?page=99", "page=99"),
        (f"{revision_url(from_files.number)}?page=zzz", "page=zzz"),
        (f"{history_url(role)}?page=0", "page=0"),
    ):
        page = tree(editor.get(url))
        assert f"“{asked}” is left out." in page.select_one("#content-main [role=status]").text
