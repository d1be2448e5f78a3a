"""Segments: what is written comes back, what is damaged is told, and few files stay."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from assay.content.search.errors import IndexFolderUnusable
from assay.content.search.model import Space
from assay.content.search.segments import (
    Segment,
    discard_segments,
    join,
    load_segments,
    save_segment,
)

SPACES = {one.name: one for one in (Space("bits", "binary", 64), Space("floats", "float", 6))}


def segment(after: int, last: int) -> Segment:
    keys = np.arange(after + 1, last + 1)
    source = np.random.default_rng(after)
    bits = source.integers(0, 256, (len(keys), 8), dtype=np.uint8)
    floats = source.integers(0, 256, (len(keys[::2]), 12), dtype=np.uint8)
    return Segment(
        after, last, f"mark {last}", {"bits": (keys, bits), "floats": (keys[::2], floats)}
    )


def same(first: Segment, second: Segment) -> bool:
    return (first.after, first.last, first.mark) == (
        second.after,
        second.last,
        second.mark,
    ) and all(
        np.array_equal(keys, second.rows[name][0]) and np.array_equal(rows, second.rows[name][1])
        for name, (keys, rows) in first.rows.items()
    )


def test_segments_come_back_as_they_were_written(tmp_path: Path) -> None:
    for one in (segment(0, 40), segment(40, 55)):
        save_segment(tmp_path / "new", one)

    found, complaints = load_segments(tmp_path / "new", SPACES)

    assert not complaints
    assert [same(*pair) for pair in zip(found, (segment(0, 40), segment(40, 55)), strict=True)]
    assert same(found[1], segment(40, 55))


def test_a_joined_segment_takes_the_place_of_its_parts(tmp_path: Path) -> None:
    parts = [segment(0, 40), segment(40, 55), segment(55, 60)]
    for one in parts:
        save_segment(tmp_path, one)

    save_segment(tmp_path, join(parts))

    [whole], _ = load_segments(tmp_path, SPACES)
    assert same(whole, join(parts))
    assert [path.name for path in tmp_path.iterdir()] == ["000000000000-000000000060.segment"]


def test_a_writer_killed_before_it_removed_the_parts_confuses_nobody(tmp_path: Path) -> None:
    parts = [segment(0, 40), segment(40, 55)]
    for one in parts:
        save_segment(tmp_path, one)
    kept = {path: path.read_bytes() for path in tmp_path.iterdir()}
    save_segment(tmp_path, join(parts))
    for path, data in kept.items():
        path.write_bytes(data)

    [whole], complaints = load_segments(tmp_path, SPACES)

    assert same(whole, join(parts))
    assert not complaints


def test_every_damage_is_told_and_ends_the_row_of_segments(tmp_path: Path) -> None:
    for one in (segment(0, 40), segment(40, 55), segment(55, 60)):
        save_segment(tmp_path, one)
    path = tmp_path / "000000000040-000000000055.segment"
    whole = path.read_bytes()
    dice = random.Random(5)
    spots = [dice.randrange(len(whole)) for _ in range(60)]
    damages = [whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :] for at in spots]
    damages += [whole[: dice.randrange(len(whole))] for _ in range(20)] + [b"", whole + b"x"]

    for damaged in damages:
        path.write_bytes(damaged)

        found, complaints = load_segments(tmp_path, SPACES)

        assert [one.last for one in found] == [40]
        assert "damaged" in complaints[0]


def test_leftovers_of_a_killed_writer_go_with_the_next_write(tmp_path: Path) -> None:
    (tmp_path / "000000000000-000000000040.99999.unfinished").write_bytes(b"half")

    save_segment(tmp_path, segment(0, 40))

    assert [path.suffix for path in tmp_path.iterdir()] == [".segment"]


def test_segments_behind_a_row_can_be_discarded(tmp_path: Path) -> None:
    for one in (segment(0, 40), segment(40, 55), segment(55, 60)):
        save_segment(tmp_path, one)

    discard_segments(tmp_path, 40)

    assert [one.last for one in load_segments(tmp_path, SPACES)[0]] == [40]


def test_a_folder_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(IndexFolderUnusable, match=r"Not a directory|File exists"):
        save_segment(tmp_path / "file", segment(0, 3))
