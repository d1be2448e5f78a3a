"""What a verdict on a picture rests on, drawn: both pictures, the outline of one in the other.

    png = draw_overlay(picture, original, compare_picture(picture, fingerprint))

On the left the picture in question, with the outline of the registered picture in it and what lies
outside dimmed; on the right the registered picture, if it is at hand, with lines between matched
points; below them the verdict. Lines are bright within dark ones, so that they show on anything.
The outline of a crop runs beyond the picture: room is left around it. The dot stands at the
registered picture's upper left corner, which shows turns and mirroring.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from assay.content.images.reading import Picture

if TYPE_CHECKING:
    from assay.content.images.comparing import ImageComparison

Point = tuple[float, float]

PANEL_PIXELS = (640, 520)
"""A picture is fitted into this width and height."""

LINES = 40
"""At most so many matched points are joined."""

_SCALE = 2
"""Everything is drawn so many times larger and then reduced, which smooths the lines."""

_MARGIN = 20
_LABEL_HEIGHT = 30
_LINE_HEIGHT = 22
_EVIDENCE_LINES = 5
_BEYOND = 0.75
"""An outline is followed beyond the picture by at most this share of its width and height."""

_BACKGROUND = (30, 33, 38)
_AROUND = (58, 62, 70)
_INK = (238, 240, 244)
_QUIET = (168, 174, 184)
_COPY = (255, 196, 64)
_NO_COPY = (150, 200, 255)
_LINE_COLOURS = ((90, 220, 255), (160, 255, 130), (255, 150, 220), (255, 225, 110))
_DIM = 0.45


@dataclass(frozen=True)
class _Panel:
    """Where a picture stands on the canvas: its pixel (0, 0) at `left`, `top`, times `scale`."""

    left: float
    top: float
    scale: float

    def at(self, point: Point) -> Point:
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale


def draw_overlay(
    picture: Picture, registered: Picture | None, comparison: ImageComparison
) -> bytes:
    """A PNG of the comparison, at most 1340 pixels wide.

    Args:
        picture: the one in question; outline and matches are in its pixels.
        registered: the original, or None where it is not at hand: then no lines are drawn.
    """
    outline = _usable(comparison.outline)
    colour = _COPY if comparison.is_copy else _NO_COPY
    texts = _texts(comparison)
    panels = 1 if registered is None else 2
    width = (panels * PANEL_PIXELS[0] + (panels + 1) * _MARGIN) * _SCALE
    text_top = _LABEL_HEIGHT + PANEL_PIXELS[1] + _MARGIN
    height = (text_top + (len(texts) + 1) * _LINE_HEIGHT + _MARGIN) * _SCALE
    canvas = Image.new("RGB", (width, height), _BACKGROUND)
    draw = ImageDraw.Draw(canvas)

    asked = _place(canvas, picture, 0, _extent(picture, outline), outline)
    _label(draw, 0, f"picture in question, {picture.width} x {picture.height}")
    if outline:
        _polygon(canvas, 0, [asked.at(point) for point in outline], colour)
    if registered is not None:
        extent = (0.0, 0.0, float(registered.width), float(registered.height))
        original = _place(canvas, registered, 1, extent, None)
        _label(draw, 1, f"registered picture, {registered.width} x {registered.height}")
        if outline:
            corners = [original.at(point) for point in _corners(registered)]
            _polygon(canvas, 1, corners, colour)
        _matches(draw, comparison, asked, original)
    for index, text in enumerate(texts):
        size, ink = (19, colour) if index == 0 else (14, _QUIET)
        top = text_top + index * _LINE_HEIGHT + (6 if index else 0)
        room = width - 2 * _MARGIN * _SCALE
        _write(draw, (_MARGIN, top), text, size=size, colour=ink, room=room)
    stored = io.BytesIO()
    canvas.reduce(_SCALE).save(stored, "PNG", optimize=False, compress_level=6)
    return stored.getvalue()


def verdict_line(comparison: ImageComparison) -> str:
    """The verdict in one sentence, as it stands below the pictures."""
    said = "Altered copy" if comparison.is_copy else "No copy"
    done = f" ({', '.join(comparison.transforms)})" if comparison.transforms else ""
    # Rounded down: 99.97 % is not to be read as certainty.
    percent = math.floor(comparison.confidence * 1000) / 10
    return f"{said}{done}: confidence {percent:.1f} %, distance {comparison.distance:.2f}"


def _texts(comparison: ImageComparison) -> list[str]:
    return [verdict_line(comparison), *comparison.evidence[:_EVIDENCE_LINES]]


def _usable(outline: tuple[Point, ...] | None) -> list[Point] | None:
    """The outline, if it is one: at least three corners, all of them numbers."""
    points = [(float(x), float(y)) for x, y in outline or ()]
    if len(points) < 3 or not np.isfinite(points).all():
        return None
    return points


def _corners(picture: Picture) -> list[Point]:
    width, height = float(picture.width), float(picture.height)
    return [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]


def _extent(picture: Picture, outline: list[Point] | None) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is shown: the picture, and the outline around it."""
    width, height = float(picture.width), float(picture.height)
    across = [0.0, width, *(x for x, _ in outline or ())]
    down = [0.0, height, *(y for _, y in outline or ())]
    return (
        max(min(across), -_BEYOND * width),
        max(min(down), -_BEYOND * height),
        min(max(across), (1 + _BEYOND) * width),
        min(max(down), (1 + _BEYOND) * height),
    )


def _place(
    canvas: Image.Image,
    picture: Picture,
    column: int,
    extent: tuple[float, float, float, float],
    lit: list[Point] | None,
) -> _Panel:
    """Paste a picture into its column; what lies outside the polygon `lit` is dimmed."""
    left, top, right, bottom = extent
    room = (PANEL_PIXELS[0] * _SCALE, PANEL_PIXELS[1] * _SCALE)
    scale = min(room[0] / (right - left), room[1] / (bottom - top))
    corner = ((_MARGIN + column * (PANEL_PIXELS[0] + _MARGIN)) * _SCALE, _LABEL_HEIGHT * _SCALE)
    shown = ((right - left) * scale, (bottom - top) * scale)
    start = (corner[0] + (room[0] - shown[0]) / 2, corner[1] + (room[1] - shown[1]) / 2)
    panel = _Panel(start[0] - left * scale, start[1] - top * scale, scale)

    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    image = Image.fromarray(np.asarray(cv2.resize(picture.pixels, size, interpolation=way)))
    if lit:
        inside = Image.new("L", size, round(255 * _DIM))
        points = [(x * scale, y * scale) for x, y in lit]
        ImageDraw.Draw(inside).polygon(points, fill=255)
        image = Image.composite(image, Image.new("RGB", size, _BACKGROUND), inside)
    ends = (start[0] + max(shown[0] - 1, 0), start[1] + max(shown[1] - 1, 0))
    frame = (*start, *ends)
    ImageDraw.Draw(canvas).rectangle(frame, fill=_AROUND)
    canvas.paste(image, (round(panel.left), round(panel.top)))
    return panel


def _polygon(
    canvas: Image.Image, column: int, points: list[Point], colour: tuple[int, int, int]
) -> None:
    """An outline, within its column even where it runs on beyond it."""
    room = _MARGIN // 2
    left = _MARGIN + column * (PANEL_PIXELS[0] + _MARGIN) - room
    top = _LABEL_HEIGHT - room
    right, bottom = left + PANEL_PIXELS[0] + 2 * room, top + PANEL_PIXELS[1] + 2 * room
    start = (left * _SCALE, top * _SCALE)
    part = canvas.crop((*start, right * _SCALE, bottom * _SCALE))
    closed = [(x - start[0], y - start[1]) for x, y in (*points, points[0], points[1])]
    draw = ImageDraw.Draw(part)
    draw.line(closed, fill=(0, 0, 0), width=7 * _SCALE, joint="curve")
    draw.line(closed, fill=colour, width=3 * _SCALE, joint="curve")
    _dot(draw, closed[0], 7 * _SCALE, colour)
    canvas.paste(part, start)


def _matches(
    draw: ImageDraw.ImageDraw, comparison: ImageComparison, asked: _Panel, original: _Panel
) -> None:
    """Lines between matched points, spread evenly over all of them."""
    matches = [match for match in comparison.matches if np.isfinite(match).all()]
    step = max(1, math.ceil(len(matches) / LINES))
    for index, (x, y, other_x, other_y) in enumerate(matches[::step]):
        colour = _LINE_COLOURS[index % len(_LINE_COLOURS)]
        ends = (asked.at((x, y)), original.at((other_x, other_y)))
        draw.line(ends, fill=(0, 0, 0), width=2 * _SCALE)
        draw.line(ends, fill=colour, width=_SCALE)
        for end in ends:
            _dot(draw, end, 3 * _SCALE, colour)


def _dot(
    draw: ImageDraw.ImageDraw, point: Point, radius: float, colour: tuple[int, int, int]
) -> None:
    x, y = point
    box = (x - radius, y - radius, x + radius, y + radius)
    draw.ellipse(box, fill=colour, outline=(0, 0, 0), width=_SCALE)


def _label(draw: ImageDraw.ImageDraw, column: int, text: str) -> None:
    left = _MARGIN + column * (PANEL_PIXELS[0] + _MARGIN)
    _write(draw, (left, 7), text, size=14, colour=_INK, room=PANEL_PIXELS[0] * _SCALE)


def _write(
    draw: ImageDraw.ImageDraw,
    place: tuple[int, int],
    text: str,
    *,
    size: int,
    colour: tuple[int, int, int],
    room: float,
) -> None:
    """One line of text, cut to the room that there is."""
    font = ImageFont.load_default(size=size * _SCALE)
    shown = text = text[:300]
    while shown and draw.textlength(shown, font=font) > room:
        text = text[:-1]
        shown = f"{text.rstrip()}…"
    draw.text((place[0] * _SCALE, place[1] * _SCALE), shown, font=font, fill=colour)
