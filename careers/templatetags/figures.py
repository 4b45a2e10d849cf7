"""Hours, money and days in words, for templates."""

import datetime
from collections.abc import Mapping, Sequence

from django import template
from django.template import Context
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.published import words
from careers.published.catalog import Band, Price, Role
from careers.published.pay import evidence as pay_evidence
from careers.published.pay.scale import PayScale, pay_scales
from careers.published.roadmap import ShownHours, Work, shown_hours
from paths.hours import hours_text
from paths.prices import is_old as is_old_price

register = template.Library()
register.filter(pay_evidence.strength)
register.filter(pay_evidence.evidence)
register.filter(pay_evidence.gaps)
register.filter(pay_evidence.ends_in_words)


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours with at most one decimal, without the unit."""
    return hours_text(minutes)


@register.filter
def shown(part: Work, whole: Work | None = None) -> ShownHours:
    """Hours of work, of its reading and of its practice, rounded so that they add up; also with the
    rest of `whole`, if that is given."""
    return shown_hours(part, whole)


@register.filter
def gap(unwritten: int) -> str:
    """How much of a figure is for lessons that aren't written yet, in words; or nothing.

    unwritten: their minutes.
    """
    return (
        f" ({hours_text(unwritten)}\N{NO-BREAK SPACE}h of it not written yet)" if unwritten else ""
    )


@register.filter
def hours_data(minutes: int) -> SafeString:
    """Minutes as hours with their unit, in a <data> element whose value is the minutes."""
    return format_html('<data value="{}">{}&nbsp;h</data>', minutes, hours_text(minutes))


@register.filter(expects_localtime=True)
def day_time(day: datetime.date) -> SafeString:
    """A day in words, in a <time> element for programs."""
    in_words = dateformat.format(day, "F j, Y")
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", in_words)


@register.filter
def pay(band: Band) -> str:
    """A band in whole units of its currency: "€60,000–150,000"; one figure where low is high."""
    return words.pay_range(band.currency, band.low, band.high)


@register.filter
def middle_pay(band: Band) -> str:
    """The median or mean of a band that has one: "€66,432"."""
    return words.pay_range(band.currency, band.middle or 0, band.middle or 0)


@register.filter
def short_pay(band: Band) -> str:
    """A band in thousands, rounded: "€60–150k"."""
    return words.short_pay_range(band.currency, band.low, band.high)


@register.filter
def is_stale(band: Band) -> bool:
    """Whether a figure was collected more than twelve months ago."""
    return (timezone.now().date() - band.collected).days > pay_evidence.STALE_AFTER_DAYS


@register.simple_tag(takes_context=True)
def prices_of(context: Context, models: Sequence[str]) -> list[Price]:
    """The catalog's prices of those models that it has a price for."""
    known: Mapping[str, Price] = context["request"].catalog.prices
    return [known[model] for model in models if model in known]


@register.filter
def is_old(price: Price) -> bool:
    """Whether a price was read more than six months ago."""
    return is_old_price(price.collected, timezone.now().date())


@register.filter
def thousands(number: int) -> str:
    """A whole number with thousands separators: "66,432"."""
    return f"{number:,}"


@register.simple_tag
def pay_on_scales(roles: Role | Sequence[Role]) -> tuple[PayScale, ...]:
    """The bands of one or more roles, on one scale per currency."""
    return pay_scales([roles] if isinstance(roles, Role) else roles)
