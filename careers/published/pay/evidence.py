"""How strong the evidence for a salary figure is, in words for readers. Pure.

Nobody grades a figure by hand: its strength follows from what is known of its origin.
"""

from collections.abc import Iterator
from enum import StrEnum

from careers.published.catalog import Band
from careers.published.words import listed

ENOUGH = 30  # answers, adverts or records in a sample
STALE_AFTER_DAYS = 365  # counted from the day the source was read


class Strength(StrEnum):
    """How far a figure can be relied on."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


_BASES = {
    "survey": "a survey",
    "adverts": "job ads",
    "records": "pay records",
    "article": "one article’s claim",
}


def strength(band: Band) -> Strength:
    """Strong with a large sample, a known method, and figures for this very title; fair if one of
    these is missing; weak if more are, or if the basis is an article's claim."""
    has_sample = band.sample is not None and band.sample >= ENOUGH
    missing = [has_sample, bool(band.method), not band.for_title].count(False)
    if band.basis == "article" or missing > 1:
        return Strength.WEAK
    return Strength.FAIR if missing else Strength.STRONG


def evidence(band: Band) -> str:
    """Describe the evidence: "Fair evidence: a survey, sample of 86, for “Data Engineer”"."""
    return f"{strength(band).capitalize()} evidence: {', '.join(_known(band))}"


def gaps(band: Band) -> str:
    """A sentence about what the source doesn't say; "" if it says everything."""
    open_ = []
    if band.sample is None:
        open_.append("how many people or job ads it counts")
    if not band.method:
        open_.append("how the figure was found")
    return f"The source doesn’t say {listed(open_, 'or')}." if open_ else ""


def ends_in_words(band: Band) -> str:
    """Explain the two ends to a reader who knows no statistics; "" if they are one figure."""
    if band.low == band.high:
        return ""
    return {
        "quartiles": "The middle half: a quarter earn less than this, a quarter earn more.",
        "mean-to-quartile": "From the average to where the best-paid quarter begins.",
    }.get(band.ends, "The ends of a range. Some may earn less, and some more.")


def _known(band: Band) -> Iterator[str]:
    if band.basis:
        yield _BASES[band.basis]
    if band.sample is not None:
        few = "only " if band.sample < ENOUGH else ""
        yield f"sample of {few}{band.sample:,}"
    elif not band.basis:
        yield "one source, no sample given"
    elif band.basis != "article":
        yield "no sample given"
    if band.for_title:
        yield f"for “{band.for_title}”"
