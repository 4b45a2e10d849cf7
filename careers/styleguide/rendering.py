"""Render components and their states as HTML that can be together on one page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.template import Engine
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from careers.snapshot import CatalogRequest
from careers.styleguide.states import Component, PageState, State

NAMES = re.compile(r' (id|for|aria-labelledby|aria-label|href)="([^"]*)"')
FIRST_COMMENT = re.compile(r"(?:\{# .*? #\}\n)+")


@dataclass(frozen=True, slots=True)
class RenderedState:
    """A state as HTML."""

    anchor: str
    label: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class RenderedComponent:
    """A component as the guide shows it. about: what it is for and what its template takes."""

    component: Component
    about: str
    states: Sequence[RenderedState]


def render_component(request: CatalogRequest, component: Component) -> RenderedComponent:
    """A component with all its states rendered."""
    states = [
        _render_state(request, state, f"{component.anchor}-{number}")
        for number, state in enumerate(component.states, start=1)
    ]
    return RenderedComponent(
        component, component.about or _first_comment(component.states[0]), states
    )


def _render_state(request: CatalogRequest, state: State, anchor: str) -> RenderedState:
    html = _cut(state.html(request), *state.excerpt)
    return RenderedState(anchor, state.label, mark_safe(_apart(html, state.label, anchor)))  # noqa: S308


def _cut(html: str, begins: str, ends: str) -> str:
    """The excerpt from `begins` to `ends`, both included. Raises ValueError if it isn't there."""
    start = html.index(begins)
    return html[start : html.index(ends, start) + len(ends)] if ends else html


def _apart(html: str, label: str, anchor: str) -> str:
    """Make a state's ids and names unique: a page has one of each, the guide several.

    Links lead to the state's label, as samples have no pages.
    """
    told_apart = {
        "id": rf' id="\2-{anchor}"',
        "for": rf' for="\2-{anchor}"',
        "aria-labelledby": rf' aria-labelledby="{anchor} \2-{anchor}"',
        "aria-label": rf' aria-label="\2 ({escape(label)})"',
        "href": rf' href="#{anchor}"',
    }
    return NAMES.sub(lambda name: name.expand(told_apart[name[1]]), html)


def _first_comment(state: State) -> str:
    """What a template says of itself: what it is for and what it takes."""
    if isinstance(state, PageState):
        return ""
    comment = FIRST_COMMENT.match(Engine.get_default().get_template(state.template).source)
    return " ".join(line[3:-3] for line in comment[0].splitlines()) if comment else ""
