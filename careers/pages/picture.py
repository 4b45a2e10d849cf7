"""Pictures for shared links: a role's line, lines side by side, a path, a lesson's place in its
path, or all roles.

Each is a PNG of 1200 × 630 pixels, kept once it is drawn.
"""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from careers.pages.links import PICTURE_HEIGHT as HEIGHT
from careers.pages.links import PICTURE_WIDTH as WIDTH
from careers.published.roadmap import LessonRef, OtherLine, Roadmap, total_work
from careers.published.transit import Cell, Row, Station, map_of_roadmaps
from paths.hours import hours_text

MARGIN = 72
PAPER, INK, SOFT = "#fcfbf7", "#151a2e", "#454b60"
# The stylesheet's line colors in a light scheme, as sRGB.
COLORS = {
    "blue": "#2044d2",
    "red": "#940c2b",
    "green": "#075734",
    "purple": "#7d1fb9",
    "slate": "#4e525a",
    "amber": "#633c02",
    "teal": "#035d73",
    "pink": "#a0037d",
    "olive": "#393700",
    "brown": "#422419",
    "indigo": "#4a05b0",
    "orange": "#894107",
}
LINE_Y, DASH = 430, 26
MOST_STATIONS, NAME_COLUMNS = 7, 13
STOP_RADIUS, STOP_BORDER, TRACK = 26, 10, 14
LEAST_RADIUS = 3  # of a lesson's circle, however many there are
SMOOTH = 4  # a circle is drawn this much larger, then reduced, for a smooth edge


@lru_cache(maxsize=256)
def draw(roadmap: Roadmap) -> bytes:
    """The picture of a roadmap, as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    color = COLORS.get(roadmap.line, INK)
    pen.rectangle([0, 0, WIDTH, 16], fill=color)
    _heading(picture, pen, roadmap, color)
    _line(picture, pen, roadmap, color)
    paths = _counted(len(roadmap.stops), "learning path")
    order = "in sequence" if roadmap.in_sequence else "in any order"
    _foot(pen, f"{paths} {order}, {_hours(roadmap.hours.minutes_planned)} of lessons")
    return _png(picture)


def _foot(pen: ImageDraw.ImageDraw, facts: str) -> None:
    pen.text((MARGIN, HEIGHT - 62), facts, SOFT, _font(28), anchor="ls")
    pen.text((WIDTH - MARGIN, HEIGHT - 62), "AI Careers", INK, _font(28), anchor="rs")


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _code_font(size: int, code: str) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font in which a code fits on its disc. size: the font's for two letters."""
    return _font(size if len(code) <= 2 else 2 * size // len(code))


def _disc(picture: Image.Image, center: tuple[int, int], radius: int, color: str) -> None:
    """Draw a filled circle with a smooth edge, which Pillow's own lacks."""
    large = Image.new("L", (2 * radius * SMOOTH,) * 2)
    ImageDraw.Draw(large).ellipse([0, 0, large.width - 1, large.height - 1], fill=255)
    x, y = center
    picture.paste(color, (x - radius, y - radius), large.reduce(SMOOTH))


def _heading(picture: Image.Image, pen: ImageDraw.ImageDraw, roadmap: Roadmap, color: str) -> None:
    _disc(picture, (MARGIN + 52, 148), 52, color)
    pen.text((MARGIN + 52, 148), roadmap.code, PAPER, _code_font(44, roadmap.code), anchor="mm")
    _title(pen, roadmap.role, MARGIN + 136, 148, largest=76)


def _title(pen: ImageDraw.ImageDraw, title: str, left: int, middle: int, largest: int) -> None:
    """Draw a line of words as large as there is room for, cut off if it never fits."""
    room = WIDTH - MARGIN - left
    sizes = range(largest, 20, -4)
    size = next((n for n in sizes if pen.textlength(title, _font(n)) <= room), 24)
    pen.text((left, middle), _cut(pen, title, room, size), INK, _font(size), anchor="lm")


def _line(picture: Image.Image, pen: ImageDraw.ImageDraw, roadmap: Roadmap, color: str) -> None:
    alone = replace(roadmap, further=())  # there is no room for further paths
    cells = map_of_roadmaps([alone]).rows[0].cells
    places = _places(len(cells))
    if len(places) > 1:
        _track(pen, places, LINE_Y, color, solid=roadmap.in_sequence)
    if len(places) > MOST_STATIONS:  # too many for names that can be read
        return
    for x, (station, cell) in zip(places, cells, strict=True):
        _disc(picture, (x, LINE_Y), STOP_RADIUS, color)
        _disc(picture, (x, LINE_Y), STOP_RADIUS - STOP_BORDER, PAPER)
        _words(pen, x, station, cell)


def _places(count: int) -> list[int]:
    """The x of each station from left to right, in pixels."""
    if count < 2:
        return [WIDTH // 2] * count
    first, last = MARGIN + 90, WIDTH - MARGIN - 90
    return [first + (last - first) * n // (count - 1) for n in range(count)]


def _track(
    pen: ImageDraw.ImageDraw, places: list[int], middle: int, color: str, *, solid: bool
) -> None:
    top, bottom = middle - TRACK // 2, middle + TRACK // 2
    if solid:
        pen.rectangle([places[0], top, places[-1], bottom], fill=color)
        return
    for x in range(places[0], places[-1], DASH):
        pen.rectangle([x, top, x + DASH * 2 // 3, bottom], fill=color)


def _words(pen: ImageDraw.ImageDraw, x: int, station: Station, cell: Cell) -> None:
    pen.text((x, LINE_Y), str(cell.number or ""), INK, _font(24), anchor="mm")
    name = "\n".join(wrap(station.title, NAME_COLUMNS))
    pen.multiline_text((x, LINE_Y - 48), name, INK, _font(26), anchor="md", align="center")
    if cell.taken:
        part = f"{cell.taken} of {station.lessons} lessons"
        pen.text((x, LINE_Y + 48), part, SOFT, _font(22), anchor="ma")


# -- Roles side by side ------------------------------------------------------------------------

ROWS_TOP, ROWS_HEIGHT, ROWS_LEFT = 140, 320, MARGIN + 100
NAMES_TOP = ROWS_TOP + ROWS_HEIGHT + 8  # of stations


@lru_cache(maxsize=256)
def draw_comparison(roadmaps: tuple[Roadmap, ...]) -> bytes:
    """The lines of two or three roles over the same stations, as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    _title(pen, f"{_either([each.role for each in roadmaps])}?", MARGIN, 84, largest=64)
    rows = map_of_roadmaps([replace(each, further=()) for each in roadmaps]).rows
    count = len(rows)
    for number, row in enumerate(rows):
        color = COLORS.get(row.line.color, INK)
        pen.rectangle([WIDTH * number // count, 0, WIDTH, 16], fill=color)
        middle = ROWS_TOP + ROWS_HEIGHT * (2 * number + 1) // (2 * count)
        _row(picture, pen, row, middle, color)
    _names(pen, rows[0])
    pen.text((WIDTH - MARGIN, HEIGHT - 40), "AI Careers", INK, _font(28), anchor="rs")
    return _png(picture)


def _columns(row: Row) -> list[int]:
    """The x of each station of a row, in pixels."""
    room = WIDTH - MARGIN - ROWS_LEFT
    count = len(row.cells)
    return [ROWS_LEFT + room * (2 * n + 1) // (2 * count) for n in range(count)]


def _row(picture: Image.Image, pen: ImageDraw.ImageDraw, row: Row, middle: int, color: str) -> None:
    _disc(picture, (MARGIN + 36, middle), 36, color)
    pen.text(
        (MARGIN + 36, middle), row.line.code, PAPER, _code_font(32, row.line.code), anchor="mm"
    )
    stops = [x for x, (_, cell) in zip(_columns(row), row.cells, strict=True) if cell.stops]
    if stops:
        _track(pen, stops, middle, color, solid=row.line.in_sequence)
    for x in stops:
        _disc(picture, (x, middle), STOP_RADIUS, color)
        _disc(picture, (x, middle), STOP_RADIUS - STOP_BORDER, PAPER)


def _names(pen: ImageDraw.ImageDraw, row: Row) -> None:
    if len(row.cells) > MOST_STATIONS:  # too many for names that can be read
        return
    for x, (station, _) in zip(_columns(row), row.cells, strict=True):
        name = "\n".join(wrap(station.title, NAME_COLUMNS))
        pen.multiline_text((x, NAMES_TOP), name, INK, _font(22), anchor="ma", align="center")


def _either(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


# -- A path, or a lesson of it -----------------------------------------------------------------

LARGEST_TITLE, TITLE_LINES = 72, 3


@lru_cache(maxsize=256)
def draw_path(path: str, lessons: tuple[LessonRef, ...]) -> bytes:
    """A path's title above the line of its lessons, as PNG. lessons: planned or published."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle([0, 0, WIDTH, 16], fill=INK)
    pen.text((MARGIN, 84), "Learning path", SOFT, _font(30), anchor="lm")
    text, size = _wrapped(pen, path)
    pen.multiline_text((MARGIN, 130), text, INK, _font(size), spacing=size // 5)
    _lessons(picture, pen, len(lessons))
    hours = _hours(total_work(lessons).minutes)
    _foot(pen, f"{_counted(len(lessons), 'lesson')}, {hours} to read and practice")
    return _png(picture)


@lru_cache(maxsize=256)
def draw_lesson(lesson: LessonRef, path: str, place: int, planned: int) -> bytes:
    """A lesson's title above the line of its path, as PNG. place: from 1, among the planned."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle([0, 0, WIDTH, 16], fill=INK)
    pen.text((MARGIN, 84), f"{path}: lesson {place} of {planned}", SOFT, _font(30), anchor="lm")
    text, size = _wrapped(pen, lesson.title)
    pen.multiline_text((MARGIN, 130), text, INK, _font(size), spacing=size // 5)
    _lessons(picture, pen, planned, here=place)
    _foot(pen, f"{lesson.minutes} min to read, {lesson.practice_minutes} min of practice")
    return _png(picture)


def _lessons(picture: Image.Image, pen: ImageDraw.ImageDraw, count: int, here: int = 0) -> None:
    """Draw the line of a path. here: the lesson whose circle is filled, from 1; 0 for none."""
    places = _places(count)
    if count > 1:
        _track(pen, places, LINE_Y, INK, solid=True)
    radius = max(min(STOP_RADIUS, (WIDTH - 2 * MARGIN) // (3 * max(count, 1))), LEAST_RADIUS)
    for number, x in enumerate(places, start=1):
        _disc(picture, (x, LINE_Y), radius, INK)
        if number != here:
            _disc(picture, (x, LINE_Y), max(radius - STOP_BORDER, radius // 2), PAPER)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _hours(minutes: int) -> str:
    hours = hours_text(minutes)
    return f"{hours} hour{'' if hours == '1' else 's'}"


def _wrapped(pen: ImageDraw.ImageDraw, title: str) -> tuple[str, int]:
    """A title over at most three lines, and the size at which they fit."""
    for size in range(LARGEST_TITLE, 24, -4):
        columns = (WIDTH - 2 * MARGIN) * 2 // size
        while columns > 8:
            text = "\n".join(wrap(title, columns))
            if pen.multiline_textbbox((0, 0), text, _font(size))[2] <= WIDTH - 2 * MARGIN:
                break
            columns -= 1
        if text.count("\n") < TITLE_LINES:
            return text, size
    return "\n".join(wrap(title, columns)[:TITLE_LINES]), size


# -- All roles ---------------------------------------------------------------------------------

ROLE_ROWS, ROLE_COLUMNS, ROLE_RADIUS = 5, 2, 28  # more have no room
ROLES_TOP, ROLE_HEIGHT = 176, 71


@lru_cache(maxsize=8)
def draw_site(roles: tuple[OtherLine, ...], count: int) -> bytes:
    """What the site is for, above some of its roles, as PNG. count: how many roles it has."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    _title(pen, "Which AI job is yours?", MARGIN, 104, largest=84)
    for number, role in enumerate(roles[: ROLE_ROWS * ROLE_COLUMNS]):
        column, row = divmod(number, ROLE_ROWS)
        left = MARGIN + (WIDTH - 2 * MARGIN) * column // ROLE_COLUMNS
        middle = ROLES_TOP + ROLE_HEIGHT * row + ROLE_RADIUS
        color = COLORS.get(role.color, INK)
        pen.rectangle([WIDTH * number // len(roles), 0, WIDTH, 16], fill=color)
        center = left + ROLE_RADIUS, middle
        _disc(picture, center, ROLE_RADIUS, color)
        pen.text(center, role.code, PAPER, _code_font(26, role.code), anchor="mm")
        name = _cut(pen, role.title, WIDTH // ROLE_COLUMNS - MARGIN - 4 * ROLE_RADIUS, 34)
        pen.text((left + 3 * ROLE_RADIUS - 8, middle), name, INK, _font(34), anchor="lm")
    _foot(pen, f"{_counted(count, 'role')}, and the lessons that lead to each" if count else "")
    return _png(picture)


def _cut(pen: ImageDraw.ImageDraw, text: str, room: int, size: int) -> str:
    """A line of words, cut off if it doesn't fit. room: in pixels."""
    while pen.textlength(text, _font(size)) > room:
        text = f"{text[:-2]}…"
    return text
