"""The glossary, and linking a term where a lesson's text first uses it."""

import re
from itertools import groupby

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from careers.published.glossary import TERMS_A_PAGE, Glossary, Place, Term
from careers.published.roadmap import LessonRef
from paths import markdown

DOWNHILL = LessonRef(102, 8, 40, "Walk downhill", "/paths/a/downhill/")
GLOSSARY = Glossary.of(
    [
        Term("gradient", "gradient", ("slope",), 'The "slope" of <loss>.', DOWNHILL),
        Term("gradient-descent", "gradient descent", (), "Many steps.", DOWNHILL),
        Term("rag", "RAG", (), "Search first."),
        Term("loss", "loss", (), "How wrong."),
        Term("model", "model", (), "A function.", None, linked=False),
    ]
)


def test_two_spellings_that_unicode_has_for_a_term_are_one():
    glossary = Glossary.of([Term("naive", "na\u00efve", (), "Simple.")])
    assert glossary.term("nai\u0308ve").slug == "naive"
    for text in ("<p>A na\u00efve one.</p>", "<p>A nai\u0308ve one.</p>"):
        assert 'href="/glossary/#naive"' in glossary.with_links(text, "/glossary/", 999)


def test_a_term_that_is_needed_in_two_spellings_is_learned_elsewhere_once():
    term = Term("gpu", "GPU", ("graphics card",), "A chip.", learn=(Place("A page", "/a/"),))
    glossary = Glossary.of([term])
    assert glossary.learned_elsewhere(["GPU", "graphics card", "gpu"]) == [term]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Bayes' theorem", "Bayes' theorem"),
        ("Bayes’ theorem", "Bayes’ theorem"),
        ("Bayes' theorem", "Bayes’ theorem"),
        ("Bayes’ theorem", "Bayes' theorem"),
        ("F1 score", "F1\u00a0score"),
        ("F1\u00a0score", "F1 score"),
        ("Q&A", "Q&A"),
        ('"quoted"', '"quoted"'),
        ("a<b", "a<b"),
        ("AT&T", "AT&T"),
    ],
)
def test_a_term_with_any_sign_is_found_in_a_text_as_it_is_written(title, text):
    glossary = Glossary.of([Term("it", title, (), "It.")])
    assert glossary.term(text).slug == "it"
    html = glossary.with_links(markdown.render(f"Of {text} we speak."), "/glossary/", 999)
    (link,) = BeautifulSoup(html, "html.parser").find_all("a", class_="term")
    assert link.get_text() == text


@pytest.mark.parametrize("name", ["amp", "lt", "nbsp"])
def test_the_name_of_a_sign_in_html_is_no_word(name):
    glossary = Glossary.of([Term("it", name, (), "It.")])
    html = markdown.render("Q&A, a < b and c\u00a0d.")
    assert glossary.with_links(html, "/glossary/", 999) == html


def links(html: str, lesson: int = 999) -> list[tuple[str, str]]:
    page = BeautifulSoup(GLOSSARY.with_links(html, "/glossary/", lesson), "html.parser")
    return [(link.get_text(), link["href"]) for link in page.find_all("a", class_="term")]


def test_terms_stand_by_the_alphabet():
    titles = [term.title for term in GLOSSARY.terms]
    assert titles == ["gradient", "gradient descent", "loss", "model", "RAG"]


def test_a_letter_is_the_same_small_large_and_with_a_sign_above_it():
    titles = ["zero", "Österreich", "overfit", "API", "1-NN", "äther", "“odds”", "40 bit", "@", "β"]
    glossary = Glossary.of(Term(f"t{n}", title, (), "") for n, title in enumerate(titles))
    by_letter = [(term.initial.label, term.title) for term in glossary.terms]
    assert by_letter == [
        *(("0–9", title) for title in ("@", "1-NN", "40 bit")),
        *(("A", title) for title in ("API", "äther")),
        *(("O", title) for title in ("“odds”", "Österreich", "overfit")),
        ("Z", "zero"),
        ("Β", "β"),
    ]
    assert [label for label, _ in glossary.letters("/g/")] == ["0–9", "A", "O", "Z", "Β"]


@given(st.lists(st.text(min_size=1, max_size=4), max_size=30))
def test_terms_of_a_letter_stand_together(titles):
    glossary = Glossary.of(Term(f"t{n}", title, (), "") for n, title in enumerate(titles))
    letters = [term.initial for term in glossary.terms]
    assert len(list(groupby(letters))) == len(set(letters))


def test_a_letter_leads_to_the_page_that_it_begins_on():
    many = [Term(f"a{n}", f"a{n:03}", (), "") for n in range(TERMS_A_PAGE)]
    glossary = Glossary.of([*many, Term("b", "b", (), ""), Term("seven", "7", (), "")])
    assert glossary.letters("/g/") == [
        ("0–9", "/g/#Digits"),
        ("A", "/g/#A"),
        ("B", "/g/?page=2#B"),
    ]


@pytest.mark.parametrize("spelling", ["gradient-descent", "Gradient  descent"])
def test_a_term_is_found_by_its_key_and_by_any_spelling(spelling):
    assert GLOSSARY.term(spelling).slug == "gradient-descent"
    assert GLOSSARY.term("slope").slug == "gradient"
    assert GLOSSARY.term("nothing") is None
    assert Glossary().term("nothing") is None


def test_the_first_use_leads_to_the_glossary_and_no_other():
    assert links("<p>A gradient is a <em>slope</em>. Gradients!</p>") == [
        ("gradient", "/glossary/#gradient")
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gradient descent is slow", "Gradient descent"),
        ("gradient\ndescent", "gradient\ndescent"),
        ("gradient\u00a0descent", "gradient\u00a0descent"),
        ("gradient&nbsp;descent", "gradient\u00a0descent"),
        ("gradient &nbsp;descent", "gradient \u00a0descent"),
        ("a&nbsp;loss&nbsp;here", "loss"),
        ("two losses", "losses"),
        ("the loss’s end", "loss"),
        ("(loss)", "loss"),
        ("RAG works", "RAG"),
    ],
)
def test_a_use_is_known_in_any_form(text, found):
    assert links(f"<p>{text}</p>")[0][0] == found


@pytest.mark.parametrize(
    "html",
    [
        "<p>glossy lossless rag floss loss-free</p>",
        "<p><code>loss</code> <a href='/x'>loss</a></p>",
        "<h2 id='loss'>Loss</h2><pre><code>loss</code></pre>",
        "<table><tr><th>Loss</th><td><b class='of'>loss</b></td></tr></table>",
        "<summary>loss</summary><math><mtext>loss</mtext></math>",
        '<p><img src="a.svg" alt="loss &gt; > loss"></p>',
        "<p>A model.</p>",
    ],
)
def test_what_is_another_word_or_stands_apart_is_left_alone(html):
    assert links(html) == []
    assert GLOSSARY.with_links(html, "/glossary/", 999) == html


def test_what_a_lesson_teaches_itself_is_not_linked_there():
    html = "<p>gradient descent, gradient, loss</p>"
    assert links(html, 102) == [("loss", "/glossary/#loss")]


def test_a_link_says_what_the_term_means():
    linked = GLOSSARY.with_links("<p>gradient</p>", "/glossary/", 999)
    link = BeautifulSoup(linked, "html.parser").a
    assert link["title"] == 'The "slope" of <loss>.'


def test_a_text_that_was_read_before_is_linked_alike():
    text = "<p>A gradient of the loss.</p>"
    first = links(text)
    assert links(text) == first
    assert links(text, lesson=102) == [("loss", "/glossary/#loss")]
    assert links("<p>The loss of a gradient.</p>") == first[::-1]


def test_no_more_than_some_texts_are_kept(monkeypatch):
    monkeypatch.setattr("careers.published.glossary.MOST_USES_KEPT", 3)
    glossary = Glossary.of(GLOSSARY.terms)
    for number in range(8):
        assert 'class="term"' in glossary.with_links(f"<p>Loss {number}</p>", "/glossary/", 999)
        assert len(glossary.uses) <= 3


def test_without_terms_a_text_stays_as_it_is():
    assert Glossary.of([]).with_links("<p>loss</p>", "/glossary/", 1) == "<p>loss</p>"


words = st.sampled_from(["loss", "gradient", "RAG", "other", "slope", "&amp;", "\n"])
tags = st.sampled_from(["p", "em", "code", "h2", "a", "li", "pre"])
trees = st.recursive(
    words,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>", tags, st.lists(inner, max_size=4)
    ),
    max_leaves=20,
)


@given(trees)
def test_links_add_nothing_but_themselves_and_never_nest(html):
    linked = GLOSSARY.with_links(html, "/glossary/", 999)
    page = BeautifulSoup(linked, "html.parser")
    assert not page.select("a a.term")
    targets = [link["href"] for link in page.find_all("a", class_="term")]
    assert len(targets) == len(set(targets))
    for link in page.find_all("a", class_="term"):
        assert not link.find_parents(["code", "h2", "pre", "a"])
    # As text, since the parser drops white space that stands alone after a link.
    assert re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", linked) == html
