"""The Markdown of lessons: rendered to safe HTML, measured, and its code extracted to be run.

CommonMark with GitHub's tables, task lists, strike-through and bare links, and with footnotes,
formulas and one kind of fold (`::: solution`). A picture is a file beside the lesson. One that is
alone in its paragraph becomes a figure, with its title as the caption. Raw HTML is shown as text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Any

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from paths import files
from paths.text import addresses, formulas
from paths.text.headings import TOP, place_headings
from paths.text.memo import memoized
from paths.text.newlines import unix_newlines
from paths.text.packages import imported_modules
from paths.text.tables import close_cell, close_table, open_cell, open_table, prepare_tables
from paths.text.tasks import find_tasks, show_box

# Raise this whenever render() or imports() returns something else for the same text: `catalog
# apply` then renders the lessons again that an older version rendered.
VERSION = 11

WORDS_A_MINUTE = 200
LINES_A_MINUTE = 10  # of code

_ALLOWED_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "b": {"class"},
    "code": {"class", "dir", "translate"},
    "details": {"class"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "figcaption": set(),
    "figure": set(),
    **{f"h{level}": {"id"} for level in range(2, 7)},
    "hr": {"class"},
    "img": {"src", "alt"},
    "li": {"id", "class"},
    "mark": set(),
    "ol": {"class", "start"},
    "p": {"class"},
    "pre": {"class", "dir", "tabindex", "translate"},
    "section": {"class"},
    "span": {"aria-label", "class", "role"},
    "sup": {"class"},
    "table": {"role"},
    "tbody": {"role"},
    "td": {"class", "role"},
    "th": {"class", "role"},
    "thead": {"role"},
    "tr": {"role"},
    **formulas.ATTRIBUTES,
}
_ALLOWED_TAGS = {
    *_ALLOWED_ATTRIBUTES,
    *formulas.TAGS,
    *("blockquote", "br", "del", "em", "s", "strong", "summary", "ul"),
}

# The roles that a `python` block can have in a lesson's practice, written after its language, and
# their labels on the page.
LABELS = {"starter": "Start here", "check": "Check your work"}

# On every element with code: browsers must not translate it, nor write it from right to left.
AS_TYPED = 'translate="no" dir="ltr"'


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced block. line: of its first line of code, counted from 1 in the text."""

    language: str
    role: str  # "starter" or "check" in the practice, else ""
    code: str
    line: int
    in_fold: bool
    expected_output: str | None  # the content of a `text` block right after a `python` block


@dataclass(frozen=True, slots=True)
class _Info:
    """The info string of a fenced block: `python check hl="2 4-6"`. marked: lines from 1."""

    language: str = ""
    role: str = ""
    marked: frozenset[int] = frozenset()


def _info(text: str) -> _Info:
    language, _, rest = text.strip().partition(" ")
    ranges = re.findall(r"(\d{1,4})(?:-(\d{1,4}))?", "".join(re.findall(r'hl="([^"]*)"', rest)))
    marked = {line for first, last in ranges for line in range(int(first), int(last or first) + 1)}
    roles = [word for word in rest.split() if word in LABELS]
    return _Info(language, "".join(roles[:1]), frozenset(marked))


def _fence(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any
) -> str:
    """A code block that can be scrolled by keyboard, with a label if it is output or has a role."""
    from paths.text.highlighting import highlighted  # noqa: PLC0415  slow to load; checks need none

    token, info = tokens[index], _info(tokens[index].info)
    is_output = _is_output(tokens, index)
    label = "Output" if is_output else LABELS.get(info.role, "")
    # Split as the parser does: a line separator of Unicode ends no line of code.
    lines = re.findall(r"[^\n]*\n|[^\n]+", highlighted(token.content, info.language))
    code = "".join(
        f"<mark>{line.rstrip(chr(10))}</mark>\n" if number in info.marked else line
        for number, line in enumerate(lines, start=1)
    )
    kind = "output" if is_output else info.role
    name = f' class="{kind}"' if kind else ""
    title = f'<p class="label">{label}</p>\n' if label else ""
    language = f' class="language-{escapeHtml(info.language)}"' if info.language else ""
    return f'{title}<pre{name} {AS_TYPED} tabindex="0"><code{language}>{code}</code></pre>\n'


def _is_output(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    return (
        tokens[index].info.strip() == "text"
        and before is not None
        and before.type == "fence"
        and _info(before.info).language == "python"
    )


def _fold(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any
) -> str:
    opens = tokens[index].nesting == 1
    return '<details class="fold"><summary>Solution</summary>\n' if opens else "</details>\n"


def _code(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any
) -> str:
    """Indented code, which can be scrolled by keyboard as well."""
    code = escapeHtml(tokens[index].content)
    return f'<pre {AS_TYPED} tabindex="0"><code>{code}</code></pre>\n'


def _code_in_line(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any
) -> str:
    return f"<code {AS_TYPED}>{escapeHtml(tokens[index].content)}</code>"


def _note_name(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: Any
) -> str:
    """The end of a footnote's ids."""
    return f"{env.get('prefix', '')}{tokens[index].meta['id'] + 1}"


def is_picture(src: str) -> bool:
    """Whether `src` can be the name of a picture beside a lesson."""
    return bool(re.fullmatch(files.NAME, src)) and files.suffix(src) == "svg"


def alternative(image: Token) -> str:
    """The words that stand for a picture: those in its brackets, with formulas as their TeX."""
    return "".join(
        "\n"
        if each.type in {"softbreak", "hardbreak"}
        else alternative(each)
        if each.type == "image"
        else each.content
        for each in image.children or ()
    )


def _image(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any
) -> str:
    """A picture beside the lesson; for any other, only its alternative text.

    In a figure it can be scrolled by keyboard, since its details must stay readable.
    """
    token = tokens[index]
    src = str(token.attrGet("src") or "")
    alt = escapeHtml(alternative(token))
    if not is_picture(src):
        return alt
    image = f'<img src="{src}" alt="{alt}">'
    if "figure" not in token.meta:
        return image
    label = f"Figure {token.meta['figure']}"
    return f'<div class="picture" role="region" aria-label="{label}" tabindex="0">{image}</div>'


def _figures(state: StateCore) -> None:
    """Turn each picture alone in its paragraph into a figure, with its title as caption."""
    number = 0
    for at in range(len(state.tokens) - 2):
        opening, inline, closing = state.tokens[at : at + 3]
        children = inline.children or []
        if opening.type != "paragraph_open" or [child.type for child in children] != ["image"]:
            continue
        opening.type, opening.tag = "figure_open", "figure"
        closing.type, closing.tag = "figure_close", "figure"
        opening.hidden = closing.hidden = False  # in a list without empty lines they are hidden
        number += 1
        image = children[0]
        image.meta = {"figure": number}
        caption = str(image.attrGet("title") or "")
        if caption:
            words: list[Token] = []
            state.md.inline.parse(caption, state.md, state.env, words)
            around = (
                Token("caption_open", "figcaption", 1),
                Token("caption_close", "figcaption", -1),
            )
            inline.children = [image, around[0], *words, around[1]]


def _formula(tex: str, given: dict[str, Any]) -> str:
    """A formula as MathML, or its TeX if it can't be read."""
    try:
        return formulas.mathml(tex, display=given["display_mode"])
    except formulas.Unreadable:
        return f"<code {AS_TYPED}>{escapeHtml(tex)}</code>"


def _display_formula(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: Any
) -> str:
    """A formula on a line of its own, which can be scrolled by keyboard."""
    env["formulas"] = env.get("formulas", 0) + 1
    made = _formula(tokens[index].content.strip(), {"display_mode": True})
    label = f"Formula {env['formulas']}"
    return f'<div class="math" role="region" aria-label="{label}" tabindex="0">{made}</div>\n'


def _parser(*, html: bool = False) -> MarkdownIt:
    """html: whether raw HTML gets tokens of its own, for linting; never for rendering."""
    parser = MarkdownIt("commonmark", {"html": html, "linkify": True})
    parser.enable(["linkify", "strikethrough", "table"])
    parser.linkify = _whole_addresses()
    parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,  # keeps prices in dollars from becoming formulas
        allow_digits=False,
        allow_blank_lines=False,
        renderer=_formula,
    )
    parser.use(formulas.note_dollars)
    parser.use(footnote_plugin)
    parser.use(container_plugin, "solution", render=_fold)
    parser.use(addresses.place_addresses)
    # Before footnotes are gathered, since a caption may reference one.
    parser.core.ruler.before("footnote_tail", _figures.__name__, _figures)
    for rule in (prepare_tables, find_tasks, place_headings):
        parser.core.ruler.push(rule.__name__, rule)
    parser.add_render_rule("code_block", _code)
    parser.add_render_rule("code_inline", _code_in_line)
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("footnote_anchor_name", _note_name)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("math_block", _display_formula)
    parser.add_render_rule("table_open", open_table)
    parser.add_render_rule("table_close", close_table)
    parser.add_render_rule("td_open", open_cell)
    parser.add_render_rule("td_close", close_cell)
    parser.add_render_rule("task", show_box)
    return parser


def _whole_addresses() -> LinkifyIt:
    """Finds only addresses with a scheme: `server.py` is a file, not a site in Paraguay."""
    finder = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for scheme in ("//", "ftp:"):
        finder.add(scheme, None)
    # The library's own pretest also looks for fuzzy links, and takes longer than the whole parse.
    finder.pretest = lambda text: any(map(text.lower().__contains__, ("http", "mailto:")))
    return finder


_PARSER = _parser()
_HTML_PARSER = _parser(html=True)


def render(text: str, *, top: int = TOP, prefix: str = "") -> str:
    """Render a text to HTML that is safe in a page: nh3 keeps known tags and attributes only.

    top: the level of its highest headings. prefix: begins all ids, to tell apart two texts on a
    page; it ends in a colon.
    """
    blocks, env = _parsed(text, top=top, prefix=prefix)
    return nh3.clean(
        _PARSER.renderer.render(blocks, _PARSER.options, {**env}),
        tags=_ALLOWED_TAGS,
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def parse(text: str, *, html: bool = False) -> list[Token]:
    """The tokens of a text. They are cached: don't change them.

    html: give raw HTML tokens of its own, instead of treating it as text.
    """
    return _parsed(text, html=html)[0]


def with_whole_addresses(text: str, page: str) -> str:
    """Make the addresses of links and pictures absolute. page: the absolute address of the text."""
    text = unix_newlines(text)
    return addresses.with_whole_addresses(text, _parsed(text)[1]["addresses"], page)


def with_escaped_dollars(text: str) -> str:
    """Put a backslash before each dollar sign that isn't of a formula, for programs that take all
    between any two of them for one. Those in alternative texts and inline footnotes stay."""
    text = unix_newlines(text)
    tokens, env = _parsed(text)
    noted = env.get("dollars", {})
    found = {
        at[place]
        for token, at in (addresses.places(tokens, text) if noted else ())
        for place in noted.get(token.content, ())
    }
    ends = [0, *sorted(found - {-1}), len(text)]
    return "\\".join(text[start:end] for start, end in pairwise(ends))


def _parse(text: str, html: bool, top: int, prefix: str) -> tuple[list[Token], dict[str, Any]]:
    """The tokens of a text, and the parser's environment, which rendering needs."""
    env: dict[str, Any] = {"top": top, "prefix": prefix}
    # The rule for folds reads beyond a last line without a line ending.
    ended = text if text.endswith("\n") else f"{text}\n"
    return (_HTML_PARSER if html else _PARSER).parse(ended, env), env


# Checking a lesson parses its text several times, and again to render it after all others are
# checked. Only few long texts are kept, since tokens take much more memory than their text.
LONG = 50_000  # characters
_parse_long, _parse_short = lru_cache(maxsize=4)(_parse), lru_cache(maxsize=128)(_parse)


def _parsed(
    text: str, *, html: bool = False, top: int = TOP, prefix: str = ""
) -> tuple[list[Token], dict[str, Any]]:
    return (_parse_long if len(text) > LONG else _parse_short)(text, html, top, prefix)


def _tokens_with_fold(text: str) -> Iterator[tuple[Token, Token | None, bool]]:
    """Each token, the next one, and whether it is in a fold."""
    depth = 0
    tokens = parse(text)
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.type.startswith("container_solution"):
            depth += token.nesting
        yield token, following, depth > 0


def code_blocks(text: str) -> list[CodeBlock]:
    """All fenced blocks of a text, in order."""
    blocks = []
    for token, following, in_fold in _tokens_with_fold(text):
        if token.type != "fence":
            continue
        output = following and following.type == "fence" and following.info.strip() == "text"
        info = _info(token.info)
        blocks.append(
            CodeBlock(
                language=info.language,
                role=info.role,
                code=token.content,
                line=(token.map or [0])[0] + 2,
                in_fold=in_fold,
                expected_output=following.content if following and output else None,
            )
        )
    return blocks


@memoized
def imports(text: str) -> list[str]:
    """The modules that a text's Python imports, solutions included."""
    return imported_modules(each.code for each in code_blocks(text) if each.language == "python")


@memoized
def images(text: str) -> list[tuple[int, str]]:
    """(line, name) of each picture in a text. Lines count from 1."""
    return [
        ((token.map or [0])[0] + 1, str(child.attrGet("src")))
        for token in parse(text)
        for child in token.children or ()
        if child.type == "image"
    ]


_SHOWN = {"code_block", "fence", "math_block", "code_inline", "math_inline", "image", "text"}


@memoized
def shows_something(text: str) -> bool:
    """Whether a page shows anything of the text: it doesn't if there are only definitions."""
    return any(
        each.content.strip()
        for token in parse(text)
        for each in [token, *(token.children or ())]
        if each.type in _SHOWN
    )


def suggested_minutes(text: str) -> int:
    """Whole minutes to read a text, always accepted as the `minutes` of its lesson."""
    return max(1, round(reading_minutes(text)))


def _is_code(token: Token) -> bool:
    """Whether it is a block of code rather than of output."""
    fenced = token.type == "fence" and _info(token.info).language != "text"
    return fenced or token.type == "code_block"


@memoized
def reading_minutes(text: str) -> float:
    """Minutes to read a text, at 200 words of prose or ten lines of code a minute.

    Empty lines don't count, and output counts as prose. Folds don't count: to open a solution is
    practice, not reading.
    """
    words = lines = 0
    for token, _, in_fold in _tokens_with_fold(text):
        if in_fold:
            continue
        if _is_code(token):
            lines += sum(bool(line.strip()) for line in token.content.splitlines())
        elif token.type in {"fence", "inline"}:
            words += len(token.content.split())
    return words / WORDS_A_MINUTE + lines / LINES_A_MINUTE
