"""Widgets rendered without a template come out exactly as Django's templates render them."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.forms.models import ModelChoiceIteratorValue
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from careers.form_renderer import WRITTEN, FormRenderer

OURS, DJANGOS = FormRenderer(), TemplatesSetting()
TEXTS = st.text("ab \n<>&\"'%{}", max_size=6)
VALUES = st.one_of(
    TEXTS,
    TEXTS.map(mark_safe),
    TEXTS.map(lazystr),
    TEXTS.map(mark_safe).map(lazystr),
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([1234.5, Decimal("0.10"), datetime.date(2026, 3, 1), b"x", dict]),
    st.builds(ModelChoiceIteratorValue, TEXTS, st.none()),
)
ATTRS = st.dictionaries(TEXTS, st.one_of(VALUES, st.just((1, 2))), max_size=3)
CHOICES = st.lists(
    st.one_of(st.tuples(VALUES, VALUES), st.tuples(TEXTS, st.lists(st.tuples(VALUES, VALUES)))),
    max_size=3,
)
FIELDS = [
    forms.TextInput,
    forms.HiddenInput,
    forms.CheckboxInput,
    forms.NumberInput,
    forms.URLInput,
    forms.EmailInput,
    forms.PasswordInput,
    forms.DateInput,
    forms.Textarea,
    forms.Select,
    forms.SelectMultiple,
    forms.RadioSelect,
    forms.ClearableFileInput,
]


class OwnOptions(forms.Select):
    """A select with its own template for options."""

    option_template_name = "django/forms/widgets/radio_option.html"


def both(template: str, context) -> tuple[str, str]:
    return OURS.render(template, context), DJANGOS.render(template, context)


@pytest.mark.parametrize("widget", [*FIELDS, OwnOptions])
@given(name=TEXTS, value=VALUES, attrs=ATTRS, choices=CHOICES)
def test_a_widget_looks_the_same(widget, name, value, attrs, choices):
    made = widget(attrs=attrs)
    if hasattr(made, "choices"):
        made.choices = choices
    ours, djangos = both(made.template_name, made.get_context(name, value, {"id": "its"}))
    assert ours == djangos


@given(VALUES, ATTRS, st.booleans(), st.sampled_from(["label", "legend"]))
def test_a_label_looks_the_same(label, attrs, use_tag, tag):
    context = {"label": label, "attrs": attrs, "use_tag": use_tag, "tag": tag}
    ours, djangos = both("django/forms/label.html", context)
    assert ours == djangos


@pytest.mark.parametrize("form", ["default", "ul"])
@given(st.lists(VALUES, max_size=3), st.one_of(st.none(), TEXTS), st.one_of(st.none(), TEXTS))
def test_a_list_of_errors_looks_the_same(form, errors, error_class, field_id):
    listed = ErrorList(errors, error_class=error_class, field_id=field_id)
    ours, djangos = both(f"django/forms/errors/list/{form}.html", listed.get_context())
    assert ours == djangos


@pytest.mark.parametrize("template", WRITTEN)
def test_each_that_is_written_is_one_of_djangos(template):
    assert DJANGOS.get_template(template)


def test_no_template_is_asked_for_what_is_plain(monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(FormRenderer, "get_template", refuse)
    asked = forms.Form(renderer=OURS)
    asked.fields |= {"name": forms.CharField(), "many": forms.ChoiceField(choices=[("a", "A")])}
    for name in ("name", "many"):
        assert str(asked[name])
        assert asked[name].label_tag()
        assert str(asked[name].errors) == ""
