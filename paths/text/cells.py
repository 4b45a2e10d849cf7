"""A lesson's text as cells, for a notebook or for a Python file with cell markers."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cell:
    """Markdown, or Python with its output. role: as in markdown.CodeBlock."""

    text: str
    is_code: bool = False
    output: str = ""
    role: str = ""


def as_notebook(cells: Iterable[Cell]) -> str:
    """A notebook in format 4.5, as JSON."""
    document = {
        "cells": [_cell(cell, number) for number, cell in enumerate(cells, start=1)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _cell(cell: Cell, number: int) -> dict[str, Any]:
    made = {
        "id": f"cell-{number}",
        "metadata": {"tags": [cell.role]} if cell.role else {},
        "source": cell.text.splitlines(keepends=True),
    }
    if not cell.is_code:
        return {"cell_type": "markdown", **made}
    shown = {"name": "stdout", "output_type": "stream", "text": cell.output.splitlines(True)}
    outputs = [shown] if cell.output else []
    return {"cell_type": "code", "execution_count": None, **made, "outputs": outputs}


def as_script(cells: Iterable[Cell]) -> str:
    """A Python file whose cells begin with `# %%`, which many editors know."""
    return "\n".join(_lines(cells)) + "\n"


def _lines(cells: Iterable[Cell]) -> Iterator[str]:
    for number, cell in enumerate(cells):
        if number:
            yield ""
        if cell.is_code:
            yield "# %%"
            yield cell.text
            if cell.output:
                yield from ("", "# It prints:", *_commented(cell.output))
        else:
            yield "# %% [markdown]"
            yield from _commented(cell.text)


def _commented(text: str) -> Iterator[str]:
    return (f"# {line}".rstrip() for line in text.splitlines())
