"""What is wrong in a catalog file: where to put the cursor, what is wrong, what would be right."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

MARGIN = 76  # the longest piece of a line that a report shows


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line of a file. line and column count from 1; line 0 is the whole file.

    key: the path of the value there, as in “steps[2].path”, if the file is YAML.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    text: str = ""  # the line itself, where it is known
    key: str = field(default="", compare=False)

    def __str__(self) -> str:
        """“roles/ml-engineer.yaml:3:1”, or the file alone."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. code: stable, in kebab case. hint: how to mend it, if that is known.

    is_warning: whether the files can be used all the same.
    """

    code: str
    message: str
    place: Place
    hint: str = ""
    is_warning: bool = False

    def __str__(self) -> str:
        """As compilers print it: code, message, place and key, the line, a caret, the hint."""
        heading = f"{'warning' if self.is_warning else 'error'}[{self.code}]: {self.message}"
        where = f"{self.place}, {self.place.key}" if self.place.key else f"{self.place}"
        if not self.place.text:
            return "\n".join([heading, f" --> {where}", *([f"  = {self.hint}"] * bool(self.hint))])
        number = str(self.place.line)
        gutter = " " * len(number)
        start, text = _window(self.place)
        carets = "^" * max(1, min(self.place.length, len(text) - start))
        return "\n".join(
            [
                heading,
                f"{gutter}--> {where}",
                f"{gutter} |",
                f"{number} | {text}",
                f"{gutter} | {' ' * start}{carets} {self.hint}".rstrip(),
            ]
        )


def _window(place: Place) -> tuple[int, str]:
    """Where the place begins in the part of its line that is shown, and that part."""
    start = place.column - 1
    left = 0 if len(place.text) <= MARGIN else max(0, start - MARGIN // 3)
    shown = place.text[left : left + MARGIN]
    return start - left, "".join(char if char.isprintable() else "·" for char in shown)


class Refused(Exception):
    """A file can't be read any further, because of one problem."""

    def __init__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(code, message, place, hint)


class CatalogError(Exception):
    """The catalog can't be used as it is. problems: all of them, by file, line and column."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.place.file, p.place.line, p.place.column))
        super().__init__("\n\n".join(grouped_problems(self.problems)))


MOST_ALIKE = 10  # similar problems (the same but for names and numbers) that are printed in full
MOST_PLACES = 10  # places that are listed of the similar problems that aren't printed


def grouped_problems(problems: Iterable[Problem]) -> Iterator[str]:
    """Problems as texts, in their order. Of many similar ones, which usually have one cause, only
    the first few are printed; the rest are counted at the end, with their places."""
    more: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        alike = more[problem.code, _NAMES.sub("…", problem.message)]
        alike.append(problem)
        if len(alike) <= MOST_ALIKE:
            yield str(problem)
    for (code, message), alike in more.items():
        if left := alike[MOST_ALIKE:]:
            sort = "warning" if left[0].is_warning else "error"
            number = f"{len(left):,} more like these" if len(left) > 1 else "1 more like these"
            yield f"{sort}[{code}]: {message}\n  = {number}: {_places(left)}"


_NAMES = re.compile(r"“[^”]*”|\d+")


def _places(problems: Sequence[Problem]) -> str:
    """Where problems are: the first places, and how many others in how many files."""
    shown = ", ".join(str(problem.place) for problem in problems[:MOST_PLACES])
    left = problems[MOST_PLACES:]
    files = len({problem.place.file for problem in left})
    if not left:
        return shown
    return f"{shown}, and {len(left):,} in {files:,} file{'s' if files > 1 else ''}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like another; an empty text if none is similar."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word; an empty text if none is similar."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else ""
