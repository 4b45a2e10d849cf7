"""Catalogs of any size on another subject: trades and crafts, with paths and lessons of their own.

With them, tests and benches see whether pages stay fast with ten thousand roles, and whether code
that knows about AI notices that a catalog isn't about it. Names are combined from the lists below,
so that words repeat among roles as in real lists of occupations. A size always gives the same
catalog.

`rows(size)` writes it into an empty database without any checks, in minutes, where an apply takes
a quarter of an hour; `files(folder, size)` writes the same as a catalog folder.
"""

import datetime
import itertools
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

TRADES = (
    "Nurse Welder Inspector Technician Surveyor Carpenter Teacher Dispatcher Pharmacist Baker "
    "Geologist Translator Plumber Librarian Electrician Actuary Midwife Brewer Chemist Glazier "
    "Fitter Curator Forester Jeweler Mason Optician Pilot Roofer Saddler Tailor Upholsterer "
    "Veterinarian Weaver Zoologist Arborist Butcher Cartographer Dietitian Engraver Farrier "
    "Gardener Hydrologist Illustrator Joiner Locksmith Machinist Notary Paramedic Quarryman Rigger "
    "Sculptor Tanner Undertaker Vintner Watchmaker Archivist Bookbinder Cooper Draftsman "
    "Embalmer Fumigator Gemologist Horologist Investigator Janitor Lumberjack Miller Navigator "
    "Orthotist Planner Radiographer Steward Tutor Usher Valuer Winder Auditor Broker Cashier "
    "Dentist Estimator Foreman Grader Handler Installer Judge Keeper Loader Mechanic Negotiator "
    "Operator Painter Restorer Sorter Trapper Underwriter Voiceover Warden Agronomist Boilermaker"
).split()
FIELDS = (
    "Marine Pediatric Textile Rural Aviation Municipal Surgical Railway Ceramic Forensic Coastal "
    "Industrial Dairy Museum Theater Harbor Mining School Leather Timber Botanical Clinical "
    "Automotive Nuclear Poultry Court Solar Hotel Military Postal Geriatric Steel Printing Ferry "
    "Orchard Laboratory Bridge Elevator Tunnel Furniture Paper Fishery Wildlife Border Insurance "
    "Livestock Concrete Masonry Parking Refinery Airport Ambulance Archive Bicycle Canal Casino "
    "Cathedral Cellar Circus Cotton Crane Customs Drainage Emergency Estate Fabric Festival Flood "
    "Foundry Freight Garden Glacier Granite Highway Irrigation Kiln Lighthouse Lumber Market "
    "Meadow Mortgage Nursery Oyster Pension Pipeline Plaster Quarry Reef Rescue Resort Salt Sewage "
    "Shipyard Silk Stadium Tariff Tobacco Vineyard Warehouse Wool"
).split()
SUBJECTS = (
    "Tools Safety Measuring Materials Drawing Costing Records Inspection Repair Handover Planning "
    "Cleaning Storage Transport Law Ethics Statistics Anatomy Chemistry Weather Soil Water Power "
    "Heat Sound Light Hygiene Negotiation Teaching Scheduling"
).split()
LEVELS = ("Foundations of", "Working with", "Everyday", "Advanced", "Field", "Applied", "Workshop")
VERBS = "Checks Plans Mends Measures Records Orders Teaches Delivers Compares Signs".split()
COLORS = "blue red green purple slate amber teal pink olive brown indigo orange".split()
READ_ON = datetime.date(2026, 1, 2)
BEGAN = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
LONGEST_PATH = 301  # lessons of the first path; the others share the rest evenly
SOURCE = {"title": "A register of occupations", "url": "https://example.org/register"}

# ruff: noqa: PLC0415  imports that need settings follow their set-up
# ruff: noqa: SIM905  the words are easier to read without quotation marks


class Size(NamedTuple):
    """How many things there are of each kind."""

    roles: int
    paths: int
    lessons: int
    backgrounds: int
    signals: int
    terms: int


SIZES = {
    10: Size(10, 12, 200, 6, 8, 50),
    1_000: Size(1_000, 500, 10_000, 60, 60, 300),
    10_000: Size(10_000, 5_000, 100_000, 300, 300, 1_000),
}


@dataclass(frozen=True)
class Foreign:
    """A catalog as in its files: slug → fields. lessons: path → slug → fields, in order."""

    roles: dict[str, dict[str, Any]]
    paths: dict[str, dict[str, Any]]
    lessons: dict[str, dict[str, dict[str, Any]]]
    backgrounds: dict[str, dict[str, Any]]
    signals: dict[str, dict[str, Any]]
    terms: dict[str, dict[str, Any]]


def slug(title: str) -> str:
    return "-".join(title.lower().replace("’", "").replace(",", "").split())


def make(size: Size) -> Foreign:
    chance = random.Random(size.roles)  # noqa: S311  the same each time; nothing is secret
    lessons = _lessons(size)
    names = list(lessons)
    backgrounds = {slug(each["title"]): each for each in _backgrounds(size, chance, lessons)}
    return Foreign(
        {slug(each["title"]): each for each in _roles(size, chance, names, list(backgrounds))},
        {name: _path(name, place) for place, name in enumerate(names)},
        lessons,
        backgrounds,
        {slug(each["title"]): each for each in _signals(size)},
        {slug(each["title"]): each for each in _terms(size, lessons)},
    )


def codes() -> Iterator[str]:
    """Yield all codes of two letters or digits, then those of three."""
    for length in (2, 3):
        letters = itertools.product(string.ascii_uppercase + string.digits, repeat=length)
        yield from map("".join, letters)


def titles() -> list[str]:
    """Return ten thousand titles, some plural and some inverted, as in real registers."""
    found = []
    for place, (field, trade) in enumerate(itertools.product(FIELDS, TRADES)):
        plural = f"{trade}s"
        forms = (f"{field} {trade}", f"{field} {plural}", f"{plural}, {field}")
        found.append(forms[place % 3])
    random.Random(0).shuffle(found)  # noqa: S311
    return found


def _roles(
    size: Size, chance: random.Random, paths: list[str], backgrounds: list[str]
) -> Iterator[dict[str, Any]]:
    code = codes()
    for place, title in enumerate(titles()[: size.roles]):
        field, trade = _parts(title)
        yield {
            "title": title,
            "code": next(code),
            "line": COLORS[place % len(COLORS)],
            "status": "published",
            "group": "core" if place % 2 == 0 else "newer",
            "position": place % 1_000 + 1,
            "aliases": [
                f"{trade} ({field})",
                f"Certified {field} {trade}",
                f"{field} {trade} Apprentice",
                f"Traveling {trade}",  # the same for everybody in the trade
                f"{field} {SUBJECTS[place % len(SUBJECTS)]} Specialist",
            ],
            "titles": [{"title": f"{field} Worker", "varies": f"look for {trade.lower()} work."}],
            "summary": f"Does the {trade.lower()}’s work in {field.lower()} places.",
            "daily_work": [
                f"{verb} {field.lower()} {SUBJECTS[(place + n) % len(SUBJECTS)].lower()} with the "
                f"{TRADES[(place + 7 * n) % len(TRADES)].lower()}"
                for n, verb in enumerate(chance.sample(VERBS, 5))
            ],
            "time_split": [
                {"share": 60, "activity": "at the bench"},
                {"share": 40, "activity": "on paper"},
            ],
            "honest_scope": f"Lessons give the words and the order of a {trade.lower()}. The hands "
            "learn from other hands, and a license is given by those who examine them.",
            "not_for_you_if": ["you want to sit all day", "you would rather not answer for it"],
            "fit_questions": [
                f"Would you {verb.lower()[:-1]} the same thing again?" for verb in VERBS[:5]
            ],
            "after_paths": "a year beside somebody who does it",
            "not_taught": "The examination of the trade.",
            "entry_bar": ("nothing", "skill", "trade", "degree", "years")[place % 5],
            "beforehand": "A steady hand, and a form that says so.",
            "sequence": "any-order" if place % 4 == 3 else "in-sequence",
            "steps": [
                {"path": path, "why": f"A {trade.lower()} needs it daily.", "emphasis": ""}
                for path in _chosen(place, paths, chance)
            ],
            "pivots": [
                {
                    "background": each,
                    "fit": ("strong", "good", "possible")[n],
                    "months": 6 * (n + 1),
                    "note": "The tools carry over; the papers are new.",
                }
                for n, each in enumerate(chance.sample(backgrounds, 3))
            ],
            "salary_bands": [
                {
                    "region": "Germany",
                    "currency": "EUR",
                    "low": 28_000 + place % 40 * 1_000,
                    "high": 38_000 + place % 40 * 1_500,
                    "measures": "Advertised range",
                    "period": "2026",
                    "source": dict(SOURCE),
                    "collected": READ_ON,
                }
            ],
            "sources": [dict(SOURCE)],
        }


def _parts(title: str) -> tuple[str, str]:
    """Return a title's field and its trade, in the singular."""
    words = title.replace(",", "").split()
    field, trade = words if words[0] in FIELDS else reversed(words)
    return field, trade if trade in TRADES else trade.removesuffix("s")


def _chosen(place: int, paths: list[str], chance: random.Random) -> list[str]:
    """Choose up to five paths: one that many roles share, the others from near the role's place."""
    corner = place * len(paths) // 10_000 if len(paths) > 100 else 0
    near = {paths[(corner + chance.randrange(len(paths))) % len(paths)] for _ in range(6)}
    return list(dict.fromkeys([paths[place % min(12, len(paths))], *sorted(near)]))[:5]


def _lessons(size: Size) -> dict[str, dict[str, dict[str, Any]]]:
    names = [
        slug(f"{level} {subject} {field}")
        for field, subject, level in itertools.product(["", *FIELDS], SUBJECTS, LEVELS)
    ][: size.paths]
    longest = min(LONGEST_PATH, size.lessons // 4)
    each = (size.lessons - longest) // (size.paths - 1)
    found, number = {}, 100
    for place, name in enumerate(names):
        count = longest if place == 0 else each
        found[name] = dict(_lesson(name, number + n, n) for n in range(1, count + 1))
        number += -(-(count + 1) // 100) * 100
    return found


def _lesson(path: str, number: int, n: int) -> tuple[str, dict[str, Any]]:
    subject = SUBJECTS[n % len(SUBJECTS)].lower()
    about = path.replace("-", " ")
    name = f"{subject}-{n}"
    return name, {
        "number": number,
        "title": f"{subject.capitalize()} in {about}, {n}",
        "summary": f"Tell good {subject} from bad where {about} is the task.",
        "minutes": 1,
        "practice_minutes": 10 + number % 40,
        "objectives": [f"Name three kinds of {subject}", f"Choose one for {about}"],
        "skip_if": [f"you have done {subject} for a year"],
        "sources": [dict(SOURCE)],
        # One in ten is still a draft.
        "status": "draft" if n % 10 == 0 else "published",
        "body": "" if n % 10 == 0 else _body(about, subject),
    }


def _body(about: str, subject: str) -> str:
    said = f"Where {about} is the task, {subject} decides how long the work holds. "
    return f"{said}Look at it first.\n\n## Practice\n\n{said * 6}Write down what you see."


def _path(name: str, place: int) -> dict[str, Any]:
    title = " ".join(name.split("-")).capitalize()
    return {
        "title": title,
        "status": "published",
        "position": place % 30_000 + 1,
        "summary": f"{title}, from the first look to the signed form.",
        "description": f"What {title.lower()} is, how it is done, and how it is written down.",
    }


def _backgrounds(
    size: Size, chance: random.Random, lessons: dict[str, dict[str, dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    paths = list(lessons)
    for field in range(size.backgrounds):
        title = f"{FIELDS[field % len(FIELDS)]} {TRADES[-1 - field // len(FIELDS)].lower()}"
        known = chance.sample(paths, min(4, len(paths)))
        yield {
            "title": title,
            "status": "published",
            "summary": "Knows the tools and the people.",
            "knows": [f"{path}/{name}" for path in known for name in list(lessons[path])[:3]],
        }


def _signals(size: Size) -> Iterator[dict[str, Any]]:
    for place in range(size.signals):
        yield {
            "title": f"{FIELDS[place % len(FIELDS)]} proof {place}",
            "status": "published",
            "summary": "Something that others can look at.",
            "passes": "It holds.",
            "sources": [dict(SOURCE)],
        }


def _terms(size: Size, lessons: dict[str, dict[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    paths = list(lessons)
    for place in range(size.terms):
        path = paths[place % len(paths)]
        word = f"{FIELDS[place % len(FIELDS)].lower()} {TRADES[place // len(FIELDS)].lower()} gauge"
        yield {
            "title": word,
            "status": "published",
            "meaning": "What a measure is read from.",
            "lesson": f"{path}/{next(iter(lessons[path]))}",
        }


# -- As files ------------------------------------------------------------------------------


def files(folder: Path, size: Size) -> None:
    """Write the catalog as a folder for `catalog apply`."""
    foreign = make(size)
    (folder / "roles").mkdir(parents=True)
    for name, role in foreign.roles.items():
        _write(folder / "roles" / f"{name}.yaml", role)
    for name, path in foreign.paths.items():
        below = folder / "paths" / name
        below.mkdir(parents=True)
        _write(below / "path.yaml", {**path, "lessons": list(foreign.lessons[name])})
        for lesson, values in foreign.lessons[name].items():
            front = {key: value for key, value in values.items() if key != "body"}
            text = f"---\n{_yaml(front)}---\n\n{values['body']}\n"
            (below / f"{lesson}.md").write_text(text, encoding="utf-8")
    for kind, file in (
        ("backgrounds", "backgrounds.yaml"),
        ("signals", "signals.yaml"),
        ("terms", "glossary.yaml"),
    ):
        listed = [{"slug": key, **values} for key, values in getattr(foreign, kind).items()]
        for each in listed:
            if kind == "terms":  # a file names the lesson that explains a term by its number
                path, lesson = each["lesson"].split("/")
                each["lesson"] = foreign.lessons[path][lesson]["number"]
        _write(folder / file, {kind: listed})


def _yaml(value: Any) -> str:
    class Plain(yaml.CSafeDumper):
        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
            return True

    return yaml.dump(value, Dumper=Plain, sort_keys=False, allow_unicode=True, width=100)


def _write(file: Path, value: dict[str, Any]) -> None:
    file.write_text(_yaml(value), encoding="utf-8")


# -- As rows -------------------------------------------------------------------------------


def rows(size: Size) -> None:
    """Write the catalog into an empty database, with the revision that it opened with."""
    from django.db import transaction

    with transaction.atomic():
        _Rows(make(size)).write()


class _Rows:
    def __init__(self, foreign: Foreign) -> None:
        self.foreign = foreign
        self.edits: list[Any] = []

    def write(self) -> None:
        from careers import index, models
        from paths.models import Term

        self.revision = models.Revision.begin(models.Origin.FILES, "bench")
        self.paths = self._paths()
        self.lessons = self._lessons()
        self.backgrounds = self._listed(models.Background, "backgrounds", {"knows"})
        signals = self._listed(models.HiringSignal, "signals", set())
        terms = {
            key: {**values, "lesson": self.lessons[values["lesson"]]}
            for key, values in self.foreign.terms.items()
        }
        Term.objects.bulk_create(
            (Term(slug=key, position=n, **values) for n, (key, values) in enumerate(terms.items())),
            batch_size=500,
        )
        self._links(signals)
        self._roles()
        models.Edit.objects.bulk_create(self.edits, batch_size=500)
        index.rebuild()

    def _paths(self) -> dict[str, Any]:
        from paths.models import LearningPath

        made = [
            LearningPath(slug=key, published_at=BEGAN, **values)
            for key, values in self.foreign.paths.items()
        ]
        LearningPath.objects.bulk_create(made, batch_size=500)
        self._opened("paths", made)
        return {each.slug: each for each in made}

    def _lessons(self) -> dict[str, Any]:
        from paths import markdown
        from paths.models import Lesson

        made = {}
        for path, lessons in self.foreign.lessons.items():
            for place, (key, values) in enumerate(lessons.items()):
                # Far cheaper than rendering a hundred thousand texts.
                body = values["body"]
                html = f"<p>{body.split(chr(10), 1)[0]}</p>" if body else ""
                made[f"{path}/{key}"] = Lesson(
                    slug=key,
                    path=self.paths[path],
                    position=place,
                    body_html=html,
                    rendered_by=markdown.VERSION,
                    published_at=BEGAN if body else None,
                    **values,
                )
        Lesson.objects.bulk_create(made.values(), batch_size=500)
        self._opened("lessons", [each for each in made.values() if each.body])
        return made

    def _listed(self, model: Any, kind: str, links: set[str]) -> dict[str, Any]:
        made = [
            model(slug=key, position=n, **{k: v for k, v in values.items() if k not in links})
            for n, (key, values) in enumerate(getattr(self.foreign, kind).items())
        ]
        model.objects.bulk_create(made, batch_size=500)
        return {each.slug: each for each in made}

    def _links(self, signals: dict[str, Any]) -> None:
        from careers.models import Background, HiringSignal

        knows = Background.knows.through
        knows.objects.bulk_create(
            knows(background=self.backgrounds[key], lesson=self.lessons[lesson])
            for key, values in self.foreign.backgrounds.items()
            for lesson in values["knows"]
        )
        produced = HiringSignal.lessons.through
        lessons = [each for each in self.lessons.values() if each.body]
        produced.objects.bulk_create(
            produced(hiringsignal=signal, lesson=lessons[(place * 31 + n) % len(lessons)])
            for place, signal in enumerate(signals.values())
            for n in range(5)
        )

    def _roles(self) -> None:
        from careers.models import Pivot, Role, SalaryBand, Step

        lists = ("steps", "pivots", "salary_bands")
        made = {
            key: Role(
                slug=key,
                published_at=BEGAN,
                **{name: value for name, value in values.items() if name not in lists},
            )
            for key, values in self.foreign.roles.items()
        }
        Role.objects.bulk_create(made.values(), batch_size=500)
        self._opened("roles", list(made.values()))
        steps, pivots, bands = [], [], []
        for key, values in self.foreign.roles.items():
            role = made[key]
            for place, step in enumerate(values["steps"]):
                more = {**step, "path": self.paths[step["path"]]}
                steps.append(Step(role=role, position=place, **more))
            for place, pivot in enumerate(values["pivots"]):
                more = {**pivot, "background": self.backgrounds[pivot["background"]]}
                pivots.append(Pivot(role=role, position=place, **more))
            for band in values["salary_bands"]:
                source = {f"source_{name}": value for name, value in band["source"].items()}
                more = {name: value for name, value in band.items() if name != "source"}
                bands.append(SalaryBand(role=role, position=0, **more, **source))
        Step.objects.bulk_create(steps, batch_size=500)
        Pivot.objects.bulk_create(pivots, batch_size=500)
        SalaryBand.objects.bulk_create(bands, batch_size=500)

    def _opened(self, kind: str, made: list[Any]) -> None:
        """Add edits for the change log: each thing's opening, and a later change of one in ten."""
        from careers.models import Edit, News

        for place, each in enumerate(made):
            key = str(each.number) if kind == "lessons" else each.slug
            seen = {"row": each.pk, "title": each.title, "revision": self.revision}
            self.edits.append(Edit(kind=kind, key=key, news=News.OPENING, day=BEGAN.date(), **seen))
            if place % 10 == 0:
                later = BEGAN.date() + datetime.timedelta(days=1 + place % 200)
                self.edits.append(
                    Edit(
                        kind=kind,
                        key=key,
                        field="summary",
                        before="What it was.",
                        after=each.summary,
                        news=News.CHANGE,
                        day=later,
                        **seen,
                    )
                )
