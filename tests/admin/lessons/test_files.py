"""Files added beside a lesson in the admin, and its pictures before the public sees them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careers import sync
from careers.models import Edit
from paths.models import FileContent, Lesson, Status
from paths.writing.uploads import MOST_AT_ONCE
from tests.admin.editing import change_url, errors, form_of, save, tree

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 300"/>\n'
PREVIEW = reverse("admin:paths_lesson_preview")


def upload(name: str = "cut.svg", data: bytes = SVG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def names(lesson) -> list[str]:
    lesson.refresh_from_db()
    return [each["name"] for each in lesson.files]


@pytest.fixture
def draft(catalog):
    return catalog.lesson(catalog.path("tools", lessons=0), slug="hammer", status=Status.DRAFT)


@pytest.fixture
def drawn(editor, draft):
    """The draft, with a picture and a data file beside it."""
    body = draft.body + "\n\n![A cut](cut.svg)"
    save(editor, draft, body=body, new_files=[upload(), upload("data.csv", b"a,b\n")])
    draft.refresh_from_db()
    return draft


def test_files_are_put_beside_a_lesson_with_the_text_that_shows_them(drawn):
    assert names(drawn) == ["cut.svg", "data.csv"]
    contents = {bytes(row.data) for row in FileContent.objects.all()}
    assert contents == {SVG, b"a,b\n"}
    assert "![A cut](cut.svg)" in drawn.body
    assert {edit.field for edit in Edit.objects.all()} == {"body", "files"}


def test_a_form_without_files_changes_none(editor, drawn):
    save(editor, drawn, summary="What you can do now.")
    assert names(drawn) == ["cut.svg", "data.csv"]


def test_a_file_is_replaced_or_taken_away(editor, drawn):
    before = {each["name"]: each["digest"] for each in drawn.files}
    save(
        editor, drawn, new_files=[upload(data=SVG.replace(b"300", b"200"))], gone_files=["data.csv"]
    )
    assert names(drawn) == ["cut.svg"]
    assert drawn.files[0]["digest"] != before["cut.svg"]


def test_a_picture_that_the_text_shows_is_not_taken_away(editor, drawn):
    refused = save(editor, drawn, gone_files=["cut.svg"])
    assert errors(refused) == ["Line 3 of the text: there is no file cut.svg beside this lesson."]
    assert names(drawn) == ["cut.svg", "data.csv"]


ANSWERS = b'{"kind": "scripted", "model": "a %s", "date": "2026-01-01", "answers": []}'


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("Bad Name.svg", SVG, "a file is named in small letters"),
        ("run.exe", b"x", "beside a lesson stand files of the types"),
        ("big.txt", b"x" * 300_000, "it has 300,000 bytes"),
        ("odd.txt", b"\xff", "line 1: it isn't UTF-8"),
        (
            "evil.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>',
            "",
        ),
        (
            "thin.svg",
            SVG.replace(b"680 300", b"1e-307 300").replace(b"<svg", b'<svg width="9"'),
            "it says how large it is",
        ),
        ("answers.json", b"{", "it isn't JSON"),
        ("data.json", b"9" * 5000, "a number in it has more digits than can be read"),
        ("answers.json", ANSWERS % rb"\ud800", "model: Value error, it has a character"),
        ("answers.json", ANSWERS % rb"\u0000", "model: Value error, it has a character"),
    ],
)
def test_what_may_not_stand_there_is_refused_in_the_words_of_the_check(
    editor, draft, name, data, words
):
    refused = errors(save(editor, draft, new_files=[upload(name, data)]))
    assert refused[0].startswith(name)
    assert words in refused[0]
    assert not FileContent.objects.exists()


@pytest.mark.parametrize("more", [0, 1])
def test_files_that_are_large_together_are_sent_in_turns(editor, draft, more):
    size = 200 * 1024
    count, rest = divmod(MOST_AT_ONCE + more, size)
    sizes = [size] * count + [rest]
    chosen = [upload(f"f{place}.txt", b"x" * each) for place, each in enumerate(sizes)]
    said = save(editor, draft, new_files=chosen)
    if more:
        assert errors(said) == [
            "The files have 2,097,153 bytes in all; at most 2,097,152 can be sent at once."
        ]
    assert len(names(draft)) == (0 if more else len(sizes))


def test_two_files_of_one_name_are_refused_and_neither_is_lost_in_silence(editor, draft):
    chosen = [upload("dup.csv", b"a\n"), upload(), upload("dup.csv", b"b\n")]
    assert errors(save(editor, draft, new_files=chosen)) == ["dup.csv was chosen twice."]
    assert names(draft) == []


def test_two_editors_who_add_a_file_each_keep_both(editor, signed_in, drawn):
    other = signed_in("other", is_superuser=True)
    sent = form_of(other, drawn)
    save(editor, drawn, new_files=[upload("one.txt", b"1")])
    assert (
        other.post(change_url(drawn), sent | {"new_files": upload("two.txt", b"2")}).status_code
        == 302
    )
    assert names(drawn) == ["cut.svg", "data.csv", "one.txt", "two.txt"]


def test_what_was_put_there_is_exported(editor, files, settings):
    settings.CATALOG_DIR = files.folder
    files.apply()
    lesson = Lesson.objects.get(slug="chunking")
    save(editor, lesson, new_files=[upload()])
    sync.export(sync.read_catalog(files.folder))
    assert (files.folder / "paths/rag/chunking/cut.svg").read_bytes() == SVG


# -- Before the public sees them -----------------------------------------------------------------


def test_a_drafts_pictures_are_shown_in_its_preview(editor, drawn):
    page = tree(editor.post(f"{PREVIEW}?lesson={drawn.pk}", {"body": drawn.body}))
    (image,) = page.select("img")
    assert image["alt"] == "A cut"
    answer = editor.get(image["src"])
    assert (answer.status_code, answer.content) == (200, SVG)
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]


def test_nobody_else_sees_them(client, editor_who_may, drawn):
    url = reverse("admin:paths_lesson_beside", args=[drawn.pk, "cut.svg"])
    assert client.get(url).status_code == 302
    assert editor_who_may("change_role").get(url).status_code == 403
    assert client.get("/paths/tools/hammer/cut.svg").status_code == 404


@pytest.mark.parametrize("name", ["none.svg", "..", "%2e%2e%2fx"])
def test_a_file_that_is_none_is_not_found(editor, drawn, name):
    assert editor.get(f"/admin/paths/lesson/{drawn.pk}/beside/{name}").status_code in {
        301,
        302,
        404,
    }


def test_who_may_only_look_is_offered_no_upload(editor_who_may, drawn):
    page = tree(editor_who_may("view_lesson").get(change_url(drawn)))
    assert not page.select("[type=file]")
    assert page.select_one(".field-files_beside .readonly").text == "cut.svg, data.csv"
