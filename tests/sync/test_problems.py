"""How a problem is printed: where to put the cursor, what is wrong, what would be right."""

from textwrap import dedent

import pytest

from careers.sync.problems import CatalogError, Place, Problem, did_you_mean


def shown(text: str) -> str:
    return dedent(text).strip("\n")


def test_a_problem_is_a_heading_a_place_the_line_a_caret_and_a_hint():
    place = Place("roles/ml-engineer.yaml", 3, 1, 5, "titel: ML Engineer")
    problem = Problem("unknown-key", "a role has no `titel`", place, "did you mean `title`?")
    assert str(problem) == shown("""
        error[unknown-key]: a role has no `titel`
         --> roles/ml-engineer.yaml:3:1
          |
        3 | titel: ML Engineer
          | ^^^^^ did you mean `title`?
    """)


def test_the_margin_is_as_wide_as_the_line_number():
    place = Place("signals.yaml", 117, 11, 3, "    title: one")
    assert str(Problem("wrong-type", "a message", place)) == shown("""
        error[wrong-type]: a message
           --> signals.yaml:117:11
            |
        117 |     title: one
            |           ^^^
    """)


def test_a_problem_of_a_whole_file_shows_no_line():
    problem = Problem("missing-file", "there is no such file", Place("signals.yaml"), "create it")
    assert str(problem) == shown("""
        error[missing-file]: there is no such file
         --> signals.yaml
          = create it
    """)


def test_a_problem_of_a_whole_file_without_a_hint_ends_with_the_file():
    assert str(Problem("empty-file", "the file is empty", Place("a.yaml"))) == shown("""
        error[empty-file]: the file is empty
         --> a.yaml
    """)


def test_a_long_line_is_cut_to_a_window_around_the_place():
    line = "a" * 200 + "HERE" + "b" * 200
    assert str(Problem("code", "words", Place("a.yaml", 7, 201, 4, line), "hint")) == "\n".join(
        [
            "error[code]: words",
            " --> a.yaml:7:201",
            "  |",
            "7 | " + "a" * 25 + "HERE" + "b" * 47,
            "  | " + " " * 25 + "^^^^ hint",
        ]
    )


def test_a_long_line_is_shown_from_its_start_where_the_place_is_near_it():
    line = "key: " + "b" * 200
    report = str(Problem("code", "words", Place("a.yaml", 7, 6, 3, line))).splitlines()
    assert report[3:] == ["7 | key: " + "b" * 71, "  |      ^^^"]


def test_carets_end_where_the_window_does():
    report = str(Problem("code", "words", Place("a.yaml", 1, 1, 500, "x" * 500))).splitlines()
    assert report[3:] == ["1 | " + "x" * 76, "  | " + "^" * 76]


def test_a_place_behind_the_end_of_its_line_has_one_caret():
    report = str(Problem("code", "words", Place("a.yaml", 1, 4, 9, "abc"))).splitlines()
    assert report[3:] == ["1 | abc", "  |    ^"]


@pytest.mark.parametrize("char", ["\t", "\x00", "\x1b", "\x85", "\u2028", "\u202e"])
def test_what_a_terminal_would_act_on_is_shown_as_a_dot(char):
    report = str(Problem("code", "words", Place("a.yaml", 1, 3, 1, f"ab{char}cd"))).splitlines()
    assert report[3:] == ["1 | ab·cd", "  |   ^"]


def test_problems_are_in_the_order_of_files_lines_and_columns():
    places = [
        Place("signals.yaml"),
        Place("roles/b.yaml", 2, 1),
        Place("roles/a.yaml", 10, 1),
        Place("roles/a.yaml", 9, 7),
        Place("roles/a.yaml", 9, 3),
        Place("roles/a.yaml"),
    ]
    error = CatalogError(Problem("code", "words", place) for place in places)
    assert [problem.place for problem in error.problems] == places[::-1]


def test_problems_are_printed_with_an_empty_line_between():
    problems = [Problem("code", "one", Place("a")), Problem("code", "two", Place("b"))]
    assert str(CatalogError(problems)) == f"{problems[0]}\n\n{problems[1]}"


def test_a_hint_names_the_nearest_known_word():
    assert did_you_mean("titel", ["summary", "title", "tile"]) == "did you mean `title`?"


def test_there_is_no_hint_where_no_known_word_is_near():
    assert did_you_mean("zebra", ["summary", "title"]) == ""


def dangling(number: int, file: str = "roles/a.yaml") -> Problem:
    place = Place(file, number, 1, 3, f"- p{number}")
    return Problem("dangling-path", f"there is no path “p{number}”", place)


def test_of_very_many_that_are_alike_the_first_stand_and_the_others_are_counted():
    problems = [dangling(number, "roles/000.yaml") for number in range(1, 11)]
    problems += [dangling(number, f"roles/{number // 2:03}.yaml") for number in range(100, 150)]
    other = Problem("missing-file", "there is no such file", Place("signals.yaml"), "create it")
    said = str(CatalogError([*problems, other])).split("\n\n")
    alone = str(CatalogError([problems[0]]))
    assert {alone, str(other)} <= {*said}
    assert len(said) == 10 + 1 + 1
    heading, counted = said[-1].splitlines()
    assert heading == "error[dangling-path]: there is no path …"
    assert counted.startswith("  = 50 more like these: roles/050.yaml:100:1, roles/050.yaml:101:1,")
    assert counted.endswith(", and 40 in 20 files")


def test_a_few_that_are_alike_stand_each_for_itself():
    problems = [dangling(number) for number in range(1, 11)]
    assert str(CatalogError(problems)) == "\n\n".join(map(str, problems))


def test_many_of_different_causes_stand_each_for_itself():
    problems = [
        Problem(f"sort-{number}", "a message", Place("signals.yaml", number, 1, 1, "x"))
        for number in range(1, 40)
    ]
    assert str(CatalogError(problems)) == "\n\n".join(map(str, problems))
