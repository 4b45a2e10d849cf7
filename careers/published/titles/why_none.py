"""Why a title means none of the roles, in a sentence."""

from careers.published.titles.concepts import Reading
from careers.published.titles.index import TitleIndex
from careers.published.titles.occupations import SAYS_AI
from careers.published.titles.quoting import as_typed, listed_once, verb_for
from careers.published.titles.units import Unit


def why_none_of(title: Reading, titles: TitleIndex) -> str:
    """A sentence for a visitor, in the words they typed."""
    unit = Unit(title, title.tokens)
    if not title.tokens:
        return _why_nothing(title)
    if not titles.fields:
        return _why_no_name(title, titles)
    field, job = as_typed(title, unit.field_tokens), as_typed(title, unit.job_tokens)
    if not SAYS_AI & unit.concepts:
        beside = f" beside {job}" if job else " in it"
        return f"No word{beside} says AI, machine learning or models."
    if unit.occupation.kind == "lead" and "other-trade" not in unit.concepts:
        return f"{job} leads people, and {field} is as wide a field as all of these roles."
    if job:
        return f"{field} is in it, but none of these roles does the job of {job}."
    return f"{field} is a field, and no word beside it names a job in it that these roles do."


def _why_no_name(title: Reading, titles: TitleIndex) -> str:
    """Of roles that have nothing to do with AI."""
    strange = [token for token in title.tokens if not token.concepts <= titles.said]
    if strange:
        return f"None of these roles has {as_typed(title, strange)} in its name."
    return f"No one of these roles has all of {as_typed(title, title.tokens)} in its name."


def _why_nothing(title: Reading) -> str:
    if not title.aside:
        return "There is no word in it to go by."
    aside = listed_once(f"“{title.text[start:end]}”" for start, end in title.aside)
    says = verb_for(aside, "says", "say")
    return f"{aside} {says} how far along, where or on what contract, but not what the job is."
