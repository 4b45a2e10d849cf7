"""A form leaves every field alone that nobody touched, whatever text it holds.

Texts are written straight into the rows. Then one field is changed as a browser would.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.test import RequestFactory

from careers.models import Role, SalaryBand
from careers.sync.rows import read_live
from paths.fields import LinesField, ProseField
from paths.models import Lesson, Status, Term
from paths.text import characters
from tests.admin.editing import change_url, form_of, save, tree
from tests.sync.nasty import LONG, NASTY

# Texts that forms, text areas and browsers are prone to change.
EDGES = [
    *(" x", "x ", "\tx", "x\t", "  x  ", "\u00a0x", "x\u00a0", "\u2003x\u2003", "\u3000", "\u200b"),
    *("a\u00a0b", "a  b", "a \u00a0 b", "a\t\tb", "10\u00a0% of prompts", "% of prompts", "%% x"),
    *(
        "a\rb",
        "a\r\nb",
        "\rb",
        "a\r",
        "\u2028",
        "a\u0085",
        "x\u000b",
        "\u001f x",
        "&nbsp;",
        "x\u2029y",
    ),
    *("30 % of x", "a https://example.org/b", " https://example.org", "-", "0", ","),
    *("\u202ex", "\u2066a\u2069", "\ud7ff", "e\u0301", "\u00e9", "ﬃ", "\u115f", "\ufeff", "🫠"),
]
MARKDOWN = [
    *LONG,
    "    x = 1\n\nword",
    "   x",
    "\tcode",
    "\n\nx",
    "x\n\n",
    "\r\nx\r\n",
    " ",
    "x  \ny",
]
TEXTS = [*NASTY, *EDGES]
FREE = {"slug", "status", "instead", "source_url", "region", "currency", "code", "period"}
FREE |= {"number", "line", "group", "sequence", "middle_is", "ends", "basis", "fit"}


def a_role(catalog):
    return catalog.role()


def a_lesson(catalog):
    return catalog.lesson(catalog.path(lessons=0))


def a_term(catalog):
    return Term.objects.create(slug="loss", title="loss", meaning="How wrong.")


MAKERS = {
    "role": a_role,
    "lesson": a_lesson,
    "path": lambda catalog: catalog.path(),
    "background": lambda catalog: catalog.background(),
    "signal": lambda catalog: catalog.signal(),
    "term": a_term,
}


def texts_of(model) -> list[str]:
    """Return the fields that may hold any text. The texts of others must have a certain format."""
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and field.editable
        and not field.choices
        and field.name not in FREE
    ]


def holding(field: models.Field, text: str):
    if isinstance(field, LinesField):
        return ["before", text, "between", text, "behind"]
    limit = getattr(field, "max_length", None)
    return text[:limit]


def form_class(thing):
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    model_admin = admin.site.get_model_admin(type(thing))
    fields = [*texts_of(type(thing))]
    fields += [name for name in ("sources", "time_split", "titles") if hasattr(thing, name)]
    return model_admin.get_form(request, thing, change=True, fields=fields)


def browsed(form) -> QueryDict:
    """Return what a browser would send for the unchanged form: a one-line input has no line end."""
    sent = QueryDict(mutable=True)
    for bound in form:
        value = bound.value()
        text = "" if value is None else str(bound.field.prepare_value(value))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        is_area = "textarea" in bound.field.widget.template_name
        sent[bound.html_name] = text.replace("\n", "\r\n") if is_area else text.replace("\n", "")
    return sent


@pytest.mark.parametrize("kind", MAKERS)
def test_no_field_is_changed_by_saving_another(catalog, kind):
    thing = MAKERS[kind](catalog)
    names = texts_of(type(thing))
    assert len(names) >= 2
    cls = form_class(thing)
    for text in [*TEXTS, *(MARKDOWN if kind in {"lesson", "path", "role"} else ())]:
        for name in names:
            field = thing._meta.get_field(name)
            if "\n" in text and not isinstance(field, ProseField):
                continue
            setattr(thing, name, holding(field, text))
        if hasattr(thing, "sources"):
            thing.sources = [{"title": f"{text} of".replace("\n", " "), "url": "https://a.example"}]
        if hasattr(thing, "time_split"):
            activity = text.replace("\n", " ")
            thing.time_split = [
                {"share": 60, "activity": f"{activity}x"},
                {"share": 40, "activity": "y"},
            ]
        if hasattr(thing, "titles"):
            title = text.replace("\n", " ")
            thing.titles = [{"title": f"{title}x", "varies": title}, {"title": "y", "varies": ""}]
        before = model_to_dict(thing, cls.base_fields)
        form = cls(browsed(cls(instance=thing)), instance=type(thing)(pk=thing.pk))
        form.shown = dict(cls(instance=thing).initial)
        form.full_clean()
        wrong = {
            name: (before[name], form.cleaned_data.get(name))
            for name in before
            if name not in form.errors and form.cleaned_data.get(name) != before[name]
        }
        assert not wrong, repr(text)


@pytest.mark.parametrize(
    "text", [each for each in EDGES if each.strip() and not characters.problem(each)]
)
def test_an_item_isnt_changed_by_adding_another(catalog, text):
    role = catalog.role(aliases=["one", text], time_split=[{"share": 95, "activity": f"{text}."}])
    cls = form_class(role)
    sent = browsed(cls(instance=role))
    sent["aliases"] += "\r\nanother"
    sent["time_split"] += "\r\n5 more"
    form = cls(sent, instance=role)
    form.full_clean()
    assert form.cleaned_data["aliases"] == ["one", text, "another"]
    assert form.cleaned_data["time_split"][0] == {"share": 95, "activity": f"{text}."}


def live():
    return {key: dict(entry.values) for key, (entry, _) in read_live().items()}


@pytest.mark.parametrize(
    "text", ["a\u00a0b", "a  b", "\u00a0% of prompts", "% of prompts", "a\rb", " x "]
)
def test_nothing_else_is_changed_from_the_page_to_the_row(editor, catalog, text):
    role = catalog.role()
    Role.objects.filter(pk=role.pk).update(
        summary=text,
        aliases=[text, "b"],
        daily_work=[text],
        honest_scope=text,
        not_taught=text,
        time_split=[{"share": 60, "activity": text}, {"share": 40, "activity": "y"}],
        sources=[{"title": text, "url": "https://example.org/"}],
        titles=[{"title": f"{text}y", "varies": text}, {"title": "x", "varies": ""}],
    )
    role.steps.update(why=text, emphasis=text)
    SalaryBand.objects.update(measures=text, note=text, experience=text)
    before = live()
    assert save(editor, role, title="Another").status_code == 302
    after = live()
    (changed,) = (key for key in before if before[key] != after[key])
    assert {n for n in before[changed] if before[changed][n] != after[changed][n]} == {"title"}
    assert after[changed]["aliases"] == [text, "b"]


def test_code_at_the_start_of_a_text_stays_code(editor, catalog):
    body = "    x = 1\n\n" + "word " * 200
    lesson = catalog.lesson(catalog.path(lessons=0), minutes=1)
    assert save(editor, lesson, body="\r\n" + body + "\r\n").status_code == 302
    lesson.refresh_from_db()
    assert lesson.body == body.rstrip()
    assert "<pre" in lesson.body_html
    assert save(editor, lesson, title="Another").status_code == 302
    lesson.refresh_from_db()
    assert lesson.body == body.rstrip()


def test_what_is_typed_keeps_its_spaces_and_loses_those_around_it(editor, catalog):
    role = catalog.role()
    save(editor, role, summary="  a\u00a0b  c\r\nd ", aliases=" e\u00a0f  g \r\n\r\nh")
    role.refresh_from_db()
    assert (role.summary, role.aliases) == ("a\u00a0b  c d", ["e\u00a0f  g", "h"])


def test_others_changes_are_taken_to_the_last_character(editor, catalog, revise):
    role = catalog.role(status=Status.PUBLISHED)
    sent = form_of(editor, role)
    with revise():
        Role.objects.filter(pk=role.pk).update(summary="a\u00a0b  c ", aliases=[" x", "y\rz"])
        role.steps.update(why=" w\u00a0  v ")
    assert editor.post(change_url(role), sent | {"title": "Another"}).status_code == 302
    role.refresh_from_db()
    assert (role.title, role.summary, role.aliases) == ("Another", "a\u00a0b  c ", [" x", "y\rz"])
    assert role.steps.get().why == " w\u00a0  v "


def test_lessons_keep_their_lists(editor, catalog):
    lesson = a_lesson(catalog)
    Lesson.objects.filter(pk=lesson.pk).update(objectives=["a\u00a0", "b\rc"], skip_if=[" d"])
    assert save(editor, lesson, title="Another").status_code == 302
    lesson.refresh_from_db()
    assert (lesson.objectives, lesson.skip_if) == (["a\u00a0", "b\rc"], [" d"])


@pytest.mark.parametrize("kind", MAKERS)
def test_no_number_is_in_an_input_that_changes_it_by_itself(editor, catalog, kind):
    """The mouse wheel and arrow keys do that to `type=number`."""
    form = tree(editor.get(change_url(MAKERS[kind](catalog))))
    assert form.select("input[inputmode=numeric]")
    assert not form.select("input[type=number]")


@pytest.mark.parametrize("typed", ["70,5", "70.5", "70 000", "1e5", "-1", "sixty"])
def test_what_is_no_whole_number_is_refused_and_stays_as_it_was_typed(editor, catalog, typed):
    role = catalog.role()
    answer = save(editor, role, **{"salary_bands-0-low": typed})
    assert answer.status_code == 200
    assert tree(answer).select_one("#id_salary_bands-0-low")["value"] == typed


LOOSE = {
    "sources": ({"title": "A survey", "url": "https://a.example/"}, "A survey https://a.example/"),
    "time_split": ({"share": 100, "activity": "prompts"}, "100 prompts"),
    "titles": ({"title": "Builder", "varies": ""}, "Builder"),
}


@pytest.mark.parametrize("name", LOOSE)
@pytest.mark.parametrize("loose", ["loose\nends", 7, None, ["x"], {"y": 1}])
def test_what_a_shell_put_into_a_list_is_shown_and_can_be_taken_away(editor, catalog, name, loose):
    item, line = LOOSE[name]
    role = catalog.role()
    Role.objects.filter(pk=role.pk).update(**{name: [item, loose]})
    shown = form_of(editor, role)[name]
    assert shown.splitlines()[0] == line
    assert len(shown.split("\n")) == 2
    assert save(editor, role, **{name: line}).status_code == 302
    role.refresh_from_db()
    assert getattr(role, name) == [item]
