"""The admin's page “Catalog”: the command line's merge, for people without a shell."""

from collections import OrderedDict

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers import sync
from careers.admin.files import last_comparison
from careers.models import Apply, CatalogEntry, CatalogVersion, Choice, Revision, Role
from careers.sync.writing import sides
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.sides import read_sides
from tests.sync.exporting.test_patch import git
from tests.sync.test_command import CONFLICTING, MERGED, of_the_role, reports
from tests.sync.test_command import two_writers as two_writers  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.django_db
ROLE = "roles/ml-engineer.yaml"
PAGE = "/admin/catalog/"


@pytest.fixture(autouse=True)
def _the_small_catalog(files, settings):
    settings.CATALOG_DIR = files.folder


@pytest.fixture
def catalog_command(files):
    """Stand in for the command in `two_writers`: apply the files directly, without the admin."""

    def run(*_arguments: str) -> None:
        apply_entries(files.read(), by="ada")

    return run


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create(username="grace", is_staff=True, is_superuser=True))
    return client


def page(editor) -> BeautifulSoup:
    response = editor.get(PAGE)
    assert response.status_code == 200
    return tree(response)


def section_of(shown: BeautifulSoup, name: str) -> BeautifulSoup:
    return shown.select_one(f"section[aria-labelledby={name}]")


def section(editor, name: str) -> BeautifulSoup:
    return section_of(page(editor), name)


def sent(shown: BeautifulSoup, action: str) -> dict:
    """Return what a form of the page sends: its hidden fields."""
    form = shown.select_one(f'form[action="{reverse(action)}"]')
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def resolve(editor, side: str, *fields: str):
    """Choose a side for the conflicts of the given fields, or of all fields."""
    radios = page(editor).select(f"input[type=radio][value={side}]")
    names = [radio["name"] for radio in radios]
    chosen = [name for name in names if not fields or name.split(":")[2] in fields]
    return editor.post(reverse("admin:catalog-resolve"), dict.fromkeys(chosen, side), follow=True)


def press_apply(editor, shown: BeautifulSoup | None = None, *, follow: bool = False):
    """Press the page's button. shown: the page, if it is loaded already."""
    data = sent(shown or page(editor), "admin:catalog-apply")
    return editor.post(reverse("admin:catalog-apply"), data, follow=follow)


def tree(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def said(response) -> str:
    return " ".join(tree(response).select_one(".messagelist").text.split())


# -- The table of merges, through the admin ------------------------------------------------


@pytest.mark.few(3)
@pytest.mark.parametrize("row", MERGED)
def test_a_merge_writes_what_the_table_has(row, two_writers, editor):
    changes, edit_live, says, has = MERGED[row]
    two_writers(changes, edit_live)
    before = of_the_role()
    brings = [line for line in reports(says) if not line.startswith("keep")]
    lacks = [line for line in reports(says) if line.startswith("keep")]
    shown = page(editor)
    assert bool(section_of(shown, "changes").select(".things > li")) == bool(brings)
    assert bool(section_of(shown, "drift").select(".things > li")) == bool(lacks)
    assert section_of(shown, "conflicts").select_one(".nothing")
    if brings:
        press_apply(editor, shown)
    assert of_the_role() == before | has


@pytest.mark.parametrize("row", CONFLICTING)
def test_a_conflict_is_shown_with_its_sides_and_nothing_is_written(row, two_writers, editor):
    changes, edit_live, conflicts = CONFLICTING[row]
    two_writers(changes, edit_live)
    before = of_the_role(), list(CatalogEntry.objects.values())
    shown = section(editor, "conflicts").select("fieldset")
    asked = [each.select_one("[type=radio]")["name"].split(":")[2] for each in shown]
    assert asked == [field for field, _, _ in conflicts]
    assert (of_the_role(), list(CatalogEntry.objects.values())) == before


@pytest.mark.few(2)
@pytest.mark.parametrize("row", CONFLICTING)
def test_a_conflict_that_is_resolved_for_the_file_is_carried_out(row, two_writers, editor, files):
    changes, edit_live, _ = CONFLICTING[row]
    two_writers(changes, edit_live)
    press_apply(editor, tree(resolve(editor, "file")))
    if ("roles", "ml-engineer") in files.entries():
        values = files.entries()["roles", "ml-engineer"].values
        assert values.items() <= of_the_role().items()
    else:
        assert of_the_role()["status"] == "retired"


@pytest.mark.few(2)
@pytest.mark.parametrize("row", CONFLICTING)
def test_a_conflict_that_is_resolved_for_the_editor_is_what_the_files_lack(
    row, two_writers, editor
):
    changes, edit_live, _ = CONFLICTING[row]
    two_writers(changes, edit_live)
    before = of_the_role()
    shown = tree(resolve(editor, "live"))
    assert section_of(shown, "conflicts").select_one(".nothing")
    assert section_of(shown, "drift").select(".things > li")
    assert of_the_role() == before


def test_what_was_resolved_for_the_editor_alone_is_applied_and_may_be_edited_again(editor, files):
    apply_entries(files.read())
    Role.objects.filter(slug="ml-engineer").update(summary="The editor’s.")
    files.change(ROLE, "summary: Puts models into production.", "summary: The file’s.")
    shown = tree(resolve(editor, "live"))
    form = section_of(shown, "changes").select_one("form[action='/admin/catalog/apply/']")
    plan = form.select_one("[name=plan]")["value"]
    assert "1 live edit kept" in editor.post(form["action"], {"plan": plan}, follow=True).text
    Role.objects.filter(slug="ml-engineer").update(summary="The editor’s, mended.")
    shown = page(editor)
    assert section_of(shown, "conflicts").select_one(".nothing")
    assert not section_of(shown, "changes").select("form")


# -- Choosing ------------------------------------------------------------------------------


@pytest.fixture
def conflict(files):
    """A role whose title and summary both sides changed, and whose code only the file changed."""
    apply_entries(files.read(), by="ada")
    Role.objects.filter(slug="ml-engineer").update(title="The editor’s", summary="The editor’s.")
    files.change(ROLE, "title: ML Engineer", "title: The file’s")
    files.change(ROLE, "summary: Puts models into production.", "summary: The file’s.")
    files.change(ROLE, "code: ML", "code: MX")
    return files


def test_all_three_sides_stand_beside_each_other_with_the_line(conflict, editor):
    title = section(editor, "conflicts").select("fieldset")[-1]
    assert [each.text for each in title.select(".said")] == [
        "ML Engineer",
        "The file’s",
        "The editor’s",
    ]
    assert title.legend.text == "title"
    assert title.details.summary.text == "Where this comes from"
    assert title.details.code.text == f"{ROLE}:1"
    assert ROLE not in "".join(each.text for each in title.select(".side"))


def test_the_form_is_linked(conflict, editor):
    link = section(editor, "conflicts").select_one("h3 a")
    assert link.text == "Role “The editor’s”"
    assert editor.get(link["href"]).status_code == 200


def test_one_may_be_resolved_and_the_other_left(conflict, editor):
    assert "1 conflict was resolved. 1 more to resolve" in said(resolve(editor, "file", "title"))
    assert not page(editor).select(f'form[action="{reverse("admin:catalog-apply")}"]')
    seen = {"plan": read_sides(conflict.read()).fingerprint()}
    refused = editor.post(reverse("admin:catalog-apply"), seen, follow=True)
    assert "There are conflicts" in said(refused)
    assert "No conflict is left" in said(resolve(editor, "live", "summary"))
    assert "1 changed" in said(press_apply(editor, follow=True))
    role = Role.objects.get(slug="ml-engineer")
    assert (role.title, role.summary, role.code) == ("The file’s", "The editor’s.", "MX")
    assert Revision.objects.first().by == "grace"


def test_without_a_choice_nothing_happens(conflict, editor):
    response = editor.post(reverse("admin:catalog-resolve"), {}, follow=True)
    assert "Nothing was chosen" in said(response)
    assert not Choice.objects.exists()


def test_a_choice_between_what_is_no_longer_said_is_none(conflict, editor):
    names = [radio["name"] for radio in page(editor).select("input[value=file]")]
    Role.objects.filter(slug="ml-engineer").update(title="Another of the editor’s")
    chosen = dict.fromkeys(names, "file")
    response = editor.post(reverse("admin:catalog-resolve"), chosen, follow=True)
    assert "title: It was changed meanwhile" in said(response)
    assert not Choice.objects.exists()


def test_a_choice_for_what_is_no_conflict_is_refused(conflict, editor):
    response = editor.post(
        reverse("admin:catalog-resolve"), {"take:roles/ml-engineer:code:x": "file"}, follow=True
    )
    assert "code: There is no conflict anymore" in said(response)


def test_what_was_not_seen_is_not_applied(files, editor):
    apply_entries(files.read())
    files.change(ROLE, "code: ML", "code: MX")
    data = sent(page(editor), "admin:catalog-apply")
    files.change(ROLE, "code: MX", "code: MY")
    response = editor.post(reverse("admin:catalog-apply"), data, follow=True)
    assert "changed in the meantime. Check again what would happen." in said(response)
    assert Role.objects.get(slug="ml-engineer").code == "ML"


def test_too_much_at_once_is_left_to_the_command(files, editor):
    apply_entries(files.read())
    files.remove("roles/data-engineer.yaml")
    files.remove("paths/rag/when-to-retrieve.md")
    files.change("paths/rag/path.yaml", "  - when-to-retrieve\n", "")
    assert "catalog apply --allow-removals 2" in said(press_apply(editor, follow=True))
    assert Role.objects.published().count() == 2


def test_what_another_has_by_now_is_said_in_the_models_words(files, editor):
    apply_entries(files.read())
    Role.objects.create(slug="other", title="Other", code="MX", summary="Is other.")
    files.change(ROLE, "code: ML", "code: MX")
    changes = section(editor, "changes")
    assert "Another role has this code already" in changes.select_one(".refusals pre").text
    assert "roles/other, “Other”, has it" in changes.select_one(".refusals pre").text
    assert not changes.select("button")


def test_a_file_that_was_only_renamed_is_said_before_anybody_applies_it(files, editor):
    apply_entries(files.read())
    files.rename(ROLE, "roles/machine-learning-engineer.yaml")
    told = section(editor, "changes").select_one(".refusals")
    assert "These files can’t be applied yet" in told.text
    assert "this is roles/ml-engineer.yaml under another name, as it seems" in told.pre.text
    assert "--> roles/machine-learning-engineer.yaml:1:1" in told.pre.text
    assert "add `formerly: [ml-engineer]`" in told.pre.text
    files.add("roles/machine-learning-engineer.yaml", "formerly: [ml-engineer]\n")
    shown = page(editor)
    assert not section_of(shown, "changes").select(".refusals")
    press_apply(editor, shown)
    assert Role.objects.get(code="ML").slug == "machine-learning-engineer"


def test_what_was_refused_meanwhile_is_said_at_the_button_too(files, editor):
    apply_entries(files.read())
    files.rename(ROLE, "roles/machine-learning-engineer.yaml")
    seen = {"plan": read_sides(files.read()).fingerprint()}
    response = editor.post(reverse("admin:catalog-apply"), seen, follow=True)
    assert "The files can’t be applied yet" in said(response)
    assert Role.objects.get(code="ML").slug == "ml-engineer"


# -- What else it says ---------------------------------------------------------------------


def test_nothing_to_say_is_said(files, editor):
    apply_entries(files.read(), by="ada")
    text = " ".join(page(editor).select_one(".catalog").text.split())
    assert "by ada: 11 added, 0 changed, 0 retired." in text
    assert "None: the two sides agree" in text
    assert "Nothing: the database has everything" in text
    assert "Nothing: the files have every live edit" in text


def test_a_database_that_no_file_was_applied_to_says_so(files, editor):
    shown = page(editor)
    assert "The files have never been applied" in shown.text
    press_apply(editor, shown)
    assert Apply.objects.get().by == "grace"
    assert Role.objects.count() == 2


def test_problems_stand_there_as_the_command_prints_them(files, editor):
    apply_entries(files.read())
    files.change(ROLE, "code: ML", "cod: ML")
    problems = section(editor, "problems")
    assert problems.h2.text == "1 problem in the files"
    assert "did you mean `code`?" in problems.pre.text
    assert f"--> {ROLE}:2:1" in problems.pre.text


def test_with_a_problem_nothing_can_be_applied_or_resolved(conflict, editor):
    data = {"plan": read_sides(conflict.read()).fingerprint()}
    names = [radio["name"] for radio in page(editor).select("input[value=file]")]
    conflict.change(ROLE, "code: MX", "cod: MX")
    for action, what in (("apply", data), ("resolve", dict.fromkeys(names, "file"))):
        response = editor.post(reverse(f"admin:catalog-{action}"), what, follow=True)
        assert "The files have problems" in said(response)


@pytest.mark.parametrize("few", [0, 2_000])
def test_half_an_export_can_not_be_applied_resolved_or_made_a_patch(
    conflict, editor, monkeypatch, few
):
    """Small and large catalogs are compared differently; this holds for both."""
    monkeypatch.setattr("careers.sync.FEW", few)
    names = [radio["name"] for radio in page(editor).select("input[value=file]")]
    conflict.change("roles/data-engineer.yaml", "title: ", "title: Half ")
    data = {"plan": read_sides(conflict.read()).fingerprint()}
    conflict.write(".export.json", "{}")
    assert "`catalog export` finishes it" in section(editor, "problems").pre.text
    for action, what in (("apply", data), ("resolve", dict.fromkeys(names, "file"))):
        response = editor.post(reverse(f"admin:catalog-{action}"), what, follow=True)
        assert "The files have problems" in said(response), action
    assert editor.get(reverse("admin:catalog-patch")).status_code == 302
    assert not Role.objects.filter(title__startswith="Half").exists()


def test_what_was_made_live_is_named(files, editor):
    apply_entries(files.read())
    Role.objects.create(slug="other", title="Other", code="MX", summary="Is other.")
    assert "Role “Other”" in section(editor, "drift").text


def test_the_patch_brings_live_edits_into_a_checkout(files, editor, tmp_path):
    apply_entries(files.read())
    Role.objects.filter(slug="ml-engineer").update(title="The editor’s")
    link = section(editor, "drift").select_one("a.button")["href"]
    response = editor.get(link)
    assert response["Content-Disposition"] == 'attachment; filename="catalog.patch"'
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "apply", text=response.text)
    assert "title: The editor’s" in files.text(ROLE)
    assert not read_sides(files.read()).plan().drift


def test_what_no_file_can_hold_is_named_and_the_rest_is_a_patch(files, editor, tmp_path):
    apply_entries(files.read())
    changed = {"title": " spaces ", "summary": "The editor’s."}
    Role.objects.filter(slug="ml-engineer").update(**changed)
    drift = section(editor, "drift")
    assert "These stay out of the patch" in drift.text
    assert "title: It can't stand in a file" in drift.text
    assert "There is no patch" not in drift.text
    patch = editor.get(drift.select_one("a.button")["href"]).text
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "apply", text=patch)
    assert "The editor’s." in files.text(ROLE)
    assert " spaces " not in files.text(ROLE)


def test_what_no_file_can_hold_is_said_instead_of_a_patch(files, editor):
    apply_entries(files.read())
    Role.objects.filter(slug="ml-engineer").update(title=" spaces ")
    drift = section(editor, "drift")
    assert "There is no patch, because" in drift.text
    assert "title: It can't stand in a file" in drift.text
    assert not drift.select("a.button")
    assert "No patch can be made yet" in said(
        editor.get(reverse("admin:catalog-patch"), follow=True)
    )


# -- Permissions ---------------------------------------------------------------------------

ACTIONS = {"catalog-resolve": "post", "catalog-apply": "post"}


@pytest.fixture
def reader(client):
    """A client of staff who may see the page and change nothing."""
    user = User.objects.create(username="reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_catalogentry"))
    client.force_login(user)
    return client


def test_a_reader_sees_it_and_changes_nothing(conflict, reader):
    assert not page(reader).select(".catalog :is(button, input[type=radio])")
    for action in ACTIONS:
        assert reader.post(reverse(f"admin:{action}")).status_code == 403
    assert "The file’s" in page(reader).text


def test_who_may_not_see_it_does_not(files, client):
    client.force_login(User.objects.create(username="other", is_staff=True))
    assert client.get(PAGE).status_code == 403
    assert "Files and live edits" not in client.get("/admin/").text
    client.logout()
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("action", ACTIONS)
def test_looking_changes_nothing(files, editor, action):
    assert editor.get(reverse(f"admin:{action}")).status_code == 405


def test_the_index_leads_there(files, editor):
    assert tree(editor.get("/admin/")).select_one(f'a[href="{PAGE}"]')


def test_queries_do_not_grow_with_the_catalog(files, editor, catalog, count_queries):
    apply_entries(files.read())
    page(editor)
    few = count_queries(lambda: page(editor))
    for place in range(6):
        text = files.text(ROLE).replace("code: ML", f"code: {place:02}")
        files.write(f"roles/other-{place}.yaml", text)
    apply_entries(files.read())
    catalog.roles(3)
    assert count_queries(lambda: page(editor)) == few


# -- Catalogs that take long to compare ----------------------------------------------------


@pytest.fixture
def large(monkeypatch):
    """Treat the small catalog as a large one. A list that grows by one with each comparison."""
    monkeypatch.setattr(sync, "FEW", 0)
    monkeypatch.setattr(last_comparison, "_kept", OrderedDict())
    made = []
    compared = last_comparison.files_and_database

    def counted(*arguments, **options):
        made.append(1)
        return compared(*arguments, **options)

    monkeypatch.setattr(last_comparison, "files_and_database", counted)
    return made


def test_a_large_catalog_is_compared_once_for_all_visits(conflict, editor, large):
    assert page(editor).select("input[type=radio]")
    assert page(editor).select("input[type=radio]")
    assert "nothing has changed since" in page(editor).text
    assert len(large) == 1


def test_what_has_changed_since_is_said_until_somebody_compares_again(files, editor, large):
    apply_entries(files.read())
    page(editor)
    files.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    shown = page(editor)
    assert "Something has changed since." in shown.text
    assert "Nothing: the database has everything" in shown.text
    again = shown.find("a", string="Compare again")["href"]
    shown = tree(editor.get(f"{PAGE}{again}"))
    assert "nothing has changed since" in shown.text
    assert shown.select_one("section[aria-labelledby=changes] .things")
    assert len(large) == 2


def test_what_was_applied_is_compared_at_once(files, editor, large):
    apply_entries(files.read())
    files.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    data = sent(page(editor), "admin:catalog-apply")
    answer = editor.post(reverse("admin:catalog-apply"), data, follow=True)
    assert "nothing has changed since" in answer.text
    assert "Nothing: the database has everything" in answer.text


def test_the_home_page_tells_what_was_found_last_and_compares_nothing(conflict, editor, large):
    def home() -> str:
        return editor.get("/admin/").text

    assert "has conflicts" not in home()
    assert not large
    page(editor)
    assert "1 thing has conflicts" in home()
    assert len(large) == 1


def test_a_comparison_of_one_editor_is_not_shown_to_who_may_see_less(conflict, editor, large):
    page(editor)
    user = User.objects.create(username="reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_catalogentry"))
    editor.force_login(user)
    page(editor)
    assert len(large) == 2


@pytest.mark.django_db(transaction=True)
def test_writers_are_not_kept_out_by_who_compares(files, editor):
    page(editor)
    with CaptureQueriesContext(connection) as queries:
        page(editor)
    said = [query["sql"] for query in queries]
    assert len(said) > 10
    assert not [sql for sql in said if sql.startswith(("BEGIN", "LOCK", "SAVEPOINT"))]


def test_what_is_written_while_sides_are_compared_has_them_read_again(files, monkeypatch):
    apply_entries(files.read())
    read = sides.read_live
    written = []

    def read_and_write(*arguments):
        found = read(*arguments)
        if not written:
            written.append(1)
            Role.objects.update(title="Written meanwhile")
            CatalogVersion.rise()
        return found

    monkeypatch.setattr(sides, "read_live", read_and_write)
    found = sides.look_at_sides(files.read())
    live = found.live["roles", "ml-engineer"]
    assert live.values["title"] == "Written meanwhile"
