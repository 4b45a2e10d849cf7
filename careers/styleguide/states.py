"""What the style guide consists of: components, and the states that each can be in."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.text import slugify

from careers.published.catalog import Catalog
from careers.snapshot import CatalogRequest


@dataclass(frozen=True, slots=True)
class TemplateState:
    """A state rendered by a template. values: the template's context.

    excerpt: the texts with which the state begins and ends, if it isn't all that is rendered.
    """

    label: str
    template: str
    values: Mapping[str, Any]
    excerpt: tuple[str, str] = ("", "")

    @property
    def source(self) -> str:
        return f"templates/{self.template}"

    def html(self, request: CatalogRequest) -> str:
        return render_to_string(self.template, dict(self.values), request)


@dataclass(frozen=True, slots=True)
class PageState:
    """A state cut out of a page. query, catalog: of the view's request. address: the view's
    arguments.

    excerpt: the texts with which the state begins and ends.
    """

    label: str
    view: Callable[..., HttpResponse]
    excerpt: tuple[str, str]
    query: str = ""
    catalog: Catalog | None = None
    address: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        return f"{self.view.__module__}.{self.view.__name__}"

    def html(self, request: CatalogRequest) -> str:
        asking = copy(request)
        asking.GET = QueryDict(self.query)
        asking.catalog = self.catalog or request.catalog
        return self.view(asking, *self.address).text


type State = TemplateState | PageState


@dataclass(frozen=True, slots=True)
class Component:
    """A component and its states. about: what it is for, if its template doesn't begin with that.

    wide: whether each state needs a line of its own. in_list: whether it is an item of a grid.
    line: the color of the role's line that it belongs to.
    """

    name: str
    states: Sequence[State]
    about: str = ""
    wide: bool = False
    in_list: bool = False
    line: str = ""

    @property
    def anchor(self) -> str:
        return slugify(self.name)

    @property
    def sources(self) -> list[str]:
        """The templates and views that make it, each once."""
        return list(dict.fromkeys(state.source for state in self.states))


def template_states(
    template: str, values: Mapping[str, Mapping[str, Any]], excerpt: tuple[str, str] = ("", "")
) -> list[State]:
    """States of one template. values: state's label → template context."""
    return [TemplateState(label, template, given, excerpt) for label, given in values.items()]
