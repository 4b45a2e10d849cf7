"""Whatever is wrong in a catalog file is one clear problem at its place; nothing is written."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import (
    LOW_ABOVE_HIGH,
    MIDDLE_OUTSIDE,
    MIDDLE_UNNAMED,
    SAME_BACKGROUND_TWICE,
    SAME_CODE,
    SAME_PATH_TWICE,
    SHARES_NOT_WHOLE,
)
from careers.sync.documents import SalaryBandDocument
from careers.sync.kinds import LISTS
from careers.sync.problems import Place
from paths.models import NOT_YET_COLLECTED, SAME_NUMBER, validate_slug, validate_url

BACKGROUNDS = "backgrounds.yaml"
SIGNALS = "signals.yaml"
ROLE = "roles/ml-engineer.yaml"
EARLIER_ROLE = "roles/data-engineer.yaml"  # sorts before ROLE
PATH = "paths/rag/path.yaml"
LESSON = "paths/rag/when-to-retrieve.md"
EARLIER_LESSON = "paths/rag/chunking.md"

ELEVEN_MEBIBYTES = 11 * 1024 * 1024
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{here}: &{here} [{','.join(['*' + before] * 9)}]\n"
    for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)
LAYOUT = (
    "the catalog holds signals.yaml, paths/<path>/path.yaml, paths/<path>/<lesson>.md, "
    "paths/<path>/<lesson>/<file>, "
    "glossary.yaml, prices.yaml, backgrounds.yaml, roles/<role>.yaml"
)
NO_FILE = "there is no such file"
NO_PLACE = "this file has no place here"
OUTSIDE = "this links to a place outside the catalog"
TAKEN = "Another entry has this address, or had it."
NO_FRONT_MATTER = "a lesson begins with its front matter"

type Spoil = Callable[[Any], object]


@dataclass(frozen=True)
class Bad:
    """One way to spoil the small catalog, and the one problem that it causes.

    at: a piece of the file, with ^ before the character that the problem points at; or line
    and column; or empty if the problem is the whole file's.
    """

    name: str
    spoil: Spoil
    code: str
    message: str
    file: str = ROLE
    at: str | tuple[int, int] = ""
    hint: str = ""


# -- Ways to spoil -------------------------------------------------------------------------


BAND = """
  - region: EU
    currency: EUR
    low: 65000
    high: 160000
    measures: Published range
    basis: survey
    for_title: Data Scientist
    experience: 5 years
    period: "2026"
    source:
      title: A survey
      url: https://example.org/another-page-of-it
    collected: 2026-01-02"""


def change(old: str, new: str, name: str = ROLE) -> Spoil:
    return lambda files: files.change(name, old, new)


def add(lines: str, name: str = ROLE) -> Spoil:
    return lambda files: files.add(name, lines)


def write(content: str | bytes, name: str = ROLE) -> Spoil:
    return lambda files: files.write(name, content)


def remove(*names: str) -> Spoil:
    return lambda files: [files.remove(name) for name in names]


def rename(old: str, new: str) -> Spoil:
    return lambda files: files.rename(old, new)


def encode(codec: str, old: str, new: str, name: str = ROLE) -> Spoil:
    """Replace a text in a file, and save the file in another encoding."""
    return lambda files: files.write(name, files.text(name).replace(old, new).encode(codec))


def link(name: str, target: str) -> Spoil:
    """Put a link in a file's place."""

    def spoil(files: Any) -> None:
        (files.folder / name).unlink(missing_ok=True)
        (files.folder / name).symlink_to(target)

    return spoil


def link_to_a_file_outside(files: Any) -> None:
    files.rename(ROLE, "../outside.yaml")
    (files.folder / ROLE).symlink_to("../../outside.yaml")


def link_to_a_folder_outside(name: str) -> Spoil:
    """Move a folder out of the catalog, or make one there, and link to it."""

    def spoil(files: Any) -> None:
        outside = files.folder.parent / "outside"
        if (files.folder / name).exists():
            (files.folder / name).rename(outside)
        outside.mkdir(exist_ok=True)
        (files.folder / name).symlink_to(outside)

    return spoil


def fifo(files: Any) -> None:
    files.remove(ROLE)
    os.mkfifo(files.folder / ROLE)


def folder_in_its_place(files: Any) -> None:
    files.remove(BACKGROUNDS)
    (files.folder / BACKGROUNDS).mkdir()


def folder_in_the_place_of(name: str, *held: str) -> Spoil:
    """Put a folder in a file's place. held: names of files in it."""

    def spoil(files: Any) -> None:
        if (files.folder / name).exists():
            files.remove(name)
        (files.folder / name).mkdir(parents=True)
        for each in held:
            files.write(f"{name}/{each}", "x")

    return spoil


def huge(files: Any) -> None:
    with (files.folder / ROLE).open("ab") as file:
        file.truncate(ELEVEN_MEBIBYTES)


# -- What is bad ---------------------------------------------------------------------------

WHOLE_FILES = [
    Bad("missing-backgrounds", remove(BACKGROUNDS), "missing-file", NO_FILE, BACKGROUNDS),
    Bad("missing-signals", remove(SIGNALS), "missing-file", NO_FILE, SIGNALS),
    Bad("missing-path", remove(PATH), "missing-file", NO_FILE, PATH),
    Bad(
        "missing-lesson",
        remove(LESSON),
        "dangling-lesson",
        "there is no lesson file when-to-retrieve.md in this folder",
        PATH,
        "- ^when-to-retrieve",
    ),
    Bad(
        "missing-roles",
        remove(ROLE, EARLIER_ROLE),
        "empty-catalog",
        "there are no roles",
        "roles/",
        hint="as in roles/ml-engineer.yaml",
    ),
    Bad("empty-role", write(""), "empty-file", "the file is empty"),
    Bad("empty-path", write("", PATH), "empty-file", "the file is empty", PATH),
    Bad("empty-signals", write("", SIGNALS), "empty-file", "the file is empty", SIGNALS),
    Bad(
        "empty-backgrounds",
        write("", BACKGROUNDS),
        "empty-file",
        "the file is empty",
        BACKGROUNDS,
    ),
    Bad("empty-lesson", write("", LESSON), "front-matter", NO_FRONT_MATTER, LESSON, (1, 1)),
    Bad("only-a-comment", write("# later\n"), "empty-file", "the file is empty"),
    Bad(
        "eleven-megabytes",
        huge,
        "too-large",
        "a catalog file has at most 1,048,576 bytes, this one has 11,534,336",
    ),
    Bad("link-to-a-file-outside", link_to_a_file_outside, "link", OUTSIDE),
    Bad("link-to-a-device", link(ROLE, "/dev/zero"), "link", OUTSIDE),
    Bad(
        "link-to-a-folder-outside",
        link_to_a_folder_outside("paths/more"),
        "link",
        OUTSIDE,
        "paths/more",
    ),
    Bad("roles-outside", link_to_a_folder_outside("roles"), "link", OUTSIDE, "roles"),
    Bad("link-to-nothing", link(ROLE, "nothing.yaml"), "missing-file", NO_FILE),
    Bad(
        "link-to-itself",
        link(ROLE, "ml-engineer.yaml"),
        "unreadable",
        "it can't be read: Too many levels of symbolic links",
    ),
    Bad("fifo", fifo, "no-file", "this is not a regular file"),
    Bad(
        "folder-in-a-files-place",
        folder_in_its_place,
        "no-file",
        "this is not a regular file",
        BACKGROUNDS,
    ),
    *(
        Bad(
            f"folder-in-the-place-of-{what}",
            folder_in_the_place_of(name, *held),
            "no-file",
            "this is not a regular file",
            name,
        )
        for what, name, held in (
            ("a-role", ROLE, ()),
            ("a-role-with-a-file-in-it", ROLE, ("ml-engineer.yaml",)),
            ("a-lesson", "paths/rag/chunking.md", ()),
            ("a-path", "paths/rag/path.yaml", ()),
            ("a-new-role", "roles/new.yaml", ()),
            ("a-file-beside-a-lesson", "paths/rag/chunking/data.csv", ()),
        )
    ),
    Bad("readme", write("x", "README.md"), "unexpected-file", NO_PLACE, "README.md", hint=LAYOUT),
    Bad(
        "other-ending",
        write("x", "roles/sre.yml"),
        "unexpected-file",
        NO_PLACE,
        "roles/sre.yml",
    ),
    Bad(
        "role-in-a-folder",
        write("x", "roles/more/sre.yaml"),
        "unexpected-file",
        NO_PLACE,
        "roles/more/sre.yaml",
    ),
    Bad(
        "file-name-is-no-address",
        rename(ROLE, "roles/ML_Engineer.yaml"),
        "slug",
        validate_slug.message,
        "roles/ML_Engineer.yaml",
    ),
    Bad(
        "unlisted-lesson",
        change("  - when-to-retrieve\n", "", PATH),
        "unlisted-lesson",
        "this lesson isn't in its path's list",
        LESSON,
        hint=f"add it to `lessons` in {PATH}",
    ),
]

BYTES = [
    Bad(
        "tab",
        change("  - path: rag", "\t- path: rag"),
        "tab",
        "a line is indented with a tab",
        at="^\t- path: rag",
        hint="use spaces",
    ),
    Bad(
        "tab-in-a-lesson",
        change("  - Name", "\t- Name", LESSON),
        "tab",
        "a line is indented with a tab",
        LESSON,
        "^\t- Name",
    ),
    Bad(
        "byte-order-mark",
        lambda files: files.write(ROLE, "\ufeff" + files.text(ROLE)),
        "byte-order-mark",
        "the file begins with a byte order mark",
        at=(1, 1),
        hint="save it as UTF-8 without a BOM",
    ),
    Bad(
        "nul",
        change("red", "r\0ed"),
        "nul",
        "there is a NUL character here",
        at="r^\0ed",
    ),
    Bad(
        "nul-in-a-lessons-text",
        add("\0", LESSON),
        "nul",
        "there is a NUL character here",
        LESSON,
        "^\0",
    ),
    Bad(
        "latin-1",
        encode("latin-1", "Courses", "Caf\xe9"),
        "not-utf-8",
        "the byte 0xe9 is not UTF-8",
        at=(15, 18),
        hint="save the file as UTF-8",
    ),
    Bad(
        "latin-1-in-a-lessons-text",
        encode("latin-1", "word word", "caf\xe9", LESSON),
        "not-utf-8",
        "the byte 0xe9 is not UTF-8",
        LESSON,
        (14, 4),
    ),
    Bad("utf-16", encode("utf-16", "", ""), "not-utf-8", "the byte 0xff is not UTF-8", at=(1, 1)),
    Bad(
        "control-character",
        change("red", "r\x1bed"),
        "control-character",
        "the character U+001B is not allowed",
        at="r^\x1bed",
        hint="remove it",
    ),
    Bad(
        "control-character-in-a-lessons-text",
        change("word word", "word \x1b", LESSON),
        "control-character",
        "the character U+001B is not allowed",
        LESSON,
        "word ^\x1b",
    ),
]

YAML = [
    Bad("bomb", write(BOMB), "anchor", "the anchor `&a` is not allowed", at="a: ^&a"),
    Bad(
        "anchor",
        change("line: red", "line: &x red"),
        "anchor",
        "the anchor `&x` is not allowed",
        at="line: ^&x",
    ),
    Bad(
        "alias",
        change("line: red", "line: *x"),
        "alias",
        "the alias `*x` is not allowed",
        at="line: ^*x",
        hint="write the value out",
    ),
    Bad(
        "tag",
        change("position: 1", "position: !!int 1"),
        "tag",
        "the tag `tag:yaml.org,2002:int` is not allowed",
        at="position: ^!!int",
        hint="remove it",
    ),
    Bad(
        "merge-key",
        add("<<: {title: x}\n"),
        "merge-key",
        "the merge key `<<` is not allowed",
        at="^<<",
    ),
    Bad(
        "conflict-marker",
        change("line: red", "<<<<<<< HEAD\nline: red\n=======\nline: blue\n>>>>>>> theirs"),
        "conflict-marker",
        "a merge was left unfinished here",
        at="^<<<<<<< HEAD",
        hint="choose a side, and remove the lines <<<<<<<, |||||||, ======= and >>>>>>>",
    ),
    Bad(
        "conflict-marker-in-a-text",
        add("a\n>>>>>>> theirs\n", LESSON),
        "conflict-marker",
        "a merge was left unfinished here",
        LESSON,
        "^>>>>>>> theirs",
    ),
    Bad(
        "what-both-began-from-in-a-text",
        add("a\n||||||| 1f0c2ab\nb\n", LESSON),
        "conflict-marker",
        "a merge was left unfinished here",
        LESSON,
        "^||||||| 1f0c2ab",
    ),
    Bad(
        "space-behind-the-fence",
        change("status: published\n---\n", "status: published\n--- \n", LESSON),
        "fence",
        "there is white space after ---",
        LESSON,
        "status: published\n---^ ",
        "remove it",
    ),
    Bad(
        "space-behind-the-first-fence",
        change("---\n", "---\t\n", LESSON),
        "fence",
        "there is white space after ---",
        LESSON,
        (1, 4),
        "remove it",
    ),
    Bad(
        "second-document",
        add("---\ntitle: x\n"),
        "several-documents",
        "a file holds one document, and a second begins here",
        at="^---",
    ),
    Bad(
        "brackets",
        write("[" * 100_000),
        "too-deep",
        "this is nested deeper than 20 levels",
        at=(1, 21),
    ),
    Bad(
        "deep-nesting",
        add("not_taught: " + "[" * 20 + "]" * 20 + "\n"),
        "too-deep",
        "this is nested deeper than 20 levels",
        at="not_taught: [[[[[[[[[[[[[[[[[[[^[]",
    ),
    Bad(
        "brackets-in-a-lesson",
        write("---\n" + "[" * 100_000 + "\n---\n", LESSON),
        "too-deep",
        "this is nested deeper than 20 levels",
        LESSON,
        (2, 21),
    ),
    Bad(
        "duplicate-key",
        add("title: again\n"),
        "duplicate-key",
        "`title` is given twice",
        at="^title: again",
        hint="it is first given on line 1",
    ),
    Bad("key-is-a-list", add("? [a]\n: b\n"), "key", "a key is a word", at="? ^[a]"),
    Bad(
        "no-yaml",
        change("after_paths: ", "after_paths: Then: "),
        "yaml",
        "mapping values are not allowed in this context",
        at="Then^:",
        hint="put a text that holds `: ` into quotes",
    ),
    Bad(
        "no-yaml-in-a-lesson",
        change("summary: ", "summary: @", LESSON),
        "yaml",
        "found character that cannot start any token (while scanning for the next token)",
        LESSON,
        "summary: ^@",
        "put the text into quotes",
    ),
    Bad(
        "no-front-matter",
        write("Only a text.\n", LESSON),
        "front-matter",
        NO_FRONT_MATTER,
        LESSON,
        "^Only",
        "begin with a line ---, end the front matter with another",
    ),
    Bad(
        "front-matter-not-closed",
        change("status: published\n---\n", "status: published\n", LESSON),
        "front-matter",
        NO_FRONT_MATTER,
        LESSON,
        "^---",
    ),
]

SHAPES = [
    Bad(
        "wrong-type",
        change("position: 1", "position: first"),
        "wrong-type",
        "`position` must be a whole number, not “first”",
        at="position: ^first",
    ),
    Bad(
        "a-list",
        write("- a\n"),
        "wrong-type",
        "a role must be a mapping of keys, not a list",
        at="^- a",
    ),
    Bad(
        "unknown-key",
        add("not_tought: x\n"),
        "unknown-key",
        "a role has no `not_tought`",
        at="^not_tought",
        hint="did you mean `not_taught`?",
    ),
    Bad(
        "a-grade",
        change("    basis: survey\n", "    grade: proxy\n"),
        "unknown-key",
        "a salary band has no `grade`",
        at="^grade",
        hint=SalaryBandDocument.former_keys["grade"],
    ),
    Bad(
        "a-proxys-title",
        change("    for_title:", "    proxy_title:"),
        "unknown-key",
        "a salary band has no `proxy_title`",
        at="^proxy_title",
        hint=SalaryBandDocument.former_keys["proxy_title"],
    ),
    Bad(
        "misspelled-key",
        change("title: ML", "titel: ML"),
        "unknown-key",
        "a role has no `titel`",
        at="^titel",
        hint="did you mean `title`?",
    ),
    Bad(
        "unknown-key-in-a-lesson",
        change("skip_if", "skip_it", LESSON),
        "unknown-key",
        "a lesson has no `skip_it`",
        LESSON,
        "^skip_it",
        "did you mean `skip_if`?",
    ),
    Bad(
        "unknown-key-in-a-background",
        change("knows", "knowz", BACKGROUNDS),
        "unknown-key",
        "a background has no `knowz`",
        BACKGROUNDS,
        "^knowz",
        "did you mean `knows`?",
    ),
    Bad(
        "unknown-key-in-a-signal",
        change("passes", "passed", SIGNALS),
        "unknown-key",
        "a signal has no `passed`",
        SIGNALS,
        "^passed",
    ),
    Bad(
        "missing-key",
        change("summary: Puts models into production.\n", ""),
        "missing-key",
        "a role needs `summary`",
        at="^title: ML",
        hint="add a line `summary: …`",
    ),
    Bad(
        "unknown-value",
        change("line: red", "line: rde"),
        "unknown-value",
        "`line` must be one of blue, red, green, purple, slate, amber, teal, pink, olive, brown, "
        "indigo, orange, not “rde”",
        at="line: ^rde",
        hint="did you mean `red`?",
    ),
    Bad(
        "date-that-does-not-exist",
        change("2026-01-02", "2026-02-30"),
        "wrong-type",
        "`collected` must be a real date, not “2026-02-30”",
        at="collected: ^2026-02-30",
    ),
]

NAMES = [
    Bad(
        "dangling-path",
        change("path: prompting", "path: promting"),
        "dangling-path",
        "there is no path “promting”",
        at="path: ^promting",
        hint="did you mean `prompting`?",
    ),
    Bad(
        "dangling-background",
        change("background: software-engineer", "background: software-enginer"),
        "dangling-background",
        "there is no background “software-enginer”",
        at="background: ^software-enginer",
        hint="did you mean `software-engineer`?",
    ),
    Bad(
        "dangling-signal",
        change("minutes: 1\n", "minutes: 1\nsignals: [shiped]\n", LESSON),
        "dangling-signal",
        "there is no signal “shiped”",
        LESSON,
        "[^shiped]",
        "did you mean `shipped`?",
    ),
    Bad(
        "background-knows-a-lesson-that-is-not-there",
        change("rag/chunking", "rag/chunks", BACKGROUNDS),
        "dangling-lesson",
        "there is no lesson “rag/chunks”",
        BACKGROUNDS,
        "- ^rag/chunks",
        "did you mean `rag/chunking`?",
    ),
    Bad(
        "path-lists-a-lesson-that-is-not-there",
        change("  - chunking\n", "  - chunking\n  - embeding\n", PATH),
        "dangling-lesson",
        "there is no lesson file embeding.md in this folder",
        PATH,
        "- ^embeding",
    ),
    Bad(
        "path-lists-a-lesson-twice",
        change("  - chunking\n", "  - chunking\n  - chunking # again\n", PATH),
        "duplicate-lesson",
        "A path can list a lesson only once.",
        PATH,
        "- ^chunking # again",
    ),
    Bad(
        "duplicate-number",
        change("number: 402", "number: 401", EARLIER_LESSON),
        "duplicate-number",
        SAME_NUMBER,
        LESSON,
        "number: ^401",
        f"it is first used in {EARLIER_LESSON}, line 2",
    ),
    Bad(
        "duplicate-code",
        change("code: DE", "code: ML", EARLIER_ROLE),
        "duplicate-code",
        SAME_CODE,
        at="code: ^ML",
        hint=f"it is first used in {EARLIER_ROLE}, line 2",
    ),
    Bad(
        "path-twice",
        change("path: prompting", "path: rag"),
        "duplicate-path",
        SAME_PATH_TWICE,
        at="path: ^rag\n    why: It comes second",
        hint="the first is on line 21",
    ),
    Bad(
        "path-twice-with-a-space",
        change("path: prompting", "path: 'rag '"),
        "duplicate-path",
        SAME_PATH_TWICE,
        at="path: ^rag\n    why: It comes second",
    ),
    Bad(
        "background-twice",
        change("pivots:\n", "pivots:\n  - {background: software-engineer, fit: good}\n"),
        "duplicate-background",
        SAME_BACKGROUND_TWICE,
        at="- background: ^software-engineer",
    ),
    Bad(
        "background-key-twice",
        add("  - {slug: data-analyst, title: A, status: draft, summary: S}\n", BACKGROUNDS),
        "duplicate-slug",
        "Another entry has this key already.",
        BACKGROUNDS,
        "{slug: ^data-analyst",
    ),
    Bad(
        "signal-key-twice",
        add("  - {slug: shipped, title: A, status: draft, summary: S}\n", SIGNALS),
        "duplicate-slug",
        "Another entry has this key already.",
        SIGNALS,
        "{slug: ^shipped",
    ),
    Bad(
        "formerly-is-live",
        add("formerly: [data-engineer]\n"),
        "duplicate-address",
        TAKEN,
        at="formerly: ^[",
    ),
    Bad(
        "formerly-is-live-in-a-later-file",
        add("formerly: [ml-engineer]\n", EARLIER_ROLE),
        "duplicate-address",
        TAKEN,
        EARLIER_ROLE,
        "formerly: ^[",
    ),
    Bad(
        "formerly-is-its-own",
        add("formerly: [ml-engineer]\n"),
        "duplicate-address",
        TAKEN,
        at="formerly: ^[",
    ),
    Bad(
        "formerly-of-two",
        lambda files: [files.add(name, "formerly: [old]\n") for name in (ROLE, EARLIER_ROLE)],
        "duplicate-address",
        TAKEN,
        at="formerly: ^[",
    ),
    Bad(
        "lesson-formerly-is-live",
        change("minutes: 1\n", "minutes: 1\nformerly: [chunking]\n", LESSON),
        "duplicate-address",
        TAKEN,
        LESSON,
        "formerly: ^[",
    ),
    Bad(
        "lesson-formerly-is-live-in-another-path",
        change("minutes: 1\n", "minutes: 1\nformerly: [prompting/first-prompt]\n", LESSON),
        "duplicate-address",
        TAKEN,
        LESSON,
        "formerly: ^[",
    ),
    Bad(
        "path-formerly-is-live",
        add("formerly: [prompting]\n", PATH),
        "duplicate-address",
        TAKEN,
        PATH,
        "formerly: ^[",
    ),
    Bad(
        "formerly-is-no-address",
        add("formerly:\n  - Not An Address\n"),
        "slug",
        validate_slug.message,
        at="- ^Not An",
    ),
    Bad(
        "formerly-has-a-slash",
        add("formerly:\n  - careers/old\n"),
        "slug",
        validate_slug.message,
        at="- ^careers/old",
    ),
    Bad(
        "lesson-formerly-has-two-slashes",
        change("minutes: 1\n", "minutes: 1\nformerly:\n  - a/b/c\n", LESSON),
        "slug",
        validate_slug.message,
        LESSON,
        "- ^a/b/c",
    ),
    Bad(
        "lesson-formerly-in-a-path-that-is-not-there",
        change("minutes: 1\n", "minutes: 1\nformerly:\n  - ghost/old\n", LESSON),
        "dangling-path",
        "there is no path “ghost”",
        LESSON,
        "- ^ghost/old",
    ),
    Bad(
        "formerly-is-too-long",
        add(f"formerly:\n  - {'x' * 61}\n"),
        "max-length",
        "Ensure this value has at most 60 characters (it has 61).",
        at="- ^xxx",
    ),
    Bad(
        "alias-of-two-lines",
        change("- Machine Learning Engineer", '- "Machine Learning\\nEngineer"'),
        "line",
        "Each item is one line of text.",
        at="aliases:\n  - ^",
    ),
    Bad(
        "alias-of-nothing",
        change("- Machine Learning Engineer", "- ''"),
        "line",
        "Each item is one line of text.",
        at="aliases:\n  - ^",
    ),
]

MEANINGS = [
    Bad(
        "low-above-high",
        change("low: 65000", "low: 165000"),
        "low-above-high",
        LOW_ABOVE_HIGH,
        at="low: ^165000",
    ),
    Bad(
        "middle-outside",
        change("middle: 90000", "middle: 10"),
        "middle",
        MIDDLE_OUTSIDE,
        at="middle: ^10",
    ),
    Bad(
        "middle-unnamed",
        change("    middle_is: median\n", ""),
        "middle",
        MIDDLE_UNNAMED,
        at="- ^region: EU",
    ),
    Bad(
        "collected-in-the-future",
        change("2026-01-02", "2999-01-02"),
        "future",
        NOT_YET_COLLECTED,
        at="collected: ^2999",
    ),
    Bad(
        "alias-twice",
        change("- Machine Learning Engineer", "- ML\n  - Engineer\n  - 'ML'"),
        "double",
        "This list has the same item twice.",
        at="- ^'ML'",
        hint="the first is on line 8",
    ),
    Bad(
        "alias-in-two-spellings",
        change("- Machine Learning Engineer", "- Caf\u00e9\n  - Cafe\u0301"),
        "double",
        "This list has the same item twice.",
        at="- ^Cafe\u0301",
        hint="the first is on line 8",
    ),
    Bad(
        "band-twice",
        change("\nsources:", BAND.replace("65000", "70000") + "\nsources:"),
        "double",
        LISTS["salary_bands"].twice,
        at="collected: 2026-01-02\n  - ^region: EU",
        hint="the first is on line 32",
    ),
    Bad(
        "share-twice",
        change("- {share: 40, activity: talk}", "- {share: 40, activity: code}"),
        "double",
        "An activity can have only one share.",
        at="- ^{share: 40",
        hint="the first is on line 13",
    ),
    Bad(
        "source-twice",
        add("  - {title: The same page, url: 'https://example.org/page'}\n"),
        "double",
        "This list has an address twice.",
        at="- ^{title: The same",
        hint="the first is on line 49",
    ),
    Bad(
        "shares-not-whole",
        change("share: 60", "share: 61"),
        "shares",
        SHARES_NOT_WHOLE,
        at="time_split:\n  ^-",
    ),
    Bad(
        "share-of-nothing",
        change("share: 60", "share: 0"),
        "share",
        "A share must be between 1 and 100%.",
        at="time_split:\n  ^-",
    ),
    Bad(
        "minutes-off",
        change("minutes: 1\n", "minutes: 9\n", LESSON),
        "rule",
        "The text takes about 1 minutes to read. 9 is more than a minute and more than 20% off.",
        LESSON,
        "minutes: ^9",
    ),
    Bad(
        "published-without-a-text",
        lambda files: files.write(LESSON, files.text(LESSON).partition("word")[0]),
        "rule",
        "A published lesson needs a text. Keep it a draft until it is written.",
        LESSON,
    ),
    Bad(
        "published-without-objectives",
        change("objectives:\n  - Name the three choices\n", "", LESSON),
        "rule",
        "A published lesson must say what it is for.",
        LESSON,
        "^number",
    ),
    Bad(
        "too-long",
        change("title: ML Engineer", "title: " + "x" * 101),
        "max-length",
        "Ensure this value has at most 100 characters (it has 101).",
        at="title: ^xxx",
    ),
    Bad(
        "blank",
        change("title: ML Engineer", "title: ''"),
        "blank",
        "This field cannot be blank.",
        at="title: ^''",
    ),
    Bad(
        "negative",
        change("sample: 100", "sample: -1"),
        "min-value",
        "Ensure this value is greater than or equal to 1.",
        at="sample: ^-1",
    ),
    Bad(
        "address-of-a-source",
        change("url: https://example.org/page", "url: example.org"),
        "url",
        validate_url.message,
        at="sources:\n  ^-",
    ),
    Bad(
        "address-of-a-bands-method",
        change("    basis: survey\n", "    method: https://\n"),
        "url",
        validate_url.message,
        at="method: ^https",
    ),
    Bad(
        "address-of-a-bands-source",
        change("url: https://example.org/survey", "url: javascript:alert(1)"),
        "url",
        validate_url.message,
        at="url: ^javascript",
    ),
]

ALL = [*WHOLE_FILES, *BYTES, *YAML, *SHAPES, *NAMES, *MEANINGS]
every_bad_input = pytest.mark.parametrize("bad", ALL, ids=lambda bad: bad.name)


def where(bad: Bad, files: Any) -> tuple[int, int]:
    """Line and column, from 1, that the problem must point at; zeros for a whole file."""
    if isinstance(bad.at, tuple):
        return bad.at
    if not bad.at:
        return 0, 0
    before, after = bad.at.split("^")
    text = files.text(bad.file)
    assert text.count(before + after) == 1
    upto = text[: text.index(before + after) + len(before)]
    return upto.count("\n") + 1, len(upto) - (upto.rfind("\n") + 1) + 1


@every_bad_input
def test_it_is_one_problem_at_its_place(bad, files):
    bad.spoil(files)
    found = [
        (each.code, each.message, each.place.file, each.place.line, each.place.column)
        for each in files.problems()
    ]
    assert found == [(bad.code, bad.message, bad.file, *where(bad, files))]


@pytest.mark.parametrize("bad", [bad for bad in ALL if bad.hint], ids=lambda bad: bad.name)
def test_its_hint_says_what_would_be_right(bad, files):
    bad.spoil(files)
    assert bad.hint in {problem.hint for problem in files.problems()}


@pytest.mark.few(3)
@every_bad_input
def test_check_refuses_it_without_a_database(bad, files):
    """This test lacks the mark `django_db`, so pytest-django fails it at any query."""
    bad.spoil(files)
    with pytest.raises(CommandError, match=rf"error\[{bad.code}\]") as refused:
        call_command("catalog", "--dir", str(files.folder), "check")
    assert refused.value.returncode == 1


@pytest.mark.few(3)
@every_bad_input
@pytest.mark.django_db
def test_apply_refuses_it_and_asks_the_database_only_what_was_applied_last(bad, files):
    bad.spoil(files)
    with CaptureQueriesContext(connection) as queries, pytest.raises(CommandError):
        call_command("catalog", "--dir", str(files.folder), "apply")
    assert len(queries) <= 1
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert all('"careers_apply"' in query["sql"] for query in queries)


# -- The folder as a whole -----------------------------------------------------------------


def test_a_small_catalog_in_order_has_no_problem(files):
    assert files.problems() == []


def test_a_missing_folder_is_one_problem_that_names_the_variable(files, tmp_path):
    files.folder = tmp_path / "nowhere"
    (problem,) = files.problems()
    assert problem.code == "missing-folder"
    assert problem.place == Place(str(tmp_path / "nowhere"))
    assert "CATALOG_DIR" in problem.hint


def test_a_file_in_the_folders_place_is_a_missing_folder(files):
    files.folder = files.folder / ROLE
    assert [problem.code for problem in files.problems()] == ["missing-folder"]


def test_an_empty_folder_lacks_four_things(files, tmp_path):
    files.folder = tmp_path / "empty"
    files.folder.mkdir()
    assert [(problem.code, problem.place) for problem in files.problems()] == [
        ("missing-file", Place("backgrounds.yaml")),
        ("empty-catalog", Place("paths/")),
        ("empty-catalog", Place("roles/")),
        ("missing-file", Place("signals.yaml")),
    ]


def test_a_file_whose_name_begins_with_a_dot_is_nobodys(files):
    files.write(".DS_Store", b"\0")
    files.write("roles/.ml-engineer.yaml.swp", b"\xff")
    files.write(".git/config", "x")
    assert files.problems() == []


def test_a_link_within_the_catalog_is_followed(files):
    files.rename(ROLE, ".hidden.yaml")
    (files.folder / ROLE).symlink_to("../.hidden.yaml")
    assert files.problems() == []


def test_a_catalog_may_be_reached_through_a_link(files, tmp_path):
    (tmp_path / "current").symlink_to(files.folder)
    files.folder = tmp_path / "current"
    assert files.problems() == []


def test_a_file_that_may_not_be_read_is_a_problem(files, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert {problem.message for problem in files.problems()} == {
        "it can't be read: Permission denied"
    }


# -- Several at once -----------------------------------------------------------------------


def test_every_problem_of_every_file_is_reported_in_the_order_of_the_files(files):
    files.add(SIGNALS, "zzz: 1\n")
    files.change(ROLE, "title: ML Engineer", "title: [a]")
    files.change(ROLE, "position: 1", "position: x")
    files.change(EARLIER_ROLE, "path: rag", "path: gar")
    files.change(PATH, "title: RAG", "\ttitle: RAG")
    files.change(LESSON, "number: 401", "number: four")
    files.write("README.md", "x")
    files.change(BACKGROUNDS, "slug: data-analyst", "slug: Data_Analyst")
    found = [(problem.place.file, problem.code) for problem in files.problems()]
    assert found == [
        ("README.md", "unexpected-file"),
        (BACKGROUNDS, "slug"),
        (PATH, "tab"),
        (LESSON, "wrong-type"),
        (EARLIER_ROLE, "dangling-path"),
        (EARLIER_ROLE, "dangling-background"),
        (ROLE, "wrong-type"),
        (ROLE, "wrong-type"),
        (SIGNALS, "unknown-key"),
    ]


def test_a_file_that_can_not_be_read_adds_no_problem_to_those_that_name_it(files):
    files.write(LESSON, "no front matter\n")
    files.write(EARLIER_LESSON, b"\xff")
    files.write(PATH, "- a list\n")
    assert {problem.place.file for problem in files.problems()} == {LESSON, EARLIER_LESSON, PATH}


def test_thirty_thousand_problems_on_one_line_are_reported(files):
    """`bin/bench` shows that this takes ten times as long as three thousand, and no more."""
    files.change(ROLE, "  - Machine Learning Engineer", f"  [{'~,' * 30_000}]")
    check = [sys.executable, "manage.py", "catalog", "--dir", str(files.folder), "check"]
    done = subprocess.run(check, cwd=settings.BASE_DIR, capture_output=True, check=False)
    assert b"30000 problems in the catalog" in done.stderr


def test_a_fresh_clone_checks_its_files_with_neither_key_nor_database(tmp_path):
    clone = tmp_path / "clone"
    for part in ("careers", "paths", "catalog", "templates", "manage.py", "pyproject.toml"):
        source = settings.BASE_DIR / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        (clone / part).parent.mkdir(exist_ok=True)
        copy(source, clone / part)
    check = [sys.executable, "manage.py", "catalog", "check"]
    done = subprocess.run(check, cwd=clone, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("The catalog is in order")
    assert {path.name for path in (clone / "var").iterdir()} == {"findings.json"}
