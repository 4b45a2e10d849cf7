"""How strong the evidence for a figure is, and how a reader is told. Pure.

Nobody grades a figure: its strength follows from what is known of how it came about.
"""

from collections.abc import Iterator
from enum import StrEnum

from careers.published.catalog import Band
from careers.published.words import listed

ENOUGH = 30  # answers, adverts or records
STALE_AFTER_DAYS = 365  # since the source was read


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
    """Strong with a large sample, a known method and this very title; fair if one of them is
    missing; weak if more are, and if all there is is one text's claim."""
    has_sample = band.sample is not None and band.sample >= ENOUGH
    missing = [has_sample, bool(band.method), not band.for_title].count(False)
    if band.basis == "article" or missing > 1:
        return Strength.WEAK
    return Strength.FAIR if missing else Strength.STRONG


def evidence(band: Band) -> str:
    """The strength in a few words: "Fair evidence: a survey, sample of 86, for “Data Engineer”"."""
    return f"{strength(band).capitalize()} evidence: {', '.join(_known(band))}"


def gaps(band: Band) -> str:
    """What the source leaves open, as a sentence; empty where it leaves nothing open."""
    open_ = []
    if band.sample is None:
        open_.append("how many people or job ads it counts")
    if not band.method:
        open_.append("how the figure was found")
    return f"The source doesn’t say {listed(open_, 'or')}." if open_ else ""


def ends_in_words(band: Band) -> str:
    """What the two ends are to a reader who knows no statistics; empty for one figure."""
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
