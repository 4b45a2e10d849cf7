"""What a lesson's code needs that Python doesn't bring, as pip names it."""

import ast
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

# Imported under another name than they are installed.
INSTALLED_AS = {"PIL": "pillow"}
# What a module imports only once it is used, so that installing its package isn't enough.
NEEDED_BY = {"fastapi.testclient": "httpx2"}


def imported_modules(blocks: Iterable[str]) -> list[str]:
    """What blocks of Python import, by whole names, each once, in order of the alphabet.

    A block that can't be read imports nothing: a starter may have gaps.
    """
    return sorted({name for code in blocks for name in _imported(code)})


def packages_of(modules: Iterable[str], own: Collection[str] = ()) -> list[str]:
    """What has to be installed before modules can be imported. own: modules beside the code."""
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
