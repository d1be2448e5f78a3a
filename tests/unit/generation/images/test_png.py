"""PNG files hold the pixels and nothing else."""

from __future__ import annotations

import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from assay.generation.images.png import write_png


@settings(max_examples=50, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 20), st.just(3))))
def test_another_decoder_reads_the_same_pixels(pixels: np.ndarray) -> None:
    with Image.open(io.BytesIO(write_png(pixels))) as picture:
        picture.load()

    assert picture.mode == "RGB"
    assert np.array_equal(np.asarray(picture), pixels)


def test_the_file_holds_no_time_and_no_text() -> None:
    data = write_png(np.zeros((4, 4, 3), np.uint8))

    assert not any(kind in data for kind in (b"tIME", b"tEXt", b"iTXt", b"zTXt", b"eXIf"))
