"""A study plan as one short text, for a cookie or a link. Pure.

    1.rml-engineer.p5.dAgUBAwDhXkA.18938y2

A version, parts, and a checksum, joined by dots. Each part begins with a letter that says what it
is. A site that doesn't know a letter keeps the part unread. The version only rises when a letter
changes its meaning, not when a new letter is added.

    r  a role's slug, once for each role      f  the background's slug
    p  hours a week                           w  days of the week, as digits from 1 for Monday
    t  when a day's learning begins, HHMM     s  the start, YYYYMMDD
    d  lessons done                           k  ticks

`d` groups lessons by hundreds, since a path's numbers usually share one. For each group it has how
many hundreds it is after the last, then either a count, if all lessons from x01 on to that count
are done, or a bitmap. A zero ends the groups. The weeks follow, in the order of the numbers, as
run lengths. Numbers without a fixed size are varints: seven bits a byte, the lowest first; the
eighth bit says that more follow.
"""

import base64
import binascii
import datetime
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from careers.published.plan.study_plan import (
    EVERY_DAY,
    FIRST_MONDAY,
    LAST_START,
    MOST_NUMBER,
    MOST_WEEKS,
    StudyPlan,
)
from careers.published.query import LONGEST_PLAN
from careers.published.visitor import MOST_HOURS_A_WEEK

VERSION = 1
LONGEST = LONGEST_PLAN  # characters: a cookie has at most 4,096 bytes, its name included
LONGEST_SLUG = 100
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_PART = re.compile(r"[a-z][-a-zA-Z0-9_]*")
_TEXT = re.compile(r"[1-9][0-9]{0,3}(\.[-a-zA-Z0-9_]+)*")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MARK_BYTES = 2
MOST_MARK: int = 256**_MARK_BYTES - 1


class Flaw(StrEnum):
    """What is wrong with a text. Damaged: part of it was lost. Newer: from a later version."""

    DAMAGED = "damaged"
    NEWER = "newer"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PlanText:
    """The result of reading a text. plan: what could be read of it."""

    plan: StudyPlan
    flaw: Flaw | None = None


# -- Writing ---------------------------------------------------------------------------------


def encode_plan(plan: StudyPlan) -> str:
    """The text of a plan, from which `decode_plan` reads an equal one."""
    parts = [
        *(f"r{slug}" for slug in plan.roles),
        *([f"f{plan.background}"] if plan.background else []),
        *([f"p{plan.pace}"] if plan.pace else []),
        *(["w" + "".join(map(str, sorted(plan.days)))] if plan.days else []),
        *([f"t{plan.at:%H%M}"] if plan.at is not None else []),
        *([f"s{plan.start:%Y%m%d}"] if plan.start else []),
        *([f"d{_letters(_done_bytes(plan.done))}"] if plan.done else []),
        *([f"k{_letters(_tick_bytes(plan.ticks))}"] if plan.ticks else []),
        *plan.unread,
    ]
    said = ".".join([str(VERSION), *parts])
    return f"{said}.{checksum(said)}"


def fitting(plan: StudyPlan, most: int = LONGEST) -> StudyPlan | None:
    """Drop ticks until the plan's text has at most `most` characters. None if that isn't enough.

    The ticks of lessons that are done go first, since their practice is over; then all others.
    """
    open_ticks = {number: marks for number, marks in plan.ticks.items() if number not in plan.done}
    for each in (plan, replace(plan, ticks=open_ticks), replace(plan, ticks={})):
        if len(encode_plan(each)) <= most:
            return each
    return None


def checksum(text: str) -> str:
    """Seven digits in base 36 that reveal a damaged text. The first is always 0 or 1, while a part
    begins with a letter: so neither is taken for the other.
    """
    rest, digits = zlib.crc32(text.encode()), ""
    for _ in range(7):
        rest, digit = divmod(rest, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def _letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _varint(number: int) -> bytes:
    data = bytearray()
    while number > 0x7F:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*data, number])


def _done_bytes(done: Mapping[int, int]) -> bytes:
    return b"".join(_number_bytes(done)) + b"".join(_week_bytes([done[n] for n in sorted(done)]))


def _number_bytes(numbers: Iterable[int]) -> Iterator[bytes]:
    before = -1
    for hundred, group in groupby(sorted(numbers), lambda number: number // 100):
        places = [number % 100 for number in group]
        yield _varint(hundred - before)
        before = hundred
        if places == list(range(1, len(places) + 1)):
            yield _varint(len(places) << 1 | 1)
        else:
            bits = sum(1 << place for place in places)
            size = (bits.bit_length() + 7) // 8
            yield _varint(size << 1)
            yield bits.to_bytes(size, "little")
    yield b"\0"


# A run of lessons with the same week is one byte: three bits for the difference from the week of
# the run before (0 to 3 or -1 to -3), five for the number of lessons. If the three bits are 7, the
# difference follows as a varint.
_MOST_IN_RUN, _FAR = 32, 7


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _week_bytes(weeks: list[int]) -> Iterator[bytes]:
    before = 0
    for week, group in groupby(weeks):
        left, step = len(list(group)), _zigzag(week - before)
        before = week
        while left:
            count = min(left, _MOST_IN_RUN)
            yield bytes([min(step, _FAR) << 5 | count - 1])
            if step >= _FAR:
                yield _varint(step)
            left, step = left - count, 0


def _tick_bytes(ticks: Mapping[int, frozenset[int]]) -> bytes:
    data, before = b"", 0
    for number in sorted(ticks):
        marks = sorted(ticks[number])
        data += _varint(number - before) + _varint(len(marks))
        data += b"".join(mark.to_bytes(_MARK_BYTES, "little") for mark in marks)
        before = number
    return data


# -- Reading ---------------------------------------------------------------------------------


def decode_plan(text: str) -> PlanText:
    """Read any text, also a damaged one: whatever of it can be read.

    A trailing dot is ignored: the link may have been the end of a sentence.
    """
    text = text.strip().rstrip(".")
    if len(text) > LONGEST or not _TEXT.fullmatch(text):
        return PlanText(StudyPlan(), Flaw.UNREADABLE)
    version, *parts = text.split(".")
    said, _, check = text.rpartition(".")
    is_whole = bool(parts) and check == checksum(said)
    is_newer = int(version) > VERSION
    plan, lost = _read_parts(parts[:-1] if is_whole else parts)
    if is_whole:
        return PlanText(plan, Flaw.NEWER if is_newer else Flaw.DAMAGED if lost else None)
    plan = replace(plan, unread=())  # without a checksum, these may be garbage
    return PlanText(plan, Flaw.UNREADABLE if plan.is_empty else Flaw.DAMAGED)


class _UnreadableError(ValueError):
    """A part isn't what its letter says."""


def _read_parts(parts: Iterable[str]) -> tuple[StudyPlan, int]:
    """Read parts into one plan, and count those that can't be read."""
    plan, lost = StudyPlan(), 0
    for part in parts:
        read = _READ.get(part[0])
        try:
            if read:
                plan = read(plan, part[1:])
            elif _PART.fullmatch(part) and part not in plan.unread:
                plan = replace(plan, unread=(*plan.unread, part))
            else:
                lost += 1
        except _UnreadableError:
            lost += 1
    return plan, lost


def _slug(value: str) -> str:
    if len(value) > LONGEST_SLUG or not _SLUG.fullmatch(value):
        raise _UnreadableError
    return value


def _role(plan: StudyPlan, value: str) -> StudyPlan:
    slug = _slug(value)
    return plan if slug in plan.roles else replace(plan, roles=(*plan.roles, slug))


def _background(plan: StudyPlan, value: str) -> StudyPlan:
    return replace(plan, background=_slug(value))


def _pace(plan: StudyPlan, value: str) -> StudyPlan:
    if not (value.isdigit() and len(value) <= 2 and 1 <= int(value) <= MOST_HOURS_A_WEEK):
        raise _UnreadableError
    return replace(plan, pace=int(value))


def _days(plan: StudyPlan, value: str) -> StudyPlan:
    days = [EVERY_DAY.index(int(day)) + 1 for day in value if day in "1234567"]
    if not days or len(days) != len(value):
        raise _UnreadableError
    return replace(plan, days=frozenset(days))


def _at(plan: StudyPlan, value: str) -> StudyPlan:
    if not re.fullmatch("[0-9]{4}", value):  # int() reads “-0” as well
        raise _UnreadableError
    try:
        return replace(plan, at=datetime.time(int(value[:2]), int(value[2:])))
    except ValueError:
        raise _UnreadableError from None


def _start(plan: StudyPlan, value: str) -> StudyPlan:
    if not re.fullmatch("[0-9]{8}", value):
        raise _UnreadableError
    try:
        day = datetime.date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        raise _UnreadableError from None
    if not FIRST_MONDAY <= day <= LAST_START:
        raise _UnreadableError
    return replace(plan, start=day)


class _Bytes:
    """Reads bytes from the front. Raises _UnreadableError when they run out."""

    def __init__(self, letters: str) -> None:
        try:
            padded = letters + "=" * (-len(letters) % 4)
            self.data = base64.b64decode(padded, altchars=b"-_", validate=True)
        except binascii.Error:
            raise _UnreadableError from None

    def take(self, count: int) -> bytes:
        if count > len(self.data):
            raise _UnreadableError
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def varint(self, most: int) -> int:
        number = shift = 0
        while True:
            byte = self.take(1)[0]
            number |= (byte & 0x7F) << shift
            shift += 7
            if number > most:
                raise _UnreadableError
            if byte < 0x80:
                return number


def _done(plan: StudyPlan, value: str) -> StudyPlan:
    data = _Bytes(value)
    numbers = list(_numbers(data))
    weeks = list(_weeks(data, len(numbers)))
    if not numbers or data.data:
        raise _UnreadableError
    return replace(plan, done={**plan.done, **dict(zip(numbers, weeks, strict=True))})


def _numbers(data: _Bytes) -> Iterator[int]:
    hundred = -1
    while step := data.varint(MOST_NUMBER // 100 + 1):
        hundred += step
        size = data.varint(2 * 99 + 1)
        if size & 1:
            places: Iterable[int] = range(1, (size >> 1) + 1)
        else:
            bits = int.from_bytes(data.take(size >> 1), "little")
            places = [place for place in range(bits.bit_length()) if bits >> place & 1]
        for place in places:
            number = hundred * 100 + place
            if place > 99 or not 1 <= number <= MOST_NUMBER:
                raise _UnreadableError
            yield number


def _weeks(data: _Bytes, count: int) -> Iterator[int]:
    week = 0
    while count > 0:
        run = data.take(1)[0]
        step = run >> 5
        if step == _FAR:
            step = data.varint(2 * MOST_WEEKS + 1)
        week += -(step + 1 >> 1) if step & 1 else step >> 1
        length = (run & _MOST_IN_RUN - 1) + 1
        if not 0 <= week <= MOST_WEEKS or length > count:
            raise _UnreadableError
        yield from [week] * length
        count -= length


def _ticks(plan: StudyPlan, value: str) -> StudyPlan:
    data, number, ticks = _Bytes(value), 0, dict(plan.ticks)
    while data.data:
        number += data.varint(MOST_NUMBER)
        count = data.varint(LONGEST)
        marks = [int.from_bytes(data.take(_MARK_BYTES), "little") for _ in range(count)]
        if not marks or not 1 <= number <= MOST_NUMBER:
            raise _UnreadableError
        ticks[number] = ticks.get(number, frozenset()) | frozenset(marks)
    return replace(plan, ticks=ticks)


_READ: dict[str, Callable[[StudyPlan, str], StudyPlan]] = {
    "r": _role,
    "f": _background,
    "p": _pace,
    "w": _days,
    "t": _at,
    "s": _start,
    "d": _done,
    "k": _ticks,
}
