"""A cache in front of the site, nginx, never gives one visitor's page to another."""

import http.client
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from careers.pages.plan.kept import COOKIE
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.text import checksum, encode_plan
from tests.careers.serving import ROOT, free_port, wait_for

CONFIG = """\
daemon off; master_process off; pid {folder}/pid; error_log stderr error;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/temp;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  proxy_cache_path {folder}/cache keys_zone=site:1m;
  {beside}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {site};
      proxy_set_header Host $http_host;
      {more}
    }}
  }}
}}
"""
BESIDE, AS_TOLD = re.findall(
    r"```nginx\n(.*?)```", (ROOT / "docs" / "caches.md").read_text(encoding="utf-8"), re.DOTALL
)
CARELESS = """
      proxy_ignore_headers Cache-Control Expires;
      proxy_cache site;
      proxy_cache_valid 200 10m;
      add_header X-Cache $upstream_cache_status;
"""
URLS = ["/", "/careers/", "/careers/ml-engineer/", "/paths/rag/l101/", "/plan/"]


class Cache:
    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, url: str, plan: StudyPlan | None = None) -> tuple[str, str]:
        """Return a page, and nginx's cache status (HIT, MISS or BYPASS)."""
        text = encode_plan(plan) if plan else ""
        headers = {"Cookie": f"{COOKIE}-{checksum(text)}={text}"} if plan else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", url, headers=headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        assert answer.status == 200
        return page, answer.headers["X-Cache"]


@pytest.fixture
def start_cache(transactional_db, live_server, road, tmp_path: Path):
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if not nginx:
        pytest.fail("no nginx found: on Debian, apt-get install nginx-light", pytrace=False)
    running: list[subprocess.Popen[bytes]] = []

    def start(more: str) -> Cache:
        port = free_port()
        site = f"http://{urlsplit(live_server.url).netloc}"
        config = tmp_path / "nginx.conf"
        config.write_text(
            CONFIG.format(folder=tmp_path, port=port, site=site, beside=BESIDE, more=more)
        )
        running.append(subprocess.Popen([nginx, "-p", str(tmp_path), "-c", str(config)]))
        cache = Cache(port)
        wait_for(lambda: running[-1].poll() is not None or _listens(port))
        return cache

    yield start
    for process in running:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.connect()
    except OSError:
        return False
    connection.close()
    return True


MINE = StudyPlan(("ml-engineer",), done={101: 40})
YOURS = StudyPlan(("ml-engineer",), done={101: 40, 102: 40, 201: 40})
FORGET = "Forget everything"


def test_everybody_gets_their_own_page(start_cache):
    cache = start_cache(AS_TOLD)
    for url in URLS:
        plain, _ = cache.get(url)
        mine, _ = cache.get(url, MINE)
        yours, _ = cache.get(url, YOURS)
        again, _ = cache.get(url)
        assert FORGET not in plain
        assert FORGET in mine
        assert FORGET in yours
        assert mine != yours or url == "/"
        assert again == plain
        assert cache.get(url, MINE)[0] == mine


def test_what_is_the_same_for_everyone_can_be_kept(start_cache):
    cache = start_cache(AS_TOLD)
    found = [cache.get("/careers/")[1] for _ in range(2)]
    assert found == ["MISS", "HIT"]
    assert [cache.get("/careers/", MINE)[1] for _ in range(2)] == ["BYPASS", "BYPASS"]


@pytest.mark.parametrize("url", URLS)
def test_even_a_careless_cache_gives_nobody_anothers_page(start_cache, url):
    """The answer's Vary says that it depends on the cookie."""
    cache = start_cache(CARELESS)
    mine, _ = cache.get(url, MINE)
    assert FORGET in mine
    assert cache.get(url)[0] != mine
    assert FORGET not in cache.get(url)[0]
