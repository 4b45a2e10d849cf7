"""What a text says, sentence by sentence: what a search looks through, and quotes."""

import re
from collections.abc import Iterator
from html import unescape

# A solution would be given away; a formula, a block's label or the number of a note says nothing.
# The name of a column stands in its head.
_LEFT_OUT = re.compile(
    r"<details\b.*?</details>|<sup\b.*?</sup>|<div class=\"math\".*?</div>"
    r"|<p class=\"label\">.*?</p>|<b class=\"of\">.*?</b>|<hr[^>]*>",
    re.DOTALL,
)
_CODE = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
_CELL = re.compile(r"</t[dh]>\s*<t[dh]\b[^>]*>")
_BLOCK = re.compile(
    r"</?(?:blockquote|br|div|figcaption|figure|h[2-6]|li|ol|p|section|table|tbody|thead|tr|ul)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_END = re.compile(r"(?<=[.!?…])[”’)\"']*\s+(?=[“‘(\"'A-Z0-9])")
# A point behind these ends no sentence.
_SHORT = re.compile(r"(?:^|[\s(“])(?:e\.g|i\.e|vs|cf|al|No|Fig|Dr|Mr|Ms)\.$")
CELLS = " · "  # between the cells of a table's row


def sentences(html: str) -> list[str]:
    """The sentences of a text, and the lines of its code, in order and without empty ones.

    html: as paths.markdown writes it.
    """
    pieces = _CODE.split(_LEFT_OUT.sub("", html))
    found: list[str] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            found += (line.strip() for line in unescape(_TAG.sub("", piece)).splitlines())
        else:
            found += _of_prose(piece)
    return [each for each in found if each]


def _of_prose(html: str) -> Iterator[str]:
    # nh3 leaves no line break in a tag, and those of the writer mean nothing.
    as_blocks = _BLOCK.sub("\n", _CELL.sub(CELLS, html.replace("\n", " ")))
    for block in unescape(_TAG.sub("", as_blocks)).split("\n"):
        yield from split_sentences(" ".join(block.split()))


def split_sentences(text: str) -> Iterator[str]:
    """The sentences of a text without markup."""
    start = 0
    for end in _END.finditer(text):
        if not _SHORT.search(text[start : end.start()]):
            yield text[start : end.end()].strip()
            start = end.end()
    yield text[start:].strip()
