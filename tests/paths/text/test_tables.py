"""Tables of lessons: aligned by classes, and shown row by row where columns don't fit."""

import pytest
from bs4 import BeautifulSoup

from paths import markdown
from paths.text.sentences import sentences

FOUR = "|Way|You *run*|`pay`|Fast[^1]|\n|-|-:|-|-|\n|call|a|b|c|\n|host|d|e||\n\n[^1]: A note."
THREE = "|a|b|c|\n|-|:-:|-|\n|1|2|3|"


def table(text: str) -> BeautifulSoup:
    return BeautifulSoup(markdown.render(text), "html.parser").table


def test_each_cell_of_many_columns_has_the_name_of_its_own():
    rows = table(FOUR).tbody.find_all("tr")
    names = ["Way", "You <em>run</em>", '<code dir="ltr" translate="no">pay</code>', "Fast"]
    for row in rows:
        assert [cell.b.decode_contents() for cell in row.find_all("td")] == names
    assert [[cell.span.text for cell in row.find_all("td")] for row in rows] == [
        ["call", "a", "b", "c"],
        ["host", "d", "e", ""],
    ]


@pytest.mark.parametrize("text", [FOUR, THREE])
def test_however_it_is_laid_out_a_table_is_one_to_whoever_hears_it(text):
    found = table(text)
    # HTML allows roles on cells only in a table that has another role itself.
    assert (found.parent["role"], found["role"]) == ("table", "none")
    roles = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader"}
    for tag, role in (roles | {"td": "cell"}).items():
        assert {each["role"] for each in found.find_all(tag)} == {role}


def test_a_note_in_a_head_is_called_once():
    assert markdown.render(FOUR).count('id="fnref1"') == 1


def test_a_table_that_fits_says_no_name_twice():
    assert not table(THREE).find_all(["b", "span"])


@pytest.mark.parametrize(("text", "place", "kind"), [(FOUR, 1, "end"), (THREE, 1, "center")])
def test_columns_are_aligned_by_classes(text, place, kind):
    found = table(text)
    assert found.find_all("th")[place]["class"] == found.find_all("td")[place]["class"] == [kind]
    assert not found.find_all(style=True)


def test_each_table_of_a_text_counts_its_own_columns():
    found = BeautifulSoup(markdown.render(f"{THREE}\n\n{FOUR}\n\n{THREE}"), "html.parser")
    assert [len(each.find_all("b")) for each in found.find_all("table")] == [0, 8, 0]


def test_a_search_quotes_a_row_without_the_names_of_its_columns():
    said = sentences(markdown.render(FOUR))
    assert said[:2] == ["Way · You run · pay · Fast", "call · a · b · c"]
