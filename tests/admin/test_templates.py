"""Comments in the editors' templates name classes that exist, and lines are short."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "templates" / "admin"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
COMMENT = re.compile(r"{# (.+?) #}")
CLASS = re.compile(r"\b(?:careers|paths)(?:\.[a-z_]+)+\.[A-Z]\w+")
LONGEST = 120  # characters of a line that isn't running text
RUNNING = 12  # so many words without a tag between them are running text


def exists(name: str) -> bool:
    module, _, known = name.rpartition(".")
    return hasattr(import_module(module), known)


def read(template: str) -> str:
    return (FOLDER / template).read_text(encoding="utf-8")


@pytest.mark.parametrize("template", TEMPLATES)
def test_comments_name_classes_that_exist(template):
    said = " ".join(COMMENT.findall(read(template)))
    assert not [name for name in CLASS.findall(said) if not exists(name)]


@pytest.mark.parametrize("template", TEMPLATES)
def test_only_running_text_is_longer_than_a_line(template):
    lines = (line for line in read(template).splitlines() if len(line) > LONGEST)
    texts = {line: re.split(r"<[^>]*>|{%.*?%}", line) for line in lines}
    is_running = {
        line: max(len(t.split()) for t in parts) >= RUNNING for line, parts in texts.items()
    }
    assert not [line for line, running in is_running.items() if not running]


def test_classes_are_named_at_all():
    assert sum(len(CLASS.findall(read(template))) for template in TEMPLATES) > 10
