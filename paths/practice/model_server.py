"""A stand-in for a model server: it gives the answers of a file, in the format of the real ones.

    python model_server.py answers.json --port 8765

speaks the chat-completions interface, which hosted services, Ollama, llama.cpp and vLLM share, at
http://127.0.0.1:8765/v1. It only knows the requests in the file. Any other gets a 404 that says so,
never an invented answer. It is a single file and needs nothing but Python.

Requests match if all of their fields are equal, except for `stream`, `stream_options`, `user` and
`metadata`, and for `model` unless the file gives one. The answers to a request are sent in turn,
and the last one is repeated; a restart begins with the first again.
"""

import argparse
import contextlib
import json
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

IGNORED = ("stream", "stream_options", "user", "metadata")
ROLES = ("system", "developer", "user", "assistant", "tool", "function")
MAX_REQUEST = 1 << 20  # bytes
DEEPEST = 40
SHOWN = 60  # characters of a value in a message


class ApiError(Exception):
    """An error to answer instead of a completion."""

    def __init__(
        self, status: int, message: str, code: str | None = None, param: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        kind = "not_found_error" if status == 404 else "invalid_request_error"
        self.body = {"error": {"message": message, "type": kind, "param": param, "code": code}}


# -- Requests and their answers --------------------------------------------------------------------


def plain(value: Any) -> Any:
    """Normalize a value, so that equal requests compare equal: 0.0 is 0, and null is dropped."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in sorted(value.items()) if each is not None}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def asked(request: dict[str, Any]) -> Any:
    """The part of a request that identifies it, without its model."""
    left_out = (*IGNORED, "model")
    return plain({name: value for name, value in request.items() if name not in left_out})


def check(request: Any) -> None:
    """Raise ApiError unless this is a request for a chat completion."""
    if not isinstance(request, dict):
        raise ApiError(400, "The body of a request is a JSON object.")
    if not isinstance(request.get("model"), str):
        raise ApiError(400, "A request names a model.", param="model")
    messages = request.get("messages")
    if not isinstance(messages, list) or not messages:
        raise ApiError(400, "A request has a list of messages, at least one.", param="messages")
    for place, message in enumerate(messages):
        role = message.get("role") if isinstance(message, dict) else None
        if role not in ROLES:
            at = f"messages[{place}].role"
            raise ApiError(400, f"{at} is one of {', '.join(ROLES)}, not {role!r}.", param=at)
    check_stream(request)


def check_stream(request: dict[str, Any]) -> None:
    """Raise ApiError unless `stream` and `stream_options` are valid."""
    if not isinstance(request.get("stream"), bool | None):
        raise ApiError(400, "stream is true or false.", param="stream")
    options, param = request.get("stream_options"), "stream_options"
    if options is None:
        return
    if not request.get("stream"):
        raise ApiError(400, "stream_options goes with stream: true only.", param=param)
    if not isinstance(options, dict):
        raise ApiError(400, "stream_options is a JSON object.", param=param)
    if not isinstance(options.get("include_usage"), bool | None):
        param += ".include_usage"
        raise ApiError(400, f"{param} is true or false.", param=param)


def differences(known: Any, sent: Any, at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two values differ, as (place, known, sent). A missing value is None."""
    if isinstance(known, dict) and isinstance(sent, dict):
        for name in sorted({*known, *sent}):
            where = f"{at}.{name}" if at else name
            yield from differences(known.get(name), sent.get(name), where)
    elif isinstance(known, list) and isinstance(sent, list):
        for place in range(max(len(known), len(sent))):
            one, other = (each[place] if place < len(each) else None for each in (known, sent))
            yield from differences(one, other, f"{at}[{place}]")
    elif known != sent or isinstance(known, bool) != isinstance(sent, bool):
        yield at, known, sent


def shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


class Answers:
    """The answers of a file, and how often each request was answered. Thread-safe."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.model: str = said["model"]
        self.kind: str = said["kind"]
        self.date: str = said.get("date", "")
        self.known = [
            (entry["request"].get("model"), asked(entry["request"]), entry["responses"])
            for entry in said["answers"]
        ]
        self.given: Counter[int] = Counter()
        self.lock = threading.Lock()

    def to(self, request: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The next response to a request, and an id for it. Raises ApiError if it is unknown."""
        wanted, model = asked(request), request["model"]
        for place, (named, known, responses) in enumerate(self.known):
            if named in (None, model) and not any(differences(known, wanted)):
                with self.lock:
                    turn = min(self.given[place], len(responses) - 1)
                    self.given[place] += 1
                return responses[turn], f"chatcmpl-{place + 1:03}{turn + 1:03}"
        raise ApiError(404, self.why_unknown(wanted, model), code="unknown_request")

    def why_unknown(self, wanted: Any, model: str) -> str:
        """A message that a request is unknown, and where it differs from the most similar one."""
        nearest: list[tuple[str, Any, Any]] | None = None
        for named, known, _ in self.known:
            found = list(differences(known, wanted))
            if named not in (None, model):
                found.insert(0, ("model", named, model))
            if nearest is None or len(found) < len(nearest):
                nearest = found
        message = "This stand-in has no answer to this request: it only knows those of its file."
        if nearest:
            place, known, sent = nearest[0]
            message += f" The nearest one differs in {place}: it has {shown(known)}, "
            message += f"yours has {shown(sent)}."
        return message + " A real model at MODEL_URL answers anything."


def completion(body: dict[str, Any], made_id: str, model: str) -> dict[str, Any]:
    """The body of a response, with defaults for fields that every completion has."""
    given = {"id": made_id, "object": "chat.completion", "created": 0, "model": model}
    return {**given, **body}


def chunks(whole: dict[str, Any], with_usage: bool) -> Iterator[dict[str, Any]]:
    """Split a completion into the chunks of a stream."""
    head = {name: whole[name] for name in ("id", "created", "model")}
    head["object"] = "chat.completion.chunk"
    if "system_fingerprint" in whole:
        head["system_fingerprint"] = whole["system_fingerprint"]
    usage: dict[str, Any] = {"usage": None} if with_usage else {}
    for choice in whole.get("choices", []):
        for delta, finish in deltas(choice):
            piece = {"index": choice.get("index", 0), "delta": delta, "finish_reason": finish}
            yield {**head, "choices": [{**piece, "logprobs": None}], **usage}
    if with_usage:
        yield {**head, "choices": [], "usage": whole.get("usage")}


def deltas(choice: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str | None]]:
    """The delta of each chunk of a choice, and its finish reason in the last one, else None."""
    message = choice.get("message", {})
    content = message.get("content")
    first = {"role": message.get("role", "assistant"), "content": None if content is None else ""}
    yield first, None
    for name in ("reasoning_content", "content", "refusal"):
        for part in parts(message.get(name) or ""):
            yield {name: part}, None
    for place, call in enumerate(message.get("tool_calls") or []):
        function = call["function"]
        begun = {"name": function["name"], "arguments": ""}
        named = {"index": place, "id": call["id"], "type": "function", "function": begun}
        yield {"tool_calls": [named]}, None
        for part in parts(function["arguments"]):
            yield {"tool_calls": [{"index": place, "function": {"arguments": part}}]}, None
    yield {}, choice.get("finish_reason", "stop")


def parts(text: str) -> list[str]:
    """Split a text into pieces about as long as tokens, which join to the same text."""
    return re.findall(r"\s*\S{1,6}|\s+\Z", text)


# -- The server ------------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "model-server"
    sys_version = ""
    server: "ModelServer"

    @property
    def answers(self) -> Answers:
        return self.server.answers

    def do_GET(self) -> None:
        listed = [{"id": self.answers.model, "object": "model", "created": 0, "owned_by": "file"}]
        path = self.path.partition("?")[0]
        if path == "/v1/models":
            self.send_json(200, {"object": "list", "data": listed})
        elif path == "/v1/models/" + self.answers.model:
            self.send_json(200, listed[0])
        else:
            self.refuse(self.no_such_address())

    def do_POST(self) -> None:
        try:
            body = self.body()
            if self.path.partition("?")[0] != "/v1/chat/completions":
                raise self.no_such_address()
            request = self.parsed(body)
            check(request)
            self.answer(request, *self.answers.to(request))
        except ApiError as error:
            self.refuse(error)

    def no_such_address(self) -> ApiError:
        there = "POST /v1/chat/completions and GET /v1/models"
        message = f"There is no {self.command} {self.path} here, only {there}."
        return ApiError(404, message, code="unknown_url")

    def body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            raise ApiError(411, "A request says how long it is, in Content-Length.")
        length = length.lstrip("0") or "0"
        # int() refuses thousands of digits.
        if len(length) > len(str(MAX_REQUEST)) or int(length) > MAX_REQUEST:
            raise ApiError(413, f"A request has at most {MAX_REQUEST:,} bytes.")
        return self.rfile.read(int(length))

    def parsed(self, body: bytes) -> Any:
        try:
            request = json.loads(body)
        except (ValueError, RecursionError):
            raise ApiError(400, "The body of a request is JSON, and this can't be read.") from None
        if depth(request) > DEEPEST:
            raise ApiError(400, f"The body of a request nests at most {DEEPEST} deep.")
        if has_half_a_character(request):
            message = "A text in a request has whole characters, and not one half of a pair alone."
            raise ApiError(400, f"{message} Such a half is \\ud800.")
        return request

    def answer(self, request: dict[str, Any], response: dict[str, Any], made_id: str) -> None:
        """Send a response of the file, whole or as a stream."""
        time.sleep(response.get("delay", 0))
        status, headers = response.get("status", 200), response.get("headers", {})
        if status != 200:
            self.send_json(status, response["body"], headers)
            return
        whole = completion(response["body"], made_id, self.answers.model)
        if not request.get("stream"):
            self.send_json(200, whole, headers)
            return
        with_usage = (request.get("stream_options") or {}).get("include_usage", False)
        stream = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        self.head(200, {**stream, **headers})
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in chunks(whole, with_usage):
            self.send_event(json.dumps(chunk, ensure_ascii=False))
            time.sleep(self.server.pause)
        self.send_event("[DONE]")
        self.wfile.write(b"0\r\n\r\n")

    def send_event(self, text: str) -> None:
        data = b"data: %s\n\n" % text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def refuse(self, error: ApiError) -> None:
        self.send_json(error.status, error.body)

    def send_json(
        self, status: int, body: dict[str, Any], headers: dict[str, Any] | None = None
    ) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        self.head(status, {"Content-Type": "application/json", **(headers or {})})
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def head(self, status: int, headers: dict[str, Any]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, str(value))
        # One request per connection, so that unread data of one request can't reach the next.
        self.send_header("Connection", "close")
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
        if self.server.talks:
            print(format % args, file=sys.stderr)

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # a client may give up waiting
            super().handle()


class ModelServer(ThreadingHTTPServer):
    """Serves answers, to this machine only. pause: seconds after each chunk of a stream."""

    daemon_threads = True

    def __init__(
        self, answers: Answers, port: int = 0, *, pause: float = 0, talks: bool = False
    ) -> None:
        self.answers, self.pause, self.talks = answers, pause, talks
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def url(self) -> str:
        """The value for MODEL_URL."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


def depth(value: Any) -> int:
    """How deeply a value is nested, without recursion."""
    deepest = 0
    waiting = [(value, 1)]
    while waiting:
        each, level = waiting.pop()
        if isinstance(each, (dict, list)):
            deepest = max(deepest, level)
            below = each.values() if isinstance(each, dict) else each
            waiting += [(one, level + 1) for one in below]
    return deepest


def has_half_a_character(value: Any) -> bool:
    """Whether a text in it has a lone surrogate, which UTF-8 can't encode."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def load(path: str | Path) -> Answers:
    """Read a file of answers. Raises ValueError with what is wrong with it."""
    try:
        said = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} isn't JSON: {error}") from None
    try:
        return Answers(said)
    except (KeyError, TypeError, AttributeError):
        raise ValueError(f"{path} isn't a file of answers") from None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("answers", help="the lesson's answers.json")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--pause", type=float, default=0.03, help="seconds a piece of a stream")
    options = parser.parse_args()
    try:
        answers = load(options.answers)
        server = ModelServer(answers, options.port, pause=options.pause, talks=True)
    except (ValueError, OSError, OverflowError) as error:
        sys.exit(f"error: {error}")
    what = f"{answers.kind} answers of {answers.model} {answers.date}".strip()
    print(f"export MODEL_URL={server.url}  # {what}; Ctrl-C ends them", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
