"""The style guide: every component of the site with its states, on sample values.

Each is rendered from the template that pages use, or cut out of the page that has it, so the guide
can't show what the site doesn't. Nothing of it is in the database.
"""

import datetime
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template import Engine
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.common import no_append_slash
from django.views.decorators.http import require_safe

from careers.models import Line
from careers.pages import views
from careers.published import catalog as published
from careers.published.catalog import Band, Catalog, Role, Source, Version
from careers.published.news import Entry as Change
from careers.published.query import ignored
from careers.published.roadmap import LessonRef, OtherLine, Roadmap, Stop, lesson_hours
from careers.published.search import Option
from careers.published.transit import of_roadmaps
from careers.published.visitor import Visitor
from careers.snapshot import CatalogRequest
from paths import markdown
from paths.models import LearningPath, Lesson, Status

# What the guide is made of ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A state of what has a template of its own. values: what the template is given.

    piece: the text with which it begins and that with which it ends, if it is not all of it.
    """

    label: str
    template: str
    values: Mapping[str, Any]
    piece: tuple[str, str] = ("", "")

    @property
    def source(self) -> str:
        return f"templates/{self.template}"

    def html(self, request: CatalogRequest) -> str:
        return render_to_string(self.template, dict(self.values), request)


@dataclass(frozen=True, slots=True)
class Piece:
    """A state of what is a piece of a page. query: what the page is asked, with its catalog."""

    label: str
    view: Callable[..., HttpResponse]
    piece: tuple[str, str]
    query: str = ""
    catalog: Catalog | None = None
    address: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        return f"{self.view.__module__}.{self.view.__name__}"

    def html(self, request: CatalogRequest) -> str:
        asking = copy(request)
        asking.GET = QueryDict(self.query)
        asking.catalog = self.catalog or request.catalog
        return self.view(asking, *self.address).text


@dataclass(frozen=True, slots=True)
class Component:
    """A component and its states. about: what it is for, if its template doesn't begin with that.

    wide: a state needs a line of its own. in_list: it is an item of a grid. line: the color of the
    line that it stands on.
    """

    name: str
    states: Sequence[Part | Piece]
    about: str = ""
    wide: bool = False
    in_list: bool = False
    line: str = ""

    @property
    def anchor(self) -> str:
        return slugify(self.name)

    @property
    def sources(self) -> list[str]:
        """Where it is made, each place once."""
        return list(dict.fromkeys(state.source for state in self.states))


@dataclass(frozen=True, slots=True)
class Shown:
    """A state as HTML."""

    anchor: str
    label: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Entry:
    """A component as the guide shows it. about: what it is for and what its template takes."""

    component: Component
    about: str
    states: Sequence[Shown]


# Sample values ------------------------------------------------------------------------------------

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


def _lessons(path: int, published: int, planned: int) -> tuple[LessonRef, ...]:
    """The lessons of a path, by its place among PATHS: the first of them published."""
    return tuple(
        LessonRef(100 * path + n, 8, 40, f"Lesson {n} of {PATHS[path].lower()}", "/paths/sample/")
        if n <= published
        else LessonRef(100 * path + n, 8, 40)
        for n in range(1, planned + 1)
    )


def _stop(path: int, *, published: int = 3, lines: tuple[OtherLine, ...] = ()) -> Stop:
    lessons = _lessons(path, published, planned=4)
    return Stop(
        path=slugify(PATHS[path]),
        title=PATHS[path],
        position=path,
        url="/paths/sample/",
        why="One sentence on why this role needs this path.",
        emphasis="",
        hours=lesson_hours(lessons),
        first_lesson=lessons[0] if published else None,
        lessons=lessons,
        lines=lines,
    )


def _roadmap(role: int = 0, paths: Iterable[int] = FEW, /, **more: Any) -> Roadmap:
    """The roadmap of a role, by its place among TITLES."""
    title = TITLES[role]
    sample = Roadmap(
        role=title,
        url="/careers/sample/",
        code=title[0] + title.split()[-1][0],
        line=Line.values[role],
        in_sequence=True,
        stops=tuple(map(_stop, paths)),
        after="something that you build and others use",
        not_taught="",
    )
    return replace(sample, **more)


def _various(count: int) -> list[Roadmap]:
    """Roadmaps of many lengths, some in any order."""
    return [
        _roadmap(n % len(TITLES), (*MANY[n % 5 :: 2], 8) if n % 4 else MANY, in_sequence=n % 3 != 1)
        for n in range(count)
    ]


def _band(today: datetime.date, **more: Any) -> Band:
    sample = Band(
        region="EU",
        currency="EUR",
        low=62000,
        high=118000,
        middle=None,
        middle_is="",
        measures="Advertised range",
        grade="published",
        proxy_title="",
        period="2026",
        experience="",
        sample=None,
        source_title="A survey of adverts",
        source_url="https://example.org/survey",
        collected=today,
        note="",
    )
    return replace(sample, **more)


def _proxy(today: datetime.date) -> Band:
    return _band(today, grade="proxy", proxy_title="Data Engineer", middle=84500, middle_is="mean")


def _background(title: str = "Teacher", path: int = 1) -> published.Background:
    """Somebody who knows a path, by its place among PATHS, already."""
    known = frozenset(lesson.number for lesson in _lessons(path, 3, 4))
    return published.Background(slugify(title), title, "What this person does daily.", known)


def _role(today: datetime.date, **more: Any) -> Role:
    roadmap = more.get("roadmap", _roadmap())
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
        sources=(),
        bands=(_band(today),),
        pivots=(
            published.Pivot(_background(), "strong", "Strong", 4, "Patience carries over."),
            published.Pivot(_background("Nurse"), "possible", "Possible", None, ""),
        ),
        signals=(),
        roadmap=roadmap,
        updated_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )
    return replace(sample, **more)


def _lines(count: int) -> tuple[OtherLine, ...]:
    roadmaps = [_roadmap(role % len(TITLES)) for role in range(count)]
    return tuple(OtherLine(each.code, each.line, each.role, each.url) for each in roadmaps)


def _signal(title: str, **more: Any) -> published.Signal:
    sample = published.Signal(
        slug=slugify(title),
        title=title,
        summary="What a hirer opens, and looks for first.",
        passes="A page that answers, with its mistakes counted.",
        fails="A picture of one.",
        sources=(Source("An interview with hirers", "https://example.org/interview"),),
        lessons=_lessons(1, 1, 1),
    )
    return replace(sample, **more)


def _path(published: int = 3, planned: int = 4) -> LearningPath:
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


def _lesson(title: str = "Lesson 2 of search and retrieval", **more: Any) -> Lesson:
    """A row that is never saved: lesson pages are made of rows."""
    return Lesson(
        path=_path(),
        slug=slugify(title),
        title=title,
        summary="One sentence: what you can do after this lesson.",
        minutes=8,
        practice_minutes=40,
        status=Status.PUBLISHED,
        **more,
    )


def _path_with_lines(path: int) -> published.Path:
    stop = _stop(path)
    return published.Path(
        slug=stop.path,
        title=stop.title,
        summary="",
        description="",
        position=stop.position,
        url=stop.url,
        lessons=stop.lessons,
        hours=stop.hours,
        lines=_lines(3),
    )


def catalog(today: datetime.date, roles: int = len(TITLES)) -> Catalog:
    """A small site of its own: the pages that pieces are cut from show it."""
    sample = [
        _role(today, slug=f"sample-{number}", roadmap=roadmap)
        for number, roadmap in enumerate(_various(roles))
    ]
    paths = map(_path_with_lines, range(len(PATHS)))
    backgrounds = (_background(), _background("Nurse"))
    signals = (_signal("Something that runs"), _signal("A decision, written down", sources=()))
    return Catalog(
        Version(0, None),
        {role.slug: role for role in sample},
        {path.slug: path for path in paths},
        {background.slug: background for background in backgrounds},
        {signal.slug: signal for signal in signals},
    )


LESSON = """\
A model sees **tokens**, not words, and [a paper](https://example.org/paper) says why.[^1] What you
send is *counted* before it is read: `len(text)` tells you little.

## Count before you send

1. Cut the text into pieces.
2. Count the pieces, not the letters.

> The bill is in tokens.

### In code

```python
def pieces(text: str) -> list[str]:
    return text.split()  # a stand-in for a tokenizer

print(len(pieces("count me first")))
```

```text
3
```

| Text | Letters | Pieces |
|---|---|---|
| `count` | 5 | 1 |
| `count me first` | 14 | 3 |

- A list without an order
- and its second item

::: solution
Cut at spaces, then count: `len(text.split())`.
:::

[^1]: A footnote leads back to where it was called.
"""

# Components ---------------------------------------------------------------------------------------


def components(today: datetime.date) -> list[Component]:
    """All there are. today: what makes a figure stale."""
    return [
        *_signs(),
        _role_card(today),
        _roadmap_card(),
        _map(),
        _pay(today),
        *_for_a_visitor(today),
        *_of_the_list(),
        *_of_a_role(today),
        *_of_the_paths(),
        *_of_a_lesson(),
        *_of_changes(today),
        *_ways(today),
        *_words(today),
    ]


def _parts(
    template: str, values: Mapping[str, Mapping[str, Any]], piece: tuple[str, str] = ("", "")
) -> list[Part | Piece]:
    """States of one template. values: what it is given, by the state's label."""
    return [Part(label, template, given, piece) for label, given in values.items()]


def _signs() -> Iterable[Component]:
    codes = {"On a line": {"line": "teal", "code": "RE"}, "On no line": {"line": "", "code": "RE"}}
    yield Component("Roundel", _parts("parts/roundel.html", codes))
    steps = {"roadmap": _roadmap()}
    yield Component(
        "Go",
        [
            Piece("Big", views.home, ('<a class="go big"', "</a>")),
            Piece("Normal", views.role_map, ('<a class="go"', "</a>")),
            Part("Quiet", "parts/roadmap_card.html", steps, ('<a class="go quiet"', "</a>")),
        ],
        "The way on: big once on the home page, filled where a visitor should begin, quiet beside.",
    )
    counted = {"Whole": (4, 4), "Partial": (2, 4), "None published": (0, 4), "One lesson": (1, 1)}
    hours = {
        label: {"hours": lesson_hours(_lessons(1, published, planned))}
        for label, (published, planned) in counted.items()
    }
    yield Component("Hours", _parts("parts/hours.html", hours))


def _role_card(today: datetime.date) -> Component:
    visitor = Visitor(_background(), 5, today)
    roles = {
        "Whole": _role(today),
        "Any order": _role(today, roadmap=_roadmap(1, in_sequence=False)),
        "No figure": _role(today, roadmap=_roadmap(2), bands=()),
        "Figure of a neighbor": _role(today, roadmap=_roadmap(3), bands=(_proxy(today),)),
        "Few data": _role(today, roadmap=_roadmap(4), bands=(_band(today, grade="few-data"),)),
        "Stale figure": _role(today, roadmap=_roadmap(5), bands=(_band(LONG_AGO),)),
        "Title of 100 characters": _role(today, roadmap=_roadmap(6), title=LONG_TITLE),
        "No path, no pivot": _role(today, roadmap=_roadmap(7, ()), pivots=()),
    }
    cards = {
        label: {"role": role, "roadmap": role.roadmap, "effort": Visitor().of(role)}
        for label, role in roles.items()
    }
    asked = _role(today, roadmap=_roadmap(8))
    of_a_visitor = {"role": asked, "roadmap": asked.roadmap, "effort": visitor.of(asked)}
    cards["For a visitor"] = of_a_visitor | {"comparable": True, "compared": ()}
    cards["To be compared"] = of_a_visitor | {"comparable": True, "compared": (asked,)}
    return Component("Role card", _parts("parts/role_card.html", cards), in_list=True)


def _roadmap_card() -> Component:
    shared = (replace(_stop(3, lines=_lines(4)), emphasis="a lighter touch"), _stop(4))
    unwritten = tuple(_stop(path, published=0) for path in FEW)
    long = (replace(_stop(3), title=LONG_PATH), _stop(5))
    roadmaps = {
        "In sequence": _roadmap(0),
        "Any order, shared with other lines": _roadmap(1, in_sequence=False, stops=shared),
        "Nothing published": _roadmap(2, stops=unwritten),
        "Long titles": _roadmap(3, role=LONG_TITLE, stops=long),
        "With what isn’t taught": _roadmap(4, (6,), not_taught="What this role needs besides."),
    }
    cards: dict[str, dict[str, Any]] = {
        label: {"roadmap": each, "level": 2} for label, each in roadmaps.items()
    }
    cards["Below another heading"] = {"roadmap": _roadmap(5, (6,))}
    cards["No path"] = {"roadmap": _roadmap(6, (), after=""), "level": 2}
    return Component("Roadmap card", _parts("parts/roadmap_card.html", cards))


def _map() -> Component:
    three = [_roadmap(0), _roadmap(1, (2, 3, 5), in_sequence=False), _roadmap(2, (0, 3, 4, 8))]
    shown = {
        "1 role": (three[:1], Visitor()),
        "3 roles, for a visitor": (three, Visitor(_background())),
        "12 roles, 9 paths": (_various(12), Visitor()),
    }
    maps = {
        label: {"map": of_roadmaps(roadmaps, visitor.knows), "visitor": visitor}
        for label, (roadmaps, visitor) in shown.items()
    }
    return Component("Map", _parts("parts/map.html", maps), wide=True)


def _pay(today: datetime.date) -> Component:
    median = {"middle": 84500, "middle_is": "median", "experience": "5–10 years", "sample": 1240}
    bands = {
        "Published, with a median": _band(today, **median),
        "Of a neighbor, with a mean": _proxy(today),
        "Few data": _band(today, grade="few-data", note="The source doesn’t say how it counted."),
        "Stale": _band(LONG_AGO, period="2019"),
        "One figure, dollars": _band(today, region="US", currency="USD", low=152000, high=152000),
        "Another currency": _band(today, region="Switzerland", currency="CHF"),
    }
    values = {label: {"band": band} for label, band in bands.items()}
    return Component("Salary band", _parts("parts/salary_band.html", values))


def _for_a_visitor(today: datetime.date) -> Iterable[Component]:
    role, known = _role(today), _background()
    stranger = _background("Beekeeper", 8)
    visitors = {
        "Nothing said": Visitor(),
        "A pace": Visitor(pace=5, today=today),
        "A background and a pace": Visitor(known, 5, today),
        "Nothing left": Visitor(replace(known, knows=role.roadmap.numbers), 5, today),
    }
    efforts = {label: {"effort": visitor.of(role)} for label, visitor in visitors.items()}
    yield Component("Effort", _parts("parts/effort.html", efforts))
    ways = {
        "A way in": {"effort": Visitor(known).of(role)},
        "No way in": {"effort": Visitor(stranger).of(role)},
    }
    yield Component("Fit", _parts("parts/fit.html", ways))
    skipped = {
        "Lessons known": {"known": Visitor(known).of(role).known},
        "None known": {"known": Visitor(stranger).of(role).known},
    }
    yield Component("Known", _parts("parts/known.html", skipped))
    forms = {
        label: {"visitor": visitor, "backgrounds": [known]}
        for label, visitor in (
            ("Nothing said", Visitor()),
            ("A background and a pace", Visitor(known, 5, today)),
        )
    }
    yield Component("About you", _parts("parts/about_you.html", forms))


def _of_the_list() -> Iterable[Component]:
    options = (Option("teacher", "Teacher", 12, chosen=True), Option("nurse", "Nurse", 0, False))
    given = {"name": "sample", "label": "You come from", "any": "anywhere", "options": options}
    yield Component("Facet", _parts("parts/facet.html", {"One chosen": given}))
    chosen = "from=teacher&path=tables-and-queries&hours=30&pace=5"
    yield Component(
        "Search form",
        [Piece("Four choices made", views.role_list, ('<form id="search"', "</form>"), chosen)],
        "What narrows the roles. Each choice says how many roles it would leave.",
        wide=True,
    )
    yield Component(
        "Choices",
        [Piece("Three", views.role_list, ('<p class="chosen"', "</p>"), chosen)],
        "What was chosen. Each can be dropped.",
        wide=True,
    )
    tray = ('<aside class="tray"', "</aside>")
    yield Component(
        "Tray",
        [
            Piece("One role", views.role_list, tray, "r=sample-0"),
            Piece("Three", views.role_list, tray, "r=sample-0&r=sample-1&r=sample-2"),
        ],
        "The roles put aside to be compared. It stays at the foot of the window.",
        wide=True,
    )
    meant = ('<ol class="matches"', "</ol>")
    yield Component(
        "Matches",
        [Piece("One, by its name", views.decode_title, meant, "title=Senior+Model+Tuner")],
        "The roles that a job ad’s title may mean, and why.",
        wide=True,
    )
    two = "r=sample-1&r=sample-2&from=teacher&pace=5"
    yield Component(
        "Comparison",
        [Piece("Two roles", views.compare, ('<div id="table"', "</table>\n  </div>"), two)],
        "Roles side by side; one below the other where the window is narrow.",
        wide=True,
    )
    yield Component(
        "Bars",
        [Piece("Two roles", views.compare, ('<ul class="bars"', "</ul>"), two)],
        "What roadmaps share: their lines run side by side.",
        wide=True,
    )


def _of_a_role(today: datetime.date) -> Iterable[Component]:
    shares, pivots = ('<table class="shares"', "</table>"), ('<ul class="pivots"', "</ul>")
    view, address = views.role_detail, ("sample-0",)
    yield Component(
        "Shares of a day",
        [Piece("Three", view, shares, address=address)],
        "Where a role’s time goes. Numbers say it; bars in the line’s color help.",
        line="teal",
    )
    yield Component(
        "Pivots",
        [Piece("With and without months", view, pivots, address=address)],
        "Where people come from, the strongest fit first. Months only where a source says so.",
    )
    few = catalog(today, roles=4)
    yield Component(
        "Next",
        [Piece("Three", view, ('<ol class="next"', "</ol>"), "", few, ("sample-1",))],
        "What other roles still take once this one’s roadmap is done.",
    )
    yield Component(
        "Hiring signals",
        [Piece("Two, one without a source", views.home, ('<dl class="signals"', "</dl>"))],
        "What a hirer checks, what passes and what fails.",
        wide=True,
    )
    yield Component(
        "Lines",
        [Piece("Twelve roles", views.home, ('<section class="lines"', "</section>"))],
        "All roles at a glance.",
        wide=True,
    )


def _of_the_paths() -> Iterable[Component]:
    others = {
        "One": {"lines": _lines(1), "said": "Also on the way to"},
        "Twelve": {"lines": _lines(12), "said": "Roles that stop here"},
        "More": {"lines": _lines(13), "said": "Roles that stop here", "path": "sample"},
    }
    yield Component("Other lines", _parts("parts/other_lines.html", others))
    toward = {"Three roles": {"path": _path()}}
    yield Component("Counts toward", _parts("parts/counts_toward.html", toward))
    cards = {"Partial": {"paths": [_path()]}, "Whole": {"paths": [_path(4)]}}
    yield Component(
        "Path card",
        _parts("paths/path_list.html", cards, ('<li class="path-card"', "</li>")),
        "A path among others.",
        in_list=True,
    )
    outline = {"path": _path(), "lessons": [_lesson("Lesson 1"), _lesson("Lesson 2")]}
    yield Component(
        "Lessons of a path",
        _parts("paths/path_detail.html", {"Two": outline}, ('<ol class="lessons"', "</ol>")),
        "What a path has to read, in order.",
    )


def _of_a_lesson() -> Iterable[Component]:
    page = "paths/lesson_detail.html"
    given = {"path": _path(), "place": 2, "outline": range(4)}
    objectives, reasons = ["Count the pieces of a text"], ["you count them already"]
    briefs = {
        "Whole": given | {"lesson": _lesson(objectives=objectives, skip_if=reasons)},
        "No reason to skip": given | {"lesson": _lesson(objectives=objectives)},
    }
    yield Component(
        "Brief",
        _parts(page, briefs, ('<div class="brief"', "</div>")),
        "What a lesson is for, and who needn’t read it.",
    )
    before, behind = {"previous": _lesson("Lesson 1")}, {"next": _lesson("Lesson 3")}
    here = given | {"lesson": _lesson()}
    steps = {
        "First lesson": here | behind,
        "In the middle": here | before | behind,
        "The next is being written": here | before,
        "Last lesson": here | before | {"place": 4},
    }
    yield Component(
        "Steps",
        _parts(page, steps, ('<nav class="steps"', "</nav>")),
        "To the lessons before and after this one.",
    )
    sources = [
        Source("A paper", "https://example.org/paper"),
        Source("Its code", "https://example.org/code"),
    ]
    values = {"One": {"sources": sources[:1]}, "Two": {"sources": sources}}
    yield Component("Sources", _parts("parts/sources.html", values))


def _ways(today: datetime.date) -> Iterable[Component]:
    trails = {
        label: {"role": _role(today), "here": here}
        for label, here in {"A role": "", "Below a role": "Roadmap"}.items()
    }
    yield Component("Trail", _parts("parts/trail_role.html", trails))
    pages = Paginator(range(3), per_page=1)
    numbers = {"First": 1, "In the middle": 2, "Last": 3}
    places = {
        label: {"page": pages.page(number), "what": "roles"} for label, number in numbers.items()
    }
    yield Component("Pages", _parts("parts/pages.html", places))
    themes = {"Nothing chosen": {"theme": "system"}, "Dark chosen": {"theme": "dark"}}
    yield Component(
        "Theme switch",
        _parts("base.html", themes, ('<form method="post"', "</form>")),
        "Light, dark or as the system has it. At the foot of every page; those here work too.",
    )


def _change(role: Role, **more: Any) -> Change:
    """What became of a role on one day."""
    sample = Change(
        day=LONG_AGO,
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


def _of_changes(today: datetime.date) -> Iterable[Component]:
    role = _role(today)
    mended = ("The text was rewritten in part.", "Reading takes 9 minutes now (was 8).")
    of_a_lesson = {"kind": "lesson", "title": "Lesson 2 of search and retrieval"}
    opened = "The catalog opened with 10 roles, 6 paths and 12 lessons"
    entries = {
        "A role": _change(role),
        "A role that came": _change(role, came="new", said=(role.summary,)),
        "A role that is back": _change(role, came="back", said=(role.summary,)),
        "A path": _change(role, kind="path", title=PATHS[3], said=("The summary was mended.",)),
        "A lesson": _change(role, **of_a_lesson, within=PATHS[3], said=mended),
        "Title of 100 characters": _change(role, title=LONG_TITLE),
        "The first of all": _change(role, kind="catalog", title=opened, said=()),
    }
    values = {label: {"entry": entry} for label, entry in entries.items()}
    yield Component("Change", _parts("parts/change.html", values), in_list=True)


def _words(today: datetime.date) -> Iterable[Component]:
    one = ignored("from", "astronaut", "There is no background of this name.")
    two = ignored("pace", "z" * 60, "It is a whole number of hours a week, from 1 to 60.")
    left_out = {"One": {"ignored": [one]}, "Two, one too long": {"ignored": [one, two]}}
    yield Component("Left out", _parts("parts/ignored.html", left_out))
    note, nobody = ('<p class="note"', "</p>"), catalog(today, roles=0)
    yield Component(
        "Empty states",
        [
            Piece("No role", views.role_list, note, catalog=nobody),
            Piece("No map", views.role_map, note, catalog=nobody),
            Piece("No role fits", views.role_list, ('<div class="note"', "</div>"), "q=bees"),
            Part("No path", "paths/path_list.html", {}, ('<ul class="grid"', "</ul>")),
            Part("No lesson", "paths/path_detail.html", {"path": _path(0)}, note),
            Part("No change", "careers/change_list.html", {}, note),
            Part("Not all lessons", "paths/path_detail.html", {"path": _path(2)}, note),
        ],
        "What isn’t there is said, with a way on where there is one.",
    )
    names = ("400", "403", "404", "410", "500")
    yield Component(
        "Error text",
        [
            *(Part(each, f"{each}.html", {"title": TITLES[0]}, ("<h1>", "</p>")) for each in names),
            Part(
                "410, with a place to go to",
                "410.html",
                {"title": TITLES[0], "instead": "https://example.org/"},
                ("<h1>", "</a></p>"),
            ),
        ],
        "What happened and what to do next, in a heading and a sentence.",
        wide=True,
    )


# From states to HTML ------------------------------------------------------------------------------

NAMES = re.compile(r' (id|for|aria-labelledby|aria-label|href)="([^"]*)"')
FIRST_COMMENT = re.compile(r"\{# (.*?) #\}")


def entry(request: CatalogRequest, component: Component) -> Entry:
    """A component with all its states rendered."""
    states = [
        _shown(request, state, f"{component.anchor}-{number}")
        for number, state in enumerate(component.states, start=1)
    ]
    return Entry(component, component.about or _first_comment(component.states[0]), states)


def _shown(request: CatalogRequest, state: Part | Piece, anchor: str) -> Shown:
    html = _cut(state.html(request), *state.piece)
    return Shown(anchor, state.label, mark_safe(_apart(html, state.label, anchor)))  # noqa: S308


def _cut(html: str, begins: str, ends: str) -> str:
    """A piece with both its ends. Raises ValueError if it isn't there."""
    start = html.index(begins)
    return html[start : html.index(ends, start) + len(ends)] if ends else html


def _apart(html: str, label: str, anchor: str) -> str:
    """Tell ids and names of a state apart from others': a page has one of each, the guide several.

    Links lead to the state's label, for behind a sample is no page.
    """
    told_apart = {
        "id": rf' id="\2-{anchor}"',
        "for": rf' for="\2-{anchor}"',
        "aria-labelledby": rf' aria-labelledby="{anchor} \2-{anchor}"',
        "aria-label": rf' aria-label="\2 ({escape(label)})"',
        "href": rf' href="#{anchor}"',
    }
    return NAMES.sub(lambda name: name.expand(told_apart[name[1]]), html)


def _first_comment(state: Part | Piece) -> str:
    """What a template says of itself: what it is for and what it takes."""
    if isinstance(state, Piece):
        return ""
    comment = FIRST_COMMENT.match(Engine.get_default().get_template(state.template).source)
    return comment[1] if comment else ""


# Tokens -------------------------------------------------------------------------------------------

TOKEN = re.compile(r"^ *--([a-z0-9-]+): (.+);$", re.MULTILINE)
LINE_COLOR = re.compile(r'\[data-line="([a-z]+)"\] \{ --line: (.+); \}')
OKLCH = re.compile(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)")
GROUNDS = ("paper", "sheet")
NO_TEXT = {*GROUNDS, "tint", "rule"}


@dataclass(frozen=True, slots=True)
class Contrast:
    """A text's contrast on a ground in either scheme, from 1 to 21."""

    ground: str
    light: float
    dark: float


@dataclass(frozen=True, slots=True)
class Token:
    """A custom property of the stylesheet. contrasts: of a color that text is written in."""

    name: str
    value: str
    contrasts: tuple[Contrast, ...] = ()

    @property
    def kind(self) -> str:
        if self.value.startswith("light-dark("):
            return "color"
        if self.name.startswith("size-"):
            return "size"
        return "font" if "," in self.value else "length"


def tokens(css: str) -> list[Token]:
    """The custom properties of the stylesheet's first :root, in its order."""
    start = css.index(":root {")
    values = dict(TOKEN.findall(css[start : css.index("}", start)]))
    return [Token(name, value, _contrasts(name, values)) for name, value in values.items()]


def _contrasts(name: str, values: Mapping[str, str]) -> tuple[Contrast, ...]:
    if name in NO_TEXT or not values[name].startswith("light-dark("):
        return ()
    grounds = (name.removeprefix("on-"),) if name.startswith("on-") else GROUNDS
    return tuple(contrast(values[name], ground, values[ground]) for ground in grounds)


def line_colors(css: str) -> list[Token]:
    """The colors of lines. A roundel's code is written on them in the color of the paper."""
    paper = dict(TOKEN.findall(css))["paper"]
    return [
        Token(name, value, (contrast(paper, name, value),))
        for name, value in LINE_COLOR.findall(css)
    ]


def contrast(text: str, ground: str, value: str) -> Contrast:
    """WCAG's contrast of two light-dark() colors. ground: its name; value: its color."""
    pairs = zip(OKLCH.findall(text), OKLCH.findall(value), strict=True)
    both = [sorted(map(_luminance, pair)) for pair in pairs]
    light, dark = ((high + 0.05) / (low + 0.05) for low, high in both)
    return Contrast(ground, light, dark)


def _luminance(oklch: tuple[str, str, str]) -> float:
    """Relative luminance, from 0 to 1, by way of linear sRGB.

    The matrices are Björn Ottosson's: https://bottosson.github.io/posts/oklab/.
    """
    percent, chroma, hue = map(float, oklch)
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (percent / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (percent / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (percent / 100 - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(1, max(0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# The page -----------------------------------------------------------------------------------------


def may_see(request: HttpRequest) -> bool:
    """Whoever develops the site. A visitor's session is not so much as asked for: they have none,
    and an answer that depends on one couldn't be shared.
    """
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return settings.DEBUG or (has_session and bool(request.user.is_staff))


@no_append_slash  # an address without its slash would be told where the page is
@require_safe
def styleguide(request: CatalogRequest) -> HttpResponse:
    if not may_see(request):
        raise Http404
    css = Path(str(finders.find("css/site.css"))).read_text(encoding="utf-8")
    today = timezone.now().date()
    request.catalog = catalog(today)
    context = {
        "tokens": tokens(css),
        "lines": line_colors(css),
        "lesson": mark_safe(markdown.render(LESSON)),  # noqa: S308
        "entries": [entry(request, each) for each in components(today)],
    }
    response = render(request, "styleguide.html", context)
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response
