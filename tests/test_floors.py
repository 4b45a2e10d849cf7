"""Who may import whom: the floors of the house, read from the imports themselves."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    path.relative_to(ROOT)
    for room in ("paths", "careers")
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
)
FILES_ARE_KNOWN_TO = ("careers/sync/", "careers/admin", "careers/management/")
PURE = {
    "careers/asked.py": {"careers.published", "careers.roadmap"},
    "careers/comparison.py": {
        *("careers.asked", "careers.published", "careers.roadmap", "careers.sentences"),
    },
    "careers/changes.py": {"careers.pay"},
    "careers/decode.py": {"careers.jobwords"},
    "careers/jobwords.py": set(),
    "careers/datafields.py": set(),
    "careers/map.py": {"careers.roadmap"},
    "careers/opendata.py": {"careers.published", "careers.roadmap"},
    "careers/pay.py": set(),
    "careers/published.py": {"careers.roadmap", "paths.hours"},
    "careers/roadmap.py": {"paths.hours"},
    "careers/sync/difference.py": {"careers.sync.merge", "careers.sync.pairs"},
    "careers/search.py": {
        *("careers.asked", "careers.decode", "careers.published", "careers.sentences"),
        "paths.hours",
    },
    "careers/sentences.py": set(),
    "careers/sync/merge.py": set(),
    "careers/sync/plan.py": {"careers.sync.entries", "careers.sync.merge"},
    "careers/sync/entries.py": set(),
    "careers/sync/order.py": {"careers.sync.entries"},
    "careers/sync/pairs.py": {"careers.sync.merge"},
    "paths/hours.py": set(),
}
PURE_STANDARD_LIBRARY = {
    *(
        "bisect",
        "collections",
        "dataclasses",
        "datetime",
        "difflib",
        "enum",
        "functools",
        "itertools",
        "re",
        "typing",
        "unicodedata",
        "urllib",
    ),
}


def imports(path: Path) -> set[str]:
    """The modules that a file imports, by their full names."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(str(node.module))
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def ours(path: Path) -> set[str]:
    return {name for name in imports(path) if name.split(".")[0] in {"paths", "careers"}}


def test_the_rooms_are_read():
    assert Path("paths/models.py") in MODULES
    assert "careers.models" in ours(Path("careers/views.py"))


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "paths"], ids=str)
def test_paths_imports_nothing_of_careers(module):
    assert not {name for name in ours(module) if name.startswith("careers")}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nobody_imports_the_settings_module(module):
    assert not {name for name in ours(module) if name.startswith("careers.settings")}


@pytest.mark.parametrize(
    "module", [m for m in MODULES if not m.as_posix().startswith(FILES_ARE_KNOWN_TO)], ids=str
)
def test_only_sync_the_admin_and_the_command_know_that_files_exist(module):
    assert not {name for name in ours(module) if name.startswith("careers.sync")}


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_take_plain_values_only(module):
    allowed = PURE[module]
    foreign = {
        name
        for name in imports(Path(module))
        if name.split(".")[0] not in PURE_STANDARD_LIBRARY
        and not any(name == pure or name.startswith(f"{pure}.") for pure in allowed)
    }
    assert not foreign


@pytest.mark.parametrize("module", ["paths/models.py", "careers/models.py", "careers/history.py"])
def test_models_import_models_fields_and_values_only(module):
    beside = {"models", "fields", "hours", "markdown", "aggregates", "history"}
    rooms = {name.split(".")[1] for name in ours(Path(module)) if "." in name}
    assert rooms <= beside


def test_no_room_is_named_for_nothing():
    vague = {"utils", "helpers", "services", "common", "misc"}
    assert not {m for m in MODULES if vague & set(m.with_suffix("").parts)}


def test_the_top_level_holds_two_packages():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {"paths", "careers"}
