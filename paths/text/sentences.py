"""Split a text into sentences, for search to look through and quote."""

import re
from collections.abc import Iterator
from html import unescape

# Solutions must not be given away. Formulas, labels of blocks and numbers of notes say nothing, and
# a column's name is already in its head.
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
# A period after these doesn't end a sentence.
_SHORT = re.compile(r"(?:^|[\s(“])(?:e\.g|i\.e|vs|cf|al|No|Fig|Dr|Mr|Ms)\.$")
CELLS = " · "  # between the cells of a table's row


def sentences(html: str) -> list[str]:
    """The sentences of a text and the lines of its code, in order, without empty ones.

    html: as paths.markdown renders it.
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
    # Line breaks of the source mean nothing, and nh3 leaves none inside tags.
    as_blocks = _BLOCK.sub("\n", _CELL.sub(CELLS, html.replace("\n", " ")))
    for block in unescape(_TAG.sub("", as_blocks)).split("\n"):
        yield from split_sentences(" ".join(block.split()))


def split_sentences(text: str) -> Iterator[str]:
    """Split a text without markup into sentences."""
    start = 0
    for end in _END.finditer(text):
        if not _SHORT.search(text[start : end.start()]):
            yield text[start : end.end()].strip()
            start = end.end()
    yield text[start:].strip()
