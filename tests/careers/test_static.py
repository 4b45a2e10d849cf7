"""Static files as served: hashed, precompressed, cached forever, and small."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
import tinycss2
from bs4 import BeautifulSoup
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client, override_settings

from careers.staticfiles import StaticFilesStorage, lean

FIRST_VISIT = 35 * 1024  # bytes over the wire, for all files together
HTML = 14 * 1024
FILES_OF_FOLDERS = "django.contrib.staticfiles.finders.FileSystemFinder"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "careers.staticfiles.StaticFilesStorage"},
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("collected")
    with override_settings(STORAGES=STORAGES, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def served(collected, real_catalog):
    with override_settings(STORAGES=STORAGES, STATIC_ROOT=collected):
        yield Client()


def files_of(response) -> list[str]:
    """Return the addresses that a browser loads for a page: styles, an icon, scripts."""
    page = BeautifulSoup(response.content, "html.parser")
    links = page.select("link[rel=stylesheet], link[rel=icon][type='image/svg+xml']")
    return [link["href"] for link in links] + [s["src"] for s in page.select("script[src]")]


@pytest.mark.parametrize("url", ["/careers/", "/admin/login/"])
def test_every_file_of_a_page_is_hashed_and_kept_for_good(served, url):
    for file in files_of(served.get(url)):
        assert re.search(r"\.[0-9a-f]{12}\.", file), file
        response = served.get(file)
        assert response.status_code == 200
        assert "immutable" in response["Cache-Control"]
        response.close()


def test_a_first_visit_is_light(served):
    page = served.get("/careers/", headers={"Accept-Encoding": "gzip"})
    html = len(page.content)
    assert gzip.decompress(page.content).startswith(b"<!doctype html>")
    assert html <= HTML
    sizes = []
    for file in files_of(served.get("/careers/")):
        response = served.get(file, headers={"Accept-Encoding": "br"})
        body = b"".join(response.streaming_content)
        response.close()
        assert response.get("Content-Encoding") == "br" or len(brotli.compress(body)) > 0.9 * len(
            body
        )
        sizes.append(len(body))
    assert len(sizes) >= 3
    assert html + sum(sizes) <= FIRST_VISIT


def test_what_only_writers_read_of_a_style_sheet_is_not_served(served):
    (sheet,) = [file for file in files_of(served.get("/careers/")) if file.endswith(".css")]
    response = served.get(sheet)
    text = b"".join(response.streaming_content).decode()
    response.close()
    written = Path("static/css/site.css").read_text()
    assert "/*" in written
    assert "/*" not in text
    assert "\n " not in text

    def read(sheet: str) -> str:
        rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        return re.sub(r"/\*.*?\*/|\s", "", tinycss2.serialize(rules), flags=re.DOTALL)

    assert read(text) == read(written)


@pytest.mark.parametrize(
    ("sheet", "served"),
    [
        ("a/* one */b {}", "a\nb {}"),
        ("a {\n  b: c; /* of\n two */\n}", "a {\nb: c;\n}"),
        ("""a { b: "/* \\" */"; c: '/*'; d: "\\a  /**/" }""", None),
    ],
)
def test_a_lean_sheet_says_the_same(sheet, served):
    assert lean(sheet) == (sheet if served is None else served)


def test_what_only_writers_read_of_a_script_is_not_served(served):
    for written in Path("static/js").glob("*.js"):
        response = served.get(staticfiles_storage.url(f"js/{written.name}"))
        lines = b"".join(response.streaming_content).decode().splitlines()
        response.close()
        text = written.read_text()
        assert lines == [line for line in text.splitlines() if not line.lstrip().startswith("//")]
        assert all(line.count("`") % 2 == 0 for line in text.splitlines()), "a string of many lines"


def collect(release: Path, root: Path) -> StaticFilesStorage:
    """Collect a release's files into a folder shared by releases. Return a server's storage."""
    with override_settings(
        STORAGES=STORAGES,
        STATIC_ROOT=root,
        BASE_DIR=release,
        STATICFILES_DIRS=[release],
        STATICFILES_FINDERS=[FILES_OF_FOLDERS],
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        return StaticFilesStorage()


def test_a_release_names_its_own_files_after_another_was_collected(tmp_path):
    """Going back starts the older release again, after the newer one was collected."""
    before, after, root = tmp_path / "before", tmp_path / "after", tmp_path / "static"
    for release, files in ((before, {"a.css": "one", "gone.css": "x"}), (after, {"a.css": "two"})):
        release.mkdir()
        for name, text in files.items():
            (release / name).write_text(text)
    named = collect(before, root).url("a.css"), collect(before, root).url("gone.css")
    assert collect(after, root).url("a.css") != named[0]
    with override_settings(STORAGES=STORAGES, STATIC_ROOT=root, BASE_DIR=before):
        again = StaticFilesStorage()
        assert (again.url("a.css"), again.url("gone.css")) == named
    for url in named:
        assert (root / url.removeprefix("/static/")).exists()


def test_what_is_collected_anew_is_named_anew(tmp_path):
    release, root = tmp_path / "release", tmp_path / "static"
    release.mkdir()
    named = set()
    own = {"STATICFILES_DIRS": [release], "STATICFILES_FINDERS": [FILES_OF_FOLDERS]}
    with override_settings(STORAGES=STORAGES, STATIC_ROOT=root, **own):
        for text in ("one", "two"):
            (release / "a.css").write_text(text)
            call_command("collectstatic", interactive=False, verbosity=0)
            named |= {staticfiles_storage.url("a.css"), staticfiles_storage.url("a.css")}
    assert len(named) == 2


def test_a_start_compresses_nothing_that_an_earlier_one_did(tmp_path, monkeypatch):
    release, root = tmp_path / "release", tmp_path / "static"
    release.mkdir()
    words = " ".join(str(number) for number in range(500))
    (release / "a.txt").write_text(words)
    (release / "b.css").write_text(f"a {{ content: '{words}'; }}")
    compressed = []
    compress = brotli.compress
    monkeypatch.setattr(brotli, "compress", lambda data: compressed.append(data) or compress(data))
    collect(release, root)
    sheets = {data for data in compressed if data.startswith(b"a {")}
    assert len(compressed) == len(set(compressed)) == 1 + len(sheets), "each content once"
    compressed.clear()
    collect(release, root)
    assert not compressed


@pytest.mark.parametrize("suffix", [".br", ".gz"])
@pytest.mark.parametrize("found", [b"", b"\x1f\x8b", None, "cut", "another"])
def test_what_stands_half_compressed_is_compressed_anew(tmp_path, suffix, found):
    """A killed start may leave a truncated file, or one of an earlier text."""
    release, root = tmp_path / "release", tmp_path / "static"
    release.mkdir()
    (release / "a.txt").write_text(" ".join(str(number) for number in range(500)))
    collect(release, root)
    beside = root / f"a.txt{suffix}"
    whole = beside.read_bytes()
    if found is None:
        beside.unlink()
    elif found == "another":
        packed = {".br": brotli.compress, ".gz": gzip.compress}[suffix]
        beside.write_bytes(packed(b"another text"))
    else:
        beside.write_bytes(whole[:-20] if found == "cut" else found)
    collect(release, root)
    assert beside.read_bytes() == whole
