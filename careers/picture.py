"""A role's line as a picture, for whoever shares a link: 1200 × 630 pixels, PNG.

A function of a roadmap's values, and remembered by them.
"""

from functools import lru_cache
from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from careers.roadmap import Roadmap, Stop
from paths.hours import hours_text

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
PAPER, INK, SOFT = "#fcfbf7", "#151a2e", "#454b60"
# The stylesheet's line colors in a light scheme, as sRGB.
COLORS = {
    "blue": "#0a4bbf",
    "red": "#ae0017",
    "green": "#015c27",
    "purple": "#66209f",
    "slate": "#353d4e",
    "amber": "#754600",
    "teal": "#005a68",
    "pink": "#9e0063",
    "olive": "#4a5109",
    "brown": "#683420",
    "indigo": "#36329a",
    "orange": "#8b3200",
}
LINE_Y, DASH = 430, 26
MOST_STATIONS, NAME_COLUMNS = 7, 13
STOP_RADIUS, STOP_BORDER, TRACK = 26, 10, 14


@lru_cache(maxsize=256)
def draw(roadmap: Roadmap) -> bytes:
    """The picture of a roadmap, as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    color = COLORS.get(roadmap.line, INK)
    pen.rectangle([0, 0, WIDTH, 16], fill=color)
    _heading(pen, roadmap, color)
    _line(pen, roadmap, color)
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


def _heading(pen: ImageDraw.ImageDraw, roadmap: Roadmap, color: str) -> None:
    pen.ellipse([MARGIN, 96, MARGIN + 104, 200], fill=color)
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


def _line(pen: ImageDraw.ImageDraw, roadmap: Roadmap, color: str) -> None:
    places = _places(len(roadmap.stops))
    if len(places) > 1:
        _track(pen, places, color, solid=roadmap.in_sequence)
    if len(places) > MOST_STATIONS:  # what nobody could read isn't drawn
        return
    for number, (x, stop) in enumerate(zip(places, roadmap.stops, strict=True), start=1):
        _station(pen, x, stop, str(number) if roadmap.in_sequence else "", color)


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


def _station(pen: ImageDraw.ImageDraw, x: int, stop: Stop, number: str, color: str) -> None:
    box = [x - STOP_RADIUS, LINE_Y - STOP_RADIUS, x + STOP_RADIUS, LINE_Y + STOP_RADIUS]
    pen.ellipse(box, fill=PAPER, outline=color, width=STOP_BORDER)
    pen.text((x, LINE_Y), number, INK, _font(24), anchor="mm")
    name = "\n".join(wrap(stop.title, NAME_COLUMNS))
    pen.multiline_text((x, LINE_Y - 48), name, INK, _font(26), anchor="md", align="center")
