"""Which files may stand beside a lesson."""

import json

import pytest

from paths import files

ANSWERS = {
    "kind": "scripted",
    "model": "page",
    "date": "2026-11-29",
    "note": "Written for this page.",
    "answers": [
        {
            "request": {"messages": [{"role": "user", "content": "Hi"}], "temperature": 0},
            "responses": [{"status": 200, "headers": {}, "body": {"choices": []}}],
        }
    ],
}


@pytest.mark.parametrize("name", ["a.csv", "data_2.csv", "two-words.dark.svg", "x1.json"])
def test_a_plain_name_is_allowed(name):
    text = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    assert files.problems(name, b"[1]" if name.endswith("json") else text) == []


@pytest.mark.parametrize(
    "name",
    ["A.csv", "a b.csv", ".csv", "a..csv", "a.csv\n", "a/b.csv", "ä.csv", "a" * 60 + ".csv", "a"],
)
def test_another_name_is_refused(name):
    ((line, said),) = files.problems(name, b"")
    assert (line, "small letters and digits" in said) == (0, True)


@pytest.mark.parametrize("name", ["a.html", "a.js", "a.png", "a.exe", "a.sh"])
def test_another_type_is_refused(name):
    ((_, said),) = files.problems(name, b"")
    assert "svg" in said


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.txt", b"x" * (256 * 1024 + 1), 0),
        ("a.txt", b"a\nb\xff", 2),
        ("a.txt", b"a\n\nb\0", 3),
        ("a.json", b'{\n"a": }', 2),
        ("a.json", b"[" * 100_000, 0),
        ("a.svg", b"\n<svg/>", 2),
    ],
)
def test_a_file_that_isnt_what_its_name_says_is_refused_at_its_line(name, data, line):
    assert files.problems(name, data)[0][0] == line


def test_answers_of_a_model_say_what_they_are():
    data = json.dumps(ANSWERS).encode()
    assert files.problems("answers.json", data) == []
    facts = files.facts("answers.json", data)
    assert (facts["kind"], facts["model"], facts["date"]) == ("scripted", "page", "2026-11-29")


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "invented"},
        {"model": None},
        {"date": "yesterday"},
        {"answers": [{"request": {}, "responses": []}]},
        {"answers": [{**ANSWERS["answers"][0], "responses": []}]},
        {"answers": [{**ANSWERS["answers"][0], "responses": [{"body": {}, "delay": 60}]}]},
        {"something": 1},
    ],
)
def test_answers_that_dont_are_refused(change):
    assert files.problems("answers.json", json.dumps({**ANSWERS, **change}).encode())
