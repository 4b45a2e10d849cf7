"""Code in color: each token is an element with a class, as `hl-k` for a keyword."""

from functools import lru_cache

from markdown_it.common.utils import escapeHtml
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer, inherit
from pygments.lexers import find_lexer_class_by_name
from pygments.lexers.python import PythonLexer
from pygments.token import Operator, Punctuation, Text
from pygments.util import ClassNotFound


class QuickPythonLexer(PythonLexer):
    """Pygments' own, with the rules for every other token tried first.

    It has these rules behind fifty others, and tries all of them at each token. None of the fifty
    matches where one of these does: what they find begins with a letter, a digit, a quote, `#`,
    `\\`, `@` or `.`, or at the beginning of a line. So the tokens are the same.
    """

    tokens = {
        "root": [
            (r"(?<=[^\n])[^\S\n]+", Text),
            (r"!=|==|<<|>>|:=|[-~+/*%=<>&^|]", Operator),
            (r"[]{}:(),;[]", Punctuation),
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
