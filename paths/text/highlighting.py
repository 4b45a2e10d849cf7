"""Code in color: each token is an element with a class, as `hl-k` for a keyword."""

from functools import lru_cache

from markdown_it.common.utils import escapeHtml
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer, inherit, words
from pygments.lexers import find_lexer_class_by_name
from pygments.lexers.python import PythonLexer
from pygments.regexopt import regex_opt
from pygments.token import Name, Operator, Punctuation, Text
from pygments.util import ClassNotFound

# Words that a rule of Pygments' own may take for something else than a name.
_LISTS = ("keywords", "expr-keywords", "builtins", "magicfuncs", "magicvars")
_LISTED = (
    word
    for state in _LISTS
    for pattern, *_ in PythonLexer.tokens[state]
    if isinstance(pattern, words)
    for word in pattern.words
)
_SINGLE = "and case class cls def from import in is lazy match not or self Ellipsis NotImplemented"
_NO_NAME = regex_opt((*_SINGLE.split(), *_LISTED), suffix=r"\b")


class QuickPythonLexer(PythonLexer):
    """Pygments' own, with the rules for nearly every token tried first.

    It has these rules behind fifty others, and tries all of them at each token. None of the fifty
    matches where one of these does: what they find is a word of a list, or begins with a digit, a
    quote or letters before one, `#`, `\\`, `@` or `.`, or at the beginning of a line. So the tokens
    are the same.
    """

    tokens = {
        "root": [
            (r"(?<=[^\n])[^\S\n]+", Text),
            (r"!=|==|<<|>>|:=|[-~+/*%=<>&^|]", Operator),
            (r"[]{}:(),;[]", Punctuation),
            (rf"(?!{_NO_NAME})[A-Za-z_][A-Za-z0-9_]*(?![\w\"'])", Name),
            inherit,
        ]
    }


_FORMATTER = HtmlFormatter(nowrap=True, classprefix="hl-")


@lru_cache(maxsize=64)  # Pygments goes through all of its languages; each may be spelled anyhow
def lexer_class(language: str) -> type[Lexer]:
    found = find_lexer_class_by_name(language)
    return QuickPythonLexer if found is PythonLexer else found


def highlighted(code: str, language: str) -> str:
    """Lines of HTML. No element goes on from one line to the next.

    Code of an unknown language is text.
    """
    try:
        return highlight(code, lexer_class(language)(stripnl=False), _FORMATTER)
    except ClassNotFound:
        return escapeHtml(code)
