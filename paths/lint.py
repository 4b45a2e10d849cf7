"""Find what in a Markdown text won't be shown as meant, with the line and how to mend it.

An error keeps a text from being published; a warning doesn't.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from django.urls import Resolver404, resolve
from markdown_it.token import Token

from paths import markdown
from paths.text import formulas
from paths.text.memo import memoized
from paths.text.newlines import unix_newlines

SCHEMES = {"http", "https", "mailto"}

# Pages with the slug of a thing in their address: whether they exist depends on the thing.
PAGES_BELOW_A_ROLE = {"role-fit", "role-picture", "role-roadmap"}
NAMED_PAGES = {"lesson", "lesson-file", "path", "role"} | PAGES_BELOW_A_ROLE

# HTML elements, and what to write instead in Markdown. Others, like <eos>, are plain text.
_INSTEAD = {
    **dict.fromkeys(("b", "strong"), "**bold**"),
    **dict.fromkeys(("em", "i"), "*emphasis*"),
    **dict.fromkeys(("del", "s", "strike"), "~~struck through~~"),
    **dict.fromkeys(("code", "kbd", "pre", "samp", "tt", "var"), "`code`"),
    **dict.fromkeys(("li", "ol", "ul"), "- an item of a list"),
    **dict.fromkeys(("table", "tbody", "td", "th", "thead", "tr"), "| a | table |"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "## a heading"),
    **dict.fromkeys(
        ("figcaption", "figure", "img", "picture"), '![what it shows](diagram.svg "…")'
    ),
    **dict.fromkeys(("details", "summary"), "::: solution"),
    "a": "[words](address)",
    "blockquote": "> a quotation",
    "br": "a backslash at the end of the line",
    "hr": "---",
    "p": "an empty line",
    **dict.fromkeys(("sub", "sup"), "a formula, as in $x^2$"),
    **dict.fromkeys(("audio", "button", "center", "div", "dl", "dt", "dd", "font", "form"), ""),
    **dict.fromkeys(("iframe", "input", "label", "link", "mark", "meta", "object", "q"), ""),
    **dict.fromkeys(("script", "section", "small", "span", "style", "svg", "u", "video"), ""),
}
_TAG = re.compile(r"<!--|</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>?")
# Other names for Python. Such a block would be neither run nor shown with its output.
_PYTHON = re.compile(r"[{.]*(?:i?python|py)(?:[23](?:\.\d+)?)?(?:[,:}].*)?", re.IGNORECASE)
# Languages of a block after a Python block that was probably meant as its output.
_PRINTED = {"text", "txt", "output", "stdout"}
_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})\s*")
_FOLD_END = re.compile(r"[\s>]*:{3,}\s*")
# What merge tools leave in a file that has a conflict. Such a file is always refused.
CONFLICT_MARKER = re.compile(r"^(?:(?:<{7}|>{7})(?= |$)|\|{7}(?= [^|\n]*$)).*", re.MULTILINE)
UNFINISHED_MERGE = "a merge was left unfinished here"
FINISH_MERGE = "choose a side, and remove the lines <<<<<<<, |||||||, ======= and >>>>>>>"

SUGGESTIONS = 3  # the number of dead links of a text that get one
DEEPEST = 4  # parts of an address, as in /paths/path/lesson/file
ALIKE = 0.6  # difflib's ratio, from 0 to 1: less similar addresses aren't suggested

_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]", re.IGNORECASE)
_DASHES = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*(?::?-+:?)?\s*")
_NO_LINK = re.compile(r"\]\(\s*<?\s*(javascript|vbscript|file|data):", re.IGNORECASE)
_REFERENCE = re.compile(r"(?<![\w\]\\])\[([^\[\]]+)\]\[([^\[\]]*)\]")
_REFERENCE_DEFINED = re.compile(r"^[ >]*\[([^\[\]]+)\]:", re.MULTILINE)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_NOTE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_NOTE_ESCAPED = re.compile(r"(?:\\\[\^|\[\\\^)([^\]\s\\]+)\\?\]")  # meant to be shown
_NOTE_DEFINED = re.compile(r"^[ >]*\[\^([^\]\s]+)\]:", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem. line: of the text, from 1. said: what is wrong and how to mend it, as a clause."""

    line: int
    said: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"Line {self.line} of the text: {self.said}."


@dataclass(frozen=True, slots=True)
class Linted:
    """What a text contains. links: (line, address) of each."""

    findings: tuple[Finding, ...]
    links: tuple[tuple[int, str], ...]


def findings(text: str) -> list[Finding]:
    """All problems that the text itself reveals, by line."""
    return list(linted(text).findings)


@lru_cache(maxsize=256)
@memoized
def linted(text: str) -> Linted:
    """The problems and links of a text. Cached, since a check asks twice: for errors when it reads
    the text, and for warnings when it has read all texts."""
    text = unix_newlines(text)
    tokens = markdown.parse(text)
    links = tuple((line, _href(link)) for line, link in _placed_links(tokens))
    lines = text.split("\n")
    found = [
        *_of_merges(text),
        *_of_blocks(tokens, lines),
        *_of_inlines(tokens),
        *_of_tags(text),
        *_of_links_within(tokens),
        *_of_references(tokens, text),
        *_of_notes(tokens, text),
    ]
    return Linted(tuple(sorted(set(found))), links)


def errors(text: str) -> list[Finding]:
    """The problems that keep a text from being published."""
    return [each for each in findings(text) if each.is_error]


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of all roles, paths, lessons and files beside lessons, and of former ones that
    redirect.

    public: those that anybody can open. hidden: those of drafts and retired things.
    """

    public: Collection[str]
    hidden: Collection[str] = frozenset()


def dead_links(text: str, page: str, there: Addresses) -> Iterator[Finding]:
    """A warning for each link to an address of this site where nothing is public.

    page: the address of the text's page. The first few warnings suggest another address.
    """
    few = SUGGESTIONS
    for line, href in linted(text).links:
        if why := why_dead(href, page, there, suggests=few > 0):
            few -= 1
            yield Finding(line, f"the link to {unquote(href)} leads to {why}", is_error=False)


def leads_within(text: str) -> bool:
    """Whether the text has a link to a page of this site."""
    return any(_is_within(href) for _, href in linted(text).links)


def _is_within(href: str) -> bool:
    parts = urlsplit(href)
    return bool(href) and not (parts.scheme or parts.netloc or href.startswith("#"))


def why_dead(href: str, page: str, there: Addresses, *, suggests: bool = True) -> str:
    """What a link leads to, if not to a public page; "" if it does, or leads to another site.

    page: the address of the page with the link. Links to its own hidden pages are right, since they
    are published with it; "" allows none. suggests: whether to suggest another address.
    """
    if not _is_within(href):
        return ""
    path = unquote(urlsplit(urljoin(page, href)).path)
    named = _named(path)
    if named is None or named in there.public:
        return ""
    if named in there.hidden:
        is_own = page and named.startswith(page)
        return "" if is_own else "a page that isn't published"
    near = _nearest_address(named, there.public) if suggests else ""
    return "no page on this site" + _did_you_mean(near)


def _named(path: str) -> str | None:
    """The address to look up for a page, or None if the page exists whatever the catalog has."""
    try:
        found = resolve(path)
    except Resolver404:
        return path
    if found.url_name in PAGES_BELOW_A_ROLE:
        return path.rstrip("/").rpartition("/")[0] + "/"
    return path if found.url_name in NAMED_PAGES else None


def _nearest_address(path: str, known: Collection[str]) -> str:
    """The address that may be meant, found part by part: a lesson only among those of its path. So
    a part is compared with few others.

    A part with no match below the page is looked for beside it: the link may lack its “../”.
    """
    meant = "/"
    for part in [each for each in path.split("/") if each][:DEEPEST]:
        beside = meant.rstrip("/").rpartition("/")[0] + "/"
        for place in (meant, beside):
            if near := _most_alike(part, _parts_below(place, known)):
                meant = f"{place}{near}/"
                break
        else:
            break
    return next((each for each in (meant, meant.rstrip("/")) if each in known), "")


def _parts_below(place: str, known: Iterable[str]) -> set[str]:
    at = len(place)
    return {each[at:].partition("/")[0] for each in known if each.startswith(place)}


def _most_alike(word: str, known: Collection[str]) -> str:
    if word in known:
        return word
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=ALIKE)
    return near[0] if near else ""


def _did_you_mean(near: str) -> str:
    return f"; did you mean {near}" if near else ""


def _of_merges(text: str) -> Iterator[Finding]:
    for marker in CONFLICT_MARKER.finditer(text):
        line = text.count("\n", 0, marker.start()) + 1
        yield Finding(line, f"{UNFINISHED_MERGE}: {FINISH_MERGE}")


# -- Blocks ----------------------------------------------------------------------------------------


def _of_blocks(tokens: list[Token], lines: list[str]) -> Iterator[Finding]:
    ends = set()  # lines at which a fold ends
    prints = False  # whether the previous block is Python
    for token in tokens:
        first, behind = token.map or (0, 0)
        if token.type == "fence":
            language = _language(token.info)
            yield from (Finding(first + 1, said) for said in _of_info(token.info))
            if prints and language != "text" and language.lower() in _PRINTED:
                said = f"what code prints stands in a block of text: write text, not {language}"
                yield Finding(first + 1, said)
            if behind - 1 <= first or not _FENCE.fullmatch(lines[behind - 1]):
                said = f"this block of code is never closed: end it with a line {token.markup}"
                yield Finding(first + 1, said)
        elif token.type == "container_solution_open":
            is_end = behind < len(lines) and _FOLD_END.fullmatch(lines[behind])
            if not is_end or behind in ends:
                yield Finding(first + 1, "this fold is never closed: end it with a line :::")
            ends.add(behind)
        elif token.type == "inline" and token.map:
            yield from _of_fold_marks(token)
            yield from _of_plain_marks(token)
        prints = token.type == "fence" and _language(token.info) == "python"


def _language(info: str) -> str:
    return info.strip().partition(" ")[0]


def _of_info(info: str) -> Iterator[str]:
    language = _language(info)
    words = re.sub(r'hl="\d[\d -]*"', "", info).split()
    role = next((word for word in words if word in markdown.LABELS), "")
    if set(words[1:]) - set(markdown.LABELS):
        yield (
            f"a code block can be told {' or '.join(markdown.LABELS)}, and lines to mark as in "
            f'hl="4-6", not {" ".join(words[1:])}'
        )
    elif role and role == language:
        yield f"only a block of python can be the {role}: write ```python {role}"
    elif role and language != "python" and not _PYTHON.fullmatch(language):
        yield f"only a block of python can be the {role}, not one of {language}"
    if language != "python" and _PYTHON.fullmatch(language):
        yield f"write python, as in ```python: {language} isn’t read as code to run"


def _of_fold_marks(inline: Token) -> Iterator[Finding]:
    """A ::: that neither begins nor ends a fold would be shown literally."""
    for number, line in enumerate(inline.content.split("\n"), start=(inline.map or [0])[0] + 1):
        mark = re.match(r":{3,}\s*(\S*)", line.strip())
        if mark and mark[1]:
            yield Finding(number, f"there is no fold “{mark[1]}”: the one there is is ::: solution")
        elif mark:
            yield Finding(number, "this ::: ends nothing: a fold begins with ::: solution")


def _of_plain_marks(inline: Token) -> Iterator[Finding]:
    """Other dialects of Markdown, and mistakes, that would be shown literally."""
    for number, line in enumerate(
        _without_code(inline.content).split("\n"), start=(inline.map or [0])[0] + 1
    ):
        if kind := _ALERT.match(line):
            instead = f"write **{kind[1].capitalize()}:**"
            yield Finding(number, f"{kind[0]} would be shown as it stands: {instead}")
        if "|" in line and _DASHES.fullmatch(line):
            said = (
                "this isn't a table: the line of dashes has a different number of columns than "
                "the line above it"
            )
            yield Finding(number, said)
        for link in _NO_LINK.finditer(line):
            yield Finding(number, _no_scheme(link[1]))


def _without_code(words: str) -> str:
    """The text with spaces in place of code in backticks."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), words)


def _no_scheme(scheme: str) -> str:
    return f"a link begins with https://, http:// or mailto:, not {scheme.lower()}:"


# -- Within lines ----------------------------------------------------------------------------------


def _placed(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    """Every token, nested ones too, with its line, from 1."""
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line  # table cells have their row's
        yield line, token
        breaks = 0
        for child in token.children or ():
            yield line + breaks, child
            breaks += child.type in {"softbreak", "hardbreak"}


def _placed_links(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    return ((line, token) for line, token in _placed(tokens) if token.type == "link_open")


def _href(link: Token) -> str:
    return str(link.attrGet("href") or "")


def _of_inlines(tokens: list[Token]) -> Iterator[Finding]:
    for line, token in _placed(tokens):
        if token.type == "image":
            yield from (Finding(line, said) for said in _of_image(token))
        elif token.type.startswith("math"):
            yield from (Finding(line, said) for said in _of_formula(token.content.strip()))
        elif token.type == "link_open":
            yield from _of_link(line, _href(token))


def _of_image(image: Token) -> Iterator[str]:
    src = str(image.attrGet("src"))
    if not markdown.is_picture(src):
        yield (
            f"the picture {unquote(src)} would not be shown: put it as a file beside the lesson, "
            "and name that, as in diagram.svg"
        )
    if not markdown.alternative(image).strip():
        yield f"say in the brackets what {unquote(src)} shows, for those who don't see it"


def _of_formula(tex: str) -> Iterator[str]:
    try:
        made = formulas.mathml(tex, display=False)
    except formulas.Unreadable as why:
        yield f"the formula ${tex}$ can't be read: {why}"
        return
    if lost := formulas.left_out(made):
        said = f"pages leave out {', '.join(lost)}; write it without"
        yield f"the formula ${tex}$ can't be shown: {said}"


def _of_link(line: int, href: str) -> Iterator[Finding]:
    scheme = href.partition(":")[0].lower() if re.match(r"[A-Za-z][\w+.-]*:", href) else ""
    if not href:
        yield Finding(line, "this link leads nowhere: give its address", is_error=False)
    elif scheme and scheme not in SCHEMES:
        yield Finding(line, _no_scheme(scheme))


def _of_tags(text: str) -> Iterator[Finding]:
    """HTML tags, which would be shown as text. Those in backticks are meant to be."""
    may_have = any(_is_ours(tag) for tag in _TAG.finditer(text))
    opened = set[str]()  # a closing tag of one of these is not another mistake
    for line, token in _placed(markdown.parse(text, html=True) if may_have else []):
        if not token.type.startswith("html"):
            continue
        for number, part in enumerate(re.sub(r"`[^`]*`", "", token.content).split("\n")):
            for tag in _TAG.finditer(part):
                name = (tag[1] or "").lower()
                if _is_ours(tag) and not (tag[0].startswith("</") and name in opened):
                    yield Finding(line + number, _of_tag(tag[0], name))
                opened.add(name)


def _is_ours(tag: re.Match[str]) -> bool:
    """Whether it is an HTML tag or a comment. Others, like <eos>, are plain text."""
    return not tag[1] or tag[1].lower() in _INSTEAD


def _of_tag(tag: str, name: str) -> str:
    if not name:
        return "a comment would be shown as it stands: take it out"
    instead = f"write {_INSTEAD[name]}" if _INSTEAD[name] else "take it out"
    shown = tag if len(tag) <= 40 else f"{tag[:39]}…"
    return (
        f"HTML is shown as it stands, and {shown} is a tag of it: {instead}, or put it into "
        "backticks if readers are to see it"
    )


# -- Links within the text -------------------------------------------------------------------------


def _of_links_within(tokens: list[Token]) -> Iterator[Finding]:
    headings = (token for token in tokens if token.type == "heading_open")
    ids = {f"#{token.attrGet('id')}": None for token in headings}
    few = SUGGESTIONS
    for line, link in _placed_links(tokens):
        target = unquote(_href(link))
        if _href(link).startswith("#") and target not in {"#", "#top", *ids}:
            near = _most_alike(target, ids) if few > 0 else ""
            few -= 1
            said = f"the link to {target} leads to no heading of this text" + _did_you_mean(near)
            yield Finding(line, said, is_error=False)


def _of_references(tokens: list[Token], text: str) -> Iterator[Finding]:
    """Reference links without a definition: they would be shown literally."""
    known = {" ".join(label.casefold().split()) for label in _REFERENCE_DEFINED.findall(text)}
    for inline in tokens:
        lines = _without_code(inline.content).split("\n") if inline.type == "inline" else []
        for number, line in enumerate(lines, start=(inline.map or [0])[0] + 1):
            for found in _REFERENCE.finditer(line):
                label = found[2] or found[1]
                if " ".join(label.casefold().split()) not in known and not label.startswith("^"):
                    said = f"there is no address for [{label}]: add a line [{label}]: https://…"
                    yield Finding(number, said, is_error=False)


def _of_notes(tokens: list[Token], text: str) -> Iterator[Finding]:
    """Footnotes that are missing, never referenced, or defined twice."""
    called = set()
    escaped: set[str] = set()
    for line, token in _placed(tokens):
        if token.type == "inline":
            escaped = set(_NOTE_ESCAPED.findall(token.content))
        elif token.type == "footnote_ref":
            called.add(token.meta.get("label", ""))
        elif token.type == "text":
            for note in _NOTE.finditer(token.content):
                if note[1] in escaped:
                    continue
                said = f"there is no footnote [^{note[1]}]: add a line [^{note[1]}]: …"
                yield Finding(line, said, is_error=False)
    yield from _of_defined_notes(text, called, _lines_of_code(tokens))


def _of_defined_notes(text: str, called: Collection[str], code: set[int]) -> Iterator[Finding]:
    """code: line numbers of code blocks, in which nothing is a definition."""
    firsts = dict[str, int]()  # note → the first line that defines it
    for defined in _NOTE_DEFINED.finditer(text):
        note, line = defined[1], text.count("\n", 0, defined.end()) + 1
        if line in code:
            continue
        first = firsts.setdefault(note, line)
        if first != line:
            said = (
                f"the footnote [^{note}] is defined twice: line {first} has it too, and one is lost"
            )
            yield Finding(line, said, is_error=False)
        elif note not in called:
            said = f"nothing calls the footnote [^{note}], so it isn't shown"
            yield Finding(line, said, is_error=False)


def _lines_of_code(tokens: list[Token]) -> set[int]:
    blocks = (token.map for token in tokens if token.type in {"fence", "code_block"} and token.map)
    return {line for first, behind in blocks for line in range(first + 1, behind + 1)}
