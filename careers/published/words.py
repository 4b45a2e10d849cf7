"""Figures and lists in words. Pure."""

import datetime
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


def pay_range(currency: str, low: int, high: int) -> str:
    """Whole units of a currency: "€60,000–150,000"; a single figure if low equals high."""
    first = f"{_symbol(currency)}{low:,}"
    return first if low == high else f"{first}–{high:,}"


def short_pay_range(currency: str, low: int, high: int) -> str:
    """Thousands, rounded half up: "€60–150k"."""
    low, high = ((amount + 500) // 1000 for amount in (low, high))
    first = f"{_symbol(currency)}{low}"
    return f"{first}k" if low == high else f"{first}–{high}k"


def _symbol(currency: str) -> str:
    return SYMBOLS.get(currency, f"{currency} ")


def month_range(first: datetime.date, last: datetime.date) -> str:
    """A range of months: "Jan–Mar 2027"; a single month if both days are in it."""
    end = f"{last:%b %Y}"
    if first.year != last.year:
        return f"{first:%b %Y}–{end}"
    return end if first.month == last.month else f"{first:%b}–{end}"


def week_range(fewest: int, most: int) -> str:
    """How many weeks: "2–3 weeks", or "1 week"."""
    first = "" if fewest == most else f"{fewest}–"
    return f"{first}{most} week{'' if most == 1 else 's'}"


def ended_between(first: datetime.date, last: datetime.date) -> str:
    """The months in which something ends, for a sentence: "in March 2027"."""
    end = f"{last:%B %Y}"
    is_one = (first.year, first.month) == (last.year, last.month)
    return f"in {end}" if is_one else f"between {first:%B %Y} and {end}"


def listed(words: Sequence[str], conjunction: str) -> str:
    """Join words as in a sentence: "A", "A or B", "A, B or C". Needs at least one."""
    *most, last = words
    return f"{', '.join(most)} {conjunction} {last}" if most else last


def lower_first(text: str) -> str:
    """A title as it is written inside a sentence: "Nurse" and "A nurse" become "nurse" and
    "a nurse"; "SRE", "PhD" and "R programmer" stay.
    """
    text = unicodedata.normalize("NFC", text)  # "É" may be two characters
    letters = "".join(takewhile(str.isalpha, text))
    is_article = letters == "A" and text[1:2].isspace()
    is_spelled_so = text[:2].isupper() or any(map(str.isupper, letters[1:]))
    return text if is_spelled_so and not is_article else text[:1].lower() + text[1:]
