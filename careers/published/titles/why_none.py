"""A sentence about why a title matches no role."""

from careers.published.titles.concepts import Reading
from careers.published.titles.index import TitleIndex
from careers.published.titles.occupations import SAYS_AI
from careers.published.titles.quoting import as_typed, listed_once, verb_for
from careers.published.titles.units import Unit


def why_none_of(title: Reading, titles: TitleIndex) -> str:
    """Explain to a visitor, in the words they typed, why no role matches."""
    unit = Unit(title, title.tokens)
    if not title.tokens:
        return _why_nothing(title)
    if not titles.fields:
        return _why_no_name(title, titles)
    field, job = as_typed(title, unit.field_tokens), as_typed(title, unit.job_tokens)
    if not SAYS_AI & unit.concepts:
        return _why_not_ai(unit, titles, job)
    if unit.leads and not unit.unread and not unit.concepts & {"other-trade", "solutions"}:
        leading = as_typed(title, unit.leading)
        lead = verb_for(leading, "leads", "lead")
        covers = verb_for(field, "covers", "cover")
        return f"{leading} {lead} people, and {field} {covers} all of these roles."
    if unit.leads and unit.unread:  # they lead engagements or deliveries, perhaps
        said = {*unit.job_tokens, *unit.unread}
        job = as_typed(title, [each for each in title.tokens if each in said])
    if job:
        is_ = verb_for(field, "is", "are")
        return f"{field} {is_} in it, but none of these roles does the job of {job}."
    return f"{field} is a field, but no other word names a job in it that these roles do."


def _why_not_ai(unit: Unit, titles: TitleIndex, job: str) -> str:
    """The reason if no word of the title says AI. job: the words that name a job, quoted, or ""."""
    if {*unit.tokens} == {*unit.job_tokens}:
        says = verb_for(job, "says", "say")
        return f"{job} {says} nothing about AI, machine learning or models."
    beside = f" next to {job}" if job else " in it"
    read = "" if all(map(titles.knows, unit.tokens)) else " that we understand"
    return f"No word{read}{beside} says AI, machine learning or models."


def _why_no_name(title: Reading, titles: TitleIndex) -> str:
    """The reason in a catalog whose roles aren't about AI."""
    strange = [token for token in title.tokens if not token.concepts <= titles.said]
    if strange:
        return f"None of these roles has {as_typed(title, strange)} in its name."
    return f"None of these roles has just {as_typed(title, title.tokens)} in its name."


def _why_nothing(title: Reading) -> str:
    if not title.aside:
        return "There is no word in it to go by."
    aside = listed_once(f"“{title.text[start:end]}”" for start, end in title.aside)
    says = verb_for(aside, "says", "say")
    return f"{aside} {says} at what level, where or on what contract, but not what the job is."
