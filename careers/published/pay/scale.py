"""Salary bands laid out for a chart, with one scale for each currency. Pure.

Currencies never share a scale: no exchange rate holds for a year.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from careers.published.catalog import Band, Role
from careers.published.pay.evidence import Strength, strength
from careers.published.words import short_pay_range

MOST_STEPS = 5  # the most labels that fit below a scale 320 px wide


@dataclass(frozen=True, slots=True)
class Bar:
    """A band on a scale. start, end, middle: positions as CSS percentages; middle may be "".

    drawn: what its ends are: "range", "quartiles", "mean-to-quartile"; or "point" if they are one
    figure.
    """

    role: Role
    band: Band
    drawn: str
    is_weak: bool
    start: str
    end: str
    middle: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of a scale. place: its position as a CSS percentage."""

    label: str
    place: str


@dataclass(frozen=True, slots=True)
class PayScale:
    """All bands of one currency, on a scale from zero to a round figure not below the highest."""

    currency: str
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The `drawn` of its bars."""
        return frozenset(bar.drawn for bar in self.bars)

    @property
    def has_weak(self) -> bool:
        return any(bar.is_weak for bar in self.bars)

    @property
    def has_middle(self) -> bool:
        return any(bar.middle for bar in self.bars)


def pay_scales(roles: Sequence[Role]) -> tuple[PayScale, ...]:
    """A scale for each currency that the roles are paid in, in order of first appearance."""
    figures = [(role, band) for role in roles for band in role.bands]
    currencies = dict.fromkeys(band.currency for _, band in figures)
    return tuple(
        _scale(currency, [(role, band) for role, band in figures if band.currency == currency])
        for currency in currencies
    )


def _scale(currency: str, figures: Sequence[tuple[Role, Band]]) -> PayScale:
    most = max(band.high for _, band in figures)
    step = round_step(most)
    steps = max(1, -(-most // step))
    end = steps * step
    ticks = (
        Tick(short_pay_range(currency, at, at) if at else "0", _percent(at, end))
        for at in range(0, end + 1, step)
    )
    return PayScale(currency, tuple(ticks), tuple(_bars(figures, end)))


def round_step(most: int) -> int:
    """The smallest of 1,000, 2,000, 5,000, 10,000 … that reaches `most` in MOST_STEPS steps."""
    steps: Iterator[int] = (digit * 10**power for power in count(3) for digit in (1, 2, 5))
    return next(step for step in steps if step * MOST_STEPS >= most)


def _bars(figures: Iterable[tuple[Role, Band]], end: int) -> Iterable[Bar]:
    for role, band in figures:
        yield Bar(
            role,
            band,
            "point" if band.low == band.high else band.ends,
            strength(band) is Strength.WEAK,
            _percent(band.low, end),
            _percent(band.high, end),
            _percent(band.middle, end) if band.middle and band.low != band.high else "",
        )


def _percent(figure: int, end: int) -> str:
    return f"{100 * figure / end:.1f}%"
