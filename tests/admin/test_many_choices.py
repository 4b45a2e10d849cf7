"""Fields that refer to lessons or paths list all choices if they are few, else have a search."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.forms import ModelChoiceField

from careers.admin import autocomplete


@pytest.mark.parametrize("kind", ["background", "hiringsignal", "role"])
def test_they_are_searched_where_there_are_too_many_to_list(editor, catalog, kind, monkeypatch):
    known, other = catalog.path(lessons=2).lessons.all()
    if kind == "background":
        thing = catalog.background()
        thing.knows.set([known])
    elif kind == "hiringsignal":
        thing = catalog.signal(known)
    else:
        known, other, step = (catalog.path(title=title) for title in ("Known", "Other", "Step"))
        thing = catalog.role(paths=[step])
        thing.further.set([known])
    address = f"/admin/{thing._meta.app_label}/{kind}/{thing.pk}/change/"
    assert other.title in editor.get(address).text
    monkeypatch.setattr(autocomplete, "MOST_TO_SCROLL", 1)
    form = editor.get(address).text
    assert known.title in form
    assert other.title not in form


def choices_of(model_admin, request):
    """Yield name and widget of each field that refers to rows, unless the form is read-only."""
    if not (model_admin.has_add_permission(request) or model_admin.has_change_permission(request)):
        return
    inlines = [each.get_formset(request).form for each in model_admin.get_inline_instances(request)]
    for form in (model_admin.get_form(request), *inlines):
        for name, field in form.base_fields.items():
            if isinstance(field, ModelChoiceField):
                widget = field.widget
                is_wrapped = isinstance(widget, RelatedFieldWidgetWrapper)
                yield name, widget.widget if is_wrapped else widget


@pytest.mark.parametrize(
    "model",
    [
        model
        for app in ("careers", "paths")
        for model in apps.get_app_config(app).get_models()
        if admin.site.is_registered(model)
    ],
    ids=lambda each: each._meta.model_name,
)
def test_no_form_lists_all_there_are(editor, catalog, model, rf, monkeypatch):
    """Covers all models and fields, so that a new field can't be forgotten."""
    catalog.path(lessons=2)
    catalog.path()
    monkeypatch.setattr(autocomplete, "MOST_TO_SCROLL", 1)
    request = rf.get("/")
    request.user = User.objects.get(username="editor")
    for name, widget in choices_of(admin.site.get_model_admin(model), request):
        assert isinstance(widget, AutocompleteMixin), name
