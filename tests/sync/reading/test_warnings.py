"""Warnings of `catalog check`: faults of texts that can be used all the same."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

LESSON = "paths/rag/when-to-retrieve.md"
DRAFT = "paths/rag/chunking.md"


def check(files) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("catalog", "check", dir=files.folder, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_catalog_without_any_is_in_order(files):
    out, err = check(files)
    assert out.startswith("The catalog is in order")
    assert not err


@pytest.mark.parametrize(
    ("link", "near"),
    [
        ("/paths/rag/when-to-retreive/", "; did you mean /paths/rag/when-to-retrieve/"),
        ("../when-to-retreive/", "; did you mean /paths/rag/when-to-retrieve/"),
        ("/careers/ml-enginer/", "; did you mean /careers/ml-engineer/"),
        ("/nowhere/", ""),
    ],
)
def test_a_dead_link_is_a_warning_at_its_line_in_the_file(files, link, near):
    files.change(LESSON, "word word", f"\n\n[x]({link}) word")
    line = files.text(LESSON)[: files.text(LESSON).index("[x]")].count("\n") + 1
    out, err = check(files)
    assert out.startswith("The catalog is in order")
    words = f"the link to {link} leads to no page on this site{near}."
    assert err.startswith("warning[text]: Line 1 of the text: ")
    assert words in err
    assert f"{LESSON}:{line}:1" in err


@pytest.mark.parametrize(
    "link",
    [
        *("/paths/prompting/first-prompt/", "../when-to-retrieve/", "../", "/paths/"),
        *("/careers/ml-engineer/", "/careers/data-engineer/roadmap/"),
    ],
)
def test_a_link_that_leads_somewhere_is_none(files, link):
    files.change(LESSON, "word word", f"[x]({link}) word")
    assert not check(files)[1]


def test_a_former_address_leads_somewhere(files):
    files.change(LESSON, "number: 401", "number: 401\nformerly: [search]")
    files.change(LESSON, "word word", "[x](../search/) word")
    assert not check(files)[1]


def test_a_link_to_a_draft_is_a_warning(files):
    files.change(LESSON, "word word", "[x](../chunking/) word")
    assert "the link to ../chunking/ leads to a page that isn't published" in check(files)[1]


def test_an_error_is_told_of_a_draft_and_keeps_a_lesson_from_being_published(files):
    files.write(DRAFT, files.text(DRAFT).rstrip() + "\n\na <b>word</b>\n")
    assert "warning[text]: Line 1 of the text: HTML is shown as it stands" in check(files)[1]
    files.change(DRAFT, "status: draft", "status: published")
    with pytest.raises(CommandError, match=r"error\[text\]: Line 1 of the text: HTML is shown"):
        check(files)


def test_an_error_in_a_paths_set_up_keeps_it_from_being_published(files):
    files.change("paths/rag/path.yaml", "lessons:", "setup: a <b>word</b>\nlessons:")
    with pytest.raises(CommandError, match="Line 1 of the text: HTML is shown"):
        check(files)


def test_a_text_of_link_definitions_alone_is_one_problem(files):
    text = files.text(LESSON).partition("word")[0]
    files.write(LESSON, text + "[a]: https://example.org\n")
    with pytest.raises(CommandError, match="A published lesson needs a text") as refused:
        check(files)
    assert str(refused.value).count("error[") == 1


@pytest.mark.parametrize("name", ["roles/data-engineer.yaml", "paths/rag/path.yaml", DRAFT])
def test_an_instead_that_leads_nowhere_is_a_warning_at_its_line(files, name):
    files.change(name, "status: ", "instead: /careers/ml-enginer/\nstatus: ")
    line = files.text(name)[: files.text(name).index("instead")].count("\n") + 1
    out, err = check(files)
    assert out.startswith("The catalog is in order")
    words = "`instead` leads to no page on this site; did you mean /careers/ml-engineer/"
    assert f"warning[instead]: {words}" in err
    assert f"{name}:{line}:1" in err


@pytest.mark.parametrize("instead", ["/careers/ml-engineer/", "/paths/", "https://example.org/"])
def test_an_instead_that_leads_somewhere_is_none(files, instead):
    files.change("roles/data-engineer.yaml", "status: ", f"instead: {instead}\nstatus: ")
    assert not check(files)[1]


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("roles/data-engineer.yaml", "/careers/data-engineer/"),
        ("roles/data-engineer.yaml", "/careers/data-engineer/fit/"),
        ("paths/rag/path.yaml", "/paths/rag/when-to-retrieve/"),
        (LESSON, "/paths/rag/when-to-retrieve/#practice"),
    ],
)
def test_an_instead_that_leads_to_what_is_retired_itself_is_a_warning(files, name, instead):
    files.change(name, "status: published", f"status: retired\ninstead: {instead}")
    assert "warning[instead]: `instead` leads to a page that isn't published" in check(files)[1]


def test_a_spelling_that_two_terms_have_is_a_warning_at_the_second(files):
    term = "  - {{slug: {0}, title: {0}, meaning: M., status: published, also: [{1}]}}\n"
    files.write(
        "glossary.yaml", "terms:\n" + term.format("hash", "mark") + term.format("seal", "Mark")
    )
    _, err = check(files)
    assert "warning[spelling]: “Mark” is a spelling of “hash” as well" in err
    assert "glossary.yaml:3:1" in err
    files.write(
        "glossary.yaml", "terms:\n" + term.format("hash", "Hash") + term.format("seal", "x")
    )
    assert not check(files)[1]


def test_two_terms_of_one_spelling_that_look_alike_are_told_apart(files):
    term = "  - {{slug: {0}, title: {1}, meaning: M., status: published}}\n"
    terms = term.format("one", "caf\u00e9") + term.format("two", "cafe\u0301")
    files.write("glossary.yaml", "terms:\n" + terms)
    assert r"“cafe\u0301” is a spelling of “café” as well" in check(files)[1]
