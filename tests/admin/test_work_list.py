"""The editors' home page: the work that waits, and the alert about conflicts."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from careers import sync
from careers.admin import work_list
from careers.admin.files import open_conflicts, stamp
from careers.models import Role
from paths.models import Price, Status
from tests.admin.editing import change_url, save, tree

ROLE = "roles/ml-engineer.yaml"
HOME = "/admin/"


@pytest.fixture(autouse=True)
def applied(files, settings, db):
    settings.CATALOG_DIR = files.folder
    files.apply()
    return Role.objects.get(slug="ml-engineer")


def work(client) -> dict[str, list[str]]:
    """Return the work that waits: heading → items."""
    sections = tree(client.get(HOME)).select(".work section")
    return {
        each.h2.text: [" ".join(item.text.split()) for item in each.select("li")]
        for each in sections
    }


def conflict(files, client, role) -> None:
    files.change(ROLE, f"title: {role.title}", "title: The file’s")
    save(client, role, title="The editor’s")


def alert(client, url: str):
    return tree(client.get(url)).select_one(".conflict-alert")


# -- The list ------------------------------------------------------------------------------------


def test_files_that_were_applied_leave_the_applies_alone(editor):
    assert list(work(editor)) == ["What the files last changed"]


def test_a_conflict_stands_first_with_its_field_and_leads_to_both(editor, files, applied):
    conflict(files, editor, applied)
    name, tasks = next(iter(work(editor).items()))
    assert name == "1 thing has conflicts"
    assert tasks == ["Role “The editor’s” title"]
    first = tree(editor.get(HOME)).select_one(".work section")
    assert [a["href"] for a in first.select("a")] == [change_url(applied), reverse("admin:catalog")]


def test_problems_of_the_files_are_named_with_their_place(editor, files):
    files.change(ROLE, "code:", "cod:")
    assert "problem" in next(iter(work(editor)))
    assert next(iter(work(editor).values()))[0].startswith(f"{ROLE}, line ")


def test_what_the_files_bring_and_what_they_lack_is_told(editor, files, applied, catalog):
    files.change("paths/prompting/path.yaml", "summary: How to ask.", "summary: Asking.")
    save(editor, applied, summary="Live words.")
    catalog.path(title="Made here")
    waiting = work(editor)
    assert waiting["1 change is waiting in the files"] == ["Learning path “Prompting”"]
    lacking = next(tasks for name, tasks in waiting.items() if "not in the files" in name)
    assert lacking[0] == "Role “ML Engineer”"
    assert "Learning path “Made here”" in lacking


def test_a_draft_that_breaks_no_rule_is_ready(editor, catalog):
    path = catalog.path(lessons=0)
    catalog.lesson(path, title="Whole", status=Status.DRAFT)
    catalog.lesson(path, title="Unwritten", status=Status.DRAFT, body="")
    catalog.lesson(path, title="Broken", status=Status.DRAFT, body="a <b>b</b> " + "word " * 1600)
    catalog.lesson(catalog.path(status=Status.RETIRED), title="Hidden", status=Status.DRAFT)
    assert work(editor)["1 draft is ready"] == ["Whole lesson"]


def test_a_figure_of_last_year_is_stale_and_leads_to_its_form(editor, catalog):
    band = catalog.role(title="Builder").salary_bands.get()
    type(band).objects.filter(pk=band.pk).update(collected=datetime.date(2020, 1, 2))
    found = work(editor)["1 figure has gone stale"]
    assert found == ["Builder: EU 2026 read January 2020"]
    page = tree(editor.get(HOME))
    assert page.select_one(f"a[href='{change_url(band.role)}#salary_bands-group']")


def test_a_price_of_last_year_is_to_be_read_again(editor):
    source = {"source": "A page", "url": "https://example.org/"}
    days = {"old": datetime.date(2020, 1, 2), "new": timezone.now().date()}
    for name, day in days.items():
        Price.objects.create(
            slug=name,
            title=name.title(),
            model=name,
            size="small",
            price_in="0.10",
            price_out="0.50",
            collected=day,
            status=Status.PUBLISHED,
            **source,
        )
    assert work(editor)["1 price needs to be checked again"] == ["Old read January 2020"]


def test_a_few_are_shown_and_the_rest_is_counted(editor, catalog):
    path = catalog.path(lessons=0)
    for _ in range(8):
        catalog.lesson(path, status=Status.DRAFT)
    found = work(editor)["8 drafts are ready"]
    assert (len(found), found[-1]) == (6, "and 3 more")


def test_more_drafts_than_are_looked_at_are_not_counted_as_if_all_were(
    editor, catalog, monkeypatch
):
    monkeypatch.setattr(work_list, "LOOKED_AT", 8)
    path = catalog.path(lessons=0)
    for _ in range(8):
        catalog.lesson(path, status=Status.DRAFT)
    assert work(editor)["8 drafts are ready"][-1] == "and 3 more"
    catalog.lesson(path, status=Status.DRAFT)
    assert work(editor)["8 or more drafts are ready"][-1] == "and at least 3 more"


def test_everybody_sees_what_is_theirs(editor_who_may, editor, catalog, files, applied):
    conflict(files, editor, applied)
    catalog.lesson(catalog.path(lessons=0), status=Status.DRAFT)
    assert work(editor_who_may("change_lesson")) == {"1 draft is ready": ["Lesson 2 lesson"]}
    assert not work(editor_who_may("change_term"))


def test_queries_of_the_home_do_not_grow(editor, catalog, count_at):
    def grow(times: int) -> None:
        for _ in range(times):
            role = catalog.role(status=Status.DRAFT)
            catalog.band(role, collected=datetime.date(2020, 1, 2))
            catalog.lesson(role.steps.get().path, status=Status.DRAFT)

    grow(2)
    few = count_at(lambda: editor.get(HOME))
    grow(10)
    assert count_at(lambda: editor.get(HOME)) == few


# -- The alert -----------------------------------------------------------------------------------


def test_a_conflict_is_told_on_every_page(editor, editor_who_may, files, applied):
    conflict(files, editor, applied)
    history = change_url(applied).replace("change", "history")
    lists = (reverse("admin:careers_role_changelist"), reverse("admin:auth_user_changelist"))
    for url in (HOME, change_url(applied), history, *lists, reverse("admin:catalog")):
        assert "1 conflict" in alert(editor, url).text
        assert alert(editor, url).a["href"] == reverse("admin:catalog")
    elsewhere = alert(editor_who_may("change_term"), reverse("admin:paths_term_changelist"))
    assert "1 conflict" in elsewhere.text
    assert not elsewhere.a


def test_what_git_keeps_beside_the_files_makes_no_large_catalog(editor, files, applied):
    kept = files.folder / ".git/objects"
    kept.mkdir(parents=True)
    for number in range(2_100):
        (kept / str(number)).touch()
    conflict(files, editor, applied)
    assert "1 conflict" in alert(editor, HOME).text


def test_it_goes_once_somebody_chose(editor, files, applied):
    conflict(files, editor, applied)
    assert alert(editor, HOME)
    page = tree(editor.get(reverse("admin:catalog")))
    choice = page.select_one("input[type=radio][value=live]")
    editor.post(reverse("admin:catalog-resolve"), {choice["name"]: "live"})
    assert not alert(editor, HOME)


def test_it_goes_once_the_file_is_mended(editor, files, applied):
    conflict(files, editor, applied)
    assert alert(editor, HOME)
    files.change(ROLE, "title: The file’s", "title: The editor’s")
    assert not alert(editor, HOME)


def test_files_in_disorder_or_never_applied_conflict_with_nothing(
    editor, files, settings, tmp_path
):
    files.change(ROLE, "code:", "cod:")
    assert open_conflicts.open_conflicts() == 0
    settings.CATALOG_DIR = tmp_path / "nowhere"
    assert open_conflicts.open_conflicts() == 0


def test_files_are_compared_once_until_something_changes(editor, files, applied, monkeypatch):
    conflict(files, editor, applied)
    assert open_conflicts.open_conflicts() == 1
    monkeypatch.setattr(open_conflicts.sync, "read_catalog", None)  # a call would fail
    save(editor, applied, summary="Something else.")
    assert open_conflicts.open_conflicts() == 1
    monkeypatch.setattr(open_conflicts.sync, "compare", None)
    assert open_conflicts.open_conflicts() == 1


def test_files_in_disorder_are_read_once(files, monkeypatch):
    files.change(ROLE, "code:", "cod:")
    assert open_conflicts.open_conflicts() == 0
    monkeypatch.setattr(open_conflicts.sync, "read_catalog", None)
    Role.objects.update(summary="Changed since.")
    assert open_conflicts.open_conflicts() == 0


def test_it_costs_one_query_while_the_files_are_as_applied(files, count_at):
    sync.apply(sync.read_catalog(files.folder), by="ada")
    assert count_at(open_conflicts.open_conflicts) == 1


def test_files_are_looked_at_once_a_page(editor, files, applied, monkeypatch):
    looked, list_files = [], stamp.file_names
    monkeypatch.setattr(stamp, "file_names", lambda at: looked.append(at) or list_files(at))
    editor.get(change_url(applied))
    assert looked == [files.folder]


def test_who_is_not_signed_in_hears_nothing(client, editor, files, applied):
    conflict(files, editor, applied)
    assert not alert(client, reverse("admin:login"))
