"""A check that uses the findings of earlier ones says the same as one that has none."""

from contextlib import nullcontext
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from careers import sync
from careers.sync.problems import CatalogError
from careers.sync.reading import check, digest
from careers.sync.reading.check import check_files
from paths import lint

TODAY = date(2026, 11, 29)
LESSON = "paths/rag/when-to-retrieve.md"
OTHER = "paths/prompting/first-prompt.md"
PICTURE = "paths/rag/when-to-retrieve/map.svg"
BOX = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'
PRICES = """\
prices:
  - slug: small
    title: Small
    status: published
    model: small-1
    size: small
    price_in: "{}"
    price_out: "1.00"
    collected: {}
    source: A page
    url: https://example.org/prices
"""


@pytest.fixture
def reads(monkeypatch):
    """A list that grows by an item each time all files are read."""
    found = []
    usual = check.read_files_with_digest

    def counted(folder):
        found.append(folder)
        return usual(folder)

    monkeypatch.setattr(check, "read_files_with_digest", counted)
    return found


@pytest.fixture
def var(tmp_path, settings):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def said(files, var=None, today=TODAY):
    """All that a check says. var: the folder with findings; by default there are none."""
    lint.linted.cache_clear()
    with sync.findings_kept(var) if var else nullcontext():
        try:
            return check_files(files.folder, today)
        except CatalogError as error:
            return str(error)


def entries(files, var=None):
    with sync.findings_kept(var) if var else nullcontext():
        try:
            return [
                (each, each.lines) for each in sync.read_catalog(files.folder, anew=True).entries
            ]
        except CatalogError as error:
            return str(error)


# -- When files are read -------------------------------------------------------------------


def test_files_that_were_in_order_are_not_read_again(files, var, reads):
    assert said(files, var) == said(files, var)
    assert len(reads) == 1


@pytest.mark.parametrize("name", [LESSON, "signals.yaml", "roles/ml-engineer.yaml"])
def test_after_any_change_they_are(files, var, reads, name):
    said(files, var)
    files.write(name, files.text(name) + "\n")
    said(files, var)
    assert len(reads) == 2


def test_what_is_wrong_is_said_each_time(files, var):
    files.add("signals.yaml", "zzz: 1\n")
    assert "zzz" in said(files, var)
    assert "zzz" in said(files, var)


def test_warnings_are_said_each_time(files, var):
    files.add(LESSON, "\n[There](/nowhere/)\n")
    assert len(said(files, var).warnings) == len(said(files, var).warnings) == 1


def test_a_price_gets_old_without_any_change(files, var):
    files.write("prices.yaml", PRICES.format("1.00", "2026-01-01"))
    assert not said(files, var, date(2026, 2, 1)).warnings
    assert said(files, var, date(2026, 9, 1)).warnings
    assert not said(files, var, date(2026, 2, 1)).warnings


def test_other_code_reads_them_again(files, var, reads, monkeypatch):
    said(files, var)
    monkeypatch.setattr(sync, "code_digest", lambda: "other")
    said(files, var)
    assert len(reads) == 2


def test_another_package_is_other_code(monkeypatch, tmp_path):
    before = digest.code_digest.__wrapped__()
    (tmp_path / "latex2mathml-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert digest.code_digest.__wrapped__() != before


def test_files_that_change_while_they_are_read_are_read_again(files, var, monkeypatch):
    """Somebody saves a file after its digest was made, and before it is read."""
    usual = check.folder_digest

    def saved_behind_it(folder):
        found = usual(folder)
        files.add("signals.yaml", "zzz: 1\n")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(check, "folder_digest", saved_behind_it)
        assert "zzz" in said(files, var)
    files.change("signals.yaml", "zzz: 1\n", "")
    assert said(files, var) == said(files)


def test_the_command_keeps_its_findings_in_var(files, var, reads):
    for _ in range(2):
        call_command("catalog", "--dir", str(files.folder), "check", stdout=StringIO())
    assert len(reads) == 1
    assert [each.name for each in var.iterdir()] == ["findings.json"]


# -- After any edits -----------------------------------------------------------------------

TEXTS = [
    "See [there](/nowhere/).",
    "![A map](map.svg)",
    "![](other.svg)",
    "<b>bold</b>",
    "```python\nprint(1)",
    "$x^2$ and $\\nothing{$",
    "word " * 300,
    "::: solution",
    "A [name][nowhere].",
    "<<<<<<< ours",
]
FILES = {
    LESSON: TEXTS,
    OTHER: TEXTS,
    PICTURE: ["", "<g/>", "<script/>", "<", '<rect fill="url(http://a)"/>'],
    "glossary.yaml": [
        "terms: []\n",
        "terms:\n- {slug: a, title: A, status: published, meaning: M., lesson: '401'}\n",
        "terms:\n- {slug: a, title: A, status: published, meaning: M., lesson: '999'}\n",
    ],
    "prices.yaml": [PRICES.format("1.00", "2026-11-01"), PRICES.format("one", "2026-01-01")],
    "paths/rag/when-to-retrieve/prices.csv": ["model,in,out\nsmall-1,1.00,1.00\n", "model\n"],
    "paths/rag/when-to-retrieve/answers.json": ["{}", "{"],
}


def edit(files, before: dict[str, str], name: str, pick: int) -> None:
    """Write one of a file's texts. Beyond the last, restore what it had before, or remove it."""
    texts = FILES[name]
    if pick < len(texts):
        around = {LESSON: before.get(LESSON), OTHER: before.get(OTHER), PICTURE: BOX}.get(name)
        text = texts[pick]
        if name == PICTURE:
            text = BOX.format(text)
        elif around:
            text = f"{around}\n{text}\n"
        files.write(name, text)
    elif name in before:
        files.write(name, before[name])
    else:
        (files.folder / name).unlink(missing_ok=True)


@given(st.lists(st.tuples(st.sampled_from([*FILES]), st.integers(0, 10)), min_size=2, max_size=12))
def test_after_any_edits_a_check_says_the_same(files, var, edits):
    before = {name: files.text(name) for name in (LESSON, OTHER)}
    try:
        for name, pick in edits:
            edit(files, before, name, pick)
            assert said(files, var) == said(files)
            assert entries(files, var) == entries(files)
    finally:
        for name in FILES:
            edit(files, before, name, 99)
