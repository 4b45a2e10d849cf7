"""The search of the whole site: `/search/`, and its description for browsers."""

from django.http import HttpResponse
from django.shortcuts import render

from careers import index
from careers.pages.fragments import render_part
from careers.pages.signposts import find_signposts, words_of_signposts
from careers.published.fulltext.question import MOST_SOUGHT, SHORTEST
from careers.published.query import Reader
from careers.published.search import LONGEST_SEARCH
from careers.published.titles.concepts import fold
from careers.published.visitor import read_visitor
from careers.snapshot import CatalogRequest
from paths.addresses import for_reading


@for_reading
def search(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    visitor = read_visitor(reader, request.catalog, None)
    typed = reader.words("q")
    if why_not := _why_not(typed):
        reader.refuse("q", why_not)
    answer = _answer(typed, request) if typed and not why_not else None
    context = {
        "visitor": visitor,
        "typed": typed[:LONGEST_SEARCH],
        "answer": answer,
        "signposts": find_signposts(_as_read(typed, answer), request.catalog) if answer else (),
        "longest": LONGEST_SEARCH,
        "most_words": MOST_SOUGHT,
        "ignored": reader.ignored,
    }
    return render_part(request, "careers/search.html", "swap", context)


def _answer(typed: str, request: CatalogRequest) -> index.Answer:
    return index.search(typed, request.catalog, words_of_signposts(request.catalog))


def _as_read(typed: str, answer: index.Answer) -> str:
    """The search text, folded, with its misspelled words corrected."""
    read = {fold(wrong): right for wrong, right in answer.question.corrected}
    return " ".join(read.get(word, word) for word in fold(typed).split())


def _why_not(typed: str) -> str:
    """Why a text can't be searched for, in words for the visitor; empty if it can."""
    if not typed:
        return ""
    if len(typed) > LONGEST_SEARCH:
        return f"A search can have at most {LONGEST_SEARCH} characters."
    letters = fold(typed)
    if not letters:
        return "There is no letter or digit in it. Type a word."
    if letters.isascii() and len(letters) < SHORTEST:
        return "One letter finds too much. Type two or more."
    return ""


@for_reading
def description(request: CatalogRequest) -> HttpResponse:
    """The OpenSearch description, by which browsers search here from their address bar."""
    return render(request, "opensearch.xml", content_type="application/opensearchdescription+xml")
