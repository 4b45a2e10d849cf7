"""Code in color, and that Python is read as Pygments reads it."""

import itertools

from pygments.lexers.python import PythonLexer

from paths.text.highlighting import QuickPythonLexer, highlighted, lexer_class

# What Python is made of, and what its lexer takes for something else where a line begins.
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
    ),
)


def test_python_is_read_as_pygments_reads_it():
    ours, theirs = QuickPythonLexer(stripnl=False), PythonLexer(stripnl=False)
    for pair in itertools.product(PIECES, PIECES):
        for code in ("".join(pair), "x" + "".join(pair)):
            assert list(ours.get_tokens(code)) == list(theirs.get_tokens(code)), repr(code)


def test_python_is_read_by_the_lexer_of_this_test():
    assert lexer_class("py") is QuickPythonLexer


def test_another_language_has_a_lexer_of_its_own():
    assert '<span class="hl-k">SELECT</span>' in highlighted("SELECT 1", "sql")
