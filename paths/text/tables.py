"""Tables: the alignment of columns, and a form for narrow pages of those with many columns."""

from collections.abc import Sequence
from itertools import cycle
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

# With this many columns, a phone has no room for words in any. There the style sheet stacks a row's
# cells, each after its column's name.
MANY = 4

_ALIGNED = {"text-align:left": "start", "text-align:center": "center", "text-align:right": "end"}
# A browser that doesn't display a table as one wouldn't tell a screen reader that it is one. HTML
# allows roles on cells if the table itself is none, so an element around it is the table. Tables of
# few columns have roles too: HTML's checker takes one without for the ancestor of all that follow.
_ROLES = {
    "table_open": "none",
    "thead_open": "rowgroup",
    "tbody_open": "rowgroup",
    "tr_open": "row",
    "th_open": "columnheader",
    "td_open": "cell",
}


def prepare_tables(state: StateCore) -> None:
    """Turn the alignment of columns into classes: the site's pages allow no inline styles.

    Give each element of a table its ARIA role, and each cell its column's name if there are many.
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
        if token.type == "table_close":
            _tell_apart(table, names if len(names) >= MANY else [])


def _name(header: Token) -> list[Token]:
    """The name of a column, without references to footnotes: these stay in its head alone."""
    return [token for token in header.children or [] if token.type != "footnote_ref"]


def _tell_apart(table: list[Token], names: list[list[Token]]) -> None:
    """Set the elements' roles, and the cells' columns. names: of the columns, or none."""
    column = cycle(names)  # each row has one cell for each name, if there are any
    for token in table:
        token.attrSet("role", _ROLES[token.type])
        if names and token.type == "td_open":
            token.meta["column"] = next(column)


def open_table(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any
) -> str:
    """Open a table in a region that can be scrolled by keyboard. Each region has its own name."""
    env["tables"] = env.get("tables", 0) + 1
    label = f"Table {env['tables']}"
    table = renderer.renderToken(tokens, index, options, env)
    region = f'<div class="table" role="region" aria-label="{label}" tabindex="0">'
    return f'{region}<div role="table">{table}'


def close_table(*_: Any) -> str:
    return "</table></div></div>\n"


def open_cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any
) -> str:
    """Open a cell, with its column's name if there is one: shown where the head is hidden."""
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
