"""The JSON Schemas that editors' tools use: valid, up to date, and true of the files."""

import json
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from jsonschema import Draft202012Validator, FormatChecker

from careers.opendata import views
from careers.sync import documents
from careers.sync.reading import schema

STATIC = settings.BASE_DIR / "static" / "schema"
CATALOG = settings.CATALOG_DIR
FILES = {
    "role": sorted(CATALOG.glob("roles/*.yaml")),
    "path": sorted(CATALOG.glob("paths/*/path.yaml")),
    "lesson": sorted(CATALOG.glob("paths/*/*.md")),
    "backgrounds": [CATALOG / "backgrounds.yaml"],
    "signals": [CATALOG / "signals.yaml"],
    "terms": [CATALOG / "glossary.yaml"],
    "prices": [CATALOG / "prices.yaml"],
}


class Loader(yaml.SafeLoader):
    """YAML as editors' tools read it: version 1.2 has no dates."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str):
    return yaml.load(text, Loader)  # noqa: S506 - a safe one


def content(file: Path):
    text = file.read_text(encoding="utf-8")
    return load(text.split("---\n")[1] if file.suffix == ".md" else text)


def validator(name: str) -> Draft202012Validator:
    found = json.loads((STATIC / f"{name}.json").read_text(encoding="utf-8"))
    return Draft202012Validator(found, format_checker=FormatChecker())


def complaints(name: str, value) -> list[str]:
    return [error.message for error in validator(name).iter_errors(value)]


@pytest.fixture
def role():
    """A role of this repository, for tests to spoil."""
    return content(CATALOG / "roles" / "ml-engineer.yaml")


def test_the_files_in_static_are_what_the_documents_say_now():
    """After changing a document, run `manage.py catalog schema` and commit what it writes."""
    stored = {file.stem: file.read_text(encoding="utf-8") for file in STATIC.iterdir()}
    assert stored == schema.schema_texts()


def test_every_kind_of_file_has_a_schema_that_the_site_serves():
    assert set(schema.FILE_DOCUMENTS) == set(FILES) == set(views.SCHEMAS)


def test_the_command_writes_them_without_a_catalog_or_a_database(tmp_path, capsys):
    folder = tmp_path / "a" / "b"
    call_command("catalog", "--dir", str(tmp_path / "none"), "schema", "--into", str(folder))
    assert {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()} == {
        f"{name}.json": text for name, text in schema.schema_texts().items()
    }
    assert capsys.readouterr().out == f"7 schemas written into {folder}.\n"


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one(name):
    found = json.loads((STATIC / f"{name}.json").read_text(encoding="utf-8"))
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(found)


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_catalog_fits_its_schema(name):
    assert FILES[name]
    wrong = {file.name: complaints(name, content(file)) for file in FILES[name]}
    assert not {file: found for file, found in wrong.items() if found}


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_explained(name):
    found = json.loads((STATIC / f"{name}.json").read_text(encoding="utf-8"))
    for part in (found, *found.get("$defs", {}).values()):
        assert part["description"]
        for key, value in part.get("properties", {}).items():
            assert value.get("description"), f"{part['title']}.{key}"


@pytest.mark.parametrize("name", FILES)
def test_a_key_that_may_be_left_out_may_be_null(name):
    """As for the reader, null clears a key."""
    found = json.loads((STATIC / f"{name}.json").read_text(encoding="utf-8"))
    kind = schema.FILE_DOCUMENTS[name]
    optional = [key for key, field in kind.model_fields.items() if not field.is_required()]
    assert set(found["properties"]) - set(optional) == set(found["required"])
    file = content(FILES[name][0])
    assert not complaints(name, file | dict.fromkeys(optional))
    for key in found["required"]:
        assert complaints(name, file | {key: None})


@pytest.mark.parametrize(
    "spoil",
    [
        {"titel": "ML Engineer"},
        {"title": None},
        {"status": "public"},
        {"position": "second"},
        {"code": "ml"},
        {"summary": "x" * 161},
        {"aliases": "MLE"},
        {"steps": [{"path": "rag"}]},
        {"salary_bands": [{}]},
        {"pivots": [{"background": "data-scientist", "fit": "perfect"}]},
    ],
    ids=str,
)
def test_a_mistake_is_seen(role, spoil):
    assert complaints("role", role | spoil)


def test_a_day_that_is_none_is_seen(role):
    role["salary_bands"][0]["collected"] = "2026-02-30"
    assert complaints("role", role)


def test_a_mistake_deep_in_a_file_is_seen(role):
    role["salary_bands"][0]["source"]["titel"] = "x"
    (found,) = validator("role").iter_errors(role)
    assert list(found.absolute_path) == ["salary_bands", 0, "source"]


def test_lengths_are_the_models():
    found = json.loads(schema.schema_texts()["lesson"])
    assert found["properties"]["summary"]["maxLength"] == 200
    assert documents.LessonDocument in schema.document_models()


def test_every_document_with_a_model_names_it():
    """Only lists that are whole files, and items that are stored as JSON, have none."""
    classes = {each for each in vars(documents).values() if isinstance(each, type)}
    kinds = {each for each in classes if issubclass(each, documents.Document)}
    assert {kind.__name__ for kind in kinds - set(schema.document_models())} == {
        "Document",
        "GlossaryDocument",
        "PricesDocument",
        "SourceDocument",
        "ShareDocument",
        "TitleDocument",
        "BackgroundsDocument",
        "SignalsDocument",
    }
