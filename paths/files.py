"""Files beside a lesson: which are allowed, and the facts about each that pages need."""

import hashlib
import json
import re
from typing import Any

from paths import prices
from paths.practice import answers
from paths.text import svg
from paths.text.memo import memoized

MOST_BYTES = 256 * 1024
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "py": "text/x-python; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "yaml": "application/yaml",
}
NAME = r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\.[a-z]+"
LONGEST_NAME = 60


def suffix(name: str) -> str:
    return name.rpartition(".")[2]


def problems(name: str, data: bytes) -> list[tuple[int, str]]:
    """What is wrong with a file: (line, message) pairs. Lines count from 1; 0 is the whole file."""
    if not re.fullmatch(NAME, name) or len(name) > LONGEST_NAME:
        return [(0, "a file is named in small letters and digits, as in diagram.svg or data_2.csv")]
    if suffix(name) not in CONTENT_TYPES:
        return [(0, f"beside a lesson stand files of the types {', '.join(CONTENT_TYPES)}")]
    if len(data) > MOST_BYTES:
        return [(0, f"it has {len(data):,} bytes, and may have {MOST_BYTES:,}")]
    return _of_content(name, data)


@memoized
def _of_content(name: str, data: bytes) -> list[tuple[int, str]]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [(data.count(b"\n", 0, error.start) + 1, "it isn't UTF-8")]
    if "\0" in text:
        return [(text.count("\n", 0, text.index("\0")) + 1, "it holds a null character")]
    if suffix(name) == "svg":
        return svg.problems(data)
    if name == prices.FILE:
        return prices.problems(text)
    return _of_json(name, text) if suffix(name) == "json" else []


def _of_json(name: str, text: str) -> list[tuple[int, str]]:
    try:
        said = json.loads(text)
    except json.JSONDecodeError as error:
        return [(error.lineno, f"it isn't JSON: {error.msg}")]
    except ValueError:
        return [(0, "a number in it has more digits than can be read")]
    except RecursionError:
        return [(0, "it nests too deep")]
    return [(0, said) for said in answers.problems(said)] if name == answers.FILE else []


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def facts(name: str, data: bytes) -> dict[str, Any]:
    """The facts that pages show about a file, which must have no problems."""
    if suffix(name) == "svg":
        width, height = svg.size(data)
        return {"width": width, "height": height}
    if name == prices.FILE:
        return {"models": [line.model for line in prices.lines(data.decode())]}
    return answers.facts(json.loads(data)) if name == answers.FILE else {}
