"""An archive of untidy files, a parser for them, and a database that can be stopped anywhere."""

import csv
import io
import json
import sqlite3
from datetime import datetime
from functools import cache
from random import Random
from typing import Any
from zipfile import ZipFile

type Row = dict[str, Any]

WORDS = "Akku Bremse Größe Lenker Zähler chain brake parcel refund lock charger late open".split()


class Stopped(BaseException):
    """The power went off. No `except Exception` holds it up."""


class Breakable(sqlite3.Connection):
    """A connection that stops the program before its statement number `fuse`."""

    fuse: int | None = None

    def _burn(self) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                raise Stopped

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        self._burn()
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        self._burn()
        return super().executemany(*arguments)

    def commit(self) -> None:
        self._burn()
        super().commit()


def ticket(dice: Random) -> Row:
    day, hour = dice.randint(1, 28), dice.randint(8, 17)
    text = " ".join(dice.choices(WORDS, k=dice.randint(3, 9)))
    return {
        "id": dice.randint(1, 6000),
        "updated": f"2026-03-{day:02}T{hour:02}:00",
        "text": text,
    }


def as_json(rows: list[Row], dice: Random) -> bytes:
    return json.dumps(rows[0], ensure_ascii=False).encode()


def as_mail(rows: list[Row], dice: Random) -> bytes:
    row = rows[0]
    text = f"Ticket: {row['id']}\nUpdated: {row['updated']}\n\n{row['text']}\n"
    return text.encode(dice.choice(["utf-8", "latin-1"]))


def as_csv(rows: list[Row], dice: Random) -> bytes:
    out = io.StringIO()
    table = csv.DictWriter(out, rows[0], delimiter=dice.choice(",;"))
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode()


def broken(rows: list[Row], dice: Random) -> bytes:
    row = rows[0]
    kind = dice.randrange(6)
    if kind == 0:
        return b" \n" * dice.randint(0, 3)
    if kind == 1:
        return as_json(rows, dice)[: dice.randint(9, 40)]
    if kind == 2:
        return bytes(dice.randrange(256) for _ in range(30)) + b"\0"
    if kind == 3:
        return as_json([row | {"updated": "3.3.26"}], dice)
    if kind == 4:
        return as_json([row | {"text": ""}], dice)
    return str(row["text"]).encode()


def write(place: str, files: int = 10_000, seed: int = 812) -> None:
    """Fill an archive: names mean nothing, and a tenth are copies."""
    with ZipFile(place, "w") as archive:
        for number, data in enumerate(contents(files, Random(seed))):
            end = "json txt csv dat".split()[number % 4]
            archive.writestr(f"{number * 7919 % 10**6:06}.{end}", data)


def contents(files: int, dice: Random) -> list[bytes]:
    written: list[bytes] = []
    for _ in range(files):
        rows = [ticket(dice) for _ in range(dice.randint(1, 6))]
        form = dice.choices([as_json, as_mail, as_csv, broken], [50, 28, 15, 7])[0]
        data = form(rows, dice)
        if written and dice.random() < 0.1:
            data = dice.choice(written)
        written.append(data)
    return written


@cache  # the lesson loads the same files again and again
def parse(data: bytes) -> list[tuple[int, str, str]]:
    """The tickets in a file: (id, updated, text). ValueError says why there are none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if "\0" in text:
        raise ValueError("not text")
    if not text.strip():
        raise ValueError("empty")
    if text.startswith("{"):
        try:
            rows = [json.loads(text)]
        except ValueError:
            raise ValueError("broken JSON") from None
    elif text.startswith("Ticket:"):
        head, _, body = text.partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        rows = [{"id": fields["Ticket"], "updated": fields["Updated"], "text": body}]
    elif text.startswith("id"):
        rows = list(csv.DictReader(io.StringIO(text), delimiter=text[2]))
    else:
        raise ValueError("unknown form")
    return [checked(row) for row in rows]


def checked(row: Row) -> tuple[int, str, str]:
    try:
        datetime.fromisoformat(row["updated"])
    except ValueError:
        raise ValueError("date unknown") from None
    text = row["text"].strip()
    if not text:
        raise ValueError("no text")
    return int(row["id"]), row["updated"], text
