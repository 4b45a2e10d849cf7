"""Markdown as lessons use it: rendered to safe HTML, measured, and its code taken out to be run.

CommonMark with tables, footnotes, heading anchors and one fold (`::: solution`). Raw HTML is text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Raise this whenever render() gives other HTML for the same text: lessons rendered by an older
# version are then rendered again by `catalog apply`.
VERSION = 1

WORDS_A_MINUTE = 200
CODE_WEIGHT = 2  # code is read at half the speed of prose

_ALLOWED_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "code": {"class"},
    "details": {"class"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "hr": {"class"},
    "li": {"id", "class"},
    "ol": {"class", "start"},
    "pre": {"class", "tabindex"},
    "section": {"class"},
    "span": {"class"},
    "sup": {"class"},
}
_ALLOWED_TAGS = {
    *_ALLOWED_ATTRIBUTES,
    *("blockquote", "br", "del", "em", "p", "s", "strong", "summary"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}

_FORMATTER = HtmlFormatter(nowrap=True, classprefix="hl-")


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """One fenced block. line: of its first line of code, counted from 1 in the text."""

    language: str
    code: str
    line: int
    in_fold: bool
    expected_output: str | None  # what the `text` block right behind a `python` block shows


def _highlighted(code: str, language: str, _attrs: str) -> str:
    if not language or language == "text":
        return ""  # markdown-it then escapes it as it stands
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return ""
    return highlight(code, lexer, _FORMATTER)


def _fence(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any
) -> str:
    """A code block that a keyboard can scroll, told apart from the output that follows it."""
    html = renderer.fence(tokens, index, options, env)
    opening = (
        '<pre class="output" tabindex="0">' if _is_output(tokens, index) else '<pre tabindex="0">'
    )
    return html.replace("<pre>", opening, 1)


def _is_output(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    return (
        tokens[index].info.strip() == "text"
        and before is not None
        and before.type == "fence"
        and before.info.strip() == "python"
    )


def _fold(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any
) -> str:
    opens = tokens[index].nesting == 1
    return '<details class="fold"><summary>Solution</summary>\n' if opens else "</details>\n"


def _table_open(*rule: Any) -> str:
    """A table in a region that a keyboard can scroll. Each region has a name of its own."""
    env = rule[-1]
    env["tables"] = env.get("tables", 0) + 1
    label = f"Table {env['tables']}"
    return f'<div class="table" role="region" aria-label="{label}" tabindex="0"><table>\n'


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _highlighted}).enable("table")
    parser.use(footnote_plugin)
    parser.use(anchors_plugin, min_level=2, max_level=4)
    parser.use(container_plugin, "solution", render=_fold)
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


_PARSER = _parser()


def render(text: str) -> str:
    """HTML that is safe in a page: of what markdown-it makes, nh3 passes known tags only."""
    return nh3.clean(
        _PARSER.render(text),
        tags=_ALLOWED_TAGS,
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _tokens_with_fold(text: str) -> Iterator[tuple[Token, Token | None, bool]]:
    """Each block token, the one behind it, and whether it stands in a fold."""
    depth = 0
    tokens = _PARSER.parse(text)
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type.startswith("container_solution"):
            depth += token.nesting
        yield token, following, depth > 0


def code_blocks(text: str) -> list[CodeBlock]:
    """Every fenced block of a text, in order."""
    blocks = []
    for token, following, in_fold in _tokens_with_fold(text):
        if token.type != "fence":
            continue
        output = following and following.type == "fence" and following.info.strip() == "text"
        blocks.append(
            CodeBlock(
                language=token.info.strip(),
                code=token.content,
                line=(token.map or [0])[0] + 2,
                in_fold=in_fold,
                expected_output=following.content if following and output else None,
            )
        )
    return blocks


def reading_minutes(text: str) -> float:
    """Minutes to read a text: 200 words of prose a minute, code at half that speed.

    Folds don't count: whoever opens a solution is practicing, not reading.
    """
    words = 0
    for token, _, in_fold in _tokens_with_fold(text):
        if in_fold:
            continue
        if token.type == "fence":
            words += CODE_WEIGHT * len(token.content.split())
        elif token.type == "inline":
            words += len(token.content.split())
    return words / WORDS_A_MINUTE
