"""Our template renders a form's fields like Django's own, in far fewer bytes."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin import helpers, site
from django.template import engines
from django.template.loader import get_template

from careers.models import Role

NAME = "admin/includes/fieldset.html"
DJANGOS = Path(admin.__file__).parent / "templates" / NAME


class OfEveryKind(forms.ModelForm):
    """Fields of every kind that a line can have, with and without a help text."""

    plain = forms.CharField()
    box = forms.BooleanField(help_text="To <em>tick</em>.")
    secret = forms.CharField(widget=forms.HiddenInput, help_text="Unseen.")
    way = forms.ChoiceField(
        choices=[("a", "One")], widget=forms.RadioSelect, help_text="A group has a fieldset."
    )

    class Meta:
        model = Role
        fields = ("title", "slug")


def readable(_):
    return "What is <shown>"


ALONE = ("title", "slug", "plain", "box", "secret", "way", readable)
IN_ONE_LINE = (("slug", "plain"), ("box", "secret"), ("way", readable), ("title", "box"))


def both(form, **named) -> tuple[str, str]:
    """Return a fieldset by our template and by Django's, without white space beside tags."""
    fieldset = helpers.Fieldset(
        form,
        fields=(*ALONE, *IN_ONE_LINE),
        readonly_fields=(readable, "title"),
        model_admin=site.get_model_admin(Role),
        description="Why <i>so</i>.",
        **named,
    )
    context = {"fieldset": fieldset, "prefix": "fieldset", "id_prefix": 0, "id_suffix": 2}
    theirs = engines["django"].from_string(DJANGOS.read_text(encoding="utf-8"))
    return tuple(_in_short(each.render(context)) for each in (get_template(NAME), theirs))


def _in_short(page: str) -> str:
    return re.sub(r" (?=[<>])|(?<=>) ", "", " ".join(page.split()))


SENT = [None, {}, {"plain": "x", "slug": "no slug", "way": "b"}]
NAMED = [{}, {"name": "A & b"}, {"name": "Closed", "classes": ("collapse", "wide")}]


@pytest.mark.parametrize("sent", SENT)
@pytest.mark.parametrize("named", NAMED)
def test_a_fieldset_is_djangos(sent, named):
    ours, theirs = both(OfEveryKind(sent), **named)
    assert ours == theirs


def test_it_stands_in_the_place_of_djangos():
    assert Path(get_template(NAME).origin.name) != DJANGOS
