"""A small valid catalog on disk, for tests to break, change and apply."""

from pathlib import Path

from careers.sync.comparing.plan import Plan
from careers.sync.entries import Entry, Key
from careers.sync.problems import CatalogError, Problem
from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import apply_entries

BODY = "word " * 199 + "word"  # takes a minute to read

SMALL = {
    "backgrounds.yaml": """\
backgrounds:
  - slug: software-engineer
    title: Software engineer
    status: published
    summary: Writes and tests code.
    knows:
      - rag/chunking
  - slug: data-analyst
    title: Data analyst
    status: published
    summary: Questions numbers.
""",
    "signals.yaml": """\
signals:
  - slug: shipped
    title: Shipped something
    status: published
    summary: Something that others can open.
    passes: A working demo.
    sources:
      - title: A guide
        url: https://example.org/guide
  - slug: eval-discipline
    title: Eval discipline
    status: published
    summary: A number before and after.
""",
    "paths/prompting/path.yaml": """\
title: Prompting
status: published
position: 1
summary: How to ask.
lessons:
  - first-prompt
""",
    "paths/prompting/first-prompt.md": f"""\
---
number: 201
title: A first prompt
summary: Write a prompt that has a spec.
minutes: 1
practice_minutes: 30
objectives:
  - Write a spec
signals:
  - eval-discipline
sources:
  - title: A paper
    url: https://example.org/paper
status: published
---

{BODY}
""",
    "paths/rag/path.yaml": """\
title: RAG
status: published
position: 2
summary: How to find.
description: From the first search to the last.
lessons:
  - when-to-retrieve
  - chunking
""",
    "paths/rag/when-to-retrieve.md": f"""\
---
number: 401
title: When to retrieve
summary: Decide whether to retrieve.
minutes: 1
practice_minutes: 20
objectives:
  - Name the three choices
skip_if:
  - you have decided this before
status: published
---

{BODY}
""",
    "paths/rag/chunking.md": """\
---
number: 402
title: Chunking
summary: Cut documents into passages.
minutes: 10
practice_minutes: 40
objectives:
  - Cut a document
status: draft
---
""",
    "roles/data-engineer.yaml": """\
title: Data Engineer
code: DE
line: teal
status: published
group: newer
position: 2
summary: Brings clean data to models.
sequence: any-order
steps:
  - path: rag
    why: Indexes are data.
pivots:
  - background: data-analyst
    fit: good
salary_bands:
  - region: Germany
    currency: EUR
    low: 50000
    high: 50000
    measures: Mean
    period: undated
    source:
      title: A survey
      url: https://example.org/survey
    collected: 2026-01-02
""",
    "roles/ml-engineer.yaml": """\
title: ML Engineer
code: ML
line: red
status: published
group: core
position: 1
aliases:
  - Machine Learning Engineer
summary: Puts models into production.
daily_work:
  - Trains models
time_split:
  - {share: 60, activity: code}
  - {share: 40, activity: talk}
honest_scope: Courses give the method.
not_for_you_if:
  - you want to publish papers
after_paths: a model in production
sequence: in-sequence
steps:
  - path: prompting
    why: It comes first.
  - path: rag
    why: It comes second.
    emphasis: deeply
pivots:
  - background: software-engineer
    fit: strong
    months: 3
    note: Code carries over.
salary_bands:
  - region: EU
    currency: EUR
    low: 65000
    high: 160000
    middle: 90000
    middle_is: median
    measures: Published range
    basis: survey
    for_title: Data Scientist
    experience: 5 years
    sample: 100
    period: "2026"
    source:
      title: A survey
      url: https://example.org/survey
    collected: 2026-01-02
sources:
  - title: A page
    url: https://example.org/page
""",
}


class Files:
    """A catalog folder. File names are relative to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in SMALL.items():
            self.write(name, text)

    def write(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = self.text(name)
        assert text.count(old) >= 1, f"{name} has no {old!r}"
        self.write(name, text.replace(old, new, 1))

    def add(self, name: str, lines: str) -> None:
        """Append lines to a YAML file."""
        self.write(name, self.text(name) + lines)

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()

    def rename(self, old: str, new: str) -> None:
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)

    def read(self) -> list[Entry]:
        return read_files(self.folder)

    def entries(self) -> dict[Key, Entry]:
        return {entry.id: entry for entry in self.read()}

    def problems(self) -> list[Problem]:
        """Return the problems of the folder, in the order in which they are reported."""
        try:
            self.read()
        except CatalogError as error:
            return error.problems
        return []

    def apply(self, *, overwrite: bool = False) -> Plan:
        return apply_entries(self.read(), overwrite=overwrite)
