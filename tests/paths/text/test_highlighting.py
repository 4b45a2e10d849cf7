"""Code in color: our faster Python lexer finds what that of Pygments finds."""

import itertools
import re

from pygments.lexer import Lexer
from pygments.lexers.python import PythonLexer

from paths.text.highlighting import COLORED, QuickPythonLexer, elements, highlighted, lexer_class

# Pieces of Python, some of which the lexer reads differently where a line begins.
PIECES = (
    *("\n", " ", "    ", "\t", "\f", "\\\n", "\\", "# note", "#!", "@", "$", "?", "!", "é", "_"),
    *(".", ".5", "...", "->", "!=", ":=", "<<", "==", "-", "=", "|", "(", ")", "[", "]", "{", "}"),
    *(
        ":",
        ",",
        ";",
        "'",
        '"',
        "'''",
        '"""doc"""',
        "rb'''doc'''",
        "f'{x!r:>4}'",
        "'%s'",
        "12",
        "1j",
        "1_0",
        "1.",
        "1e5",
        "0xf",
        "٣",
        '""',
    ),
    *(
        "def ",
        "class ",
        "from ",
        "import ",
        "match",
        "case x:",
        "lambda",
        "not in",
        "and",
        "is",
        "or",
        "self",
        "print",
        "name",
        "rb",
        "None",
        "__init__",
        "lazy ",
        "in",
        "len",
        "type ",
        "\n  ",
        "\n  match x:",
        "\n  r'''doc'''",
    ),
)


def colored(lexer: Lexer, code: str) -> str:
    return "".join(elements(lexer.get_tokens(code)))


def test_python_is_read_as_pygments_reads_it():
    ours, theirs = QuickPythonLexer(stripnl=False), PythonLexer(stripnl=False)
    for pair in itertools.product(PIECES, PIECES):
        for code in ("".join(pair), "x" + "".join(pair)):
            assert colored(ours, code) == colored(theirs, code), repr(code)


def test_python_is_read_by_the_lexer_of_this_test():
    assert lexer_class("py") is QuickPythonLexer


def test_another_language_has_a_lexer_of_its_own():
    assert '<span class="hl-k">SELECT</span>' in highlighted("SELECT 1", "sql")


def test_what_has_a_color_has_an_element_and_nothing_else(settings):
    css = (settings.BASE_DIR / "static" / "css" / "site.css").read_text()
    assert set(re.findall(r"\.hl-(\w+)", css)) == COLORED
    assert highlighted("a = (b + [1])", "python") == ('a = (b + [<span class="hl-mi">1</span>])\n')


def test_no_element_goes_on_from_one_line_to_the_next():
    made = highlighted("x = '''a\n\n<b>'''\n", "python")
    assert made.split("\n") == [
        "x = <span class=\"hl-s1\">'''a</span>",
        "",
        "<span class=\"hl-s1\">&lt;b&gt;'''</span>",
        "",
    ]
