"""The shape of every catalog document: its keys, their types, and which are needed.

Whether values make sense (no salary band with low above high) is checked by the models' validators,
so that the admin and the files refuse the same things in the same words.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from careers.models import Basis, Ends, EntryBar, Fit, Group, LineColor, MiddleKind, Sequence
from paths.models import Status


def _written_as(pattern: str, error: str) -> BeforeValidator:
    """Accept a text in one notation only; pydantic alone accepts several ("1_0", "86400")."""
    check = re.compile(pattern, re.ASCII).fullmatch

    def validate(value: Any) -> Any:
        if isinstance(value, str) and not check(value.strip()):
            raise PydanticCustomError(error, "not written as it should be")
        return value

    return BeforeValidator(validate)


def _one_line(value: str) -> str:
    if not value or "\n" in value:
        raise PydanticCustomError("line", "Each item is one line of text.")
    return value


Whole = Annotated[int, _written_as(r"-?[0-9]+", "int_parsing")]
Day = Annotated[date, _written_as(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "date_parsing")]
OneLine = Annotated[str, AfterValidator(_one_line)]
Numbers = Annotated[list[Whole], AfterValidator(lambda numbers: sorted(set(numbers)))]


class Document(BaseModel):
    """One document, or a part of one. noun: what problems call it. former_keys: key of earlier
    versions → what to do instead.

    The string below a key is its description in editors' tools: `careers.sync.reading.schema` puts
    it into the JSON Schema.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)
    noun: ClassVar[str]
    former_keys: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _null_clears(cls, data: Any) -> Any:
        """Turn a null into the field's default. The key still counts as given by the file."""
        if not isinstance(data, dict):
            return data
        optional = {
            name: field.get_default(call_default_factory=True)
            for name, field in cls.model_fields.items()
            if not field.is_required()
        }
        return {
            key: optional[key] if value is None and key in optional else value
            for key, value in data.items()
        }


class SourceDocument(Document):
    """What a fact rests on."""

    noun = "a source"
    title: str
    """What the source calls itself."""
    url: str
    """Its address, which begins with https:// or http://."""


class ShareDocument(Document):
    """A part of the working day."""

    noun = "a share of the day"
    share: Whole
    """In percent. All shares of a day add up to 100."""
    activity: str
    """What the time is spent on: “prompts”."""


class TitleDocument(Document):
    """A title in job ads that means the role in some firms, and something else in others."""

    noun = "a title"
    title: OneLine
    """As ads write it: “AI Engineer”."""
    varies: str = ""
    """What differs from firm to firm, and what to look for in the ad. Of several roles that have
    the title, one says it."""


class StepDocument(Document):
    """A path's place in a role's roadmap."""

    noun = "a step"
    path: str
    """The path's folder: “rag”. A roadmap stops at each path once."""
    why: str
    """One sentence: why this role needs this path."""
    emphasis: str = ""
    """How to take it, as in “a lighter touch”."""
    only: Numbers = []
    """The numbers of the lessons that the role takes from the path, if it doesn't take all."""
    focus: Numbers = []
    """The numbers of the lessons that stand out. All others count as well."""


class PivotDocument(Document):
    """The way from one background to this role."""

    noun = "a pivot"
    background: str
    """A slug from backgrounds.yaml; each at most once per role."""
    fit: Fit
    """How much of the background carries over."""
    months: Whole | None = None
    """How many months the move takes. Only where a source says so."""
    note: str = ""
    """What carries over, and what is new."""


class SalaryBandDocument(Document):
    """What the role is paid in one region, gross a year, with the evidence for it."""

    noun = "a salary band"
    former_keys = {
        "grade": "the site computes the strength of the evidence from `basis`, `sample`, "
        "`method` and `for_title`: take the line out",
        "proxy_title": "it is called `for_title` now",
    }
    region: str
    """As shown: “EU”, “Germany”."""
    currency: str
    """Three letters, as in EUR."""
    low: Whole
    """Gross per year, in whole units of the currency."""
    high: Whole
    """Gross per year. The same as low where there is only one figure."""
    middle: Whole | None = None
    """The figure between low and high, if the source has one."""
    middle_is: MiddleKind | None = None
    """Whether the middle is a median or a mean. Both keys or neither."""
    measures: str
    """What low and high are: “Advertised range”."""
    ends: Ends = Ends.RANGE
    """What the site draws low and high as: range, the ends that the source gives; quartiles; or
    mean-to-quartile, from the mean to the upper quartile."""
    basis: Basis | None = None
    """What the figure was made of. survey: people said what they earn; adverts: job ads; records:
    payroll or official statistics; article: one text's claim. Left out where no source says."""
    method: str = ""
    """How the figure was made: a sentence, or the address that says so."""
    for_title: str = ""
    """The neighboring title that was measured, if it was not this one."""
    experience: str = ""
    """The experience that it was measured for: “5–10 years”."""
    sample: Whole | None = None
    """How many answers, adverts or records. From 30 on, it counts as enough."""
    period: str
    """When it was measured: "2026", in quotes, or undated."""
    source: SourceDocument
    """Where the figure was found."""
    collected: Day
    """The day the source was read, as in 2026-11-22. After a year the site calls it old."""
    note: str = ""
    """What to know before quoting it."""


class RoleDocument(Document):
    """roles/<address>.yaml: a job, what its days are, what it pays, and the paths to it."""

    noun = "a role"
    title: str
    """The name of the job."""
    formerly: list[str] = []
    """Addresses that it had. They keep redirecting here."""
    code: str
    """Two to four capitals or digits that no other role has: the name of its line on the map."""
    line: LineColor
    """The color of its line on the map."""
    status: Status
    """Drafts and retired things appear nowhere on the site."""
    instead: str = ""
    """Where to go once it is retired: an address on this site that begins with /, or https://…"""
    group: Group
    """core if most AI job ads look for it, otherwise newer."""
    position: Whole
    """Where it stands in its group; low numbers first."""
    aliases: list[OneLine] = []
    """Titles in job ads that mean this role."""
    titles: list[TitleDocument] = []
    """Titles in job ads that may mean this role. One that is also an alias is here for what
    varies."""
    summary: str
    """One sentence: what the job is, without adjectives."""
    daily_work: list[OneLine] = []
    """What the daily work is. Each begins with a verb: “Builds …”."""
    time_split: list[ShareDocument] = []
    """Where the time goes. Left out where no source says."""
    honest_scope: str = ""
    """What courses can give for this job, and what they can't."""
    entry_bar: EntryBar | None = None
    """How much it expects before the paths: nothing; a skill; a trade, that is, experience in a
    neighboring job; a degree; or years of practice or research. Left out where no source says."""
    beforehand: str = ""
    """What exactly it expects before the paths: one sentence."""
    not_for_you_if: list[OneLine] = []
    """Each completes “Not for you if …”."""
    fit_questions: list[OneLine] = []
    """Asked after the first week. Somebody whom the role fits answers yes."""
    after_paths: str = ""
    """What comes once the paths are done; completes “Then: …”."""
    not_taught: str = ""
    """What this role needs and the site doesn't teach yet."""
    sequence: Sequence
    """Whether the steps build on each other."""
    steps: list[StepDocument] = []
    """The roadmap: its paths, in order."""
    further: list[str] = []
    """Paths to go further with, beyond the roadmap and outside its hours: none that is a step."""
    pivots: list[PivotDocument] = []
    """Which backgrounds lead here."""
    salary_bands: list[SalaryBandDocument] = []
    """The figures for its pay. Cards show the first."""
    sources: list[SourceDocument] = []
    """What the facts above rest on."""


class PathDocument(Document):
    """paths/<address>/path.yaml: an ordered set of lessons on one subject."""

    noun = "a path"
    title: str
    """The subject."""
    formerly: list[str] = []
    """Addresses that it had. They keep redirecting here."""
    status: Status
    """The lessons of a path that isn't published appear nowhere, whatever they say."""
    instead: str = ""
    """Where to go once it is retired: an address on this site that begins with /, or https://…"""
    position: Whole
    """Where it stands among the paths; low numbers first."""
    summary: str
    """One sentence."""
    description: str = ""
    """What it teaches, and what it doesn't. Plain text."""
    setup: str = ""
    """What its lessons need besides packages: “Python 3.12 or newer.” Markdown. Their code shows
    what has to be installed."""
    lessons: list[str]
    """The names of the lesson files, without .md, in teaching order: every file of the folder."""


class LessonDocument(Document):
    """A lesson's front matter. The text below it is the `body`, which is no key of its own."""

    noun = "a lesson"
    number: Whole
    """The path's hundred and the next free number. Never changed, never used again."""
    title: str
    """What the lesson is about."""
    formerly: list[str] = []
    """Addresses that it had: <lesson>, or <path>/<lesson>. They keep redirecting here."""
    summary: str
    """One sentence: what you can do after this lesson."""
    minutes: Whole
    """Minutes of reading: 200 words or ten lines of code a minute; checked against the text."""
    practice_minutes: Whole
    """An honest estimate for the exercise."""
    needs: list[OneLine] = []
    """Terms of the glossary that a reader must know; the page links each to where it is taught."""
    objectives: list[OneLine] = []
    """Two or three; each begins with a verb."""
    skip_if: list[OneLine] = []
    """Each completes “Skip this lesson if …”."""
    signals: list[str] = []
    """Slugs from signals.yaml: what a learner can show a hiring manager afterward."""
    sources: list[SourceDocument] = []
    """What a fact in the text rests on."""
    status: Status
    """A lesson that isn't written yet is a draft: it counts in the hours and appears nowhere."""
    instead: str = ""
    """Where to go once it is retired: an address on this site that begins with /, or https://…"""


class BackgroundDocument(Document):
    """Where a person comes from."""

    noun = "a background"
    slug: str
    """Its key, which pivots name."""
    title: str
    """As shown: “Software engineer”."""
    status: Status
    """Drafts and retired things appear nowhere on the site."""
    summary: str
    """What this person does every day that helps here."""
    starts_fresh: bool = False
    """For people for whom no source says what carries over: they see every role, in the order of
    what each expects beforehand."""
    advice: str = ""
    """What helps this person choose."""
    sources: list[SourceDocument] = []
    """What the advice rests on."""
    knows: list[str] = []
    """Lessons that this person can skip, as <path>/<lesson>: “hours left” is computed from them."""


class BackgroundsDocument(Document):
    """backgrounds.yaml: the backgrounds that people come from, in the site's order."""

    noun = "backgrounds.yaml"
    backgrounds: list[BackgroundDocument]
    """In the order in which the site lists them."""


class PriceDocument(Document):
    """What calls of a hosted model cost."""

    noun = "a price"
    slug: str
    """Its key."""
    title: str
    """The model, as in a sentence: “GPT-6 Luna”."""
    model: str
    """The model, as code and prices.csv name it: “gpt-6-luna”."""
    size: str
    """Its size among the maker’s models: “small”."""
    price_in: str
    """Dollars per million tokens that the model reads: 0.10."""
    price_out: str
    """Dollars per million tokens that it writes. 0.00 for one that writes none."""
    collected: Day
    """The day on which the source was read."""
    source: str
    """Where the price was found: what that page calls itself."""
    url: str
    """Its address, which begins with https:// or http://."""
    status: Status
    """Drafts and retired things appear nowhere on the site."""


class PricesDocument(Document):
    """prices.yaml: what calls to hosted models cost, for lessons that work out a bill."""

    noun = "prices.yaml"
    prices: list[PriceDocument]
    """In the order in which they are listed."""


class TermDocument(Document):
    """A word of the trade."""

    noun = "a term"
    slug: str
    """Its key, and its place on the glossary’s page."""
    title: str
    """The term, as it stands in a sentence: “learning rate”, “RAG”."""
    also: list[OneLine] = []
    """Other spellings. A plural that ends in s goes without saying."""
    meaning: str
    """One plain sentence."""
    lesson: Whole | None = None
    """The number of the lesson that teaches it. None for what the lessons assume is known."""
    learn: list[SourceDocument] = []
    """Where to learn what no lesson teaches: free, and ideally from its makers."""
    linked: bool = True
    """Whether a lesson’s first use of it leads to the glossary. Not for an everyday word."""
    status: Status
    """Drafts and retired things appear nowhere on the site."""


class GlossaryDocument(Document):
    """glossary.yaml: the words that lessons use."""

    noun = "glossary.yaml"
    terms: list[TermDocument]
    """In any order: the site sorts them."""


class SignalDocument(Document):
    """An artefact that a hirer checks."""

    noun = "a signal"
    slug: str
    """Its key, which lessons name."""
    title: str
    """As shown: “Shipped something”."""
    status: Status
    """Drafts and retired things appear nowhere on the site."""
    summary: str
    """What a hiring manager checks."""
    passes: str = ""
    """What passes."""
    fails: str = ""
    """What fails."""
    sources: list[SourceDocument] = []
    """What this rests on."""


class SignalsDocument(Document):
    """signals.yaml: what hirers check, in the site's order."""

    noun = "signals.yaml"
    signals: list[SignalDocument]
    """In the order in which the site lists them."""
