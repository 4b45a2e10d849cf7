"""What a form shows of other things where nobody can choose them: in the words for who asks.

Django shows each by its title, and links to its form, whoever may see either.
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
from paths.models import LearningPath

type Fieldsets = Iterable[tuple[Any, Mapping[str, Any]]]


def named(request: HttpRequest, thing: Any) -> str | SafeString:
    """What a thing is called, with a link to its form for who may see that."""
    model = type(thing)
    words = label_for(request, model)(thing)
    if not may_see_things(request, model):
        return words
    address = reverse(
        f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk]
    )
    return format_html('<a href="{}">{}</a>', address, words)


class NamedThings:
    """A field of a page that names one other thing or several. Called with the thing of the page,
    as Django calls what it shows; __name__ and short_description are what it asks besides."""

    def __init__(self, request: HttpRequest, field: Any) -> None:
        self.request = request
        self.__name__ = field.name
        self.short_description = field.verbose_name

    def __call__(self, of: Any) -> str | SafeString:
        value = getattr(of, self.__name__)
        things = value.all() if isinstance(value, Manager) else filter(None, [value])
        shown = format_html_join(", ", "{}", ((named(self.request, each),) for each in things))
        return shown or admin.site.empty_value_display


class Outline:
    """The outline of a path, whose lessons have no title and no link for who may not see them."""

    __name__ = "outline"
    short_description = "in order"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __call__(self, path: LearningPath) -> str | SafeString:
        return outline(path, lambda lesson: named(self.request, lesson))


def shown_to(
    request: HttpRequest, model: type[Model], fieldsets: Fieldsets, names: Iterable[str]
) -> list[Any]:
    """Fieldsets in which fields are shown by the above. names: of those that nobody can edit."""
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
    """field: of a fieldset, or several that stand in one line."""
    if isinstance(field, list | tuple):
        return [shown.get(each, each) for each in field]
    return shown.get(field, field)
