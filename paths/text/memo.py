"""What was found in texts and files, kept in a file from one run of a command to the next.

Only what depends on nothing but its arguments and the code is kept, and it is known by both. So
nothing has to be forgotten when something else changes, and a damaged or missing file only costs
the time to find all of it again.
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

FEWEST = 2000  # answers that are kept at least, for catalogs that are checked in turns


class _Memo:
    """Answers by the digest of a question. What was asked for last stands last.

    read: gives those of earlier runs, once somebody asks: there may be very many.
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
        """What was used, and as many again of the others, so that it doesn't grow for ever."""
        return dict(list(self.answers.items())[-max(FEWEST, 2 * self.used) :])


_memo: _Memo | None = None


def recall(asked: str) -> Any:
    """What an earlier run found, or this one, as JSON has it. None where it isn't known."""
    return _memo.recall(asked) if _memo else None


def learn(asked: str, found: Any) -> None:
    """Keep what was found. found: of types that JSON has."""
    if _memo:
        _memo.learn(asked, found)


def question(*parts: str | bytes) -> str:
    """A short name for what is asked. parts: what, and of which texts."""
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode(errors="surrogatepass")
        whole.update(b"%d " % len(data) + data)
    return whole.hexdigest()


@contextmanager
def kept_in(file: Path, code: str) -> Iterator[None]:
    """Within, memoized functions look into a file first, and it gets what they find.

    code: a digest of all that decides what they find, besides their arguments.
    """
    global _memo
    before, _memo = _memo, _Memo(lambda: _read(file, code))
    try:
        yield
    finally:
        memo, _memo = _memo, before
        if memo.learned:
            with suppress(OSError):  # no room, no right to write: then it isn't kept
                _write(file, code, memo.newest())


@contextmanager
def set_aside() -> Iterator[None]:
    """Within, nothing is looked up and nothing is kept."""
    global _memo  # noqa: PLW0603  the one that there is
    before, _memo = _memo, None
    try:
        yield
    finally:
        _memo = before


def memoized[**P, T](function: Callable[P, T]) -> Callable[P, T]:
    """A function of texts and bytes whose answer depends on these alone, and is of types that JSON
    can hold and the hint of its return says."""

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


# -- The file: a digest of all that stands behind it, a digest of the code, and what was found -----


def _read(file: Path, code: str) -> dict[str, Any]:
    """What another run kept, if the same code found it and nothing damaged it since."""
    try:
        said, of_code, text = file.read_text(encoding="utf-8").split("\n", 2)
    except (OSError, ValueError):
        return {}
    is_whole = (said, of_code) == (question(code, text), code)
    return dict(json.loads(text)) if is_whole else {}


def _write(file: Path, code: str, answers: dict[str, Any]) -> None:
    """Write it in another place first, so that nobody ever reads half of it."""
    text = json.dumps(answers)
    file.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}.", delete_on_close=False
    ) as new:
        new.write(f"{question(code, text)}\n{code}\n{text}")
        new.close()
        Path(new.name).replace(file)
