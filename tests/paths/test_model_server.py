"""The stand-in for a model, tested with the client that lessons use, and byte by byte."""

import ast
import http.client
import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import openai
import pydantic
import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from openai import OpenAI

from paths.practice import local_model, model_server
from paths.practice.model_server import Answers, ModelServer
from tests.paths.lessons import run

HELLO = {"messages": [{"role": "user", "content": "Hello"}], "temperature": 0}
USAGE = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}
SCHEMA = {
    "type": "json_schema",
    "json_schema": {
        "name": "Team",
        "strict": True,
        "schema": {
            "title": "Team",
            "type": "object",
            "properties": {"team": {"title": "Team", "type": "string"}},
            "required": ["team"],
            "additionalProperties": False,
        },
    },
}


def body(content: str | None = "Hi there,\nyou.", finish: str = "stop", **more) -> dict:
    message = {"role": "assistant", "content": content, **more}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"choices": [choice], "usage": USAGE}


def ok(*given, **more) -> dict:
    return {"status": 200, "headers": {}, "body": body(*given, **more)}


CALL = {
    "id": "call_1",
    "type": "function",
    "function": {"name": "weather", "arguments": '{"city": "Oslo"}'},
}
LIMIT = {
    "status": 429,
    "headers": {"Retry-After": "0", "retry-after-ms": "1"},
    "body": {"error": {"message": "Slow down.", "type": "rate_limit_error"}},
}
SAID = {
    "kind": "scripted",
    "model": "page",
    "date": "2026-11-29",
    "answers": [
        {"request": HELLO, "responses": [ok()]},
        {"request": {**HELLO, "temperature": 1}, "responses": [ok("A"), ok("B"), ok("C")]},
        {"request": {**HELLO, "temperature": 0.5}, "responses": [LIMIT, ok("At last")]},
        {
            "request": {**HELLO, "tools": [WEATHER]},
            "responses": [ok(None, "tool_calls", tool_calls=[CALL])],
        },
        {
            "request": {**HELLO, "response_format": SCHEMA},
            "responses": [ok('{"team": "billing"}')],
        },
        {"request": {**HELLO, "model": "large", "seed": 1}, "responses": [ok("Large")]},
        {"request": {**HELLO, "model": "small", "seed": 1}, "responses": [ok("Small")]},
        {"request": {**HELLO, "seed": 2}, "responses": [{**ok(), "delay": 0.5}]},
    ],
}


@contextmanager
def served(said: dict):
    server = ModelServer(Answers(said))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server.url
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def url():
    with served(SAID) as url:
        yield url


@pytest.fixture
def asker(url):
    with OpenAI(base_url=url, api_key="none", max_retries=0) as client:
        yield client


def ask(asker: OpenAI, model: str = "any", **more):
    return asker.chat.completions.create(model=model, **{**HELLO, **more})


# -- As the client sees it -------------------------------------------------------------------------


def test_an_answer_is_a_whole_completion(asker):
    answer = ask(asker)
    assert answer.choices[0].message.content == "Hi there,\nyou."
    assert answer.choices[0].finish_reason == "stop"
    assert (answer.object, answer.model) == ("chat.completion", "page")
    assert answer.id.startswith("chatcmpl-")
    assert answer.usage.total_tokens == 13


def test_answers_come_in_order_and_the_last_again(asker):
    texts = [ask(asker, temperature=1).choices[0].message.content for _ in range(5)]
    assert texts == ["A", "B", "C", "C", "C"]


def test_what_says_nothing_of_the_answer_is_ignored(asker):
    answer = ask(asker, user="somebody", metadata={"run": "1"}, temperature=0.0)
    assert answer.choices[0].message.content == "Hi there,\nyou."


@pytest.mark.parametrize(("model", "said"), [("large", "Large"), ("small", "Small")])
def test_a_model_that_the_file_names_is_told_apart(asker, model, said):
    assert ask(asker, model, seed=1).choices[0].message.content == said


def test_a_limit_is_an_error_with_its_headers(asker):
    with pytest.raises(openai.RateLimitError) as limit:
        ask(asker, temperature=0.5)
    assert limit.value.response.headers["Retry-After"] == "0"
    assert limit.value.body["message"] == "Slow down."


def test_a_client_that_tries_again_gets_through(asker):
    patient = asker.with_options(max_retries=2)
    assert ask(patient, temperature=0.5).choices[0].message.content == "At last"


def test_a_slow_answer_lets_a_client_lose_patience(asker):
    with pytest.raises(openai.APITimeoutError):
        ask(asker.with_options(timeout=0.05), seed=2)


def test_a_tool_is_called(asker):
    (call,) = ask(asker, tools=[WEATHER]).choices[0].message.tool_calls
    assert call.function.name == "weather"
    assert json.loads(call.function.arguments) == {"city": "Oslo"}


class Team(pydantic.BaseModel):
    team: str


def test_an_answer_with_a_schema_can_be_parsed(asker):
    answer = asker.chat.completions.parse(model="x", response_format=Team, **HELLO)
    assert answer.choices[0].message.parsed == Team(team="billing")


# -- Streams ---------------------------------------------------------------------------------------


def test_a_stream_has_the_text_in_pieces_and_nothing_of_it_lost(asker):
    pieces = list(ask(asker, stream=True))
    assert pieces[0].choices[0].delta.role == "assistant"
    text = [piece.choices[0].delta.content or "" for piece in pieces]
    assert len([piece for piece in text if piece]) > 2
    assert "".join(text) == "Hi there,\nyou."
    assert [piece.choices[0].finish_reason for piece in pieces][-2:] == [None, "stop"]
    assert {piece.object for piece in pieces} == {"chat.completion.chunk"}
    assert all(piece.usage is None for piece in pieces)


def test_a_stream_ends_with_its_usage_where_that_is_asked_for(asker):
    *pieces, last = ask(asker, stream=True, stream_options={"include_usage": True})
    assert last.choices == []
    assert last.usage.total_tokens == 13
    assert all(piece.usage is None and piece.choices for piece in pieces)


def test_a_streamed_tool_call_adds_up_to_the_whole_one(asker):
    with asker.chat.completions.stream(model="x", tools=[WEATHER], **HELLO) as stream:
        message = stream.get_final_completion().choices[0].message
    assert message.tool_calls[0].id == "call_1"
    assert json.loads(message.tool_calls[0].function.arguments) == {"city": "Oslo"}
    assert message.content is None


def test_a_limit_comes_before_any_stream(asker):
    with pytest.raises(openai.RateLimitError):
        ask(asker, temperature=0.5, stream=True)


def test_pieces_are_server_sent_events(url):
    data = {**HELLO, "model": "x", "stream": True}
    status, headers, text = post(f"{url}/chat/completions", data)
    assert (status, headers["Content-Type"]) == (200, "text/event-stream")
    *events, done, rest = text.split("\n\n")
    assert (done, rest) == ("data: [DONE]", "")
    assert {event[:6] for event in events} == {"data: "}
    assert json.loads(events[0][6:])["choices"][0]["delta"] == {"role": "assistant", "content": ""}


# -- What it refuses -------------------------------------------------------------------------------


def post(address: str, data) -> tuple[int, dict, str]:
    sent = data if isinstance(data, bytes) else json.dumps(data).encode()
    request = urllib.request.Request(address, sent, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def test_an_unknown_request_is_told_where_it_differs_and_gets_no_answer(asker):
    with pytest.raises(openai.NotFoundError) as refusal:
        asker.chat.completions.create(
            model="x", messages=[{"role": "user", "content": "Bye"}], temperature=0
        )
    assert refusal.value.code == "unknown_request"
    difference = 'differs in messages[0].content: it has "Hello", yours has "Bye".'
    assert difference in refusal.value.body["message"]


@pytest.mark.parametrize(
    "more",
    [{"temperature": False}, {"max_tokens": 1}, {"seed": 1}, {"n": 2}, {"messages": []}],
)
def test_a_request_is_known_by_all_that_it_says(url, more):
    status, _, text = post(f"{url}/chat/completions", {**HELLO, "model": "x", **more})
    assert status in {400, 404}
    assert set(json.loads(text)["error"]) == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"{", "is JSON"),
        (b"\xff", "is JSON"),
        (b"[" * 100_000, "JSON|nests"),
        (b"[]", "is a JSON object"),
        (b"{}", "names a model"),
        (b'{"model": "x"}', "list of messages"),
        (b'{"model": "x", "messages": [1]}', "messages[0].role"),
        (b'{"model": "x", "messages": [{"role": "robot"}]}', "not 'robot'"),
        (
            b'{"model": "x", "messages": [{"role": "user"}], "stream_options": {}}',
            "stream: true only",
        ),
        *(
            (b'{"model": "x", "messages": [{"role": "user"}], "stream": %s}' % more, said)
            for more, said in [
                (b"5", "stream is true or false"),
                (b'"no"', "stream is true or false"),
                (b'true, "stream_options": 5', "stream_options is a JSON object"),
                (b'true, "stream_options": [1]', "stream_options is a JSON object"),
                (b'true, "stream_options": {"include_usage": 1}', "include_usage is true or"),
                (b'true, "n": "\\ud800"', "whole characters"),
                (b'false, "\\udfff": 1', "whole characters"),
            ]
        ),
        (
            b'{"model": "x", "messages": [{"role": "user", "content": "\\ud800"}]}',
            "whole characters",
        ),
        (
            b'{"model": "x", "messages": [{"role": "user", "content": '
            + b"[" * 50
            + b"]" * 50
            + b"}]}",
            "nests at most",
        ),
    ],
)
def test_what_is_no_request_is_refused_with_a_reason(url, sent, said):
    status, _, text = post(f"{url}/chat/completions", sent)
    assert status == 400
    error = json.loads(text)["error"]
    assert any(part in error["message"] for part in said.split("|"))
    assert error["type"] == "invalid_request_error"


any_text = st.text(st.characters(exclude_categories=()), max_size=3)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=5,
)
message = st.fixed_dictionaries({"role": st.just("user") | any_json, "content": any_json})
near_requests = st.fixed_dictionaries(
    {"model": st.just("x") | any_json, "messages": st.lists(message | any_json) | any_json},
    optional=dict.fromkeys(("stream", "stream_options", "n", "temperature", "user"), any_json)
    | {"stream": st.just(value=True) | any_json},
)
hellos = st.fixed_dictionaries(
    {name: st.just(value) for name, value in {**HELLO, "model": "x", "stream": True}.items()},
    optional={"stream_options": any_json, "user": any_json, "metadata": any_json},
)


def test_whatever_it_is_asked_it_answers():
    with served(SAID) as url:

        @given(near_requests | hellos | any_json)
        @example({**HELLO, "model": "x", "stream": True, "stream_options": 5})
        @example({**HELLO, "model": "x", "n": "\ud800"})
        def ask_for(request):
            status, _, text = post(f"{url}/chat/completions", request)
            assert status in {200, 400, 404}
            assert text.endswith("[DONE]\n\n") or json.loads(text)
            assert status == 200 or json.loads(text)["error"]["message"]

        ask_for()


def test_other_addresses_say_which_there_are(url):
    for address in (f"{url}/embeddings", url):
        status, _, text = post(address, {})
        assert status == 404
        assert "POST /v1/chat/completions" in json.loads(text)["error"]["message"]


@pytest.mark.parametrize("length", [str(model_server.MAX_REQUEST + 1), "9" * 5_000])
def test_a_request_that_is_too_large_is_refused(url, length):
    with closing(http.client.HTTPConnection(url.split("/")[2])) as connection:
        connection.putrequest("POST", "/v1/chat/completions")
        connection.putheader("Content-Length", length)
        connection.endheaders()
        assert connection.getresponse().status == 413


def test_models_are_listed(asker):
    (model,) = asker.models.list()
    assert model.id == "page"
    assert asker.models.retrieve("page").object == "model"
    with pytest.raises(openai.NotFoundError):
        asker.models.retrieve("another")


# -- As a reader starts it -------------------------------------------------------------------------


@pytest.mark.parametrize("program", [model_server, local_model])
def test_the_site_offers_the_very_file(client, program):
    name = Path(program.__file__).name
    page = client.get(f"/paths/{name}")
    assert page.content == Path(program.__file__).read_bytes()
    assert page["Content-Type"] == "text/x-python; charset=utf-8"
    assert f'filename="{name}"' in page["Content-Disposition"]
    again = client.get(f"/paths/{name}", headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("program", [model_server, local_model])
def test_a_program_needs_standard_python_alone(program):
    tree = ast.parse(Path(program.__file__).read_text(encoding="utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        name.split(".")[0]
        for node in named
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [n.name for n in node.names]
        )
    }
    assert names <= sys.stdlib_module_names | {"xllamacpp"}


def test_a_model_that_isnt_installed_is_said_to_be(tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", local_model.__file__], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "error: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_says_where_a_model_comes_from(client, db):
    page = BeautifulSoup(client.get("/paths/model/").content, "html.parser")
    linked = {link["href"] for link in page.main.find_all("a", download=True)}
    assert linked == {"/paths/model_server.py", "/paths/local_model.py"}


def start(*arguments) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-I", model_server.__file__, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_starts_with_a_line_that_a_shell_understands(tmp_path):
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(SAID))
    with start(file, "--port", "0") as server:
        line = server.stdout.readline()
        assert "# scripted answers of page 2026-11-29" in line
        shell = f"{line}\necho $MODEL_URL"
        url = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True).stdout
        assert post(f"{url.strip()}/chat/completions", {**HELLO, "model": "x"})[0] == 200
        server.terminate()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((None, "can't be read"), ("{", "isn't JSON"), ("{}", "isn't a file of answers")),
        *(("9" * 5000, "isn't JSON"), ("[" * 100_000, "isn't JSON")),
    ],
    ids=["none", "cut", "empty", "long number", "deep"],
)
def test_it_says_what_is_wrong_with_its_file(tmp_path, text, said):
    file = tmp_path / "answers.json"
    if text:
        file.write_text(text)
    with start(file) as server:
        _, errors = server.communicate(timeout=20)
    assert server.returncode == 1
    assert errors.startswith("error: ")
    assert said in errors
    assert "Traceback" not in errors


# -- In the tests of lessons -----------------------------------------------------------------------

ASK = """
import json, os, urllib.request
def ask(temperature):
    sent = {"model": "x", "messages": [{"role": "user", "content": "Hello"}]}
    data = json.dumps({**sent, "temperature": temperature}).encode()
    request = urllib.request.Request(
        os.environ["MODEL_URL"] + "/chat/completions", data, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["choices"][0]["message"]["content"]
print(ask(1))
"""
THREAD = "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()\n"


@pytest.mark.parametrize("block", [ASK, THREAD + ASK], ids=["plain", "with a thread"])
def test_each_way_of_a_practice_finds_the_stand_in_as_the_blocks_left_it(tmp_path, block):
    (tmp_path / "answers.json").write_text(json.dumps(SAID))
    cell = {"file": "lesson.md", "line": 1}
    way = [{**cell, "code": "print(ask(1))"}]
    done = run([{**cell, "code": block}], {"a": way, "b": way}, tmp_path)
    assert done["blocks"]["outputs"] == ["A\n"]
    assert [done["ways"][name]["outputs"] for name in "ab"] == [["B\n"], ["B\n"]]
