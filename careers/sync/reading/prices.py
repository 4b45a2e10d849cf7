"""Check the prices beside lessons against the catalog's list, and warn of old prices in it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from careers.sync.entries import Entry, Values
from careers.sync.kinds import KINDS
from careers.sync.problems import Place, Problem, did_you_mean
from careers.sync.reading.beside import place_in
from careers.sync.reading.files import read_text
from paths import prices
from paths.models import Status


def price_problems(entries: Iterable[Entry]) -> Iterator[Problem]:
    """A problem for each line of a lesson's prices.csv that differs from the catalog's list."""
    entries = list(entries)
    listed = {
        entry.values["model"]: entry.values
        for entry in entries
        if entry.kind == "prices" and entry.values["status"] == Status.PUBLISHED
    }
    for entry in entries:
        for file in entry.values.get("files", ()):
            if file["name"] == prices.FILE:
                data = entry.contents[file["digest"]]
                name = KINDS[entry.kind].beside_of(entry.values, prices.FILE)
                for line in prices.lines(data.decode()):
                    yield from _of_line(line, listed, place_in(name, data, line.number))


def _of_line(line: prices.Line, listed: Mapping[str, Values], place: Place) -> Iterator[Problem]:
    price = listed.get(line.model)
    if price is None:
        message = f"{KINDS['prices'].file} has no price of {line.model}"
        yield Problem("price", message, place, did_you_mean(line.model, listed))
    elif (price["price_in"], price["price_out"]) != (line.price_in, line.price_out):
        message = f"{KINDS['prices'].file} has another price of {line.model}"
        hint = f"it says {line.model},{price['price_in']},{price['price_out']}"
        yield Problem("price", message, place, hint)


def old_prices(folder: Path, entries: Iterable[Entry], today: date) -> Iterator[Problem]:
    """A warning for each price whose source was read too long ago."""
    for entry in entries:
        if entry.kind != "prices" or entry.values["status"] != Status.PUBLISHED:
            continue
        read = date.fromisoformat(entry.values["collected"])
        if prices.is_old(read, today):
            place = read_text(folder, entry.file).place_of_line(entry.lines["collected"])
            message = f"the price of {entry.values['title']} was read over six months ago"
            hint = "read its source again, and note the day"
            yield Problem("old-price", message, place, hint, is_warning=True)
