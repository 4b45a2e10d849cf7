from io import BytesIO

import pytest
from PIL import Image

from careers.models import LineColor
from careers.pages.picture import COLORS, draw
from careers.published.roadmap import LessonRef, Roadmap, Stop


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
