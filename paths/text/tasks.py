"""Task lists, as in GitHub's Markdown: items with a box."""

import re
from collections.abc import Sequence
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_TASK = re.compile(r"\[([ xX])\](?=\s)\s*")


def find_tasks(state: StateCore) -> None:
    """Give a box to each list item that begins with [ ] or [x], which may be ticked."""
    for at in range(len(state.tokens) - 2):
        item, paragraph, inline = state.tokens[at : at + 3]
        box = _TASK.match(inline.content) if inline.type == "inline" else None
        first = inline.children[0] if box and inline.children else None
        is_first = (item.type, paragraph.type) == ("list_item_open", "paragraph_open")
        if not (box and is_first and first and first.type == "text" and inline.children):
            continue
        first.content = _TASK.sub("", f"{first.content} ", count=1).removesuffix(" ")
        item.attrSet("class", "task")
        inline.children.insert(0, Token("task", "span", 0, meta={"done": box[1] != " "}))


def show_box(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any
) -> str:
    label, sign = ("Done:", "☑") if tokens[index].meta["done"] else ("To do:", "☐")
    return f'<span role="img" aria-label="{label}">{sign}</span> '
