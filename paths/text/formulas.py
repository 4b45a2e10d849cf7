"""Formulas written in TeX as MathML, which browsers draw themselves."""

import re
from functools import lru_cache

from latex2mathml.converter import convert

LONGEST = 1000  # characters

# What latex2mathml makes. Nothing of it links, loads or runs.
TAGS = {
    *("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mphantom", "mpadded", "mstyle"),
    *("mfrac", "msqrt", "mroot", "msup", "msub", "msubsup", "munder", "mover", "munderover"),
    *("mtable", "mtr", "mtd"),
}
ATTRIBUTES = {
    "math": {"display"},
    "mfrac": {"linethickness"},
    "mo": {"stretchy", "fence", "form", "minsize", "maxsize", "lspace", "rspace", "separator"},
    "mi": {"mathvariant"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mspace": {"width", "linebreak"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtable": {"columnalign", "rowspacing", "columnspacing"},
    "mtd": {"columnalign"},
}


class Unreadable(ValueError):
    """A formula that isn't TeX as far as we know it. Its text says why."""


@lru_cache(maxsize=512)  # who checks a text has read its formulas before they are shown
def mathml(tex: str, *, display: bool) -> str:
    """A formula as MathML; display: on lines of its own. Raises Unreadable."""
    if len(tex) > LONGEST:
        raise Unreadable(f"a formula has at most {LONGEST} characters")
    try:
        made = convert(tex, display="block" if display else "inline")
    except RecursionError:
        raise Unreadable("it nests too deep") from None
    except Exception as error:  # each kind of mistake has an exception of its own, with no base
        raise Unreadable("a brace or an argument is missing") from error
    unknown = re.search(r"\\[A-Za-z]+", made)
    if unknown:
        raise Unreadable(f"there is no command {unknown[0]}")
    return str(made)
