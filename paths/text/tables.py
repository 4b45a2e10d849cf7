"""Tables: how columns are aligned, and how one of many is read where there is no room for it."""

from collections.abc import Sequence
from itertools import cycle
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

# So many columns leave none of them room for words on a phone. There a row's cells stand below each
# other, each behind the name of its column; the style sheet counts the columns by itself.
MANY = 4

_ALIGNED = {"text-align:left": "start", "text-align:center": "center", "text-align:right": "end"}
# What a browser that lays out no table would else no longer take for one.
_ROLES = {
    "table_open": "table",
    "thead_open": "rowgroup",
    "tbody_open": "rowgroup",
    "tr_open": "row",
    "th_open": "columnheader",
    "td_open": "cell",
}


def prepare_tables(state: StateCore) -> None:
    """Columns are aligned by classes: pages take no style from an attribute.

    Where columns are many, each cell knows the name of its own, and each part what it is.
    """
    names: list[list[Token]] = []
    table: list[Token] = []
    for at, token in enumerate(state.tokens):
        if token.type == "table_open":
            names, table = [], []
        if token.type == "th_open":
            names.append(_name(state.tokens[at + 1]))
        style = token.attrs.pop("style", None)
        if style in _ALIGNED:
            token.attrSet("class", _ALIGNED[str(style)])
        if token.type in _ROLES:
            table.append(token)
        if token.type == "table_close" and len(names) >= MANY:
            _tell_apart(table, names)


def _name(header: Token) -> list[Token]:
    """What a column is called. A note is called once, in its head."""
    return [token for token in header.children or [] if token.type != "footnote_ref"]


def _tell_apart(table: list[Token], names: list[list[Token]]) -> None:
    column = cycle(names)  # each row has as many cells as there are names
    for token in table:
        token.attrSet("role", _ROLES[token.type])
        if token.type == "td_open":
            token.meta["column"] = next(column)


def open_table(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any
) -> str:
    """Open a table in a region that can be scrolled by keyboard. Each region has its own name."""
    env["tables"] = env.get("tables", 0) + 1
    label = f"Table {env['tables']}"
    table = renderer.renderToken(tokens, index, options, env)
    return f'<div class="table" role="region" aria-label="{label}" tabindex="0">{table}'


def close_table(*_: Any) -> str:
    return "</table></div>\n"


def open_cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any
) -> str:
    """A cell, and in one of many columns its name, which is shown where the head isn't."""
    cell = renderer.renderToken(tokens, index, options, env)
    if "column" not in tokens[index].meta:
        return cell
    name = renderer.renderInline(tokens[index].meta["column"], options, env)
    return f'{cell}<b class="of">{name}</b><span>'


def close_cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any
) -> str:
    # A cell has one inline token, between its two ends.
    ended = "</span>" if "column" in tokens[index - 2].meta else ""
    return ended + renderer.renderToken(tokens, index, options, env)
