"""What the guide is made of: components, and the states that each can be in."""

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
class Part:
    """A state of what has a template of its own. values: what the template is given.

    piece: the text with which it begins and that with which it ends, if it is not all of it.
    """

    label: str
    template: str
    values: Mapping[str, Any]
    piece: tuple[str, str] = ("", "")

    @property
    def source(self) -> str:
        return f"templates/{self.template}"

    def html(self, request: CatalogRequest) -> str:
        return render_to_string(self.template, dict(self.values), request)


@dataclass(frozen=True, slots=True)
class Piece:
    """A state of what is a piece of a page. query: what the page is asked, with its catalog."""

    label: str
    view: Callable[..., HttpResponse]
    piece: tuple[str, str]
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


@dataclass(frozen=True, slots=True)
class Component:
    """A component and its states. about: what it is for, if its template doesn't begin with that.

    wide: a state needs a line of its own. in_list: it is an item of a grid. line: the color of the
    line that it stands on.
    """

    name: str
    states: Sequence[Part | Piece]
    about: str = ""
    wide: bool = False
    in_list: bool = False
    line: str = ""

    @property
    def anchor(self) -> str:
        return slugify(self.name)

    @property
    def sources(self) -> list[str]:
        """Where it is made, each place once."""
        return list(dict.fromkeys(state.source for state in self.states))


def _parts(
    template: str, values: Mapping[str, Mapping[str, Any]], piece: tuple[str, str] = ("", "")
) -> list[Part | Piece]:
    """States of one template. values: what it is given, by the state's label."""
    return [Part(label, template, given, piece) for label, given in values.items()]
