from io import BytesIO

import pytest
from PIL import Image

from careers.models import CatalogVersion, LineColor
from careers.pages import picture
from careers.pages.picture import COLORS, draw, draw_comparison, draw_lesson, draw_path, draw_site
from careers.published.roadmap import LessonRef, OtherLine, Roadmap, Stop
from paths.models import Status


def a_roadmap(stops: int, title: str = "Role", **fields) -> Roadmap:
    made = tuple(
        Stop(f"p{n}", f"Path & number {n}", n, "/", "", "", (LessonRef(n, 20, 40, "x", "/x/"),))
        for n in range(stops)
    )
    values = {"line": "blue", "in_sequence": True, "after_paths": "", "not_taught": ""} | fields
    return Roadmap(role=title, url="/", code="RO", stops=made, **values)


@pytest.mark.parametrize("stops", [0, 1, 2, 6, 30])
@pytest.mark.parametrize("in_sequence", [True, False])
def test_any_roadmap_has_a_picture_of_one_size(stops, in_sequence):
    image = Image.open(BytesIO(draw(a_roadmap(stops, in_sequence=in_sequence))))
    assert (image.format, image.size) == ("PNG", (1200, 630))


def test_one_path_and_one_hour_are_written_in_the_singular(monkeypatch):
    facts = []
    monkeypatch.setattr(picture, "_foot", lambda _pen, said: facts.append(said))
    for count in (1, 2):
        roadmap = a_roadmap(count)
        draw.__wrapped__(roadmap)
        draw_path.__wrapped__("Path", roadmap.lessons)
    assert facts == [
        "1 learning path in sequence, 1 hour of lessons",
        "1 lesson, 1 hour to read and practice",
        "2 learning paths in sequence, 2 hours of lessons",
        "2 lessons, 2 hours to read and practice",
    ]


def test_a_long_title_stays_inside():
    image = Image.open(BytesIO(draw(a_roadmap(2, "W" * 100)))).convert("L")
    assert min(image.crop((1199, 20, 1200, 630)).get_flattened_data()) > 200


def test_a_circle_has_a_smooth_edge():
    image = Image.open(BytesIO(draw(a_roadmap(2)))).convert("RGB")
    edge = image.crop((72, 96, 176, 110))  # the top of the roundel
    assert len(edge.getcolors()) > 3, "colors between its own and the paper's"


def test_pictures_of_different_roadmaps_differ():
    pictures = {draw(a_roadmap(n, line=line)) for n in (1, 2) for line in ("blue", "red")}
    assert len(pictures) == 4


def test_every_line_color_has_its_own():
    assert set(COLORS) == set(LineColor.values)
    assert len(set(COLORS.values())) == len(COLORS)


def test_a_role_names_its_picture_and_the_picture_answers(client, catalog):
    catalog.role("ml-engineer")
    assert (
        'property="og:image" content="http://testserver/careers/ml-engineer/picture.png"'
        in client.get("/careers/ml-engineer/").text
    )
    response = client.get("/careers/ml-engineer/picture.png")
    assert response["Content-Type"] == "image/png"
    assert client.get("/careers/nobody/picture.png").status_code == 404


# -- A comparison, a lesson, a path, and all roles -------------------------------------------------


@pytest.mark.parametrize("stops", [(0, 0), (1, 3), (2, 6, 30)])
def test_any_comparison_has_a_picture_of_that_size(stops):
    image = Image.open(BytesIO(draw_comparison(tuple(map(a_roadmap, stops)))))
    assert (image.format, image.size) == ("PNG", (1200, 630))


@pytest.mark.parametrize(
    "title", ["Loss", "Tokens, and why Greek costs more than English", "W" * 100]
)
@pytest.mark.parametrize(("place", "planned"), [(1, 1), (3, 12), (60, 60), (7, 300), (900, 1000)])
def test_any_lesson_has_a_picture_of_that_size(title, place, planned):
    lesson = LessonRef(1, 8, 40, title, "/")
    image = Image.open(BytesIO(draw_lesson(lesson, "Path", place, planned)))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    edge = image.convert("L").crop((1190, 20, 1200, 630))
    assert min(edge.get_flattened_data()) > 200, "a long title stays inside"


def test_a_lessons_picture_shows_its_place():
    lesson = LessonRef(1, 8, 40, "Loss", "/")
    assert len({draw_lesson(lesson, "Path", place, 4) for place in (1, 2, 3)}) == 3


def test_a_comparison_has_a_picture_whatever_the_order_of_its_roles(client, catalog):
    path = catalog.path()
    for slug in ("a", "b"):
        catalog.role(slug, paths=[path])
    one, other = (client.get(f"/careers/compare/picture.png?{q}") for q in ("r=a&r=b", "r=b&r=a"))
    assert one["Content-Type"] == "image/png"
    assert one.content == other.content
    for too_few in ("", "?r=a", "?r=a&r=nobody"):
        assert client.get(f"/careers/compare/picture.png{too_few}").status_code == 404


def test_a_lessons_picture_is_where_its_lesson_is(client, catalog):
    path = catalog.path("rag", lessons=0)
    lesson = catalog.lesson(path, slug="one")
    draft = catalog.lesson(path, slug="two", status=Status.DRAFT)
    assert client.get("/paths/rag/one/picture.png")["Content-Type"] == "image/png"
    for nothing in (draft.slug, "three"):
        assert client.get(f"/paths/rag/{nothing}/picture.png").status_code == 404
    lesson.slug = "new"
    lesson.save()
    lesson.keep_address(path, "one")
    CatalogVersion.rise()
    moved = client.get("/paths/rag/one/picture.png")
    assert (moved.status_code, moved["Location"]) == (301, "/paths/rag/new/picture.png")
    lesson.status = Status.RETIRED
    lesson.save()
    CatalogVersion.rise()
    assert client.get("/paths/rag/new/picture.png").status_code == 410


@pytest.mark.parametrize("title", ["RAG", "Deployment and MLOps of models", "W" * 100])
@pytest.mark.parametrize("planned", [0, 1, 15, 300, 1000])
def test_any_path_has_a_picture_of_that_size(title, planned):
    lessons = tuple(LessonRef(n, 8, 40, "x", "/") for n in range(planned))
    image = Image.open(BytesIO(draw_path(title, lessons)))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    edge = image.convert("L").crop((1190, 20, 1200, 630))
    assert min(edge.get_flattened_data()) > 200, "a long title stays inside"


@pytest.mark.parametrize("title", ["ML Engineer", "Data Engineer (AI-focused)", "W" * 100])
@pytest.mark.parametrize("count", [0, 1, 9, 10, 10_000])
def test_any_number_of_roles_has_a_picture_of_that_size(title, count):
    lines = tuple(OtherLine("ML", "blue", title, "/") for _ in range(min(count, 10)))
    image = Image.open(BytesIO(draw_site(lines, count)))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    paper = image.convert("L")
    for left in (580, 1190):  # between the columns, and at the edge
        assert min(paper.crop((left, 190, left + 10, 540)).get_flattened_data()) > 200


def test_a_path_and_the_site_have_a_picture(client, catalog):
    rag = catalog.path("rag", lessons=2)
    catalog.role("ml-engineer", paths=[rag])
    for url in ("/careers/picture.png", "/paths/rag/picture.png"):
        assert client.get(url)["Content-Type"] == "image/png"
    assert client.get("/paths/nowhere/picture.png").status_code == 404
