"""A role's line as a picture, for whoever shares a link: 1200 × 630 pixels, PNG.

It is the map of this one role. The same roadmap is drawn once and kept.
"""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from careers.published.roadmap import Roadmap
from careers.published.transit import Cell, Station, map_of_roadmaps
from paths.hours import hours_text

WIDTH, HEIGHT = 1200, 630
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
SMOOTH = 4  # how much larger a circle is drawn before it is made small, for its edge


@lru_cache(maxsize=256)
def draw(roadmap: Roadmap) -> bytes:
    """The picture of a roadmap, as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    color = COLORS.get(roadmap.line, INK)
    pen.rectangle([0, 0, WIDTH, 16], fill=color)
    _heading(picture, pen, roadmap, color)
    _line(picture, pen, roadmap, color)
    hours = hours_text(roadmap.hours.minutes_planned)
    order = "in sequence" if roadmap.in_sequence else "in any order"
    facts = f"{len(roadmap.stops)} learning paths {order}, {hours} hours of lessons"
    pen.text((MARGIN, HEIGHT - 62), facts, SOFT, _font(28), anchor="ls")
    pen.text((WIDTH - MARGIN, HEIGHT - 62), "AI Careers", INK, _font(28), anchor="rs")
    out = BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _disc(picture: Image.Image, center: tuple[int, int], radius: int, color: str) -> None:
    """A circle with a smooth edge, which Pillow's own has not."""
    large = Image.new("L", (2 * radius * SMOOTH,) * 2)
    ImageDraw.Draw(large).ellipse([0, 0, large.width - 1, large.height - 1], fill=255)
    x, y = center
    picture.paste(color, (x - radius, y - radius), large.reduce(SMOOTH))


def _heading(picture: Image.Image, pen: ImageDraw.ImageDraw, roadmap: Roadmap, color: str) -> None:
    _disc(picture, (MARGIN + 52, 148), 52, color)
    pen.text((MARGIN + 52, 148), roadmap.code, PAPER, _font(44), anchor="mm")
    left = MARGIN + 136
    room = WIDTH - MARGIN - left
    size = next(
        (n for n in range(76, 20, -4) if pen.textlength(roadmap.role, _font(n)) <= room), 24
    )
    title = roadmap.role
    while pen.textlength(title, _font(size)) > room:
        title = f"{title[:-2]}…"
    pen.text((left, 148), title, INK, _font(size), anchor="lm")


def _line(picture: Image.Image, pen: ImageDraw.ImageDraw, roadmap: Roadmap, color: str) -> None:
    alone = replace(roadmap, further=())  # a picture has no room for what lies beyond
    cells = map_of_roadmaps([alone]).rows[0].cells
    places = _places(len(cells))
    if len(places) > 1:
        _track(pen, places, color, solid=roadmap.in_sequence)
    if len(places) > MOST_STATIONS:  # too many for names that can be read
        return
    for x, (station, cell) in zip(places, cells, strict=True):
        _disc(picture, (x, LINE_Y), STOP_RADIUS, color)
        _disc(picture, (x, LINE_Y), STOP_RADIUS - STOP_BORDER, PAPER)
        _words(pen, x, station, cell)


def _places(count: int) -> list[int]:
    """Where stations stand from left to right, in pixels."""
    if count < 2:
        return [WIDTH // 2] * count
    first, last = MARGIN + 90, WIDTH - MARGIN - 90
    return [first + (last - first) * n // (count - 1) for n in range(count)]


def _track(pen: ImageDraw.ImageDraw, places: list[int], color: str, *, solid: bool) -> None:
    top, bottom = LINE_Y - TRACK // 2, LINE_Y + TRACK // 2
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
