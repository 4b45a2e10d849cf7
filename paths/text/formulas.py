"""TeX formulas as MathML, which browsers draw themselves; and dollar signs that begin none."""

import re
from functools import lru_cache

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

LONGEST = 1000  # characters

# What latex2mathml writes. None of it links, loads or runs anything.
TAGS = {
    *("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mphantom", "mpadded", "mstyle"),
    *("mfrac", "msqrt", "mroot", "msup", "msub", "msubsup", "munder", "mover", "munderover"),
    *("mtable", "mtr", "mtd"),
}
ATTRIBUTES = {
    "math": {"display"},
    "mfrac": {"linethickness"},
    "mo": {
        *("stretchy", "fence", "form", "minsize", "maxsize", "lspace", "rspace", "separator"),
        "movablelimits",
    },
    "mi": {"mathvariant"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mspace": {"width", "height", "depth", "linebreak"},
    "mstyle": {"displaystyle", "scriptlevel", "mathsize"},
    "mtable": {"columnalign", "rowspacing", "columnspacing"},
    "mtd": {"columnalign"},
}

_UNSEEN = {("math", "xmlns"), ("mo", "accent")}  # dropped: they make no visible difference
# Browsers draw numbers in no other style, so bold digits become characters, as bold letters are.
_BOLD = re.compile(r'<mn mathvariant="bold">([0-9.,]+)</mn>')
_BOLD_DIGITS = {ord(str(digit)): chr(0x1D7CE + digit) for digit in range(10)}
_TAG = re.compile(r'<([a-z]+)((?:\s+[a-z]+="[^"]*")*)')


class Unreadable(ValueError):
    """A formula that isn't TeX as we support it. Its message says why."""


@lru_cache(maxsize=512)  # a check converts the formulas of a text before it is rendered
def mathml(tex: str, *, display: bool) -> str:
    """A formula as MathML. display: whether it is on lines of its own. Raises Unreadable."""
    if len(tex) > LONGEST:
        raise Unreadable(f"a formula has at most {LONGEST} characters")
    try:
        made = convert(tex, display="block" if display else "inline")
    except RecursionError:
        raise Unreadable("it nests too deep") from None
    except Exception as error:  # latex2mathml's exceptions have no common base
        raise Unreadable("a brace or an argument is missing") from error
    unknown = re.search(r"\\[A-Za-z]+", made)
    if unknown:
        raise Unreadable(f"there is no command {unknown[0]}")
    if "&#x029F8;" in made:  # a combining stroke that few fonts have
        raise Unreadable("instead of \\not, write a command of its own, as \\ne or \\notin")
    return _BOLD.sub(lambda number: f"<mn>{number[1].translate(_BOLD_DIGITS)}</mn>", str(made))


def left_out(made: str) -> list[str]:
    """The <elements> and attributes of some MathML that pages would drop, sorted."""
    lost = set()
    for tag, attributes in _TAG.findall(made):
        if tag not in TAGS:
            lost.add(f"<{tag}>")
            continue
        names = set(re.findall(r'([a-z]+)="', attributes))
        known = {name for name in names if (tag, name) in _UNSEEN} | ATTRIBUTES.get(tag, set())
        lost |= names - known
    return sorted(lost)


def note_dollars(parser: MarkdownIt) -> None:
    """Make a parser note the dollar signs that are text, in its environment as "dollars": the
    content of an inline token → their places in it. Formulas must be read already."""
    parser.inline.ruler.after("math_inline", _dollar.__name__, _dollar)


def _dollar(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    if not silent:
        state.env.setdefault("dollars", {}).setdefault(state.src, set()).add(state.pos)
        state.pending += "$"
    state.pos += 1
    return True
