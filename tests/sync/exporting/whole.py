"""Exports that have to hold every live edit."""

from pathlib import Path

from careers.sync.exporting.export import Rewrite, make_noted_export
from careers.sync.exporting.unwritable import Unwritable
from careers.sync.writing.sides import Sides


def make_rewrites(folder: Path, sides: Sides) -> list[Rewrite]:
    """Return the files that have to change, as an export notes it. Raises Unwritable if it would
    leave an edit out."""
    export = make_noted_export(folder, sides)
    if export.left:
        raise Unwritable(*export.left)
    return export.rewrites
