"""The packages that a lesson's code needs besides Python itself, by their names for pip."""

import ast
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

# Imported name → name to install, where they differ.
INSTALLED_AS = {"PIL": "pillow"}
# Module → a package that it only imports when it is used, so that nothing else installs it.
NEEDED_BY = {"fastapi.testclient": "httpx2"}


def imported_modules(blocks: Iterable[str]) -> list[str]:
    """The full names of all modules that blocks of Python import, each once, sorted.

    A block with a syntax error imports nothing: a starter may have gaps.
    """
    return sorted({name for code in blocks for name in _imported(code)})


def packages_of(modules: Iterable[str], own: Collection[str] = ()) -> list[str]:
    """The packages to install before modules can be imported. own: modules beside the code."""
    found = set()
    for name in modules:
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in own:
            found.add(INSTALLED_AS.get(top, top))
            found.update([NEEDED_BY[name]] if name in NEEDED_BY else [])
    return sorted(found)


def _imported(code: str) -> Iterator[str]:
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        for node in ast.walk(ast.parse(code)):
            match node:
                case ast.Import(names):
                    yield from (each.name for each in names)
                case ast.ImportFrom(module=str(module), names=names, level=0):
                    yield module
                    yield from (f"{module}.{each.name}" for each in names)
