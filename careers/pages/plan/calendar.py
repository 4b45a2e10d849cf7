"""A learner's weeks as a calendar file (RFC 5545), for any calendar to import.

An event keeps its UID and gets a higher SEQUENCE each time, so a calendar that imports the file
again moves the event instead of adding a second one. Times have no zone: they are local wherever
they are read. There is no METHOD, as the file isn't a message from an organizer (RFC 5546).
"""

import datetime
from collections.abc import Iterable

from icalendar import Calendar, Event, vText

from careers.published.plan.week_plan import Part, WeekPlan

PRODUCT = "-//AI Careers//Study plan//EN"
SEQUENCE_BEGINS = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def calendar_file(weeks: WeekPlan, site: str, now: datetime.datetime) -> bytes:
    """The file. site: scheme and host, "https://example.org"."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "AI Careers")
    for event in _events(weeks.parts, site, now):
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _events(parts: Iterable[Part], site: str, now: datetime.datetime) -> Iterable[Event]:
    host = site.partition("://")[2]
    for part in parts:
        event = Event()
        event.add("uid", vText(f"lesson-{part.lesson.number}-{part.number}@{host}"))
        event.add("sequence", int((now - SEQUENCE_BEGINS).total_seconds()))
        event.add("dtstamp", now)
        event.add("dtstart", part.begins)
        event.add("dtend", part.ends)
        event.add("summary", _summary(part))
        event.add("description", f"{_minutes(part)}\n{site}{part.lesson.url}")
        event.add("url", f"{site}{part.lesson.url}")
        event.add("categories", ["AI Careers"])
        yield event


def _summary(part: Part) -> str:
    which = f" ({part.number} of {part.count})" if part.count > 1 else ""
    return f"{part.lesson.title}{which}"


def _minutes(part: Part) -> str:
    said = []
    if part.reading:
        said.append(f"{part.reading} min to read")
    if part.practice:
        said.append(f"{part.practice} min of practice")
    return ", ".join(said)
