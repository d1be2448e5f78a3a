"""Every kind of picture file, honest or hostile, read as a viewer shows it, or refused clearly."""

from __future__ import annotations

import contextlib
import resource
import subprocess
import sys
import time
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from assay.content.images import reading
from assay.content.images.decoding import SIDE_LIMIT_PIXELS
from assay.content.images.errors import (
    NotAPicture,
    PictureDamaged,
    PictureFileTooLarge,
    PictureTooLarge,
    PictureTooLong,
    PictureTruncated,
)
from assay.content.images.reading import Picture, is_picture, read_picture
from assay.errors import InputError
from tests.unit.content.images import hostile

LOSSLESS = ("PNG", "GIF", "TIFF", "BMP")
READABLE = {
    "image/png": hostile.saved(hostile.image(), "PNG"),
    "image/jpeg": hostile.saved(hostile.image(), "JPEG"),
    "image/webp": hostile.saved(hostile.image(), "WEBP"),
    "image/gif": hostile.saved(hostile.image(), "GIF"),
    "image/tiff": hostile.saved(hostile.image(), "TIFF", compression="tiff_lzw"),
    "image/bmp": hostile.saved(hostile.image(), "BMP"),
    "image/avif": hostile.saved(hostile.image(), "AVIF"),
}


def error_to(picture: Picture, expected: np.ndarray | None = None) -> float:
    """Mean difference of a channel from the photograph, 0 to 255."""
    expected = hostile.photograph() if expected is None else expected
    assert picture.pixels.shape == expected.shape
    return float(np.abs(picture.pixels.astype(int) - expected.astype(int)).mean())


@pytest.mark.parametrize(("media_type", "data"), READABLE.items())
def test_every_format_is_known_by_its_bytes_and_read(media_type: str, data: bytes) -> None:
    picture = read_picture(data)

    assert is_picture(data)
    assert is_picture(data[:32])
    assert picture.media_type == media_type
    assert picture.pixels.dtype == np.uint8
    assert error_to(picture) < 4
    assert picture.notes == ()


@pytest.mark.parametrize("form", LOSSLESS)
def test_lossless_formats_give_the_very_pixels(form: str) -> None:
    picture = read_picture(hostile.saved(hostile.image().quantize(200), form))

    assert error_to(picture, np.asarray(hostile.image().quantize(200).convert("RGB"))) == 0


def test_pixels_cannot_be_changed_by_whoever_looks_at_them() -> None:
    picture = read_picture(READABLE["image/png"])

    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0] = 0


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_the_picture(orientation: int, form: str) -> None:
    picture = read_picture(hostile.turned(orientation, form))

    assert error_to(picture) < 4


def test_broken_exif_turns_nothing() -> None:
    data = hostile.saved(
        hostile.image(), "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff", quality=95
    )

    assert error_to(read_picture(data)) < 4


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame_is_read_and_noted(form: str) -> None:
    picture = read_picture(hostile.animation(form))

    assert error_to(picture) < 4
    assert "the first of several frames" in picture.notes


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(mode: str) -> None:
    clear = hostile.image().convert("RGBA")
    clear.putalpha(Image.new("L", clear.size, 0))
    palette = Image.new("RGB", clear.size, "navy").quantize(4)
    picture = palette if mode == "P" else clear.convert(mode)
    options = {"transparency": palette.getpixel((0, 0))} if mode == "P" else {}

    read = read_picture(hostile.saved(picture, "PNG", **options))

    assert (read.pixels == 255).all()
    assert read.notes == ("transparency laid over white",)


def test_half_transparent_black_is_gray() -> None:
    half = Image.new("RGBA", (8, 8), (0, 0, 0, 128))

    picture = read_picture(hostile.saved(half, "WEBP", lossless=True))

    assert abs(int(picture.pixels[0, 0, 0]) - 127) <= 1


@pytest.mark.parametrize("mode", ["1", "L"])
def test_gray_and_bitmap_pictures_are_read(mode: str) -> None:
    picture = read_picture(hostile.saved(hostile.image().convert(mode), "PNG"))

    assert error_to(picture, np.asarray(hostile.image().convert(mode).convert("RGB"))) == 0


def test_sixteen_bits_are_reduced_not_cut_off() -> None:
    gray = read_picture(hostile.sixteen_bit_png(colour=False))
    colour = read_picture(hostile.sixteen_bit_png(colour=True))

    assert error_to(gray, np.repeat(hostile.photograph()[..., :1], 3, axis=2)) <= 1
    assert error_to(colour) <= 1
    assert gray.notes == colour.notes == ("reduced to 8 bits a channel",)


@pytest.mark.parametrize("highest", [1.0, 255.0, 4000.0])
def test_floats_are_read_by_their_range(highest: float) -> None:
    values = np.linspace(0, highest, 64, dtype=np.float32).reshape(8, 8)

    picture = read_picture(hostile.saved(Image.fromarray(values), "TIFF"))

    assert picture.pixels.min() == 0
    assert picture.pixels.max() == 255


def test_floats_that_are_no_numbers_are_black() -> None:
    values = np.full((4, 4), np.nan, np.float32)

    assert (read_picture(hostile.saved(Image.fromarray(values), "TIFF")).pixels == 0).all()


def test_print_colours_without_a_profile_go_by_the_plain_formula() -> None:
    picture = read_picture(hostile.cmyk())

    assert error_to(picture) < 4
    assert "CMYK without a profile converted by the plain formula" in picture.notes


def test_print_colours_go_by_their_profile() -> None:
    # In this profile more ink is lighter: the dark photograph comes out inverted.
    picture = read_picture(hostile.cmyk(hostile.cmyk_profile()))

    bright = picture.pixels.astype(float).mean(axis=2)
    dark = hostile.photograph().astype(float).mean(axis=2)
    assert np.corrcoef(bright.ravel(), dark.ravel())[0, 1] < -0.8
    assert any("profile 'ink'" in note for note in picture.notes)


def test_an_embedded_profile_is_applied() -> None:
    data = hostile.saved(hostile.image(), "PNG", icc_profile=hostile.swapped_profile())

    picture = read_picture(data)

    assert error_to(picture, hostile.photograph()[..., ::-1]) < 6
    assert any("colours converted" in note for note in picture.notes)


def test_a_profile_of_another_colour_space_or_none_at_all_is_ignored() -> None:
    foreign = read_picture(
        hostile.saved(hostile.image(), "PNG", icc_profile=hostile.cmyk_profile())
    )
    broken = read_picture(hostile.saved(hostile.image(), "PNG", icc_profile=b"\x00" * 200))

    assert error_to(foreign) == error_to(broken) == 0
    assert "another colour space" in foreign.notes[0]
    assert broken.notes == ("unreadable colour profile ignored",)


@pytest.mark.parametrize("media_type", READABLE)
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_off_is_refused(media_type: str, kept: float) -> None:
    data = READABLE[media_type]

    with pytest.raises((PictureTruncated, PictureDamaged)) as refusal:
        read_picture(data[: int(len(data) * kept)])

    assert refusal.value.media_type == media_type


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/webp", "image/gif"])
def test_a_cut_off_file_is_called_so(media_type: str) -> None:
    data = READABLE[media_type]

    with pytest.raises(PictureTruncated, match="before its picture is complete"):
        read_picture(data[: len(data) * 2 // 3])


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/webp", "image/gif"])
@pytest.mark.parametrize("tail", [b"<html><script>alert(1)</script>", hostile.archive()])
def test_a_file_that_is_something_else_too_is_read_as_the_picture(
    media_type: str, tail: bytes
) -> None:
    picture = read_picture(READABLE[media_type] + tail)

    assert error_to(picture) < 4
    assert f"{len(tail)} bytes after the picture's end ignored" in picture.notes
    assert any("ZIP" in note for note in picture.notes) == tail.startswith(b"PK")


def test_an_archive_in_front_is_no_picture() -> None:
    with pytest.raises(NotAPicture, match="a ZIP archive"):
        read_picture(hostile.archive() + READABLE["image/png"])


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (b"", "an empty file"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "a HEIF picture"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00", "a video"),
        (b"II+\x00\x08\x00", "a BigTIFF file"),
        (b"hello", "known format"),
        (b"BMW, Munich, 1972, a car", "known format"),
    ],
)
def test_what_is_no_picture_is_named(data: bytes, seen: str) -> None:
    with pytest.raises(NotAPicture, match=seen) as refusal:
        read_picture(data)

    assert not is_picture(data)
    assert refusal.value.hint


@pytest.mark.parametrize(
    "data",
    [
        hostile.png_bomb(),
        hostile.jpeg_claiming(30_000, 30_000, progressive=True),
        hostile.jpeg_claiming(65_000, 65_000),
        hostile.webp_claiming(16_383, 16_383),
        hostile.gif_claiming(65_535, 65_535),
        hostile.tiff_with_tile(60_000),
    ],
    ids=["png", "progressive jpeg", "jpeg", "webp", "gif", "tiff tile"],
)
def test_a_bomb_is_refused_at_once_and_unpacked_nowhere(data: bytes) -> None:
    started = time.process_time()

    with pytest.raises(PictureTooLarge):
        read_picture(data)

    assert time.process_time() - started < 1


def test_a_strip_that_is_longer_than_any_jpeg_is_refused() -> None:
    strip = zlib.compress(bytes(1 + (SIDE_LIMIT_PIXELS + 8) // 8))

    with pytest.raises(PictureTooLong):
        read_picture(hostile.png(SIDE_LIMIT_PIXELS + 1, 1, strip, bits=1))

    assert read_picture(hostile.png(SIDE_LIMIT_PIXELS, 1, strip, bits=1)).width == SIDE_LIMIT_PIXELS


def test_a_large_jpeg_is_read_at_a_part_of_its_size() -> None:
    data = hostile.saved(hostile.image().resize((9600, 6400)), "JPEG", quality=60)

    picture = read_picture(data)

    assert picture.pixels.shape == (3200, 4800, 3)
    assert picture.notes == ("read at 1/2 of its 9600 x 6400 pixels",)
    small = Image.fromarray(picture.pixels).resize((hostile.WIDTH, hostile.HEIGHT))
    assert error_to(Picture(np.asarray(small), "image/jpeg")) < 6


def test_the_largest_pictures_stay_within_memory_and_time() -> None:
    script = (
        "import sys, time; from tests.unit.content.images import hostile\n"
        "from assay.content.images.reading import read_picture\n"
        "data = hostile.saved(hostile.image().resize((8600, 5800)), 'JPEG', progressive=True)\n"
        "read_picture(data)\n"
        # the peak of this program alone: ru_maxrss begins with that of whoever started it
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    command = [sys.executable, "-c", script]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    assert int(done.stdout.split()[1]) < 600 * 1024


def test_a_comment_that_unpacks_to_much_is_refused_or_passed_over() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with contextlib.suppress(PictureDamaged):
        read_picture(hostile.png_text_bomb())

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_a_file_of_too_many_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PICTURE_LIMIT_BYTES", 100)

    with pytest.raises(PictureFileTooLarge):
        read_picture(READABLE["image/png"])


def test_a_picture_without_pixels_is_refused() -> None:
    with pytest.raises((PictureDamaged, PictureTruncated)):
        read_picture(hostile.png(0, 0, b""))


def test_a_tiff_that_points_at_itself_is_read_once() -> None:
    assert error_to(read_picture(hostile.tiff_loop())) == 0


def test_a_picture_of_one_pixel_is_read() -> None:
    picture = read_picture(hostile.saved(Image.new("RGB", (1, 1), "red"), "PNG"))

    assert picture.pixels.tolist() == [[[255, 0, 0]]]


@settings(max_examples=300, deadline=None)
@given(
    media_type=st.sampled_from(sorted(READABLE)),
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12
    ),
    kept=st.floats(0.2, 1),
)
def test_damage_anywhere_gives_a_picture_or_a_clear_refusal(
    media_type: str, changes: list[tuple[float, int]], kept: float
) -> None:
    data = bytearray(READABLE[media_type])
    for place, value in changes:
        data[int(place * len(data))] = value

    try:
        picture = read_picture(bytes(data[: int(len(data) * kept)]))
    except InputError:
        return

    assert picture.pixels.ndim == 3
    assert picture.pixels.shape[2] == 3


@given(st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_picture(data)


def test_telling_pictures_apart_imports_nothing_heavy() -> None:
    script = (
        "import sys; from assay.content.images.reading import is_picture; is_picture(b'GIF89a'); "
        "print([name for name in ('numpy', 'PIL', 'cv2') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=True
    )

    assert done.stdout.strip() == "[]"
