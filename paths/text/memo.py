"""A cache of what was found in texts and files, kept in a file between runs of a command.

It only holds results that depend on nothing but the arguments and the code, and its keys are
digests of both. So nothing needs to be invalidated when something else changes, and a damaged or
missing file only costs the time to compute the results again.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

FEWEST = 2000  # results that are always kept, for catalogs that are checked in turns


class _Memo:
    """Results by the digest of a question, the most recently used last.

    read: reads the results of earlier runs when the first is needed, since there may be very many.
    """

    def __init__(self, read: Callable[[], dict[str, Any]]) -> None:
        self._read = read
        self.used = 0
        self.learned = 0

    @cached_property
    def answers(self) -> dict[str, Any]:
        return self._read()

    def recall(self, asked: str) -> Any:
        found = self.answers.pop(asked, None)
        if found is not None:
            self.keep(asked, found)
        return found

    def learn(self, asked: str, found: Any) -> None:
        self.learned += 1
        self.keep(asked, found)

    def keep(self, asked: str, found: Any) -> None:
        self.used += 1
        self.answers[asked] = found

    def newest(self) -> dict[str, Any]:
        """The last results: twice as many as were used, at least FEWEST, to bound the file."""
        return dict(list(self.answers.items())[-max(FEWEST, 2 * self.used) :])


_memo: _Memo | None = None


def recall(asked: str) -> Any:
    """A result of this or an earlier run, as JSON values; None if it isn't known."""
    return _memo.recall(asked) if _memo else None


def learn(asked: str, found: Any) -> None:
    """Remember a result. found: JSON values."""
    if _memo:
        _memo.learn(asked, found)


def question(*parts: str | bytes) -> str:
    """The key of a question. parts: the name of the function, and its arguments."""
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode(errors="surrogatepass")
        whole.update(b"%d " % len(data) + data)
    return whole.hexdigest()


@contextmanager
def kept_in(file: Path, code: str) -> Iterator[None]:
    """Inside this context, memoized functions look up and keep their results in a file.

    code: a digest of all that their results depend on besides the arguments.
    """
    global _memo
    before, _memo = _memo, _Memo(lambda: _read(file, code))
    try:
        yield
    finally:
        memo, _memo = _memo, before
        if memo.learned:
            with suppress(OSError):  # the disk is full, or read-only: do without
                _write(file, code, memo.newest())


@contextmanager
def set_aside() -> Iterator[None]:
    """Inside this context, nothing is looked up or kept."""
    global _memo  # noqa: PLW0603  there is only one
    before, _memo = _memo, None
    try:
        yield
    finally:
        _memo = before


def memoized[**P, T](function: Callable[P, T]) -> Callable[P, T]:
    """Memoize a function of texts and bytes whose result depends on these alone. Its annotated
    return type must be one that JSON can hold."""

    @cache
    def types() -> TypeAdapter[T]:
        return TypeAdapter(get_type_hints(function)["return"])

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        if _memo is None or kwargs:
            return function(*args, **kwargs)
        name = question(function.__qualname__, *args)  # type: ignore[arg-type]
        with suppress(ValidationError):
            if (kept := recall(name)) is not None:
                return types().validate_python(kept)
        found = function(*args, **kwargs)
        learn(name, types().dump_python(found, mode="json"))
        return found

    return asked


# -- The file: a digest of all that follows, a digest of the code, and the results -----------------


def _read(file: Path, code: str) -> dict[str, Any]:
    """The results in the file, if they are from the same code and undamaged; else none."""
    try:
        said, of_code, text = file.read_text(encoding="utf-8").split("\n", 2)
    except (OSError, ValueError):
        return {}
    is_whole = (said, of_code) == (question(code, text), code)
    return dict(json.loads(text)) if is_whole else {}


def _write(file: Path, code: str, answers: dict[str, Any]) -> None:
    """Write a temporary file and rename it, so that nobody reads half of it."""
    text = json.dumps(answers)
    file.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}.", delete_on_close=False
    ) as new:
        new.write(f"{question(code, text)}\n{code}\n{text}")
        new.close()
        Path(new.name).replace(file)
