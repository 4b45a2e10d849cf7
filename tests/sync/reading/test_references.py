"""References between documents, and the values of an entry: what the database will store."""

import pytest

ROLE = "roles/ml-engineer.yaml"
EARLIER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
LESSON = "paths/rag/when-to-retrieve.md"
FIRST = "paths/prompting/first-prompt.md"
BACKGROUNDS = "backgrounds.yaml"


def values(files, kind: str, key: str):
    return files.entries()[kind, key].values


# -- The values of an entry ----------------------------------------------------------------


def test_a_path_knows_its_lessons_by_number_in_their_order(files):
    assert values(files, "paths", "rag")["lessons"] == [401, 402]


def test_a_background_knows_lessons_by_number(files):
    assert values(files, "backgrounds", "software-engineer")["knows"] == [402]


def test_a_lesson_is_known_by_its_number(files):
    lesson = values(files, "lessons", "401")
    assert (lesson["path"], lesson["slug"]) == ("rag", "when-to-retrieve")


def test_a_lesson_has_the_text_below_its_front_matter(files):
    files.write(FIRST, files.text(FIRST).partition("\n\n")[0] + f"\n\n \n## A\n\n{'w ' * 200}\n\n")
    body = values(files, "lessons", "201")["body"]
    assert body.startswith("## A\n\nw w")
    assert body.endswith("w")


def test_three_dashes_in_a_text_do_not_end_it(files):
    files.add(FIRST, "\n---\n\nthe end\n")
    assert values(files, "lessons", "201")["body"].endswith("\n---\n\nthe end")


def test_an_entry_knows_its_file(files):
    assert files.entries()["roles", "ml-engineer"].file == ROLE


def test_items_of_a_list_are_in_the_order_of_the_file(files):
    assert values(files, "signals", "shipped")["position"] == 1
    assert values(files, "signals", "eval-discipline")["position"] == 2


def test_a_bare_former_slug_of_a_lesson_is_one_of_its_path(files):
    files.change(LESSON, "status: published", "status: published\nformerly: [old, prompting/old]")
    assert files.entries()["lessons", "401"].formerly == {"rag/old", "prompting/old"}


def test_a_role_has_its_former_slugs_beside_its_values(files):
    files.add(ROLE, "formerly: [old]\n")
    role = files.entries()["roles", "ml-engineer"]
    assert role.formerly == {"old"}
    assert "formerly" not in role.values


# -- What the file gives, and what it leaves out -------------------------------------------


def test_only_what_the_file_gives_is_the_files(files):
    assert "honest_scope" not in values(files, "roles", "data-engineer")
    assert values(files, "roles", "ml-engineer")["honest_scope"] == "Courses give the method."


def test_what_the_file_gives_as_null_is_the_files_and_empty(files):
    files.add(EARLIER_ROLE, "honest_scope: ~\naliases:\n")
    role = values(files, "roles", "data-engineer")
    assert (role["honest_scope"], role["aliases"]) == ("", [])


@pytest.mark.parametrize("word", ["no", "1.10", "2026-02-30", "on", "0x1F"])
def test_a_text_stays_as_it_is_written(files, word):
    files.change(ROLE, "title: ML Engineer", f"title: {word}")
    assert values(files, "roles", "ml-engineer")["title"] == word


def test_values_are_plain_json(files):
    band = values(files, "roles", "ml-engineer")["salary_bands"][0]
    assert (band["collected"], band["low"], band["basis"]) == ("2026-01-02", 65000, "survey")


# -- Names ---------------------------------------------------------------------------------


def test_white_space_around_a_name_is_no_part_of_it(files):
    files.change(ROLE, "path: rag", "path: ' rag '")
    assert files.problems() == []


def test_a_name_that_is_like_no_other_has_no_hint(files):
    files.change(ROLE, "path: rag", "path: zzzzzzz")
    (problem,) = files.problems()
    assert problem.hint == ""


def test_every_name_that_dangles_is_a_problem(files):
    files.change(ROLE, "path: rag", "path: zzz")
    files.change(ROLE, "path: prompting", "path: yyy")
    assert [problem.place.line for problem in files.problems()] == [21, 23]


def test_a_former_address_may_be_one_of_another_kind(files):
    files.add(ROLE, "formerly: [rag]\n")
    files.add(PATH, "formerly: [ml-engineer]\n")
    assert files.problems() == []


def test_a_former_slug_of_a_lesson_may_be_live_in_another_path(files):
    files.change(LESSON, "status: published", "status: published\nformerly: [first-prompt]")
    assert files.problems() == []


def test_lessons_of_two_paths_may_share_a_slug(files):
    files.change(FIRST, "number: 201", "number: 202")
    files.rename(FIRST, "paths/prompting/chunking.md")
    files.change("paths/prompting/path.yaml", "first-prompt", "chunking")
    assert files.problems() == []


def test_a_number_that_three_lessons_use_is_two_problems(files):
    files.change(LESSON, "number: 401", "number: 201")
    files.change("paths/rag/chunking.md", "number: 402", "number: 201")
    assert [(problem.code, problem.place.line) for problem in files.problems()] == [
        ("duplicate-number", 2),
        ("duplicate-number", 2),
    ]
