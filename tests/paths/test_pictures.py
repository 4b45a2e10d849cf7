"""A lesson's pictures on its page, and the addresses of the files beside it."""

import pytest
from bs4 import BeautifulSoup

from careers.pages.freshness import PAGE
from paths import files
from paths.models import FileContent, Status
from paths.text.pictures import Picture, placed

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 300"><path d="M0 0"/></svg>'
FIGURE = '![Two > one & "more"](cross.svg "They meet")'


def images(html: str, **names: Picture) -> list[dict]:
    found = {name.replace("_", ".") + ".svg": picture for name, picture in names.items()}
    return [each.attrs for each in BeautifulSoup(placed(html, found), "html.parser")("img")]


def test_a_picture_has_its_size_and_an_address_of_these_very_bytes():
    (image,) = images('<img src="a.svg" alt="A">', a=Picture("d" * 64, 300, 200))
    assert image == {
        "src": "a.svg?v=dddddddddddd",
        "alt": "A",
        "width": "300",
        "height": "200",
        "loading": "lazy",
    }


def test_a_picture_for_the_dark_stands_beside_the_one_for_the_light():
    light, dark = images(
        '<img src="a.svg" alt="A">', a=Picture("d" * 64, 300, 200), a_dark=Picture("e" * 64, 30, 20)
    )
    assert (light["class"], dark["class"]) == (["in-light"], ["in-dark"])
    assert dark["src"] == "a.dark.svg?v=eeeeeeeeeeee"
    assert light["alt"] == dark["alt"]


def test_a_wide_picture_is_marked():
    (image,) = images('<img src="a.svg" alt="A">', a=Picture("d" * 64, 680, 200))
    assert image["class"] == ["wide"]


def test_of_a_picture_without_a_file_its_words_are_left():
    assert placed('See <img src="a.svg" alt="A &amp; b">.', {}) == "See A &amp; b."


# -- Pages -----------------------------------------------------------------------------------------


@pytest.fixture
def beside(catalog):
    """A function that makes a lesson with files beside it."""

    def make(status=Status.PUBLISHED, **contents: str):
        listed = []
        for key in sorted(contents):
            name = ".".join(key.rsplit("_", 1))
            data = contents[key].encode()
            assert not files.problems(name, data)
            FileContent.of(name, data).save()
            listed.append({"name": name, "digest": files.digest(data)})
        path = catalog.path("rag", lessons=0)
        return catalog.lesson(
            path, slug="one", files=listed, body=f"{FIGURE}\n\n" + "word " * 1600, status=status
        )

    return make


def test_a_lesson_shows_its_pictures_and_their_files_are_there(client, beside):
    beside(cross_svg=SVG.format(680))
    page = BeautifulSoup(client.get("/paths/rag/one/").content, "html.parser")
    image = page.figure.img
    assert image["alt"] == 'Two > one & "more"'
    assert page.figcaption.get_text() == "They meet"
    answer = client.get(f"/paths/rag/one/{image['src']}")
    assert answer.content == SVG.format(680).encode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=0123456789ab", "?v=", "?v=a&v=b"])
def test_a_file_at_an_address_that_lasts_is_asked_for_again(client, beside, query):
    beside(data_csv="a,b\n")
    answer = client.get(f"/paths/rag/one/data.csv{query}")
    assert answer["Cache-Control"] == PAGE
    tag = {"If-None-Match": answer["ETag"]}
    assert client.get("/paths/rag/one/data.csv", headers=tag).status_code == 304


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a_csv", "a,b", "text/csv; charset=utf-8"),
        ("a_json", "[1]", "application/json"),
        ("a_md", "# A", "text/markdown; charset=utf-8"),
        ("a_py", "x = 1", "text/x-python; charset=utf-8"),
        ("a_svg", SVG.format(1), "image/svg+xml"),
        ("a_txt", "a", "text/plain; charset=utf-8"),
        ("a_yaml", "a: 1", "application/yaml"),
    ],
)
def test_nothing_in_a_file_could_run(client, beside, name, text, kind):
    beside(**{name: text})
    answer = client.get(f"/paths/rag/one/{name.replace('_', '.')}")
    assert answer["Content-Type"] == kind
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["Content-Security-Policy"] == policy
    assert not answer.cookies


def test_a_file_goes_where_its_lesson_goes(client, beside):
    lesson = beside(data_csv="a,b\n")
    lesson.keep_address(lesson.path, "old")
    answer = client.get("/paths/rag/old/data.csv?v=1")
    assert (answer.status_code, answer["Location"]) == (301, "/paths/rag/one/data.csv?v=1")


def test_a_drafts_file_is_not_there_and_a_retired_ones_is_gone(client, beside):
    lesson = beside(status=Status.DRAFT, data_csv="a,b\n")
    assert client.get("/paths/rag/one/data.csv").status_code == 404
    for status in (Status.PUBLISHED, Status.RETIRED):
        lesson.status = status
        lesson.save()
    assert client.get("/paths/rag/one/data.csv").status_code == 410


@pytest.mark.parametrize("name", ["none.csv", "data", "DATA.csv", "..%2Fdata.csv", "data.csv/"])
def test_no_other_file_is_there(client, beside, name):
    beside(data_csv="a,b\n")
    assert client.get(f"/paths/rag/one/{name}").status_code == 404


def test_a_file_costs_two_queries_and_a_page_with_files_four(count_at, client, beside):
    beside(data_csv="a,b\n", cross_svg=SVG.format(680))
    assert count_at(lambda: client.get("/paths/rag/one/data.csv")) == 2
    assert count_at(lambda: client.get("/paths/rag/one/")) <= 4
