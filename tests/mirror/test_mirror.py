"""The mirror of a small site: all that is public, as of one moment, or nothing at all."""

import errno
import fcntl
import itertools
import json
import os
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from careers import mirror
from careers.mirror import crawl
from careers.models import CatalogVersion, Role
from careers.pages import views
from paths.models import Lesson
from tests.careers.serving import environment, run, run_program, set_up

SITE = "http://localhost"


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


LOCK = "mirror.lock"  # stays behind, for the next run to lock


def beside(folder: Path) -> set[str]:
    return {path.name for path in folder.parent.iterdir()}


def page_of(folder: Path, address: str) -> BeautifulSoup:
    html = (folder / address.strip("/") / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser")


def test_all_that_is_public_is_in_it(small_site, folder):
    mirror.write_mirror(folder, SITE)
    names = files_of(folder).keys()
    assert names >= {
        *("index.html", "careers/index.html", "careers/map/index.html", "search/index.html"),
        *("careers/ml-engineer/index.html", "careers/ml-engineer/fit/index.html"),
        *("careers/ml-engineer/roadmap/index.html", "careers/ml-engineer/picture.png"),
        *("paths/rag/index.html", "paths/rag/one/index.html", "paths/rag/one/picture.png"),
        *("paths/rag/one.ipynb", "paths/rag/one.py", "paths/model_server.py"),
        *("catalog.json", "careers.csv", "feed.atom", "changes.atom", "schema/role.json"),
        *("robots.txt", "sitemap.xml", "site.webmanifest", "404.html", "_redirects", "_headers"),
        *("static/css/site.css", "static/js/copy.js", "static/img/icon-32.png"),
        *("_nginx/maps.conf", "_nginx/server.conf", mirror.MARK),
    }


def test_who_finds_a_hole_is_told_whom_to_tell(small_site, folder, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    mirror.write_mirror(folder, SITE)
    assert "security@example.org" in (folder / ".well-known/security.txt").read_text()


def test_every_page_of_the_sitemap_is_in_it(small_site, folder):
    mirror.write_mirror(folder, SITE)
    sitemap = BeautifulSoup((folder / "sitemap.xml").read_bytes(), "xml")
    addresses = [loc.text.removeprefix(SITE) for loc in sitemap.find_all("loc")]
    assert len(addresses) > 10
    for address in addresses:
        assert page_of(folder, address).h1, address


def test_what_is_not_public_is_not_in_it(small_site, folder):
    mirror.write_mirror(folder, SITE)
    files = files_of(folder)
    assert not [name for name in files if name.startswith(("admin", "styleguide", "healthz"))]
    assert not [name for name in files if name.startswith("static/admin")]
    assert not [name for name, body in files.items() if b"Not to be seen" in body]
    assert "paths/rag/draft/index.html" not in files


def test_no_page_asks_a_server_for_anything(small_site, folder):
    done = mirror.write_mirror(folder, SITE)
    pages = [body for name, body in files_of(folder).items() if name.endswith(".html")]
    assert len(pages) > done.pages > 15
    for body in pages:
        page = BeautifulSoup(body, "html.parser")
        assert not page.find_all("form")
        assert not page.find_all("input")
        assert not [tag for tag in page.find_all(True) if any(n[:3] == "hx-" for n in tag.attrs)]
        assert not [link for link in page.find_all("a", href=True) if "?" in link["href"]]


def test_search_and_filters_give_way_to_a_sentence_and_the_whole_list(small_site, folder):
    mirror.write_mirror(folder, SITE)
    careers, search = page_of(folder, "/careers/"), page_of(folder, "/search/")
    assert "can’t search or filter: here is the whole list" in careers.main.text
    assert careers.main.find("a", href="/careers/ml-engineer/")
    assert "can’t search" in search.main.text
    links = {link["href"] for link in search.main.find_all("a")}
    assert links >= {"/careers/ml-engineer/", "/paths/rag/", "/paths/rag/one/", "/paths/agents/"}
    assert "keep a study plan" in page_of(folder, "/plan/").footer.text


def test_a_list_of_several_pages_is_whole(small_site, catalog, folder, monkeypatch):
    monkeypatch.setattr(views, "ROLES_A_PAGE", 1)
    catalog.role("researcher")
    mirror.write_mirror(folder, SITE)
    first, second = page_of(folder, "/careers/"), page_of(folder, "/careers/page/2/")
    assert first.find("a", rel="next")["href"] == "/careers/page/2/"
    assert second.find("a", rel="prev")["href"] == "/careers/page/1/"
    assert second.find("link", rel="canonical")["href"] == f"{SITE}/careers/page/2/"
    shown = [page.find_all(class_="role-card")[0]["id"] for page in (first, second)]
    assert shown == ["ml-engineer", "researcher"]


def test_a_page_is_that_of_the_site_where_it_needs_no_server(small_site, folder):
    mirror.write_mirror(folder, SITE)
    there = Client().get("/paths/rag/one/", headers={"Host": "localhost"}).content.decode()
    main = BeautifulSoup(there, "html.parser").find(class_="prose")
    assert str(page_of(folder, "/paths/rag/one/").find(class_="prose")) == str(main)


def test_its_addresses_are_those_that_it_will_have(small_site, folder, settings):
    settings.ALLOWED_HOSTS = ["careers.example.org"]
    mirror.write_mirror(folder, "https://careers.example.org")
    canonical = page_of(folder, "/careers/").find("link", rel="canonical")
    assert canonical["href"] == "https://careers.example.org/careers/"
    assert "https://careers.example.org/sitemap.xml" in (folder / "robots.txt").read_text()
    assert not [name for name, body in files_of(folder).items() if b"http://localhost" in body]


def test_former_addresses_lead_on(small_site, folder):
    done = mirror.write_mirror(folder, SITE)
    lines = (folder / "_redirects").read_text().splitlines()
    assert set(lines) >= {
        "/careers/ml-developer/ /careers/ml-engineer/ 301",
        "/careers/ml-developer/picture.png /careers/ml-engineer/picture.png 301",
        "/careers/ml-developer/fit/ /careers/ml-engineer/fit/ 301",
        "/paths/retrieval/ /paths/rag/ 301",
        "/paths/retrieval/one/ /paths/rag/one/ 301",
        "/paths/retrieval/first/ /paths/rag/one/ 301",
        "/paths/rag/first/ /paths/rag/one/ 301",
        "/paths/rag/first.ipynb /paths/rag/one.ipynb 301",
        "/favicon.ico /static/img/icon-32.png 301",
    }
    assert done.moved == sum(line.endswith(" 301") for line in lines)
    assert not {target for line in lines for target in line.split()[1:2] if "localhost" in target}


def test_what_was_retired_says_so_and_where_to_go(small_site, folder):
    mirror.write_mirror(folder, SITE)
    assert (
        "/careers/data-clerk/ /careers/data-clerk/410.html 404"
        in (folder / "_redirects").read_text()
    )
    gone = (folder / "careers/data-clerk/410.html").read_text()
    assert "is no longer here" in gone
    assert 'href="/careers/ml-engineer/"' in gone


def test_files_and_pictures_of_what_was_retired_lead_to_its_page(small_site, folder, client):
    done = mirror.write_mirror(folder, SITE)
    lines = (folder / "_redirects").read_text().splitlines()
    assert {
        "/careers/data-clerk/picture.png /careers/data-clerk/410.html 404",
        "/paths/prompting/picture.png /paths/prompting/410.html 404",
        "/paths/rag/old.ipynb /paths/rag/old/410.html 404",
        "/paths/rag/old.py /paths/rag/old/410.html 404",
        "/paths/rag/old/cases.csv /paths/rag/old/410.html 404",
        "/paths/rag/old/picture.png /paths/rag/old/410.html 404",
        "/paths/rag/older/ /paths/rag/older/410.html 404",
        "/paths/rag/older.py /paths/rag/older/410.html 404",
        "/paths/rag/older/cases.csv /paths/rag/older/410.html 404",
        "/paths/retrieval/old/ /paths/retrieval/old/410.html 404",
        "/paths/retrieval/old.py /paths/retrieval/old/410.html 404",
    } <= set(lines)
    gone = {line.split()[0]: line.split()[1] for line in lines if line.endswith(" 404")}
    assert {client.get(address).status_code for address in gone} == {410}
    assert not [page for page in gone.values() if not (folder / page.strip("/")).is_file()]
    assert done.gone == sum(address.endswith("/") for address in gone)


def test_the_page_of_a_lost_visitor_guesses_nothing(small_site, folder):
    mirror.write_mirror(folder, SITE)
    page = (folder / "404.html").read_text()
    assert "This page doesn’t exist" in page
    assert "Did you mean" not in page


def test_links_that_lead_nowhere_are_named(small_site, folder, capsys):
    body = "[a](/paths/rag/nothing/) [b](/careers/#nobody) [c](/paths/rag/#main) [d](/healthz/)"
    lesson = Lesson.objects.get(slug="one")
    lesson.body = body
    lesson.save()
    CatalogVersion.rise()
    done = mirror.write_mirror(folder, SITE)
    assert {(link.source, link.address, link.part) for link in done.dead} == {
        ("/paths/rag/one/", "/paths/rag/nothing/", ""),
        ("/paths/rag/one/", "/careers/", "nobody"),
        ("/paths/rag/one/", "/healthz/", ""),
    }
    said, told = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("mirror", str(folder), site=SITE, stdout=said, stderr=told)
    assert ended.value.code == 2
    assert "/paths/rag/one/ leads to /careers/#nobody, which isn't there" in told.getvalue()
    assert "3 dead links" in said.getvalue()


def test_it_takes_the_place_of_the_mirror_before(small_site, folder):
    mirror.write_mirror(folder, SITE)
    first = files_of(folder)
    (folder / "left-over.html").write_text("from an older mirror")
    mirror.write_mirror(folder, SITE)
    assert files_of(folder) == first
    assert beside(folder) == {folder.name, LOCK}


def test_what_is_no_mirror_is_left_alone(small_site, folder):
    folder.mkdir()
    (folder / "thesis.tex").write_text("years of work")
    with pytest.raises(CommandError, match="holds something other than a mirror"):
        call_command("mirror", str(folder), site=SITE)
    assert files_of(folder) == {"thesis.tex": b"years of work"}


def test_a_site_that_breaks_leaves_the_mirror_as_it_was(small_site, folder, monkeypatch):
    mirror.write_mirror(folder, SITE)
    before = files_of(folder)
    Role.objects.update(summary="Changed.")
    CatalogVersion.rise()
    monkeypatch.setattr("careers.pages.views.map_of_roadmaps", lambda *_: 1 / 0)
    with pytest.raises(CommandError, match="/ is answered with 500: nothing was written"):
        call_command("mirror", str(folder), site=SITE)
    assert files_of(folder) == before
    assert beside(folder) == {folder.name, LOCK}


def test_one_at_a_time_writes_a_mirror(small_site, folder, monkeypatch):
    """The lock is held from the first page until all files are in place."""
    ask, rename, held = crawl.Site.ask, Path.rename, []

    def look() -> None:
        with (folder.parent / LOCK).open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.append(True)
            else:
                held.append(False)

    monkeypatch.setattr(crawl.Site, "ask", lambda *each: [look(), ask(*each)][1])
    monkeypatch.setattr(Path, "rename", lambda *each: [look(), rename(*each)][1])
    mirror.write_mirror(folder, SITE)
    assert len(held) > 10
    assert all(held)


@pytest.fixture
def refuse(monkeypatch):
    """A block in which renaming fails: the n-th time (`at`), and with `more` ever after."""

    @contextmanager
    def arrange(at: int, *, more: bool):
        rename, number = Path.rename, itertools.count(1)

        def run(path: Path, to: Path) -> Path:
            now = next(number)
            if now == at or (more and now > at):
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
            return rename(path, to)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", run)
            yield

    return arrange


@pytest.mark.parametrize("at", [1, 2])
def test_a_mirror_that_can_not_take_its_place_leaves_the_one_before(small_site, folder, refuse, at):
    mirror.write_mirror(folder, SITE)
    before = files_of(folder)
    with refuse(at, more=False), pytest.raises(CommandError, match="error: nothing was written"):
        call_command("mirror", str(folder), site=SITE)
    assert files_of(folder) == before
    assert beside(folder) == {folder.name, LOCK}


def test_where_the_one_before_can_not_be_put_back_it_is_named_and_the_next_run_does(
    small_site, folder, refuse, monkeypatch
):
    mirror.write_mirror(folder, SITE)
    before = files_of(folder)
    with (
        refuse(2, more=True),
        pytest.raises(CommandError, match=r"what it was is in .*\.mirror\.old"),
    ):
        call_command("mirror", str(folder), site=SITE)
    assert files_of(folder.parent / ".mirror.old") == before
    monkeypatch.setattr("careers.pages.views.map_of_roadmaps", lambda *_: 1 / 0)
    with pytest.raises(CommandError, match="answered with 500"):
        call_command("mirror", str(folder), site=SITE)
    assert files_of(folder) == before
    assert beside(folder) == {folder.name, LOCK}


def test_a_link_to_a_folder_stays_one(small_site, folder):
    link = folder.parent / "current"
    link.symlink_to(folder.name)
    for _ in range(2):
        mirror.write_mirror(link, SITE)
        assert link.is_symlink()
        assert "index.html" in files_of(folder)
    assert beside(folder) == {folder.name, LOCK, link.name}


def test_as_many_files_are_written_as_are_said(small_site, folder):
    Lesson.objects.filter(slug="one").update(body="Read [this](/robots.txt?again=1).")
    CatalogVersion.rise()
    done = mirror.write_mirror(folder, SITE)
    assert done.files == len(files_of(folder))


@pytest.mark.parametrize(
    ("site", "words"),
    [
        ("https://other.example", "name it in ALLOWED_HOSTS"),
        ("careers.example.org", "isn't an address such as"),
        ("https://localhost/folder/", "isn't an address such as"),
        ("ftp://localhost", "isn't an address such as"),
        ("http://localhost:99999", "isn't an address such as"),
        ("http://localhost:http", "isn't an address such as"),
        ("http://[localhost", "isn't an address such as"),
    ],
)
def test_an_address_that_the_site_does_not_have_is_refused(folder, site, words):
    with pytest.raises(CommandError, match=words):
        call_command("mirror", str(folder), site=site)
    assert not folder.exists()


@pytest.mark.parametrize("host", [".careers.example", "*"])
def test_a_host_with_a_wildcard_is_no_address_of_a_mirror(folder, settings, host):
    settings.ALLOWED_HOSTS = [host]
    with pytest.raises(CommandError, match="stands for many hosts: name one with --site"):
        call_command("mirror", str(folder))
    assert not folder.exists()


@pytest.mark.parametrize("words", [("mirror", "{}/site"), ("forget_second_factor", "ada")])
def test_a_database_without_its_tables_is_to_be_migrated_first(tmp_path, words):
    here = environment(tmp_path) | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    done = run_program("manage.py", *(each.format(tmp_path) for each in words), environment=here)
    said = "CommandError: The database isn't up to date: run manage.py migrate first.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)
    assert not (tmp_path / "site").exists()


def test_it_says_of_which_catalog_it_is(small_site, folder):
    done = mirror.write_mirror(folder, SITE)
    mark = json.loads((folder / mirror.MARK).read_text())
    assert mark["catalog"] == done.version == CatalogVersion.current()[0]
    assert mark["site"] == SITE


EDITED_MEANWHILE = """
import threading
from pathlib import Path
from django.db import connection
from careers.mirror import crawl, write_mirror
from careers.models import CatalogVersion, Role

ask, editors = crawl.Site.ask, []

def rename():
    Role.objects.update(title="Renamed")
    CatalogVersion.rise()
    connection.close()

def ask_and_edit(site, address):
    answer = ask(site, address)
    if not editors:
        editors.append(threading.Thread(target=rename))
        editors[0].start()
        editors[0].join()
    return answer

crawl.Site.ask = ask_and_edit
Role.objects.create(slug="ml-engineer", title="As it was", code="ML", status="published")
CatalogVersion.rise()
write_mirror(Path({folder!r}), "http://localhost")
assert Role.objects.get().title == "Renamed"
"""


def test_it_is_of_one_state_while_somebody_edits_sqlite(tmp_path, folder):
    """An editor renames the role after the first page is read, and isn't made to wait."""
    set_up(tmp_path)
    run(EDITED_MEANWHILE.format(folder=str(folder)), environment(tmp_path))
    assert page_of(folder, "/careers/ml-engineer/").h1.text.strip().endswith("As it was")
    assert not [name for name, body in files_of(folder).items() if b"Renamed" in body]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL as DATABASE_URL")
@pytest.mark.django_db(transaction=True)
def test_it_is_of_one_state_while_somebody_edits_postgresql(folder, monkeypatch):
    monkeypatch.setattr(crawl.Site, "ask", crawl.Site.ask)  # so that it is restored
    exec(EDITED_MEANWHILE.format(folder=str(folder)), {})  # noqa: S102
    assert page_of(folder, "/careers/ml-engineer/").h1.text.strip().endswith("As it was")
    assert not [name for name, body in files_of(folder).items() if b"Renamed" in body]
