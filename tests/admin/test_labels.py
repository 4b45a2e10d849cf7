"""Editors read labels and titles: no page of the admin shows the keys that stand in files."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from careers.models import Background, HiringSignal, Revision, Role
from careers.sync import keep_writers_out, read_live, record_edits
from careers.sync.writing.apply import apply_entries
from paths.models import LearningPath, Lesson, Term
from tests.admin.editing import change_url, form_of, tree
from tests.admin.people.walking import walk

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"
LESSON = "paths/rag/when-to-retrieve.md"
# Names as in files: “steps[rag].why”, “not_taught”, “roles/ml-engineer”.
PARTS = re.compile(r"\w\[[^\]\n]*\]|\w+_\w+|\b(?:roles|paths|lessons|terms|signals)/[\w-]+")
# Slugs that differ from their titles, and values that differ from their labels.
KEYS = re.compile(
    r"(?<![\w/-])(?:ml-engineer|data-engineer|software-engineer|data-analyst|eval-discipline|any-order"
    r"|in-sequence|mean-to-quartile|when-to-retrieve|first-prompt)\b"
)
# Times without a zone: editors may be in any. And days in another form than elsewhere.
MOMENTS = re.compile(r"\d:\d\d\b(?!:| UTC)|\b[ap]\.m\.|\b[A-Z][a-z]{2,3}\. \d{1,2}, \d{4}")


@pytest.fixture(autouse=True)
def _the_small_catalog(files, settings):
    settings.CATALOG_DIR = files.folder


def seen(page) -> str:
    """Return the text that an editor reads. Left out: what is typed, quotes from files, and
    addresses, which are public keys."""
    for each in page.select("script, style, template, textarea, input, code, pre, details.place"):
        each.decompose()
    for each in page.select(".field-slug, .field-slugs, [data-address]"):
        each.decompose()
    for field in page.select("dl.edits > div"):
        if field.dt and field.dt.text in {"Address", "Earlier addresses", "Key"}:
            field.decompose()
    return page.text


def keys_in(page) -> list[str]:
    text = seen(page)
    return [*PARTS.findall(text), *KEYS.findall(text)]


def edit(user, change) -> Revision:
    """Change rows, and record the revision that a save in the admin would."""
    keep_writers_out()
    before = read_live()
    change()
    record_edits(before, read_live(), user)
    return Revision.objects.first()


def edit_much(role: Role) -> None:
    """Change fields of every sort: texts, choices, numbers, references, and lists of each."""
    Role.objects.filter(pk=role.pk).update(
        not_taught="Much of it.", sequence="any-order", after_paths="x", honest_scope="Two words."
    )
    Role.objects.filter(pk=role.pk).update(
        time_split=[{"share": 100, "activity": "code"}],
        sources=[{"title": "Another page", "url": "https://example.org/page"}],
        aliases=["ML Dev"],
    )
    rag, prompting = (LearningPath.objects.get(slug=slug) for slug in ("rag", "prompting"))
    role.steps.filter(path=rag).update(why="The editor’s.", only=[401], focus=[401])
    role.steps.filter(path=prompting).delete()
    role.further.set([prompting])
    role.pivots.all().delete()
    role.pivots.create(background=Background.objects.get(slug="data-analyst"), fit="good")
    band = role.salary_bands.get()
    band.middle_is, band.high, band.ends, band.source_title = "mean", 150000, "quartiles", "Other"
    band.save()
    Background.objects.get(slug="data-analyst").knows.set(Lesson.objects.filter(number=402))
    lesson = Lesson.objects.get(number=401)
    lesson.practice_minutes, lesson.skip_if = 25, ["you have done that"]
    lesson.save()
    lesson.signals.set(HiringSignal.objects.filter(slug="eval-discipline"))
    for place, number in enumerate((402, 401), start=1):
        Lesson.objects.filter(number=number).update(position=place)


@pytest.fixture
def ada() -> User:
    return User.objects.create(username="ada", is_staff=True, is_superuser=True)


@pytest.fixture
def editor(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def role(files) -> Role:
    apply_entries(files.read(), by="deploy")
    return Role.objects.get(slug="ml-engineer")


@pytest.fixture
def edited(role, ada) -> Revision:
    """The revision of `edit_much`."""
    return edit(ada, lambda: edit_much(role))


def change_files(files) -> None:
    """Change in the files what `edit_much` changes, but to other values."""
    for name, old, new in (
        (ROLE, "sequence: in-sequence", "not_taught: Nothing.\nsequence: in-sequence"),
        (ROLE, "why: It comes second.", "why: The file’s.\n    only: [401]\n    focus: [402]"),
        (ROLE, "  - path: prompting\n    why: It comes first.", ""),
        (ROLE, "fit: strong", "fit: good"),
        (ROLE, "    high: 160000", "    high: 170000\n    ends: mean-to-quartile"),
        (ROLE, "{share: 60, activity: code}", "{share: 70, activity: code}"),
        (ROLE, "{share: 40, activity: talk}", "{share: 30, activity: talk}"),
        (ROLE, "title: A page", "title: The file’s page"),
        (ROLE, "Machine Learning Engineer", "ML Gardener [x]"),
        (LESSON, "practice_minutes: 20", "practice_minutes: 30"),
        (LESSON, "skip_if:\n  - you have decided this before", "signals:\n  - shipped"),
        ("backgrounds.yaml", "summary: Questions numbers.", "summary: Asks.\n    knows: []"),
    ):
        files.change(name, old, new)


# -- Places --------------------------------------------------------------------------------


def test_what_is_looked_for_is_found():
    page = tree(type("Answer", (), {"content": b"<p>steps[rag].why: a_b roles/x in-sequence</p>"}))
    assert keys_in(page) == ["s[rag]", "a_b", "roles/x", "in-sequence"]


def test_the_files_page_with_drift(editor, edited):
    page = tree(editor.get(reverse("admin:catalog")))
    assert len(page.select("section[aria-labelledby=drift] .edits > div")) > 12
    assert not keys_in(page)


def test_the_files_page_with_what_the_files_bring(editor, role, files):
    change_files(files)
    page = tree(editor.get(reverse("admin:catalog")))
    assert len(page.select("section[aria-labelledby=changes] .edits > div")) > 7
    assert not keys_in(page)


def test_the_files_page_and_the_home_with_conflicts(editor, edited, files):
    change_files(files)
    page = tree(editor.get(reverse("admin:catalog")))
    asked = {each.text for each in page.select(".conflict legend")}
    assert {"not taught yet", "steps › RAG › why", "pivots › Software engineer"} <= asked
    assert "salary bands › EU, Published range, 5 years › high" in asked
    assert not keys_in(page)
    assert not keys_in(tree(editor.get("/admin/")))


def test_an_order_that_both_changed(editor, role, files):
    steps = "  - path: {}\n    why: {}\n{}"
    ask = steps.format("prompting", "It comes first.", "")
    find = steps.format("rag", "It comes second.", "    emphasis: deeply\n")
    third = steps.format("{}", "More.", "")
    files.write(
        "paths/third-one/path.yaml",
        "title: A Third\nstatus: published\nposition: 3\nsummary: S.\nlessons: []\n",
    )
    files.change(ROLE, ask + find, ask + find + third.format("third-one"))
    apply_entries(files.read())
    files.change(
        ROLE, ask + find + third.format("third-one"), find + ask + third.format("third-one")
    )
    for place, slug in enumerate(("third-one", "prompting", "rag")):
        role.steps.filter(path__slug=slug).update(position=place)
    page = tree(editor.get(reverse("admin:catalog")))
    assert page.select_one(".conflict legend").text == "steps › order"
    assert "A Third" in page.select_one(".conflict").text
    assert not keys_in(page)


def test_a_choice_that_is_refused(editor, edited, files):
    change_files(files)
    page = tree(editor.get(reverse("admin:catalog")))
    names = [each["name"] for each in page.select("input[value=file]")]
    edited.edits.all()
    role = Role.objects.get(slug="ml-engineer")
    role.steps.update(why="Another of the editor’s.")
    band = role.salary_bands.get()
    band.high = 155000
    band.save()
    told = ""
    for name in names:
        answer = editor.post(reverse("admin:catalog-resolve"), {name: "file"}, follow=True)
        page = tree(answer)
        told += page.select_one(".messagelist").text
        assert not keys_in(page)
    assert "ML Engineer: steps › RAG › why: It was changed meanwhile." in told


def test_every_page_that_links_lead_to(editor, edited, files):
    """Lists, forms, histories, revisions and undo pages, after edits and changes of files."""
    pages = {address: answer for address, answer in walk(editor).items() if answer}
    ours = [address for address in pages if not address.startswith("/admin/auth/")]
    assert len(ours) > 50
    for address in ours:
        assert not keys_in(tree(pages[address])), address
    for address, answer in pages.items():
        assert not MOMENTS.findall(seen(tree(answer))), address


@pytest.mark.parametrize("moment", ["22:41", "10:41 p.m.", "Nov. 30, 2026", "22:41:10"])
def test_a_time_that_leaves_open_which_zone_it_is_of_is_found(moment):
    assert MOMENTS.search(f"Applied on {moment} by ada")
    assert not MOMENTS.search("Applied on November 30, 2026, 22:41 UTC by ada")


def test_reasons_of_a_refused_undo(editor, ada, edited, role):
    def edit_again() -> None:
        role.steps.update(why="Again.", only=[], focus=[])
        role.salary_bands.update(high=140000, middle_is="median")
        Role.objects.filter(pk=role.pk).update(not_taught="Else.", sequence="in-sequence")
        Lesson.objects.filter(number=401).update(practice_minutes=55)

    edit(ada, edit_again)
    page = tree(editor.get(reverse("admin:undo", args=[edited.number])))
    reasons = [each.text for each in page.select(".reasons li")]
    assert "ML Engineer: steps › RAG › why: It was changed since." in reasons
    assert "401 When to retrieve: practice minutes: It was changed since." in reasons
    assert len(reasons) > 4
    assert not keys_in(page)


def test_reasons_of_an_undo_that_would_break_a_rule(editor, ada, role):
    made = edit(ada, lambda: role.salary_bands.update(low=70000))
    of_bands = made.edits.get()
    of_bands.before[0]["low"] = 170000  # breaks a rule, as if it were newer
    of_bands.save()
    page = tree(editor.get(reverse("admin:undo", args=[made.number])))
    (reason,) = [each.text for each in page.select(".reasons li")]
    band = "ML Engineer: salary bands › EU, Published range, 5 years"
    assert reason == f"{band} › low: The low end of a salary band can't be above its high end."
    assert not keys_in(page)


def test_what_no_file_can_hold(editor, role):
    Role.objects.filter(pk=role.pk).update(
        not_taught=" spaces ", sources=[{"title": "", "url": "u"}]
    )
    page = tree(editor.get(reverse("admin:catalog")))
    said = page.select_one("section[aria-labelledby=drift]").text
    assert "ML Engineer: not taught yet: It can't stand in a file" in said
    assert not keys_in(page)


def test_a_form_that_two_changed(editor, role):
    opened = form_of(editor, role)
    theirs = form_of(editor, role) | {"steps-0-why": "Theirs.", "salary_bands-0-high": "150000"}
    theirs |= {"pivots-0-fit": "good", "not_taught": "Theirs.", "sequence": "any-order"}
    assert editor.post(change_url(role), theirs).status_code == 302
    mine = {"steps-0-why": "Mine.", "salary_bands-0-high": "140000", "pivots-0-fit": "possible"}
    page = tree(editor.post(change_url(role), opened | mine | {"not_taught": "Mine."}))
    asked = [each.text for each in page.select(".conflict legend")]
    assert "steps › Prompting › why" in asked
    assert not keys_in(page)


def test_a_row_that_one_removed_and_another_changed(editor, role):
    opened = form_of(editor, role)
    theirs = form_of(editor, role) | {"pivots-0-DELETE": "on", "steps-1-DELETE": "on"}
    assert editor.post(change_url(role), theirs).status_code == 302
    mine = {"pivots-0-fit": "good", "steps-1-emphasis": "Mine"}
    page = tree(editor.post(change_url(role), opened | mine))
    assert "(not there)" in page.select_one(".conflicts").text
    assert not keys_in(page)


def test_what_a_file_says_of_a_choice(editor, role):
    Role.objects.filter(pk=role.pk).update(sequence="any-order")
    page = tree(editor.get(change_url(role)))
    assert "the file says “In sequence”" in page.text


def test_the_lesson_of_a_term(editor, ada, role):
    """The history names a referenced lesson by its number and title."""
    term = Term.objects.create(slug="recall", title="recall", meaning="How much is found.")
    edit(ada, lambda: Term.objects.update(lesson=Lesson.objects.get(number=401)))
    page = tree(editor.get(change_url(term).replace("/change/", "/history/")))
    assert "401 When to retrieve" in page.text


def test_two_rows_that_nothing_tells_apart(editor, role):
    """Files get the same error message, so it must not name a key either."""
    band = role.salary_bands.get()
    band.pk = None
    band.position = 2
    band.region = "Other"
    band.save()
    page = tree(
        editor.post(change_url(role), form_of(editor, role) | {"salary_bands-1-region": "EU"})
    )
    assert "Two salary bands of one region" in page.text
    assert not keys_in(page)
