"""How read-only fields name other things: by what the user may see.

Django would show each title, and link to its form, even to those who may see neither.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Manager, Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from careers.admin.people.permissions import label_for, may_see_things
from paths.admin import outline
from paths.models import LearningPath, Lesson

type Fieldsets = Iterable[tuple[Any, Mapping[str, Any]]]


def named(request: HttpRequest, thing: Any) -> str | SafeString:
    """A thing's label, linked to its form if the user may see that."""
    model = type(thing)
    words = label_for(request, model)(thing)
    if not may_see_things(request, model):
        return words
    address = reverse(
        f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk]
    )
    return format_html('<a href="{}">{}</a>', address, words)


class NamedThings:
    """A read-only field that names one or more other things. Like any computed field of Django's
    admin, it is called with the page's object and has a __name__ and a short_description."""

    def __init__(self, request: HttpRequest, field: Any) -> None:
        self.request = request
        self.__name__ = field.name
        self.short_description = field.verbose_name

    def __call__(self, of: Any) -> str | SafeString:
        value = getattr(of, self.__name__)
        things = value.all() if isinstance(value, Manager) else filter(None, [value])
        if isinstance(value, Manager) and value.model is Lesson:
            things = value.select_related("path")  # which may hide it
        shown = format_html_join(", ", "{}", ((named(self.request, each),) for each in things))
        return shown or admin.site.empty_value_display


class Outline:
    """A path's outline. Without the right to see lessons, none has a link, and hidden ones no
    title."""

    __name__ = "outline"
    short_description = "in order"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __call__(self, path: LearningPath) -> str | SafeString:
        return outline(path, lambda lesson: named(self.request, lesson))


def shown_to(
    request: HttpRequest, model: type[Model], fieldsets: Fieldsets, names: Iterable[str]
) -> list[Any]:
    """Fieldsets with their read-only fields replaced by the above. names: the read-only fields."""
    relations = {each.name: each for each in model._meta.get_fields() if each.is_relation}
    shown: dict[Any, Any] = {
        name: NamedThings(request, relations[name]) for name in names if name in relations
    }
    if "outline" in names:
        shown["outline"] = Outline(request)
    return [
        (name, {**options, "fields": [_replaced(each, shown) for each in options["fields"]]})
        for name, options in fieldsets
    ]


def _replaced(field: Any, shown: Mapping[Any, Any]) -> Any:
    """field: one field of a fieldset, or several on one line."""
    if isinstance(field, list | tuple):
        return [shown.get(each, each) for each in field]
    return shown.get(field, field)
