"""What calls of models cost: the notation of prices, and the file of prices beside a lesson.

A lesson whose code calculates costs reads `prices.csv`. Each of its lines has a model and its
prices in dollars for a million tokens in, and for a million tokens out. The catalog's list of
prices has the date and source of each; a check compares the file with that list.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date

FILE = "prices.csv"
HEADER = ["model", "in", "out"]
PRICE = r"\d{1,4}\.\d{2,4}"  # dollars for a million tokens, as price pages write them
OLD_AFTER_DAYS = 183  # half a year


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a price file. number: in the file, from 1."""

    number: int
    model: str
    price_in: str
    price_out: str


def is_old(read: date, today: date) -> bool:
    """Whether a price is due to be read again. read: the day when it last was."""
    return (today - read).days > OLD_AFTER_DAYS


def lines(text: str) -> list[Line]:
    """The prices of a file, which must have no problems()."""
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return [Line(number, *row) for number, row in enumerate(rows, start=2)]


def problems(text: str) -> list[tuple[int, str]]:
    """What is wrong with a price file: (line, message) pairs, lines from 1; 0 is the whole file."""
    try:
        header, *rows = [*csv.reader(io.StringIO(text))] or [[]]
    except csv.Error as error:
        return [(0, f"it isn't CSV: {error}")]
    if header != HEADER:
        return [(1, f"its first line is {','.join(HEADER)}")]
    if not rows:
        return [(1, "it has no price")]
    return [
        (number, "a line is a model and two prices, as in small-model,0.10,0.50")
        for number, row in enumerate(rows, start=2)
        if not (len(row) == len(HEADER) and row[0] and all(_is_price(cell) for cell in row[1:]))
    ]


def _is_price(text: str) -> bool:
    return bool(re.fullmatch(PRICE, text, re.ASCII))
