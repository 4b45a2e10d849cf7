"""The glossary's file, from the folder to the database and back."""

import pytest

from careers.models import Revision
from careers.sync.exporting.replace import replace_files
from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.sides import read_sides
from paths.models import Lesson, Status, Term
from tests.sync.exporting.whole import make_rewrites

GLOSSARY = """\
terms:
  - slug: gradient
    title: gradient
    status: published
    also: [slope]
    meaning: Which way is up.
    lesson: 201
  - slug: python
    title: Python
    status: published
    meaning: A language.
    linked: false
    learn:
      - {title: A tutorial, url: "https://example.org/tutorial"}
"""
LESSON = "paths/rag/chunking.md"


@pytest.fixture
def with_glossary(files):
    files.write("glossary.yaml", GLOSSARY)
    return files


def test_a_catalog_needs_none(files):
    assert files.problems() == []


def test_its_terms_are_entries(with_glossary):
    gradient = with_glossary.entries()["terms", "gradient"]
    assert gradient.values["lesson"] == 201
    assert gradient.values["also"] == ["slope"]
    assert "lesson" not in with_glossary.entries()["terms", "python"].values


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("lesson: 201", "lesson: 999", "dangling-lesson", 7),
        ("lesson: 201", "lesson: first", "wrong-type", 7),
        ("slug: python", "slug: gradient", "duplicate-slug", 8),
        ("slug: python", "slug: Python", "slug", 8),
        ("meaning: A language.", f"meaning: {'x' * 251}", "max-length", 11),
        ("    meaning: A language.\n", "", "missing-key", 8),
        ("linked", "linkd", "unknown-key", 12),
        ("https://example.org/tutorial", "javascript:x", "url", 14),
    ],
)
def test_what_is_wrong_is_said_at_its_line(with_glossary, old, new, code, line):
    with_glossary.change("glossary.yaml", old, new)
    (problem,) = with_glossary.problems()
    assert (problem.code, problem.place.line) == (code, line)


@pytest.mark.parametrize("needs", ["[gradient, Python]", "[slope]", "[python]", "[]"])
def test_a_lesson_needs_what_the_glossary_has_by_any_spelling(with_glossary, needs):
    with_glossary.change(LESSON, "status:", f"needs: {needs}\nstatus:")
    assert with_glossary.problems() == []


def test_two_spellings_that_unicode_has_for_a_term_are_one(with_glossary):
    with_glossary.change("glossary.yaml", "also: [slope]", "also: [na\u00efve slope]")
    with_glossary.change(LESSON, "status:", "needs: [nai\u0308ve slope]\nstatus:")
    assert with_glossary.problems() == []


def test_what_it_doesnt_have_is_a_problem_at_its_line(with_glossary):
    with_glossary.change(LESSON, "status:", "needs:\n  - python\n  - gradent\nstatus:")
    (problem,) = with_glossary.problems()
    assert (problem.code, problem.place.text) == ("dangling-term", "  - gradent")
    assert problem.hint == "did you mean `gradient`?"


def test_a_glossary_that_cant_be_read_makes_no_need_wrong(with_glossary):
    with_glossary.change(LESSON, "status:", "needs: [anything]\nstatus:")
    with_glossary.change("glossary.yaml", "title: Python", "titel: Python")
    assert {problem.code for problem in with_glossary.problems()} == {"unknown-key"}


def test_an_apply_writes_them_and_says_so(db, with_glossary):
    with_glossary.apply()
    gradient = Term.objects.get(slug="gradient")
    assert gradient.lesson == Lesson.objects.get(number=201)
    python = Term.objects.get(slug="python")
    assert python.lesson is None
    assert python.learn == [{"title": "A tutorial", "url": "https://example.org/tutorial"}]
    assert with_glossary.apply().is_empty
    with_glossary.change("glossary.yaml", "    lesson: 201\n", "    lesson: null\n")
    with_glossary.apply()
    assert Term.objects.get(slug="gradient").lesson is None
    (edit,) = Revision.objects.latest("number").edits.all()
    assert (edit.kind, edit.key, edit.field) == ("terms", "gradient", "lesson")


def test_a_term_that_is_gone_is_retired(db, with_glossary):
    with_glossary.apply()
    with_glossary.write("glossary.yaml", GLOSSARY.partition("  - slug: python")[0])
    apply_entries(with_glossary.read(), allow_removals=1)
    assert Term.objects.get(slug="python").status == Status.RETIRED


def test_live_edits_are_kept_and_exported(db, with_glossary):
    with_glossary.apply()
    Term.objects.filter(slug="python").update(meaning="A good language.", lesson=None)
    Term.objects.filter(slug="gradient").update(lesson=Lesson.objects.get(number=401))
    assert len(with_glossary.apply().drift) == 2
    folder = with_glossary.folder
    replace_files(folder, make_rewrites(folder, read_sides(read_files(folder))))
    expected = GLOSSARY.replace("A language.", "A good language.").replace("201", "401")
    assert with_glossary.text("glossary.yaml") == expected
