"""Files beside a lesson, from the folder to the database and back."""

import pytest
from django.conf import settings

from careers import sync
from careers.models import CatalogEntry, CatalogVersion, Revision
from careers.sync.exporting.patch import git_patch
from careers.sync.exporting.replace import replace_files
from careers.sync.problems import CatalogError
from careers.sync.reading.cache import read_files_cached
from careers.sync.reading.reader import read_files, read_files_with_digest
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.revert import revert
from careers.sync.writing.sides import read_sides
from paths.models import FileContent, Lesson, Status
from tests.sync.exporting.whole import make_rewrites

LESSON = "paths/rag/chunking.md"
BESIDE = "paths/rag/chunking"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 300"/>\n'


@pytest.fixture
def folder(files):
    files.write(f"{BESIDE}/data.csv", "a,b\n")
    files.write(f"{BESIDE}/cut.svg", SVG)
    return files.folder


def problems(folder) -> list:
    with pytest.raises(CatalogError) as error:
        read_files(folder)
    return error.value.problems


def applied(folder) -> Lesson:
    apply_entries(read_files(folder))
    return Lesson.objects.get(slug="chunking")


def contents(lesson: Lesson) -> dict[str, bytes]:
    stored = {row.digest: bytes(row.data) for row in FileContent.objects.all()}
    return {each["name"]: stored[each["digest"]] for each in lesson.files}


# -- Reading ---------------------------------------------------------------------------------------


def test_a_lesson_has_the_files_of_its_folder_by_name(folder):
    (entry,) = (each for each in read_files(folder) if each.values["slug"] == "chunking")
    assert [each["name"] for each in entry.values["files"]] == ["cut.svg", "data.csv"]
    digests = [each["digest"] for each in entry.values["files"]]
    assert [entry.contents[digest] for digest in digests] == [SVG.encode(), b"a,b\n"]


def test_a_lesson_without_a_folder_has_none(folder):
    others = [each for each in read_files(folder) if each.kind == "lessons" and not each.contents]
    assert others
    assert all(each.values["files"] == [] for each in others)


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("x.svg", SVG.replace("/>", ">\n<script/></svg>"), 2, "<script> may not be in a drawing"),
        ("x.json", '{\n"a"}', 2, "it isn't JSON"),
        ("x.json", f'{{"a": {"9" * 5000}}}', 0, "a number in it has more digits than can be read"),
        ("X.csv", "", 0, "small letters"),
        ("x.html", "", 0, "files of the types"),
        ("x.txt", "x" * (256 * 1024 + 1), 0, "may have 262,144"),
        ("answers.json", "{}", 0, "kind: Field required"),
    ],
)
def test_a_file_that_may_not_stand_there_is_a_problem_at_its_line(files, name, text, line, said):
    files.write(f"{BESIDE}/{name}", text)
    problem = problems(files.folder)[0]
    assert (problem.place.file, problem.place.line) == (f"{BESIDE}/{name}", line)
    assert said in problem.message


def test_a_file_beside_no_lesson_is_a_problem(files, folder):
    files.write("paths/rag/nobody/a.txt", "a")
    (problem,) = problems(folder)
    assert (problem.code, problem.place.file) == ("beside-nothing", "paths/rag/nobody/a.txt")


def test_folders_below_are_nobodys(files, folder):
    files.write(f"{BESIDE}/more/a.txt", "a")
    (problem,) = problems(folder)
    assert problem.code == "unexpected-file"


def test_a_picture_that_nobody_drew_is_a_problem_at_its_line(files, folder):
    text = files.text(LESSON)
    files.write(LESSON, text + "\n![A cut](cuts.svg)\n\n![A cut](cut.svg)\n")
    (problem,) = problems(folder)
    assert problem.code == "missing-picture"
    assert problem.place.text == "![A cut](cuts.svg)"
    assert problem.place.line == (text + "\n").count("\n") + 1
    assert problem.hint == "did you mean `cut.svg`?"


def test_a_mistake_of_a_text_is_a_problem_at_its_line(files, folder):
    text = files.text(LESSON).replace("status: draft", "status: published")
    files.write(LESSON, text + "\n$\\nosuch$\n")
    (problem,) = problems(folder)
    assert problem.place.text == "$\\nosuch$"
    assert problem.place.line == (text + "\n").count("\n") + 1


# -- Into the database -----------------------------------------------------------------------------


def test_an_apply_keeps_names_and_bytes(db, folder):
    assert contents(applied(folder)) == {"cut.svg": SVG.encode(), "data.csv": b"a,b\n"}
    facts = FileContent.objects.exclude(facts={}).get().facts
    assert facts == {"width": 680, "height": 300}


def test_a_second_apply_has_nothing_to_do(db, folder):
    applied(folder)
    assert apply_entries(read_files(folder)).is_empty


def test_files_that_are_as_they_were_are_not_read_again(db, folder, files):
    entries, digest = read_files_with_digest(folder)
    apply_entries(entries, digest=digest)
    assert read_files_cached(folder)[1] == digest
    assert not any(entry.contents for entry in read_files_cached(folder)[0])
    files.write(f"{BESIDE}/data.csv", "a,b,c\n")
    assert read_files_cached(folder)[1] != digest


def test_a_file_that_changed_is_a_change_of_its_lesson(db, folder, files):
    applied(folder)
    before = CatalogVersion.current()[0]
    files.write(f"{BESIDE}/data.csv", "a,b,c\n")
    assert contents(applied(folder))["data.csv"] == b"a,b,c\n"
    assert CatalogVersion.current()[0] == before + 1
    (edit,) = Revision.objects.latest("number").edits.all()
    assert (edit.kind, edit.key, edit.field) == ("lessons", "402", "files")


def test_a_file_that_is_gone_is_gone_from_its_lesson(db, folder):
    applied(folder)
    (folder / BESIDE / "data.csv").unlink()
    assert contents(applied(folder)) == {"cut.svg": SVG.encode()}


def test_a_revision_that_took_a_file_away_can_be_undone(db, folder):
    applied(folder)
    (folder / BESIDE / "data.csv").unlink()
    applied(folder)
    revert(Revision.objects.latest("number").number, "somebody")
    assert contents(Lesson.objects.get(slug="chunking"))["data.csv"] == b"a,b\n"


def test_a_lesson_that_is_gone_keeps_its_files(db, folder, files):
    applied(folder)
    for name in (LESSON, f"{BESIDE}/data.csv", f"{BESIDE}/cut.svg"):
        files.remove(name)
    files.write(
        "paths/rag/path.yaml", files.text("paths/rag/path.yaml").replace("  - chunking\n", "")
    )
    files.write(
        "backgrounds.yaml",
        files.text("backgrounds.yaml").replace("    knows:\n      - rag/chunking\n", ""),
    )
    apply_entries(read_files(folder), allow_removals=1)
    lesson = Lesson.objects.get(slug="chunking")
    assert lesson.status == Status.RETIRED
    assert len(contents(lesson)) == 2


def test_what_a_file_said_is_kept_as_its_digest_alone(db, folder):
    applied(folder)
    row = CatalogEntry.objects.get(kind="lessons", key="402")
    assert all(set(each) == {"name", "digest"} for each in row.values["values"]["files"])


# -- And back --------------------------------------------------------------------------------------


def written(folder) -> list[str]:
    rewrites = make_rewrites(folder, read_sides(read_files(folder)))
    replace_files(folder, rewrites)
    return [f"{each.action} {each.name}" for each in rewrites]


def test_an_export_with_nothing_to_say_touches_no_file(db, folder):
    applied(folder)
    assert written(folder) == []


def test_files_move_with_their_lesson(db, folder):
    lesson = applied(folder)
    lesson.slug = "cutting"
    lesson.save()
    lesson.keep_address(lesson.path, "chunking")
    said = written(folder)
    assert f"move {BESIDE}/cut.svg → paths/rag/cutting/cut.svg" in said
    assert (folder / "paths/rag/cutting/data.csv").read_text() == "a,b\n"
    assert not (folder / BESIDE).exists()
    assert written(folder) == []


def test_what_was_undone_live_is_undone_in_the_files(db, folder, files):
    (folder / BESIDE / "data.csv").unlink()
    applied(folder)
    files.write(f"{BESIDE}/data.csv", "a,b\n")
    files.write(f"{BESIDE}/cut.svg", SVG.replace("300", "200"))
    applied(folder)
    revert(Revision.objects.latest("number").number, "somebody")
    rewrites = make_rewrites(folder, read_sides(read_files(folder)))
    text = git_patch(rewrites, folder)
    assert (
        "deleted file mode 100644\n--- a/catalog/paths/rag/chunking/data.csv\n+++ /dev/null" in text
    )
    assert written(folder) == [f"change {BESIDE}/cut.svg", f"remove {BESIDE}/data.csv"]
    assert (folder / BESIDE / "cut.svg").read_text() == SVG
    assert not (folder / BESIDE / "data.csv").exists()


def test_the_catalogs_own_files_are_in_order():
    assert read_files(settings.CATALOG_DIR)


# -- The text below the front matter ---------------------------------------------------------------


def test_code_at_the_start_of_a_text_stays_code_in_files_and_back(db, files):
    body = "    x = 1\n\nword"
    files.write(LESSON, files.text(LESSON).rstrip() + f"\n\n\n{body}\n\n")
    files.apply()
    lesson = Lesson.objects.get(number=402)
    assert lesson.body == body
    Lesson.objects.filter(number=402).update(body="\tother = 2\n\nword")
    sync.export(sync.read_catalog(files.folder))
    assert "\n\n\tother = 2\n\nword\n" in files.text(LESSON)
    assert files.entries()["lessons", "402"].values["body"] == "\tother = 2\n\nword"
