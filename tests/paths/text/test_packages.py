"""The packages that code needs, found by its imports."""

import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from paths.text.packages import INSTALLED_AS, NEEDED_BY, imported_modules, packages_of


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import json, numpy as np", ["json", "numpy"]),
        ("from PIL import Image", ["PIL", "PIL.Image"]),
        ("def load():\n    import numpy.linalg", ["numpy.linalg"]),
        ("from . import desk", []),
        ("said = '''\nfrom random import choice\n'''  # import numpy", []),
        ("def unfinished(:", []),
        ("\0", []),
        ("-" * 100_000 + "1", []),
    ],
)
def test_what_code_imports(code, modules):
    assert imported_modules([code]) == modules


def test_packages_have_the_names_by_which_they_are_installed():
    modules = ["PIL.Image", "desk", "fastapi.testclient", "json", "numpy", "numpy.linalg"]
    assert packages_of(modules, own=["desk"]) == ["fastapi", "httpx2", "numpy", "pillow"]


def test_a_package_with_another_name_is_really_called_so():
    names = packages_distributions()
    assert {module: names[module] for module in INSTALLED_AS} == {
        module: [package] for module, package in INSTALLED_AS.items()
    }


@pytest.mark.parametrize(("module", "package"), NEEDED_BY.items())
def test_a_module_really_needs_more_than_its_own_package(module, package):
    [imported] = [name for name, of in packages_distributions().items() if of == [package]]
    for missing, works in ((imported, False), ("nothing_of_that_name", True)):
        code = f"import sys; sys.modules[{missing!r}] = None; import {module}"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert (done.returncode == 0) is works, done.stderr
