"""The rules for folders: which may import which, which are pure; and that the map is true.

Modules are checked by their import statements. CONTRIBUTING.md has the rules in words.
"""

import ast
import re
from pathlib import Path

import pytest

from careers import sync

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    path.relative_to(ROOT)
    for package in ("paths", "careers")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
MOST_MODULES = 15  # in a folder; beyond that, a subject gets its own

PURE = ("careers/published", "careers/sync/comparing")
PURE_VALUES = ("paths.hours", "careers.sync.entries", "careers.sync.kinds")  # pure too
PURE_STANDARD_LIBRARY = {
    *("array", "base64", "binascii", "bisect", "collections", "dataclasses", "datetime", "difflib"),
    *("enum", "functools", "hashlib", "threading"),
    *(
        "heapq",
        "html",
        "itertools",
        "json",
        "math",
        "operator",
        "pickle",
        "re",
        "textwrap",
        "typing",
        "unicodedata",
        "zlib",
    ),
    *("urllib", "zlib"),
}

# Folder → the packages that it must not import.
FORBIDDEN = {
    "paths": ("careers",),
    "careers/models": (
        *("careers.published", "careers.snapshot", "careers.changelog", "careers.index"),
        "careers.sync",
        *("careers.pages", "careers.opendata", "careers.admin", "careers.styleguide"),
        "careers.mirror",
    ),
    "careers/published": (
        *("careers.models", "careers.snapshot", "careers.changelog", "careers.index"),
        "careers.sync",
        *("careers.pages", "careers.opendata", "careers.admin", "careers.styleguide"),
        "careers.mirror",
    ),
    "careers/index": (
        *("careers.snapshot", "careers.changelog", "careers.sync"),
        *("careers.pages", "careers.opendata", "careers.admin", "careers.styleguide"),
        "careers.mirror",
    ),
    "careers/sync": (
        *("careers.pages", "careers.opendata", "careers.admin", "careers.styleguide"),
        "careers.mirror",
    ),
    "careers/pages": ("careers.sync", "careers.admin", "careers.mirror", "careers.styleguide"),
    "careers/opendata": ("careers.sync", "careers.admin", "careers.mirror", "careers.styleguide"),
    "careers/styleguide": ("careers.sync", "careers.admin", "careers.mirror"),
    "careers/backup": (
        *("careers.published", "careers.snapshot", "careers.changelog", "careers.index"),
        *("careers.sync", "careers.pages", "careers.opendata", "careers.admin"),
        *("careers.mirror", "careers.styleguide"),
    ),
    "careers/mirror": ("careers.sync", "careers.admin", "careers.styleguide"),
    "careers/templatetags": (
        "careers.sync",
        "careers.admin",
        "careers.mirror",
        "careers.styleguide",
    ),
    "careers/database": (
        *(
            "careers.models",
            "careers.published",
            "careers.snapshot",
            "careers.index",
            "careers.sync",
        ),
        *("careers.pages", "careers.opendata", "careers.admin", "careers.styleguide"),
        *("careers.mirror", "careers.operations"),
    ),
    "careers/operations": ("careers.sync", "careers.admin", "careers.mirror", "careers.styleguide"),
    "careers/pagecache": ("careers.sync", "careers.admin", "careers.mirror", "careers.opendata"),
}
SYNC_ROOMS = ("comparing", "wording", "reading", "writing", "exporting")  # lowest first


def imports(path: Path) -> set[str]:
    """Return the full names of all that a file imports."""
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


def within(module: Path, folder: str) -> bool:
    return module.as_posix().startswith(f"{folder}/")


def known(names: set[str], rooms: tuple[str, ...]) -> set[str]:
    """Return those of the names that lie in one of the rooms."""
    return {name for name in names if any(f"{name}.".startswith(f"{room}.") for room in rooms)}


def test_the_rooms_are_read():
    assert Path("paths/models.py") in MODULES
    assert "careers.models" in ours(Path("careers/pages/views.py"))


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_room_knows_of_what_stands_above_it(module):
    for folder, above in FORBIDDEN.items():
        if within(module, folder):
            assert not known(ours(module), above)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nobody_imports_the_settings_module(module):
    assert not known(ours(module), ("careers.settings",))


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_the_admin_and_the_command_call_sync(module):
    if not any(within(module, f"careers/{room}") for room in ("sync", "admin", "management")):
        assert not known(ours(module), ("careers.sync",))


@pytest.mark.parametrize(
    "module",
    [m for m in MODULES if any(within(m, f"careers/{room}") for room in ("admin", "management"))],
    ids=str,
)
def test_sync_is_called_through_its_face(module):
    """Only what its __init__ names is imported from sync, types included."""
    face = {f"careers.sync.{name}" for name in sync.__all__}
    assert not known(ours(module), ("careers.sync",)) - face - {"careers.sync"}


@pytest.mark.parametrize("room", SYNC_ROOMS)
def test_the_rooms_of_sync_stack(room):
    above = SYNC_ROOMS[SYNC_ROOMS.index(room) + 1 :]
    for module in MODULES:
        if within(module, f"careers/sync/{room}"):
            assert not known(ours(module), tuple(f"careers.sync.{each}" for each in above)), module


def test_what_the_rooms_of_sync_share_stands_below_them():
    ground = [m for m in MODULES if m.parent == Path("careers/sync") and m.name != "__init__.py"]
    assert ground
    for module in ground:
        assert not known(ours(module), tuple(f"careers.sync.{each}" for each in SYNC_ROOMS)), module


@pytest.mark.parametrize(
    "module",
    [m for m in MODULES if any(within(m, room) for room in PURE)]
    + [Path(*name.split(".")).with_suffix(".py") for name in PURE_VALUES],
    ids=str,
)
def test_pure_modules_take_plain_values_only(module):
    if not (ROOT / module).exists():
        return
    pure = (*(room.replace("/", ".") for room in PURE), *PURE_VALUES)
    foreign = {name for name in imports(module) if name.split(".")[0] not in PURE_STANDARD_LIBRARY}
    assert not foreign - known(foreign, pure) - {"careers.sync", "careers", "paths"}


@pytest.mark.parametrize("module", [m for m in MODULES if within(m, "careers/models")], ids=str)
def test_models_import_models_only(module):
    rooms = {"careers.models", "paths.models", "paths.fields", "paths.hours", "paths.markdown"}
    assert not ours(module) - known(ours(module), tuple(rooms)) - {"paths"}


def test_no_room_is_named_for_nothing():
    vague = {"utils", "helpers", "services", "common", "misc"}
    assert not {m for m in MODULES if vague & set(m.with_suffix("").parts)}


def test_the_top_level_holds_two_packages():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {"paths", "careers"}


def modules_by_folder(*tops: str) -> dict[str, int]:
    """Return folder → number of its modules, empty ones (such as __init__) not counted."""
    counts: dict[str, int] = {}
    for top in tops:
        for path in (ROOT / top).rglob("*.py"):
            if "migrations" not in path.parts and path.stat().st_size:
                folder = path.parent.relative_to(ROOT).as_posix()
                counts[folder] = counts.get(folder, 0) + 1
    return counts


def test_no_folder_holds_more_than_a_newcomer_can_see_at_once():
    counts = modules_by_folder("paths", "careers", "tests")
    assert not {folder: count for folder, count in counts.items() if count > MOST_MODULES}


VIEWS = [
    *(m for m in MODULES if m.parent == Path("careers/pages")),
    *map(Path, ("careers/opendata/views.py", "careers/styleguide/views.py", "paths/views.py")),
]
LONGEST_VIEW = 19  # lines below its signature


@pytest.mark.parametrize("module", VIEWS, ids=str)
def test_a_view_can_be_seen_at_a_glance(module):
    """A view shows its flow in one place, and calls other functions for the details."""
    for node in ast.parse((ROOT / module).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.args.args[:1]:
            is_view = node.args.args[0].arg.lstrip("_") == "request"
            lines = node.body[-1].end_lineno - node.body[0].lineno + 1
            assert not is_view or lines <= LONGEST_VIEW, node.name


def module_of(name: str) -> str:
    """Return the module that a full name names or lies in, or an empty string."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        path = Path(*parts[:end])
        if path.with_suffix(".py") in MODULES or path / "__init__.py" in MODULES:
            return ".".join(parts[:end])
    return ""


def test_no_imports_run_in_circles():
    graph = {
        ".".join(m.with_suffix("").parts).removesuffix(".__init__"): {
            found for name in ours(m) if (found := module_of(name))
        }
        for m in MODULES
    }
    # A module may import its own package, whose __init__ only re-exports names.
    edges = {
        name: {each for each in found if not f"{name}.".startswith(f"{each}.")}
        for name, found in graph.items()
    }
    while leaves := {name for name, found in edges.items() if not found & edges.keys()}:
        edges = {name: found for name, found in edges.items() if name not in leaves}
    assert not edges


# -- The map in CONTRIBUTING.md ------------------------------------------------------------------

ROW = re.compile(r"^(?P<indent> *)(?P<name>[a-z_.]+/)(?: {2,}(?P<said>\S.*))?$")


def mapped_folders(text: str) -> dict[str, str]:
    """Return folder → what CONTRIBUTING's map says about it."""
    block = text.split("## The house", 1)[1].split("```", 2)[1]
    found: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in block.splitlines():
        row = ROW.match(line)
        if not row:
            continue
        depth = len(row["indent"])
        above = [each for each in above if each[0] < depth]
        folder = "".join([*(name for _, name in above), row["name"]])
        above.append((depth, row["name"]))
        found[folder.rstrip("/")] = row["said"] or ""
    return found


def test_the_map_names_every_folder_and_nothing_that_is_gone():
    said = mapped_folders((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    rooms = {m.parent.as_posix() for m in MODULES}
    rooms -= {"careers/management/commands"}
    assert not rooms - said.keys(), "rooms that the map lacks"
    assert not {folder for folder in said if not (ROOT / folder).is_dir()}, "gone"
    assert not {folder for folder, words in said.items() if not words}, "nothing is said of them"
