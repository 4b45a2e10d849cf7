"""What templates say of numbers, and which roles a path leads to."""

from django import template

from careers.models import Role, SalaryBand
from careers.roadmap import OtherLine
from paths.hours import hours_text
from paths.models import LearningPath

register = template.Library()

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours with at most one decimal, without the unit."""
    return hours_text(minutes)


@register.filter
def pay(band: SalaryBand) -> str:
    """A band in whole units of its currency: "€60,000–150,000"; one figure where low is high."""
    symbol = SYMBOLS.get(band.currency, f"{band.currency} ")
    low = f"{symbol}{band.low:,}"
    return low if band.low == band.high else f"{low}–{band.high:,}"


@register.filter
def short_pay(band: SalaryBand) -> str:
    """A band in thousands, rounded: "€60–150k"."""
    symbol = SYMBOLS.get(band.currency, f"{band.currency} ")
    low, high = round(band.low / 1000), round(band.high / 1000)
    return f"{symbol}{low}k" if low == high else f"{symbol}{low}–{high}k"


@register.filter
def thousands(number: int) -> str:
    """A whole number with its thousands set apart: "66,432"."""
    return f"{number:,}"


@register.filter
def lower_first(text: str) -> str:
    """A title inside a sentence: "Software engineer" is "software engineer", "SRE …" stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


@register.simple_tag
def roles_through(path: LearningPath) -> list[Role]:
    """The published roles whose roadmap stops at a path, in one query."""
    return list(Role.objects.published().in_order().filter(steps__path=path))


@register.simple_tag
def lines_by_path() -> dict[int, list[OtherLine]]:
    """For every path, by its key, the published roles that stop there, in one query."""
    found: dict[int, list[OtherLine]] = {}
    for role in Role.objects.published().in_order().by_stop():
        line = OtherLine(role.code, role.line, role.title, role.get_absolute_url())
        found.setdefault(role.stops_at, []).append(line)  # type: ignore[attr-defined]
    return found


@register.filter
def of(found: dict[int, list[OtherLine]], path: LearningPath) -> list[OtherLine]:
    """A path's share of what lines_by_path gave."""
    return found.get(path.pk, [])
