"""Syntax highlighting: each colored token is an element with a class, as `hl-k` for a keyword."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby

from markdown_it.common.utils import escapeHtml
from pygments.lexer import Lexer, combined, inherit, words
from pygments.lexers import find_lexer_class_by_name
from pygments.lexers.python import PythonLexer
from pygments.regexopt import regex_opt
from pygments.token import STANDARD_TYPES, Number, Operator, String, Text, _TokenType
from pygments.util import ClassNotFound

# Pygments' short names of the tokens that the style sheet colors. All others, which are most, get
# no element: that halves the size of pages.
COLORED = {
    *("k", "kn", "kc", "kd", "kr", "kt", "ow"),
    *("s", "s1", "s2", "sd", "sa", "si", "se", "sr"),
    *("mi", "mf", "mh", "m"),
    *("nf", "nc", "fm", "nd"),
    *("c", "c1", "cm", "ch"),
}

# Words that are colored, or come before a colored one.
_LISTS = ("keywords", "expr-keywords", "magicfuncs")
_LISTED = (
    word
    for state in _LISTS
    for pattern, *_ in PythonLexer.tokens[state]
    if isinstance(pattern, words)
    for word in pattern.words
)
_SINGLE = "and case class def from import in is lazy match not or"
_NO_NAME = regex_opt((*_SINGLE.split(), *_LISTED), suffix=r"\b")
_PLAIN = (
    r"(?<=[^\n])[^\S\n]+",  # within a line
    r"[]{}(),:;[]",
    r"[-~+/*%=<>&^|]|!=|\.(?!\d)",
    rf"(?!{_NO_NAME})[A-Za-z_][A-Za-z0-9_]*(?![\w\"'])",
)


class QuickPythonLexer(PythonLexer):
    """Pygments' Python lexer, made faster: the rules for nearly all code come first, and adjacent
    tokens without a color are read as one.

    In Pygments, these rules come after fifty others, all of which are tried at each token. None of
    the fifty matches where one of these does: they match a listed word, a number in another form,
    or what begins with three quotes, a string prefix, `#`, `\\` or `@`, or, at the beginning of a
    line, with `match`, `case` or a quote. So the colors are the same.
    """

    tokens = {
        "root": [
            (f"(?:{'|'.join(_PLAIN)})+", Text),
            (r"\n", Text),
            (r"[^\S\n]+(?!\s|[rRuUbB]{0,2}[\"']|match|case)", Text),
            (r"\d+(?![\w.])", Number.Integer),
            (r'"(?!"")', String.Double, combined("stringescape", "dqs")),
            (r"(?:in|is|and|or|not)\b", Operator.Word),
            inherit,
        ]
    }


@lru_cache(maxsize=64)  # Pygments searches all of its languages, whose names have many spellings
def lexer_class(language: str) -> type[Lexer]:
    found = find_lexer_class_by_name(language)
    return QuickPythonLexer if found is PythonLexer else found


def highlighted(code: str, language: str) -> str:
    """Code as lines of HTML. No element spans more than one line.

    Code in an unknown language is only escaped.
    """
    try:
        lexer = lexer_class(language)(stripnl=False)
    except ClassNotFound:
        return escapeHtml(code)
    return "".join(elements(lexer.get_tokens(code)))


def elements(tokens: Iterable[tuple[_TokenType, str]]) -> Iterator[str]:
    for name, run in groupby(tokens, key=lambda token: _class(token[0])):
        code = escapeHtml("".join(value for _, value in run))
        yield code if not name else "\n".join(_lines(code, name))


def _lines(code: str, name: str) -> Iterator[str]:
    for line in code.split("\n"):
        yield f'<span class="{name}">{line}</span>' if line else ""


@cache
def _class(kind: _TokenType) -> str:
    """The class of a kind of token, or "" if it has no color."""
    name = [STANDARD_TYPES[each] for each in kind.split() if each in STANDARD_TYPES][-1]
    return f"hl-{name}" if name in COLORED else ""
