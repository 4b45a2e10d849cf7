"""The models' rules, as problems of a document in its file."""

import pytest

from careers.sync.reading.rules import rule_problems
from careers.sync.reading.yaml_tree import Text, parse_yaml


def test_a_percent_sign_in_a_rule_is_a_percent_sign():
    values = {
        "number": 101,
        "title": "A",
        "slug": "a",
        "path": "p",
        "summary": "S.",
        "minutes": 30,
        "practice_minutes": 5,
        "objectives": ["Do it"],
        "status": "published",
        "body": "word " * 200,
    }
    (problem,) = rule_problems("lessons", values, parse_yaml(Text("a.md", "minutes: 30\n")))
    assert problem.message.endswith("30 is more than a minute and more than 20% off.")
    assert problem.place.line == 1


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2026-11-29", []), ("2026-11-30", []), ("2026-12-01", ["future"])],
)
def test_east_of_greenwich_a_figure_may_be_of_tomorrow(files, time_machine, day, codes):
    time_machine.move_to("2026-11-29T23:30:00Z")
    files.change("roles/ml-engineer.yaml", "collected: 2026-01-02", f"collected: {day}")
    assert [problem.code for problem in files.problems()] == codes
