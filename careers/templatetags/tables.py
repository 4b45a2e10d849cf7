"""Rows of a table that shows things side by side, one in each column."""

from django import template
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.template.loader import get_template

register = template.Library()


class RowNode(Node):
    """Renders a row: its heading once, and its cell for each column of the comparison."""

    child_nodelists = ("heading", "cell")

    def __init__(self, name: str, heading: NodeList, cell: NodeList, *, is_short: bool) -> None:
        self.name = name
        self.heading, self.cell = heading, cell
        self.is_short = is_short

    def render(self, context: Context) -> str:
        cells = []
        for column in context["comparison"].columns:
            with context.push(column=column):
                cells.append((column.role, self.cell.render(context)))
        heading = self.heading.render(context)
        found = {"name": self.name, "is_short": self.is_short, "heading": heading, "cells": cells}
        return get_template("careers/compare_row.html").render(found)


@register.tag
def row(parser: Parser, token: Token) -> RowNode:
    """`{% row hours short %}Hours{% cells %}{{ column.role.hours }}{% endrow %}`: a row.

    Its id is the name. What follows `cells` is rendered for each `column` of `comparison.columns`.
    Short rows are shown together.
    """
    _, name, *more = token.split_contents()
    if more not in ([], ["short"]):
        raise template.TemplateSyntaxError(f"row {name}: only “short” may follow its name.")
    heading = parser.parse(("cells",))
    parser.delete_first_token()
    cell = parser.parse(("endrow",))
    parser.delete_first_token()
    return RowNode(name, heading, cell, is_short=bool(more))
