"""Authors save files during an export: what they wrote stays, and the export is refused."""

from collections.abc import Callable

import pytest

from careers import sync
from careers.models import Revision, Role
from careers.sync.exporting.unwritable import Unwritable
from paths.models import LearningPath

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"
OTHER = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
DRAFT = "paths/rag/chunking.md"
BACKGROUNDS = "backgrounds.yaml"
BESIDE = "paths/rag/when-to-retrieve/data.csv"


def saves_the_same_field(files):
    files.change(ROLE, "title: ML Engineer", "title: The author's")


def saves_the_same_list(files):
    files.change(ROLE, "aliases:\n", "aliases:\n  - The author's\n")


def saves_another_field(files):
    files.change(ROLE, "summary: Puts models", "summary: The author puts models")


def saves_a_remark(files):
    files.add(ROLE, "# The author's\n")


def saves_another_file(files):
    files.change(OTHER, "title: Data Engineer", "title: The author's")


def saves_a_list_of_things(files):
    files.change(BACKGROUNDS, "title: Data analyst", "title: The author's")


def saves_half_of_a_file(files):
    files.write(ROLE, files.text(ROLE)[:70])


def saves_half_of_another_file(files):
    files.write(OTHER, files.text(OTHER)[:70])


def saves_another_outline(files):
    files.change(PATH, "  - chunking\n", "  - dense\n  - chunking\n")


def saves_a_path_without_lessons(files):
    files.change(PATH, "lessons:\n  - when-to-retrieve\n  - chunking\n", "")


def saves_a_file_beside_a_lesson(files):
    files.write(BESIDE, "the,author's\n")


def takes_a_file_away(files):
    files.remove(ROLE)


def takes_another_file_away(files):
    files.remove(DRAFT)


def saves_a_new_file(files):
    files.write("roles/sre.yaml", files.text(ROLE).replace("code: ML", "code: SR"))


SAVES = [
    *(saves_the_same_field, saves_the_same_list, saves_another_field, saves_a_remark),
    *(saves_another_file, saves_a_list_of_things, saves_half_of_a_file, saves_half_of_another_file),
    *(saves_another_outline, saves_a_path_without_lessons, saves_a_file_beside_a_lesson),
    *(takes_a_file_away, takes_another_file_away, saves_a_new_file),
]


@pytest.fixture(params=SAVES, ids=lambda save: save.__name__)
def save(request, files):
    """What an author does to the files."""
    return lambda: request.param(files)


@pytest.fixture
def edited(files, revise):
    """The small catalog with a file beside a lesson, applied; then editors change three fields."""
    files.write(BESIDE, "a,b\n")
    files.apply()
    with revise():
        role = Role.objects.get(slug="ml-engineer")
        role.title, role.aliases = "The editor's", [*role.aliases, "The editor's"]
        role.save()
        LearningPath.objects.filter(slug="rag").update(title="The editor's")
    return files


def everything(files) -> dict[str, bytes]:
    paths = (path for path in files.folder.rglob("*") if path.is_file())
    return {str(path.relative_to(files.folder)): path.read_bytes() for path in paths}


def refused(export: Callable[[], object]) -> None:
    """Check that an export is refused, says what to do, and is recorded in no revision."""
    with pytest.raises(Unwritable, match=r"^the files changed meanwhile: export again$"):
        export()
    assert not Revision.objects.filter(exported=True)


def test_what_is_saved_before_an_export_reads_again_stays(edited, save):
    read = sync.read_catalog(edited.folder)
    compared = sync.compare(read)
    save()
    saved = everything(edited)
    refused(lambda: sync.export(read))
    refused(lambda: sync.preview_export(read))
    assert everything(edited) == saved
    assert compared.left_out().is_all


def test_what_is_saved_while_an_export_makes_new_texts_stays(edited, save):
    read = sync.read_catalog(edited.folder)
    saved = []

    def watch(things):
        if not saved:
            save()
            saved.append(everything(edited))
        yield from things

    refused(lambda: sync.export(read, watch))
    assert saved == [everything(edited)]


def test_a_link_within_the_folder_keeps_no_export_back(edited):
    edited.rename(OTHER, "roles/.real.yaml")
    (edited.folder / OTHER).symlink_to(".real.yaml")
    sync.export(sync.read_catalog(edited.folder))
    assert "The editor's" in edited.text(ROLE)
