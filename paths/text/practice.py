"""The tasks in a lesson's practice, as plain words."""

import re

import lxml.html

_BEGINS = re.compile(r'<h2 id="practice">.*?</h2>', re.DOTALL)
_ENDS = re.compile(r"<h2\b|<details\b")  # the next section, or the solution
_CHECK = '<pre class="check"'


def practice_tasks(html: str) -> list[str]:
    """The items of the practice's numbered lists, each as one line. html: a lesson's text."""
    fragments = lxml.html.fragments_fromstring(f"<div>{_practice(html)}</div>")
    items = [item for each in fragments for item in each.iterfind("./ol/li")]
    return [" ".join(item.text_content().split()) for item in items]


def has_check(html: str) -> bool:
    """Whether the text has a block of code that checks the reader's work."""
    return _CHECK in html


def _practice(html: str) -> str:
    begins = _BEGINS.search(html)
    rest = html[begins.end() :] if begins else ""
    ends = _ENDS.search(rest)
    return rest[: ends.start()] if ends else rest
