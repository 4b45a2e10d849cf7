"""What a lesson's page says before its code: what to install, and where answers come from."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from paths import files
from paths.models import FileContent, Price, Status

ANSWERS = {
    "kind": "scripted",
    "model": "page",
    "date": "2026-11-29",
    "note": "Nobody would answer so fast.",
    "answers": [],
}
RECORDED = {
    **ANSWERS,
    "kind": "recorded",
    "model": "SmolLM2-135M-Instruct",
    "weights": "Q4_1",
    "engine": "xllamacpp 2026.10",
}


@pytest.fixture
def box(client, catalog):
    """A function that makes a lesson and returns the set-up box on its page, or None."""

    def make(setup: str = "", code: str = "", **contents: str) -> BeautifulSoup | None:
        listed = []
        for key, text in sorted(contents.items()):
            name, data = ".".join(key.rsplit("_", 1)), text.encode()
            FileContent.of(name, data).save()
            listed.append({"name": name, "digest": files.digest(data)})
        path = catalog.path("rag", lessons=0, setup=setup)
        more = {"body": f"```python\n{code}\n```"} if code else {}
        catalog.lesson(path, slug="one", files=listed, **more)
        page = BeautifulSoup(client.get("/paths/rag/one/").content, "html.parser")
        return page.find("section", attrs={"aria-labelledby": "set-up"})

    return make


def words(box: BeautifulSoup) -> str:
    return " ".join(box.get_text().split())


def test_where_nothing_is_needed_there_is_none(box):
    assert box() is None


def test_it_says_what_to_install(box, client):
    assert box("Python. `pip install numpy`.").code.get_text() == "pip install numpy"
    assert "pip install numpy" in client.get("/paths/rag/").text


def test_it_names_what_the_code_of_this_lesson_imports(box):
    found = box("Python 3.12 or newer.", code="import json\nfrom PIL import Image\nimport numpy")
    assert found.code.get_text() == "pip install numpy pillow"


def test_it_says_that_nothing_has_to_be_installed(box):
    found = box("Python 3.12 or newer.", code="import json")
    assert "Nothing needs to be installed for the code of this lesson." in words(found)
    assert not found.code


def test_what_stands_beside_the_lesson_needs_no_installing(box):
    assert "Nothing needs" in words(box("Python.", code="import desk", desk_py="x = 1\n"))


def test_a_path_names_what_the_code_of_all_its_lessons_imports(client, catalog):
    path = catalog.path("rag", lessons=0, setup="Python 3.12 or newer.")

    def said() -> str:
        return words(BeautifulSoup(client.get("/paths/rag/").content, "html.parser").main)

    catalog.lesson(path, body="```python\nimport json\n```")
    assert "Nothing needs to be installed for the code of its lessons." in said()
    for module in ("openai", "numpy"):
        catalog.lesson(path, body=f"```python\nimport {module}\n```")
    catalog.lesson(path, body="```python\nimport fastapi\n```", status=Status.DRAFT)
    assert "For the code of all its lessons: pip install numpy openai. Each" in said()


def test_it_has_the_files_but_for_the_pictures(box):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    found = box(data_csv="a,b", a_svg=svg)
    assert [link["href"] for link in found.find_all("a", download=True)] == [
        "/paths/rag/one/data.csv"
    ]


def test_it_says_that_answers_were_written_for_the_page(box):
    found = box(answers_json=json.dumps(ANSWERS))
    assert "written for it, on November 29, 2026. Nobody would answer so fast." in words(found)
    linked = [link["href"] for link in found.find_all("a")]
    assert linked == [
        "/paths/rag/one/answers.json",
        "/paths/model_server.py",
        "/paths/model/",
    ]
    assert found.pre.get_text() == "python model_server.py answers.json"


def test_it_says_of_which_model_they_were_recorded_and_when(box):
    said = words(box(answers_json=json.dumps(RECORDED)))
    model = "SmolLM2-135M-Instruct, Q4_1, run by xllamacpp 2026.10, on November 29, 2026."
    assert f"recorded: {model}" in said
    assert "written for it" not in said


def test_what_calls_cost_stands_with_its_day_and_says_when_it_is_old(box, client):
    days = {"new": timezone.now().date(), "old": datetime.date(2020, 1, 2)}
    for name, day in days.items():
        Price.objects.create(
            slug=name,
            title=name.title(),
            model=f"{name}-1",
            size="small",
            price_in="0.10",
            price_out="0.50",
            collected=day,
            source="A page",
            url=f"https://example.org/{name}",
            status=Status.PUBLISHED,
        )
    box(prices_csv="model,in,out\nold-1,0.10,0.50\nnew-1,0.10,0.50\nother,0.10,0.50\n")
    page = BeautifulSoup(client.get("/paths/rag/one/").content, "html.parser")
    old, new = page.select("section[aria-labelledby=prices] li")
    assert "Old (small): $0.10 in, $0.50 out. A page, read on January 2, 2020." in words(old)
    assert old.a["href"] == "https://example.org/old"
    assert "over six months ago" in words(old)
    assert "over six months ago" not in words(new)


def test_a_lesson_without_prices_says_nothing_of_them(box, client):
    box(data_csv="model,in,out\nold-1,0.10,0.50\n")
    assert "What calls cost" not in client.get("/paths/rag/one/").text
