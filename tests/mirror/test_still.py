"""A page of a mirror loses what needs a server, and is otherwise unchanged."""

from bs4 import BeautifulSoup

from careers.mirror.still import StillPage, still_page

SITE = "https://careers.example.org"


def still(html: str, here: str = "/careers/") -> StillPage:
    return still_page(html, here, SITE, lambda action, classes: f"<p>{action} {classes}</p>")


def test_what_needs_no_server_stays_as_it_is():
    drawing = '<svg viewBox="0 0 1 1"><path d="M0"/></svg>'
    html = f'<!doctype html>\n<p class="a">1 &amp; 2&nbsp;<br>\n{drawing}'
    assert still(html).text == html


def test_a_sentence_takes_the_place_of_a_form():
    html = '<h1>A</h1><form class="search" action="/search/"><p><input name="q"></p></form>\n<p>B'
    assert still(html).text == "<h1>A</h1><p>/search/ search</p>\n<p>B"


def test_a_form_of_the_page_itself_is_known_by_the_page():
    assert still('<form action="">x</form>').text == "<p>/careers/ </p>"


def test_what_says_nothing_without_an_answer_is_left_out_with_all_within():
    html = "<main><section data-live><section>x</section>y</section><p>z</p></main>"
    assert still(html).text == "<main><p>z</p></main>"


def test_swaps_and_their_scripts_are_left_out():
    html = (
        "<meta name=\"htmx-config\" content='{}'>"
        '<script src="/static/django_htmx/htmx.min.0a1b.js" defer></script>'
        '<script src="/static/js/swaps.js" defer></script>'
        '<script src="/static/js/copy.js"></script>'
        '<a href="/careers/ml/" hx-get="/careers/ml/roadmap/" hx-target="closest .more">Show</a>'
    )
    page = still(html)
    assert page.text == '<script src="/static/js/copy.js"></script><a href="/careers/ml/">Show</a>'
    assert ("/careers/ml/roadmap/", "") in page.asked


def test_words_about_swaps_stay():
    html = '<img src="/a.svg" alt="A link with hx-get and hx-target"><p title=\'an hx-post\'>'
    assert still(html).text == html
    link = '<a href="/a/" hx-get="/b/" title="It has hx-get" hx-boost>A</a>'
    assert still(link).text == '<a href="/a/" title="It has hx-get">A</a>'


def test_a_link_to_another_page_of_a_list_gets_an_address_of_its_own():
    page = still('<a rel="next" href="?page=2">More</a>')
    assert page.text == '<a rel="next" href="/careers/page/2/">More</a>'
    assert page.asked == [("/careers/?page=2", "")]


def test_a_page_of_a_list_keeps_its_relative_links():
    page = still('<a href="?page=1">Before</a><a href="#main">Skip</a>', here="/careers/?page=2")
    assert page.text == '<a href="/careers/page/1/">Before</a><a href="#main">Skip</a>'
    assert page.asked[1] == ("/careers/?page=2", "main")


def test_a_link_that_chooses_leads_to_the_whole_list():
    page = still('<a href="/careers/?from=nurse&amp;path=rag#x">Roles</a>', here="/")
    assert page.text == '<a href="/careers/path/rag/#x">Roles</a>'


def test_a_link_that_only_makes_a_choice_where_it_stands_is_left_out():
    html = '<p><a href="/careers/?r=ml#ml" hx-get="/careers/?r=ml">Compare</a></p>'
    assert still(html).text == "<p></p>"


def test_the_one_address_of_a_page_is_that_of_the_mirror():
    html = (
        f'<link rel="canonical" href="{SITE}/careers/?page=2">'
        f'<meta property="og:url" content="{SITE}/careers/?page=2">'
    )
    head = BeautifulSoup(still(html, here="/careers/?page=2").text, "html.parser")
    assert head.link["href"] == head.meta["content"] == f"{SITE}/careers/page/2/"


def test_a_file_keeps_the_digest_in_its_address():
    html = '<img src="/paths/rag/one/a.svg?v=0a1b">'
    page = still(html)
    assert page.text == html
    assert page.asked == [("/paths/rag/one/a.svg?v=0a1b", "")]


def test_other_sites_are_nobodys_business():
    html = '<a href="https://example.org/?page=2">A</a><a href="mailto:a@b">B</a><a href="http://[">C</a>'
    assert still(html).text == html
    assert still(html).asked == []


def test_parts_of_a_page_are_known():
    assert still('<h1 id="a">A</h1><form><p id="b"></p></form>').ids == {"a"}
