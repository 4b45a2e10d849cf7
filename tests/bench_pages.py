"""Compare the pages that the site answers with the same bytes from nginx.

    bin/bench pages [--seconds 3] [--rounds 3]

One worker of ours, one worker of nginx, one client with 16 connections (wrk), in turns. What counts
is the ratio; on a machine that does other things as well, that of processor time: how often our
worker could answer in the time that nginx takes. Both need `nginx` and `wrk` to be installed.
"""

import argparse
import http.client
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.careers.serving import environment, free_port, starting, wait_for  # noqa: E402

CONNECTIONS = 16
ENCODINGS = ("br", "gzip")  # what browsers accept, and what other clients do
COLD = 40  # times that a page is rendered without the cache
ROUND = 10_000  # requests after which the worker's memory is measured
PAGES = [
    "/careers/",
    "/careers/ml-engineer/",
    "/paths/rag/",
    "/paths/ai-foundations/a-baseline-first/",
]
TICK = 100  # clock ticks a second in /proc/<pid>/stat
NGINX = """\
daemon off; master_process on; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;
events {{}}
http {{
  access_log off; keepalive_requests 1000000000; types {{ text/html html; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/temp;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  open_file_cache max=10;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; index page.html; {headers} }}
}}
"""


@dataclass
class Server:
    port: int
    worker: int

    def seconds(self) -> float:
        """Return the CPU time that the worker has used."""
        fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def megabytes(self) -> float:
        status = Path(f"/proc/{self.worker}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def get(self, url: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", url, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


@contextmanager
def ours(folder: Path, **more: str) -> Iterator[Server]:
    with starting(folder, WEB_WORKERS="1", **more) as started:
        server = Server(started.port, 0)
        wait_for(lambda: started.ended or (_answers(server) and started.workers))
        (server.worker,) = started.workers
        yield server


@contextmanager
def nginx(folder: Path, body: bytes, headers: dict[str, str]) -> Iterator[Server]:
    port = free_port()
    (folder / "www").mkdir(exist_ok=True)
    (folder / "www" / "page.html").write_bytes(body)
    said = " ".join(f"add_header {name} {_quoted(value)};" for name, value in headers.items())
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=port, headers=said))
    with subprocess.Popen(["nginx", "-p", str(folder), "-c", str(config)]) as process:
        try:
            server = Server(port, 0)
            wait_for(lambda: process.poll() is not None or _answers(server, "/"))
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            server.worker = int(children.read_text())
            yield server
        finally:
            process.terminate()


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "\\'") + "'"


def _answers(server: Server, url: str = "/livez") -> bool:
    try:
        return server.get(url)[0].status == 200
    except OSError:
        return False


def load(server: Server, url: str, seconds: int, **headers: str) -> tuple[float, float]:
    """Return requests per second, and the worker's CPU microseconds per request."""
    told = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    before = server.seconds()
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *told]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}{url}"],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    answers = int(re.search(r"(\d+) requests in", done.stdout)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])
    return rate, 1e6 * (server.seconds() - before) / answers


def compare(what: str, pairs: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    """Print the medians of several rounds. pairs: (ours, nginx), each as `load` returns it."""
    (our_rate, our_cost), (rate, cost) = (
        (statistics.median(each[0] for each in side), statistics.median(each[1] for each in side))
        for side in zip(*pairs, strict=True)
    )
    print(
        f"  {what:18} {our_rate:8,.0f}/s  nginx {rate:8,.0f}/s  ratio {our_rate / rate:.2f}"
        f"   processor {our_cost:5.1f} µs  nginx {cost:5.1f} µs  ratio {cost / our_cost:.2f}"
    )


def report_cached(folder: Path, seconds: int, rounds: int) -> None:
    with ExitStack() as running:
        site = running.enter_context(ours(folder))
        packed = {"Accept-Encoding": "br"}
        answer, body = site.get("/careers/", **packed)
        named = {
            name: value
            for name, value in answer.getheaders()
            if name.lower() not in {"content-length", "content-type", "etag", "date", "server"}
        }
        static = running.enter_context(nginx(folder, body, named))
        there = static.get("/")[0]
        assert static.get("/")[1] == body
        for what, our_more, more in (
            ("a page", {}, {}),
            (
                "304",
                {"If-None-Match": answer.headers["ETag"]},
                {"If-None-Match": there.headers["ETag"]},
            ),
        ):
            compare(
                what,
                [
                    (
                        load(site, "/careers/", seconds, **packed, **our_more),
                        load(static, "/", seconds, **more),
                    )
                    for _ in range(rounds)
                ],
            )
        urls = re.findall(r"<loc>[^<]*?//[^/]+([^<]*)</loc>", site.get("/sitemap.xml")[1].decode())

        def visit(number: int) -> None:
            accepted = ENCODINGS[number // len(urls) % len(ENCODINGS)]
            site.get(urls[number % len(urls)], **{"Accept-Encoding": accepted})

        with ThreadPoolExecutor(CONNECTIONS) as visitors:  # at once: all its threads work
            list(visitors.map(visit, range(ROUND)))
        print(f"  a worker after {ROUND:,} requests: {site.megabytes():.0f} MB")


def report_cold(folder: Path) -> None:
    with ours(folder, PAGE_CACHE_MB="0") as site:
        for url in PAGES:
            site.get(url)
            before = site.seconds()
            for _ in range(COLD):
                assert site.get(url)[0].status == 200, url
            print(f"  made anew {url:32} {1000 * (site.seconds() - before) / COLD:5.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    missing = [name for name in ("nginx", "wrk") if not shutil.which(name)]
    if missing:
        sys.exit(
            f"error: {' and '.join(missing)} not found: on Debian, apt-get install nginx-light wrk"
        )
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)  # nginx's worker is another user
        for command in ("migrate --no-input -v0", "catalog apply", "collectstatic --no-input"):
            subprocess.run(
                [sys.executable, "manage.py", *command.split()],
                cwd=ROOT, env=environment(folder), check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        print("Pages, one worker and 16 connections each:")
        report_cached(folder, chosen.seconds, chosen.rounds)
        report_cold(folder)


if __name__ == "__main__":
    main()
