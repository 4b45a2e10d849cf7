"""Makes cases.csv: fifty due dates and how each way of reading them answers."""

import csv
import random
import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

# Three in five dates with slashes are British: day before month.
STYLES = (
    3 * [("GB", "%d/%m/%Y")]
    + 2 * [("US", "%m/%d/%Y")]
    + [("GB", "%d %b %Y"), ("US", "%b %d, %Y"), ("GB", "%Y-%m-%d")]
)
Row = tuple[str, str, str]  # text, country, due date


def invoices(count: int, year: int, seed: int) -> list[Row]:
    rng, rows = random.Random(seed), []
    for _ in range(count):
        due = date(year, 1, 1) + timedelta(days=rng.randrange(365))
        country, style = rng.choice(STYLES)
        rows.append((due.strftime(style), country, due.isoformat()))
    return rows


def learn(rows: list[Row]) -> dict[tuple[str, str], Counter[str]]:
    """Counts which style explains an example, by country and punctuation."""
    memory: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text, country, due in rows:
        for style in sorted({style for _, style in STYLES}):
            if date.fromisoformat(due).strftime(style) == text:
                memory[country, re.sub(r"\w", "", text)][style] += 1
    return memory


def read(memory: dict[tuple[str, str], Counter[str]], text: str, country: str) -> str:
    for style, _ in memory[country, re.sub(r"\w", "", text)].most_common():
        try:
            return datetime.strptime(text, style).date().isoformat()
        except ValueError:
            continue  # no month 15: try the next style
    return "unread"


def answers(rows: list[Row], cases: list[Row], *, sees_country: bool = False) -> list[str]:
    if not sees_country:
        rows = [(text, "", due) for text, _, due in rows]
        cases = [(text, "", due) for text, _, due in cases]
    memory = learn(rows)
    return [read(memory, text, country) for text, country, _ in cases]


def main() -> None:
    train, test = invoices(400, 2025, seed=6), invoices(50, 2026, seed=5)
    day = date(2025, 1, 31)
    five = [
        (day.strftime(style), country, day.isoformat())
        for country, style in sorted(set(STYLES), reverse=True)
    ]
    columns = {
        "today": answers(five[:2], test),
        "five": answers(five, test),
        "tuned": answers(train, test),
        "person": answers(five[::-1], test),
        "five_and_country": answers(five, test, sees_country=True),
    }
    with open("cases.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["text", "country", "due", *columns])
        for row in zip(*zip(*test, strict=True), *columns.values(), strict=True):
            out.writerow(row)


if __name__ == "__main__":
    main()
