"""Turn a tree of nodes into a typed document, or find all problems with its shape."""

from collections.abc import Callable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from careers.sync.documents import Document
from careers.sync.problems import Problem, did_you_mean, nearest
from careers.sync.reading.yaml_tree import Node

_Words = tuple[str, str, str]  # code, message, hint


def to_document[D: Document](kind: type[D], node: Node) -> tuple[D | None, list[Problem]]:
    """The node as a document of a kind, or all that is wrong with its shape."""
    try:
        return kind.model_validate(node.plain()), []
    except ValidationError as error:
        return None, list(_problems(kind, node, error))


def _problems(kind: type[Document], root: Node, error: ValidationError) -> Iterator[Problem]:
    found = list(error.errors(include_url=False))
    misspelled = {
        (*detail["loc"][:-1], near)
        for detail in found
        if detail["type"] == "extra_forbidden"
        for near in [_near(kind, detail)]
    }
    for detail in found:
        steps = detail["loc"]
        if detail["type"] == "missing" and steps in misspelled:
            continue  # the key is there but misspelled, which is reported already
        owner = _owner(kind, steps[:-1])
        key = str(steps[-1]) if steps else ""
        code, message, hint = _words(detail, owner, key)
        parent = root.at(*steps[:-1])
        if code == "unknown-key":
            place = parent.key_place(key)
        elif code == "missing-key":
            place = parent.place
        else:
            place = root.at(*steps).place
        yield Problem(code, message, place, hint)


def _near(kind: type[Document], detail: ErrorDetails) -> str:
    """The known key that is most like an unknown one; empty if none is similar."""
    steps = detail["loc"]
    return nearest(str(steps[-1]), _owner(kind, steps[:-1]).model_fields)


def _owner(kind: type[Document], steps: tuple[str | int, ...]) -> type[Document]:
    """The document class, within a kind, that a path of keys and indexes leads to."""
    owner = kind
    for step in steps:
        field = owner.model_fields.get(str(step))
        if field is None:
            continue
        for candidate in (field.annotation, *get_args(field.annotation)):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                owner = candidate  # type: ignore[assignment]
    return owner


def _unknown(detail: ErrorDetails, owner: type[Document], key: str) -> _Words:
    del detail
    hint = owner.former_keys.get(key) or did_you_mean(key, owner.model_fields)
    return "unknown-key", f"{owner.noun} has no `{key}`", hint


def _missing(detail: ErrorDetails, owner: type[Document], key: str) -> _Words:
    del detail
    return "missing-key", f"{owner.noun} needs `{key}`", f"add a line `{key}: …`"


def _wrong_type(wanted: str) -> Callable[[ErrorDetails, type[Document], str], _Words]:
    def words(detail: ErrorDetails, owner: type[Document], key: str) -> _Words:
        subject = owner.noun if not key or key.isdigit() else f"`{key}`"
        if key.isdigit():
            subject = "an item of this list"
        return "wrong-type", f"{subject} must be {wanted}, not {_name(detail['input'])}", ""

    return words


def _choice(detail: ErrorDetails, owner: type[Document], key: str) -> _Words:
    del owner
    expected = detail.get("ctx", {}).get("expected", "")
    choices = [choice.strip("'") for choice in expected.replace(" or ", ", ").split(", ")]
    message = f"`{key}` must be one of {', '.join(choices)}, not {_name(detail['input'])}"
    return "unknown-value", message, did_you_mean(str(detail["input"]), choices)


def _date(detail: ErrorDetails, owner: type[Document], key: str) -> _Words:
    del owner
    return (
        "wrong-type",
        f"`{key}` must be a real date, not {_name(detail['input'])}",
        "as in 2026-11-22",
    )


_BY_TYPE: dict[str, Callable[[ErrorDetails, type[Document], str], _Words]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "string_type": _wrong_type("a text"),
    "list_type": _wrong_type("a list"),
    "model_type": _wrong_type("a mapping of keys"),
    "model_attributes_type": _wrong_type("a mapping of keys"),
    "int_parsing": _wrong_type("a whole number"),
    "int_type": _wrong_type("a whole number"),
    "int_from_float": _wrong_type("a whole number"),
    "int_parsing_size": _wrong_type("a whole number of a sensible size"),
    "enum": _choice,
    "literal_error": _choice,
}


def _words(detail: ErrorDetails, owner: type[Document], key: str) -> _Words:
    kind = detail["type"]
    if kind == "line":
        return "line", detail["msg"], ""
    if kind.startswith("date"):
        return _date(detail, owner, key)
    if kind in _BY_TYPE:
        return _BY_TYPE[kind](detail, owner, key)
    return "wrong-type", f"`{key}`: {detail['msg']}", ""


def _name(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping of keys"
        case list():
            return "a list"
    shown = str(value)
    return f"“{shown}”" if len(shown) <= 40 else f"“{shown[:40]}…”"
