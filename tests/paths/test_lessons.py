"""Every written lesson: its code runs, prints what the page shows, and its check can tell.

For writers: `bin/test tests/paths -k 203` runs lesson 203 alone. Its cheats and its other
solution are cells in tests/lessons/<path>/203.py; each takes the solution's place:

    # %% empty      does nothing
    # %% constant   the most tempting constant answer
    # %% lookup     a table of the inputs that the page shows
    # %% another    a second solution, written differently
"""

import ast
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from importlib.metadata import packages_distributions

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from openai.types.chat import ChatCompletion

from paths import markdown
from paths.models import Lesson, Status
from paths.practice import model_server
from paths.text.packages import NEEDED_BY, imported_modules
from tests.examples import is_brief
from tests.paths.lessons import ANOTHER, CHEATS, WrittenLesson, run, written

COLUMNS = 60
OLD_COLUMNS = 76
MINUTES_AT_MOST = 25
FILLER = r"(?i)(?<!\w)(simply|powerful|unlock|dive in|delve|leverage)(?!\w)|\w!(?=\s|$)"
LAST_HEADINGS = ["Practice", "Further", "What a hirer sees", "Next"]

# Lessons from before practices had a starter, a check and cheats. May only get shorter.
OLD = set()

LESSONS = {f"{lesson.number}-{lesson.name}": lesson for lesson in written(settings.CATALOG_DIR)}


@pytest.fixture(params=LESSONS)
def lesson(request) -> WrittenLesson:
    return LESSONS[request.param]


def test_there_are_lessons():
    assert len(LESSONS) >= 12


def test_it_runs_and_its_check_tells_a_solution_from_a_cheat(lesson, record_property, request):
    wrong = faults(lesson, record_property, one_cheat=is_brief(request.session.items))
    assert not wrong, "\n\n".join(wrong)


def faults(
    lesson: WrittenLesson, count: Callable[[str, int], None], *, one_cheat: bool = False
) -> list[str]:
    """Everything that is wrong with what a lesson's code does.

    one_cheat: try, besides the solution, only one of the ways that the check has to refuse.
    """
    if lesson.number in OLD:
        done = run(lesson.as_cells(lesson.code), {}, lesson.beside)
        return of_blocks(lesson, lesson.code, done["blocks"])
    check = lesson.as_cells(lesson.practice("check"))
    solution = lesson.as_cells(lesson.solution) + check
    starter = lesson.as_cells(lesson.practice("starter"))
    ways = {
        "solution": solution,
        "again": [*starter, *map(may_fail, check), *solution],
        "starter": starter + check,
    }
    cells = {f"{name} {n}": cell for name, n, cell in numbered(lesson)}
    ways |= {name: [cell, *check] for name, cell in cells.items()}
    if one_cheat:
        cheats = [name for name in ways if name.partition(" ")[0] in CHEATS]
        tried = ("solution", cheats[lesson.number % len(cheats)]) if cheats else ("solution",)
        ways = {name: ways[name] for name in tried}
    done = run(lesson.as_cells(lesson.blocks), ways, lesson.beside)
    wrong = of_blocks(lesson, lesson.blocks, done["blocks"])
    if wrong:
        return wrong
    if changed := done["blocks"]["changed"]:
        return [f"who runs it a second time finds other files: {', '.join(changed)}"]
    solved = done["ways"].pop("solution")
    wrong = of_blocks(lesson, lesson.solution + lesson.practice("check"), solved)
    again = done["ways"].pop("again", {"failed_at": None})
    if again["failed_at"] is not None and not wrong:
        wrong.append(f"solved after a check that failed: {again['shown']}")
    for name, way in done["ways"].items():
        behind = len(way["outputs"]) - len(ways[name]) + len(check)
        wrong += of_way(name, way, code_runs=behind >= 0)
    count("blocks", len(lesson.blocks))
    count("solutions", 1)
    others = sum(name.partition(" ")[0] == ANOTHER for name in ways)
    count("cheats", len(done["ways"]) - others)
    count("other solutions", others)
    return wrong


def may_fail(cell):
    """The cell, changed so that its failure doesn't end the run, as in a notebook."""
    code = f"try:\n    exec({cell['code']!r}, globals())\nexcept Exception:\n    pass"
    return cell | {"code": code}


def numbered(lesson: WrittenLesson):
    for name, cells in lesson.cells.items():
        for number, cell in enumerate(cells, start=1):
            yield name, number, cell


def of_blocks(lesson: WrittenLesson, blocks, happened) -> list[str]:
    """What is wrong with blocks, which must run and print what the page shows."""
    wrong = []
    for block, output in zip(blocks, happened["outputs"], strict=False):
        expected = (block.expected_output or "").rstrip()
        if output.rstrip() != expected:
            place = f"{lesson.file}:{lesson.first_line - 1 + block.line}"
            wrong.append(f"{place}: the page shows\n{expected}\nbut it prints\n{output.rstrip()}")
    if happened["failed_at"] is not None:
        wrong.append(happened["shown"])
    return wrong


def of_way(name: str, way, *, code_runs: bool) -> list[str]:
    """What is wrong with a way: another solution must pass the check, all others must fail it."""
    if name.partition(" ")[0] == ANOTHER:
        return [f"{name}: {way['shown']}"] if way["failed_at"] is not None else []
    if way["failed_at"] is None:
        return [f"{name}: the check lets it pass"]
    if not code_runs or way["kind"] in {"NameError", "SyntaxError", "ImportError", "Ended"}:
        return [f"{name}: it has to run, and to fail the check. {way['shown']}"]
    return []


def test_a_reader_installs_what_its_code_imports_and_nothing_else(lesson):
    """By the names of the packages that are installed here, with which the tests run the code."""
    own = {file.stem: file.read_text(encoding="utf-8") for file in lesson.beside.glob("*.py")}
    code = [block.code for block in lesson.code]
    code += [own[name] for name in imported_modules(code) if name in own]
    modules = imported_modules(code)
    foreign = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - set(own)
    needed = {package for name in foreign for package in packages_distributions()[name]}
    more = {NEEDED_BY[name] for name in modules if name in NEEDED_BY}
    assert lesson.packages == needed | more


def test_it_says_that_its_code_has_to_be_read(lesson):
    imported = markdown.imports(lesson.body)
    uses = {"python": bool(lesson.code), "numpy": "numpy" in imported}
    assert {name: name in lesson.front["needs"] for name in uses} == uses


def test_a_path_leaves_it_to_its_lessons_what_is_installed(lesson):
    text = lesson.file.with_name("path.yaml").read_text(encoding="utf-8")
    assert "pip install" not in text


def test_its_code_fits_a_narrow_page(lesson):
    columns = OLD_COLUMNS if lesson.number in OLD else COLUMNS
    wide = [
        (lesson.first_line - 1 + block.line + number, line)
        for block in lesson.code
        for number, line in enumerate(block.code.splitlines())
        if len(line) > columns
    ]
    assert not wide


def test_it_has_its_parts(lesson):
    headings = re.findall(r"^## (.+)$", lesson.body, re.MULTILINE)
    last = headings[headings.index("Practice") :]
    assert last[-1] == "Next"
    assert lesson.number in OLD or last == [each for each in LAST_HEADINGS if each in last]
    assert lesson.solution, "::: solution, with code"
    assert lesson.front["skip_if"]
    assert 2 <= len(lesson.front["objectives"]) <= 3


def test_its_practice_has_a_start_a_check_and_cheats(lesson):
    is_new = bool(lesson.practice("starter") and lesson.practice("check"))
    assert is_new != (lesson.number in OLD), "a new lesson has both; an old one that has, is new"
    if is_new:
        assert lesson.blocks, "a lesson has an example that runs"
        assert {*CHEATS, ANOTHER} <= lesson.cells.keys(), f"cells of {lesson.cells_file}"


def test_its_check_says_what_to_do(lesson):
    for block in lesson.practice("check"):
        asserts = [n for n in ast.walk(ast.parse(block.code)) if isinstance(n, ast.Assert)]
        without = [lesson.first_line - 1 + block.line + n.lineno - 1 for n in asserts if not n.msg]
        assert not without, f"asserts without a message: lines {without}"


def test_its_minutes_are_those_of_its_text(lesson):
    row = Lesson(body=lesson.body, minutes=int(lesson.front["minutes"]), objectives=["x"])
    row.status = Status.PUBLISHED
    assert row.minutes <= MINUTES_AT_MOST
    try:
        row.clean()
    except ValidationError as error:
        pytest.fail(" ".join(error.messages))


def test_it_is_free_of_filler(lesson):
    prose = re.sub(r"```.*?```|`[^`]*`", "", lesson.body, flags=re.DOTALL)
    assert not re.findall(FILLER, prose)


def test_its_answers_are_what_a_real_server_would_send(lesson):
    file = lesson.beside / "answers.json"
    if not file.exists():
        return
    said = json.loads(file.read_text(encoding="utf-8"))
    assert said["kind"] in {"recorded", "scripted"}
    assert date.fromisoformat(said["date"])
    recorded = {"weights", "engine", "settings"} if said["kind"] == "recorded" else set()
    assert {"model", "note"} | recorded <= said.keys()
    for place, (model, request, responses) in enumerate(model_server.load(file).known):
        assert (model, request) not in [each[:2] for each in model_server.load(file).known[:place]]
        model_server.check({"model": model or "any", **request})
        assert responses
        for response in responses:
            answer_is_sound(response["status"], response["body"])


def answer_is_sound(status: int, body: dict) -> None:
    if status != 200:
        assert {"message", "type"} <= body["error"].keys()
        return
    whole = ChatCompletion.model_validate(model_server.completion(body, "id", "model"))
    assert whole.choices
    assert whole.usage, "a real server counts its tokens"
    assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens
    for choice in whole.choices:
        assert (choice.finish_reason == "tool_calls") == bool(choice.message.tool_calls)
