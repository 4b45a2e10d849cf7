"""Sample values. None of them is in the database."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.text import slugify

from careers.models import LineColor
from careers.published import catalog as published
from careers.published.catalog import Band, Catalog, Role, Source, Things, Version
from careers.published.news import NewsItem
from careers.published.roadmap import FurtherPath, LessonRef, OtherLine, Roadmap, Stop, total_hours
from paths.models import LearningPath, Lesson, Status

TITLES = (
    "Data Wrangler", "Model Tuner", "Evaluation Engineer", "Retrieval Engineer", "Agent Builder",
    "Serving Engineer", "Safety Tester", "Speech Engineer", "Vision Engineer", "Data Steward",
    "Product Analyst", "Research Assistant",
)  # fmt: skip
PATHS = (
    "Tables and queries", "Statistics in use", "Prompts as programs", "Search and retrieval",
    "Measuring answers", "Serving models", "Tools and agents", "Pipelines", "Attacks and defenses",
)  # fmt: skip
LONG_TITLE = (
    "Principal Engineer for the Measurement, Documentation and Certification of Retrieval in "
    "Hospitals II"
)
LONG_AGO = datetime.date(2020, 1, 1)
LONG_PATH = (
    "Pharmacovigilance, interoperability and everything else that has to be known beforehand"
)
FEW, MANY = (1, 3, 4), tuple(range(9))


def make_lessons(path: int, published: int, planned: int) -> tuple[LessonRef, ...]:
    """The lessons of a path, as many as `planned`, of which the first are published.

    path: its index in PATHS.
    """
    return tuple(
        LessonRef(100 * path + n, 8, 40, f"Lesson {n} of {PATHS[path].lower()}", "/paths/sample/")
        if n <= published
        else LessonRef(100 * path + n, 8, 40)
        for n in range(1, planned + 1)
    )


def make_stop(path: int, *, published: int = 3, **more: Any) -> Stop:
    sample = Stop(
        path=slugify(PATHS[path]),
        title=PATHS[path],
        position=path,
        url="/paths/sample/",
        why="One sentence on why this role needs this path.",
        emphasis="",
        outline=make_lessons(path, published, planned=4),
    )
    return replace(sample, **more)


def make_further_path(path: int) -> FurtherPath:
    lessons = make_lessons(path, published=2, planned=4)
    return FurtherPath(
        path=slugify(PATHS[path]),
        title=PATHS[path],
        position=path,
        url="/paths/sample/",
        summary="One sentence on what this path adds.",
        hours=total_hours(lessons),
        first_lesson=lessons[0],
    )


def make_roadmap(role: int = 0, paths: Iterable[int] = FEW, /, **more: Any) -> Roadmap:
    """The roadmap of a role. role: its index in TITLES. paths: indexes in PATHS."""
    title = TITLES[role]
    sample = Roadmap(
        role=title,
        url="/careers/sample/",
        code=title[0] + title.split()[-1][0],
        line=LineColor.values[role],
        in_sequence=True,
        stops=tuple(map(make_stop, paths)),
        after_paths="something that you build and others use",
        not_taught="",
    )
    return replace(sample, **more)


def make_roadmaps(count: int) -> list[Roadmap]:
    """Roadmaps of many lengths, some in any order."""
    return [
        make_roadmap(
            n % len(TITLES), (*MANY[n % 5 :: 2], 8) if n % 4 else MANY, in_sequence=n % 3 != 1
        )
        for n in range(count)
    ]


def make_band(today: datetime.date, **more: Any) -> Band:
    sample = Band(
        region="EU",
        currency="EUR",
        low=62000,
        high=118000,
        middle=None,
        middle_is="",
        ends="range",
        measures="Advertised range",
        basis="adverts",
        sample=412,
        method="Every ad of six job boards in March.",
        for_title="",
        period="2026",
        experience="",
        source_title="A survey of adverts",
        source_url="https://example.org/survey",
        collected=today,
        note="",
    )
    return replace(sample, **more)


def make_neighbors_band(today: datetime.date) -> Band:
    return make_band(today, for_title="Data Engineer", middle=84500, middle_is="mean")


def make_articles_band(today: datetime.date) -> Band:
    return make_band(today, basis="article", sample=None, method="", measures="Published range")


def make_background(title: str = "Teacher", path: int = 1) -> published.Background:
    """A background that knows the lessons of a path. path: its index in PATHS."""
    known = frozenset(lesson.number for lesson in make_lessons(path, 3, 4))
    return published.Background(slugify(title), title, "What this person does daily.", known)


def make_role(today: datetime.date, **more: Any) -> Role:
    roadmap = more.get("roadmap", make_roadmap())
    sample = Role(
        slug="sample",
        title=roadmap.role,
        url=roadmap.url,
        code=roadmap.code,
        line=roadmap.line,
        group="core",
        aliases=(),
        summary="One sentence that says what the job is, without adjectives.",
        daily_work=("Builds a thing",),
        time_split=(
            published.Share(55, "reads what went wrong"),
            published.Share(30, "mends it"),
            published.Share(15, "says so"),
        ),
        honest_scope="",
        not_for_you_if=(),
        fit_questions=(),
        sources=(),
        bands=(make_band(today),),
        pivots=(
            published.Pivot(make_background(), "strong", "Strong", 4, "Patience carries over."),
            published.Pivot(make_background("Nurse"), "possible", "Possible", None, ""),
        ),
        signals=(),
        roadmap=roadmap,
        updated_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )
    return replace(sample, **more)


def make_lines(count: int) -> tuple[OtherLine, ...]:
    roadmaps = [make_roadmap(role % len(TITLES)) for role in range(count)]
    return tuple(OtherLine(each.code, each.line, each.role, each.url) for each in roadmaps)


def make_signal(title: str, **more: Any) -> published.Signal:
    sample = published.Signal(
        slug=slugify(title),
        title=title,
        summary="What a hirer opens, and looks for first.",
        passes="A page that answers, with its mistakes counted.",
        fails="A picture of one.",
        sources=(Source("An interview with hirers", "https://example.org/interview"),),
        lessons=make_lessons(1, 1, 1),
    )
    return replace(sample, **more)


def make_path_row(published: int = 3, planned: int = 4) -> LearningPath:
    """A row that is never saved: path pages are made of rows."""
    path = LearningPath(
        slug=slugify(PATHS[3]),
        title=PATHS[3],
        summary="One sentence on what it teaches.",
        description="What it teaches, and what it doesn’t.",
    )
    path.lessons_planned, path.lessons_published = planned, published
    path.minutes_planned, path.minutes_published = 48 * planned, 48 * published
    return path


def make_lesson_row(title: str = "Lesson 2 of search and retrieval", **more: Any) -> Lesson:
    """A row that is never saved: lesson pages are made of rows."""
    return Lesson(
        path=make_path_row(),
        slug=slugify(title),
        title=title,
        summary="One sentence: what you can do after this lesson.",
        minutes=8,
        practice_minutes=40,
        **{"status": Status.PUBLISHED} | more,
    )


def make_path(path: int) -> published.Path:
    stop = make_stop(path)
    return published.Path(
        slug=stop.path,
        title=stop.title,
        summary="",
        description="",
        setup="",
        position=stop.position,
        url=stop.url,
        lessons=stop.lessons,
        hours=stop.hours,
    )


def make_catalog(today: datetime.date, roles: int = len(TITLES)) -> Catalog:
    """A small catalog for the pages from which excerpts are cut."""
    sample = [
        make_role(today, slug=f"sample-{number}", roadmap=roadmap)
        for number, roadmap in enumerate(make_roadmaps(roles))
    ]
    if roles > 2:
        third = replace(sample[2].roadmap, further=(make_further_path(3),))
        sample[2] = replace(sample[2], roadmap=third)
    paths = map(make_path, range(len(PATHS)))
    backgrounds = (make_background(), make_background("Nurse"))
    signals = (
        make_signal("Something that runs"),
        make_signal("A decision, written down", sources=()),
    )
    return Catalog(
        Version(0, None),
        Things((role.slug, role) for role in sample),
        Things((path.slug, path) for path in paths),
        Things((background.slug, background) for background in backgrounds),
        Things((signal.slug, signal) for signal in signals),
    )


def make_news_item(role: Role, **more: Any) -> NewsItem:
    """What changed about a role on one day."""
    sample = NewsItem(
        day=LONG_AGO,
        began=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
        at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
        kind="role",
        row=0,
        title=role.title,
        url=role.url,
        said=("The EU band is now €62,000–118,000 (was €60,000–110,000).",),
        line=role.line,
        code=role.code,
    )
    return replace(sample, **more)


LESSON = """\
A model sees **tokens**, not words, and [a paper](https://example.org/paper) says why.[^1] What you
send is *counted* before it is read: `len(text)` tells you little.

## Count before you send

1. Cut the text into pieces.
2. Count the pieces, not the letters.

- [x] Count the letters.
- [ ] Count the ~~words~~ pieces: https://example.org/count

> The bill is in tokens.

### In code

```python hl="2"
def pieces(text: str) -> list[str]:
    return text.split()  # a stand-in for a tokenizer

print(len(pieces("count me first")))
```

```text
3
```

A price of $p$ euro a piece makes, for $n$ pieces of all texts $t$,

$$
\\sum_t n_t \\cdot p
$$

| Text | Letters |
|:---|---:|
| `count` | 5 |
| `count me first` | 14 |

| Text | Letters | Pieces | Price in euro |
|:---|---:|---:|---:|
| `count` | 5 | 1 | 2 |
| `count me first` | 14 | 3 | 6 |

- A list without an order
- and its second item

```python starter
def price(text: str, euro: float) -> float:
    ...
```

```python check
assert price("a b", 2) == 4, "two pieces at 2 euro are 4 euro"
```

::: solution
Cut at spaces, then count: `len(text.split())`.
:::

[^1]: A footnote leads back to where it was called.
"""
