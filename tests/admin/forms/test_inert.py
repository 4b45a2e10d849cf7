"""Nothing that is typed ever runs: in a form, a preview, a list, a history, or on a page."""

from collections import Counter

import pytest
from django.urls import reverse

from careers.models import Revision
from paths.models import Lesson, Status
from tests.admin.editing import change_url, form_of, save, tree
from tests.admin.forms.payloads import PAYLOADS

ALL_OF_THEM = "\n\n".join(PAYLOADS)
ACTIVE = "script iframe object embed svg math form meta base link style img input button details a"
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "data", "srcdoc", "poster")


def dangers(page) -> list[str]:
    """Return all that would run on a page, or that loads from another server."""
    found = [
        str(each) for each in page.select("script:not([src]), style, iframe, object, embed, base")
    ]
    for each in page.find_all():
        names = [name for name in each.attrs if name.startswith(("on", "hx-on"))]
        names += [name for name in ("style", "srcdoc") if name in each.attrs]
        found += [f"{each.name} {name}" for name in names]
        addresses = (str(each.attrs.get(name, "")).strip().lower() for name in ADDRESSES)
        found += [a for a in addresses if a.startswith(("javascript:", "data:", "vbscript:"))]
        found += [a for a in addresses if "evil.example" in a]
    return found


def elements(page) -> Counter:
    return Counter(each.name for each in page.select(ACTIVE.replace(" ", ", ")))


def is_text(name: str, value: object) -> bool:
    kept = name.endswith(("_FORMS", "-id", "-role", "status", "csrfmiddlewaretoken", "_seen"))
    return isinstance(value, str) and not kept and not name.startswith("initial-")


@pytest.fixture
def things(catalog, role):
    lesson = catalog.lesson(catalog.path("tools", lessons=0), slug="hammer")
    return [role, lesson.path, lesson, catalog.background(), catalog.signal(lesson)]


def test_there_are_forty():
    assert len(set(PAYLOADS)) == 40


def test_a_danger_is_seen():
    page = "<p onclick=x>a</p><a href=' JavaScript:x'>b</a><script>c</script><p style=x>d</p>"
    assert len(dangers(tree(type("Page", (), {"content": page})))) == 4


# -- Forms ---------------------------------------------------------------------------------------


def test_every_field_of_every_form_shows_them_as_text(editor, things):
    for thing in things:
        before = form_of(editor, thing)
        texts = [name for name, value in before.items() if is_text(name, value)]
        plain, typed = (
            tree(editor.post(change_url(thing), before | dict.fromkeys(texts, words)))
            for words in ("a\n\nb" * 40, ALL_OF_THEM)
        )
        assert len(texts) > 3
        assert not dangers(typed)
        outside = [page for page in (plain, typed) if page.select_one("form")]
        for page in outside:
            for part in page.select("#preview, .errors-at-once, .errorlist"):
                part.extract()
        assert elements(plain) == elements(typed), thing


# -- Previews ------------------------------------------------------------------------------------


@pytest.mark.few(3)
@pytest.mark.parametrize("payload", [*PAYLOADS, ALL_OF_THEM])
def test_a_lessons_preview_shows_them_as_text(editor, catalog, payload):
    url = reverse("admin:paths_lesson_preview")
    for text in (payload, f"## {payload}", f"- x\n- {payload}", f"| a |\n|---|\n| {payload} |"):
        answer = editor.post(url, {"body": text, "slug": payload, "path": payload})
        page = tree(answer)
        assert not dangers(page)
        assert not page.select("script, img, form, input, meta, svg, iframe")
        assert "javascript:" not in [link["href"][:11].lower() for link in page.select("a[href]")]


def test_a_roles_preview_shows_them_as_text(editor, role, catalog):
    hostile = catalog.path(title="<img src=x onerror=boom()>", status=Status.DRAFT)
    sent = form_of(editor, role)
    texts = [name for name, value in sent.items() if is_text(name, value) and name[-4:] != "path"]
    url = reverse("admin:careers_role_preview")
    harmless = elements(tree(editor.post(url, sent | dict.fromkeys(texts, "abc"))))
    for payload in [*PAYLOADS, ALL_OF_THEM]:
        hostile_ones = dict.fromkeys(texts, payload) | {"steps-1-path": hostile.pk}
        page = tree(editor.post(url, sent | hostile_ones))
        assert not dangers(page)
        assert elements(page)["a"] <= harmless["a"]
        assert not page.select("script, img, form, input, iframe")


def test_pay_in_the_preview_shows_them_as_text(editor, role):
    sent = form_of(editor, role)
    for payload in PAYLOADS:
        words = {
            f"salary_bands-0-{name}": payload[:40] for name in ("region", "period", "experience")
        }
        page = tree(editor.post(reverse("admin:careers_role_preview"), sent | words))
        assert page.select(".pay .band")
        assert not dangers(page)
        assert not page.select(".pay :is(script, img, svg, iframe)")


# -- What is saved -------------------------------------------------------------------------------


@pytest.fixture
def saved(editor, role, catalog):
    """A role and a lesson that hold as many of the payloads as they accept."""
    lesson = catalog.lesson(catalog.path("tools", lessons=0), slug="hammer", status=Status.DRAFT)
    name = "<img src=x onerror=boom()>"
    words = "'\"></p><svg onload=boom()>"
    rows = {"steps-0-why": words, "salary_bands-0-note": words, "salary_bands-0-source_title": name}
    role_words = {
        "title": name,
        "summary": words,
        "aliases": ALL_OF_THEM.replace("\n\n", "\n")[:900],
    }
    assert save(editor, role, **role_words, **rows, after_paths=words).status_code == 302
    shown = ALL_OF_THEM.replace("(cut.svg)", "(https://example.org/)")  # the picture doesn't exist
    lesson_words = {"title": name, "summary": words, "body": shown, "objectives": words}
    assert save(editor, lesson, **lesson_words).status_code == 302
    return role, lesson


def test_what_is_saved_runs_on_no_page_of_the_admin(editor, files, settings, saved):
    settings.CATALOG_DIR = files.folder
    number = Revision.objects.latest("number").number
    pages = [reverse("admin:index"), reverse("admin:history"), reverse("admin:catalog")]
    pages += [reverse(f"admin:{view}", args=[number]) for view in ("revision", "undo")]
    for thing in saved:
        of = f"{thing._meta.app_label}_{thing._meta.model_name}"
        history = change_url(thing).replace("change", "history")
        pages += [change_url(thing), history, reverse(f"admin:{of}_changelist")]
    for url in pages:
        page = tree(editor.get(url, follow=True))
        assert not dangers(page), url
        assert not page.select("img:not([src^='/']), svg:not([class]), iframe"), url


def test_what_is_saved_runs_on_no_public_page(client, saved):
    role, lesson = saved
    Lesson.objects.filter(pk=lesson.pk).update(status=Status.PUBLISHED)
    for url in (role.get_absolute_url(), lesson.get_absolute_url(), "/careers/"):
        page = tree(client.get(url))
        for data in page.select("script[type='application/ld+json']"):
            assert "<" not in data.text
            data.extract()
        assert not dangers(page), url
